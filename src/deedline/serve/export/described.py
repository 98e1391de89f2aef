"""The one table of columns: name, type, title in English and in Chinese, what it holds. See `columns`."""

from __future__ import annotations

from collections.abc import Mapping

from deedline.serve.export.described_computed import DISCREPANCY, ENTRY, MEASURED, PAIR, SHOWN, STANDING, THREAD
from deedline.serve.export.described_kept import DECISION, DOCUMENT, EVIDENCE, ISSUE, ITEM, LINE, LINK, VERDICT
from deedline.serve.export.described_parts import D, Described

DESCRIBED: Mapping[str, tuple[Described, ...]] = {
    "items": ITEM,
    "links": LINK,
    "verdicts": VERDICT,
    "documents": DOCUMENT,
    "issues": ISSUE,
    "lines": LINE,
    "evidence": EVIDENCE,
    "decisions": DECISION,
    "relations": (*LINK, D("source", ENTRY, "From", "由"), D("target", ENTRY, "To", "至")),
    "standings": STANDING,
    "threads": THREAD,
    "indicators": MEASURED,
    "adoption": (
        *VERDICT,
        D("proposal", ENTRY, "Proposal", "建議"),
        D("measures", [SHOWN], "Measures that show it", "顯示措施"),
    ),
    "pairs": PAIR,
    "discrepancies": DISCREPANCY,
}
