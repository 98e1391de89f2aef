"""What columns of several tables are made of, and what a column is: see `described`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """A column. `type` is a plain type, a list of one type, or a tuple of columns (an object)."""

    name: str
    type: Any
    en: str
    zh: str
    note: str = ""


D = Described
SPANS = [[int]]  # pairs of first and end offset

QUANTITY = (
    D("as_printed", str, "Figure as printed", "原文數字"),
    D("comparator", str, "Comparator", "比較符號", "=, ~, >=, >, <= or <."),
    D("value", float, "Value", "數值", "Percentages are ratios (20% is 0.2); money is in dollars."),
    D("unit", str, "Unit", "單位", "ratio, an ISO 4217 code, or the counter as printed."),
    D("basis", str, "Basis", "性質", "baseline, target, actual, change or context."),
    D("per", str, "Per", "每", "What it repeats over: year, month and so on."),
)

ATTAINMENT = (
    D("baseline", float, "Baseline", "基線"),
    D("target", float, "Target", "目標"),
    D("actual", float, "Reported figure", "匯報數字"),
    D("share", float, "Attained share", "達標比例", "1 where the target is reached."),
    D("lower_is_better", bool, "Lower is better", "愈低愈好"),
    D("apart", str, "Why not compared", "不作比較的原因", "Why the two are not held against each other."),
)

FIGURE = (
    D("promised", str, "Promised as printed", "承諾數字原文"),
    D("reported", str, "Reported as printed", "匯報數字原文"),
    *ATTAINMENT,
)

ASSESSMENT = (
    D("as_of", date, "Assessed at", "評估日期"),
    D("verdict", str, "Computed verdict", "計算結論", "What figures and dates bear out, beside the official status."),
    D("disagrees", bool, "Disagrees with the status", "與官方狀況不符"),
    D("late", bool, "Late", "到期而未見報告說已完成", "Due, and nothing of the report says it is done."),
    D("done_late", int, "Done late", "遲多少天完成", "Days after a promised one on which it is told as done."),
    D("told", str, "Told as done", "說已完成的文字", "Words of the report, as a machine reads them."),
    D("told_spans", SPANS, "Where these stand", "該文字範圍"),
    D("elapsed", float, "Elapsed part of the time", "已過時間比例"),
    D("reasons", [str], "Reasons", "理由"),
)

READING = (
    D(
        "anchor",
        str,
        "Anchor",
        "錨點",
        "What the file calls its place: a cell (Sheet!B7, B7), or an id.",
    ),
    D(
        "confidence",
        float,
        "OCR confidence",
        "辨識可信度",
        "0 to 1, of its least sure line; empty where it was printed.",
    ),
    D("unsure", bool, "OCR unsure", "辨識存疑", "Less than reading takes for sure; empty where it was printed."),
)

SOURCE = (
    D("line_start", int, "First line", "首行", "From 1, in the document's text."),
    D("line_end", int, "Last line", "末行"),
    D("char_start", int, "First character", "首字位置", "Offset from 0 in the document's text."),
    D("char_end", int, "End of characters", "末字位置", "Offset after the last character."),
    D("page", int, "Page", "頁"),
    D("spans", SPANS, "Spans", "文字範圍", "Where the words stand: first and end offset of each run."),
    *READING,
)

DOCUMENT_KEYS = (
    D("document", str, "Document", "文件", "The name of its file."),
    D("document_id", str, "Document id", "文件編號"),
)
