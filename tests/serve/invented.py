"""An invented city's supplement as text and finding, and the register that holds it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

from deedline.model.document import Document, DocumentKind, Metadata
from deedline.model.item import Finding, Issue, Item, ItemKind, Line, LineRole
from deedline.model.text import Span
from deedline.model.values import (
    Basis,
    Comparator,
    Deadline,
    DeadlineKind,
    Mention,
    Name,
    Quantity,
    Report,
    Role,
    StatusCode,
)
from deedline.register import open_register

AT = datetime(2030, 1, 2, 3, 4, tzinfo=UTC)
MEASURE = "在2031年內把「海濱單車徑」延長至不少於12公里（運輸署）"
PROMISE = "把輪候時間減少超過20%（海港市衞生局）"
REPORT = "進行中：已減少14%"
HOSTILE = '=HYPERLINK("x") <script>alert(1)</script> [red]改善\x1b[31m街燈'
SECOND = "在2029年年底前完成燈塔修復"
TEXT = f"海港市施政綱領\n第一章 交通\n\n{MEASURE}\n{PROMISE}\t{REPORT}\n{HOSTILE}\n{SECOND}\t按計劃進行\n頁 3\n"


def spans(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def line_of(words: str) -> tuple[int, int]:
    number = TEXT[: TEXT.index(words)].count("\n") + 1
    return (number, number)


def deadline(words: str, earliest: date | None, latest: date, kind: DeadlineKind = DeadlineKind.IN) -> Deadline:
    return Deadline(words, spans(words), kind, earliest, latest, "year", promised=True, rule="year")


def body(words: str, identity: str | None, name: str) -> Mention:
    return Mention(words, spans(words), identity, name, Role.LEAD, "closing")


def quantity(words: str, comparator: Comparator, value: float, unit: str, basis: Basis) -> Quantity:
    return Quantity(words, spans(words), comparator, value, unit, basis, "figure")


def report(words: str, code: StatusCode, narrative: str, *figures: Quantity) -> Report:
    return Report(date(2030, 1, 1), code, words, narrative, spans(narrative), spans(words), figures)


def items() -> tuple[Item, ...]:
    measure = Item(
        key="measure-1",
        kind=ItemKind.MEASURE,
        text=MEASURE.partition("（")[0],
        spans=spans(MEASURE.partition("（")[0]),
        lines=line_of(MEASURE),
        path=("第一章 交通",),
        bodies=(body("運輸署", "hk/td", "運輸署"),),
        deadlines=(deadline("在2031年內", date(2031, 1, 1), date(2031, 12, 31)),),
        due=date(2031, 12, 31),
        quantities=(quantity("不少於12公里", Comparator.AT_LEAST, 12, "公里", Basis.TARGET),),
        names=(Name("海濱單車徑", spans("海濱單車徑"), "scheme", "quoted"),),
    )
    figure = quantity("14%", Comparator.EQUAL, 0.14, "ratio", Basis.ACTUAL)
    indicator = Item(
        key="indicator-7",
        kind=ItemKind.INDICATOR,
        text=PROMISE.partition("（")[0],
        spans=spans(PROMISE.partition("（")[0]),
        lines=line_of(PROMISE),
        path=("附錄",),
        number="7",
        part=1,
        batch="new",
        lead_in="衞生",
        bodies=(body("海港市衞生局", None, "海港市衞生局"),),
        quantities=(quantity("超過20%", Comparator.MORE, 0.2, "ratio", Basis.TARGET),),
        report=report("進行中", StatusCode.IN_PROGRESS, REPORT, figure),
    )
    hostile = Item("measure-2", ItemKind.MEASURE, HOSTILE, spans(HOSTILE), line_of(HOSTILE), ("第一章 交通",))
    late = Item(
        key="indicator-8",
        kind=ItemKind.INDICATOR,
        text=SECOND,
        spans=spans(SECOND),
        lines=line_of(SECOND),
        path=("附錄",),
        number="8",
        parent="indicator-7",
        deadlines=(deadline("在2029年年底前", None, date(2029, 12, 31), DeadlineKind.BY),),
        due=date(2029, 12, 31),
        report=report("按計劃進行", StatusCode.ON_SCHEDULE, "按計劃進行"),
    )
    return (measure, indicator, hostile, late)


def finding(*, complete: bool = True) -> Finding:
    found = items()
    on_line = {item.lines[0]: item.key for item in found}
    lines = []
    for number, printed in enumerate(TEXT.split("\n"), 1):
        if number in on_line:
            lines.append(Line(number, LineRole.ITEM, "bullet", (on_line[number],)))
        elif printed.strip() and (complete or number != 1):
            lines.append(Line(number, LineRole.HEADING if number < 3 else LineRole.PAGE_NUMBER, "heading"))
    issue = Issue("misprinted-body", "海港市衞生局 is no body that is known", spans("海港市衞生局"), 5, "indicator-7")
    return Finding(found, tuple(lines), (issue,))


def document(name: str = "海港市.txt") -> Document:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    metadata = Metadata(
        title="海港市施政綱領",
        publisher="海港市政府",
        dated=date(2030, 1, 1),
        dated_precision="year",
        edition="2030",
        kind=DocumentKind.COMMITMENTS,
        language="zh",
        jurisdiction="hk",
        guessed=frozenset({"title", "date"}),
    )
    return Document(digest[:12], name, digest, "text/plain", TEXT, metadata, ())


def make_register(path: Path, *, complete: bool = True) -> Path:
    with open_register(path) as register:
        register.put(document(), finding(complete=complete), data=TEXT.encode(), at=AT, by="tester")
    return path
