"""What tables are called, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, tuple[str, str]] = {
    "items": ("Items", "項目"),
    "links": ("Links", "關聯"),
    "verdicts": ("Verdicts on proposals", "建議採納結果"),
    "documents": ("Documents", "文件"),
    "issues": ("Doubts", "待核事項"),
    "lines": ("Lines", "文本行"),
    "evidence": ("Evidence", "憑據"),
    "decisions": ("What people decided", "人手裁定"),
    "relations": ("Links with both texts", "關聯（連文字）"),
    "standings": ("Where commitments stand", "承諾進展"),
    "threads": ("Threads, step by step", "承諾沿革"),
    "indicators": ("Indicators measured", "指標評估"),
    "adoption": ("What became of proposals", "建議採納情況"),
    "pairs": ("Two languages item by item", "兩種語文逐項對照"),
    "discrepancies": ("Where two languages differ", "兩種語文的差異"),
}
