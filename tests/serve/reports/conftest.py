"""A town's two editions and a submission, and how to ask for a report of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deedline.model.text import Span
from deedline.model.values import Report, StatusCode
from deedline.register import Register, open_register
from deedline.serve.reports import Asked, Made, ReportFormat, ReportKind, make_report
from deedline.serve.reports.making import make_paper
from deedline.serve.reports.paper import Paper
from deedline.serve.words import ENGLISH
from tests.operations.town import ItemKind, Line, Tags, edition, line, linked, submission
from tests.register.making import Made as Of

HOSTILE = '=HYPERLINK("x") <script>alert(1)</script> | # *星* $5$ \\ \x1b[31m \u202e [^1] &lt; ]]> #set page() ?z'
DAYS = ("2023年底前", date(2023, 12, 31)), ("2024年底前", date(2024, 12, 31))
LIGHTHOUSE = "在2023年底前完成燈塔，符合進度，已動工 #f"


def reported(made: Of) -> Of:
    """The edition, its indicator with the report that stands in its words."""

    def where(words: str) -> tuple[Span, ...]:
        start = made.document.text.index(words)
        return (Span(start, start + len(words)),)

    status, said = "符合進度", "已動工"
    report = Report(date(2024, 10, 1), StatusCode.ON_SCHEDULE, status, said, where(said), where(status))
    items = made.finding.items
    return made.with_items(*(replace(one, report=report) if one.text == LIGHTHOUSE else one for one in items))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Register]:
    """Two editions and a submission, linked by their tags; what is linked by "?" is in doubt."""
    with open_register(tmp_path / "town.db") as register:
        edition(
            "old",
            date(2023, 10, 1),
            line("工務局在2023年底前興建圖書館 #a", due=DAYS[0]),
            "維修行人路 ?b",
            "種樹",
        ).put(register)
        later = edition(
            "new",
            date(2024, 10, 1),
            line("工務局在2024年底前興建圖書館 #a", due=DAYS[1]),
            "行人路完工 #b",
            "工務局增設單車徑 #c",
            "公園 ?e",
            line(LIGHTHOUSE, ItemKind.INDICATOR, DAYS[0], number="7"),
            Line("創新科技及工業局在2024年底前推出平台 #g", body=("創新科技及工業局", "hk/itib"), deadline=DAYS[1]),
            HOSTILE,
        )
        reported(later).put(register)
        submission("asked", date(2024, 8, 1), "應興建圖書館 #a", "應增設單車徑 #c", "應減稅 #d", "應建公園 #e").put(
            register
        )
        linked(register, Tags())
        yield register


@pytest.fixture
def paper(town: Register) -> Callable[..., Paper]:
    """The report of a kind on a subject, before it has a format; in English unless asked."""

    def call(kind: ReportKind, subject: str, language: str = ENGLISH, **more: object) -> Paper:
        return make_paper(town, Asked(kind, subject, language=language, **more))[0]  # type: ignore[arg-type]

    return call


@pytest.fixture
def made(town: Register) -> Callable[..., Made]:
    """The report in a format."""

    def call(kind: ReportKind, subject: str, wanted: ReportFormat, language: str = ENGLISH) -> Made:
        return make_report(town, Asked(kind, subject, wanted, language))

    return call
