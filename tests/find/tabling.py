"""Tables of indicators for tests: rows written short, read as a document, shown short."""

from __future__ import annotations

from collections.abc import Iterable

from deedline.find.indicators import IndicatorFinding, find_indicators
from deedline.find.outline import trace_outline
from deedline.knowledge.load import jurisdiction
from deedline.model.document import Document
from deedline.read import read_document

HEADER = "編號\t指定項目指標\t進度"


def read_text(text: str, language: str = "zh") -> Document:
    """A document of these lines, dated 2024-10-16."""
    given = {"date": "2024-10-16", "kind": "commitments", "language": language, "jurisdiction": "hk"}
    return read_document(text.encode(), "table.md", given)


def find(text: str, language: str = "zh") -> IndicatorFinding:
    """The indicators of a document of these lines."""
    document = read_text(text, language)
    return find_indicators(trace_outline(document.blocks, language, {}), document, jurisdiction("hk"))


def find_rows(*rows: str, header: str = HEADER) -> IndicatorFinding:
    """The indicators of one table; a row's cells are parted by tabs."""
    return find("\n".join((header, *rows)) + "\n")


def short(finding: IndicatorFinding) -> list[tuple[str | None, int | None, str]]:
    """Number, part and words of each item."""
    return [(draft.item.number, draft.item.part, draft.item.text) for draft in finding.drafts]


def statuses(finding: IndicatorFinding) -> list[str]:
    """The status of each item as coded, "" where none was read."""
    reports = (draft.item.report for draft in finding.drafts)
    return [report.status.value if report and report.status else "" for report in reports]


def bodies(finding: IndicatorFinding) -> list[list[tuple[str | None, str]]]:
    """The bodies of each item with their roles."""
    return [[(mention.body_id, mention.role.value) for mention in draft.item.bodies] for draft in finding.drafts]


def codes(finding: IndicatorFinding) -> list[str]:
    """The codes of all doubts."""
    return [issue.code for draft in finding.drafts for issue in draft.issues]


def listed(*entries: str) -> str:
    """A list as converters leave it in a cell."""
    return "<ul> " + " ".join(f"<li>{entry}</li>" for entry in entries) + " </ul>"


def paragraphs(texts: Iterable[str]) -> str:
    """Paragraphs as converters leave them in a cell."""
    return " ".join(f"<p>{text}</p>" for text in texts)
