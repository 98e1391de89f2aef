"""A report from what was asked: its numbers from `operations`, its words in one language, its bytes in one format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from deedline import operations
from deedline.operations import reporting
from deedline.register import Register
from deedline.serve.reports.adoption import adoption_paper
from deedline.serve.reports.brief import brief_paper
from deedline.serve.reports.indicators import progress_paper
from deedline.serve.reports.paper import Paper, changed
from deedline.serve.reports.scorecard import scorecard_paper
from deedline.serve.words import CHINESE

# What no format may hold or a reader would obey: control characters, changes of direction, halves of characters.
_COMMANDS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
MOST_CHARACTERS = 4_000  # of one text; a page of it, beyond which a report says how much more there is
_NO_NAME = re.compile(r"[^\w.-]+")


class ReportKind(StrEnum):
    """Which report."""

    BRIEF = "brief"
    ADOPTION = "adoption"
    BODY = "body"
    INDICATORS = "indicators"


class ReportFormat(StrEnum):
    """As what it is written; the value is the end of the file's name."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MARKDOWN = "md"


MEDIA_TYPES: Mapping[ReportFormat, str] = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.PDF: "application/pdf",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.MARKDOWN: "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a report of `subject`, an edition, a submission or a body as `operations` finds it.

    `against` is the edition to compare with, None for the one that suggests itself; `language` is one of
    `words.LANGUAGES`; `as_of` the day to judge by, None for that of the newest document.
    """

    kind: ReportKind
    subject: str
    format: ReportFormat = ReportFormat.PDF
    language: str = CHINESE
    against: str | None = None
    as_of: date | None = None


class Made(NamedTuple):
    """A report's bytes, their media type, and a name for the file."""

    data: bytes
    media_type: str
    name: str


def make_report(register: Register, asked: Asked) -> Made:
    """The report that is asked for; the same register and the same question give the same bytes.

    NotFoundError and InputError as `operations` raise them for the subject; StageError where it cannot be set.
    """
    paper, about = make_paper(register, asked)
    data = _writer(asked.format)(paper)
    name = "-".join(filter(None, (asked.kind.value, _NO_NAME.sub("_", about).strip("_."), paper.as_of.isoformat())))
    return Made(data, MEDIA_TYPES[asked.format], f"{name}.{asked.format.value}")


def make_paper(register: Register, asked: Asked) -> tuple[Paper, str]:
    """The report before it has a format, and in a word what it is about."""
    with register.snapshot():
        paper, about = _PAPERS[asked.kind](register, asked)
    return changed(paper, _shown), about


def _shown(text: str) -> str:
    """A text without what a format or a reader would obey, and no longer than a page."""
    left = len(text) - MOST_CHARACTERS
    kept = f"{text[:MOST_CHARACTERS]}… (+{left:,})" if left > 0 else text
    return _COMMANDS.sub("\ufffd", kept)


def _brief(register: Register, asked: Asked) -> tuple[Paper, str]:
    found = reporting.edition_brief(register, asked.subject, asked.against, asked.as_of)
    return brief_paper(found, asked.language), found.edition.metadata.edition or found.edition.id


def _adoption(register: Register, asked: Asked) -> tuple[Paper, str]:
    report = operations.adoption(register, asked.subject, asked.against, asked.as_of)[0]
    known = operations.scene(register, asked.as_of)
    about = f"{report.submission.id}-{report.edition.metadata.edition or report.edition.id}"
    return adoption_paper(report, known, asked.language), about


def _body(register: Register, asked: Asked) -> tuple[Paper, str]:
    found = reporting.scorecard(register, asked.subject, asked.as_of, language=asked.language.split("-")[0])
    return scorecard_paper(found, asked.language), found.body.id


def _indicators(register: Register, asked: Asked) -> tuple[Paper, str]:
    found = reporting.edition_brief(register, asked.subject, asked.against, asked.as_of)
    return progress_paper(found, asked.language), found.edition.metadata.edition or found.edition.id


_PAPERS: Mapping[ReportKind, Callable[[Register, Asked], tuple[Paper, str]]] = {
    ReportKind.BRIEF: _brief,
    ReportKind.ADOPTION: _adoption,
    ReportKind.BODY: _body,
    ReportKind.INDICATORS: _indicators,
}


def _writer(wanted: ReportFormat) -> Callable[[Paper], bytes]:
    """What writes a format; what it needs is loaded only then."""
    if wanted is ReportFormat.DOCX:
        from deedline.serve.reports.as_docx import write_docx

        return write_docx
    if wanted is ReportFormat.PDF:
        from deedline.serve.reports.as_pdf import write_pdf

        return write_pdf
    if wanted is ReportFormat.HTML:
        from deedline.serve.reports.as_html import write_html

        return write_html
    from deedline.serve.reports.as_markdown import write_markdown

    return write_markdown
