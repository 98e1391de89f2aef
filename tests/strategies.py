"""Shared strategies of the property tests: texts as converters leave them, documents with findings."""

from __future__ import annotations

import hashlib
from datetime import date

from hypothesis import strategies as st

from deedline.model.document import Document, Metadata
from deedline.model.item import Finding, Issue, Item, ItemKind, Line, LineRole
from deedline.model.text import MappedText, Span
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

IDEOGRAPHS = "政府在年內推出新計劃完成提升香港市民服務優化及加強衞衛"
PIECES = st.text(alphabet=IDEOGRAPHS + "abc 12，。、：（）()「」\t\u3000", min_size=0, max_size=30)
MARKS = st.sampled_from(
    ["", "- ", "• ", "(1) ", "1. ", "1.1 ", "# ", "## ", "| a | b |", "\t", "3", "\uf06c  ", "一、 "]
)
LINE_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "  \n", "\n   \n"])


@st.composite
def converted_texts(draw: st.DrawFn) -> str:
    """Texts of marked and unmarked lines with any line ends between them."""
    lines = draw(st.lists(st.tuples(MARKS, PIECES, LINE_ENDS), max_size=40))
    return "".join(mark + words + end for mark, words, end in lines)


@st.composite
def mapped_texts(draw: st.DrawFn) -> tuple[str, MappedText]:
    """An original and a mapped text that keeps some of its characters."""
    original = draw(st.text(alphabet=IDEOGRAPHS + "ab 1\n", max_size=60))
    kept = [i for i in range(len(original)) if draw(st.booleans())]
    return original, MappedText.original(original).keep(kept)


@st.composite
def printed_values(draw: st.DrawFn, text: str, span: Span) -> tuple[str, tuple[Span, ...]]:
    """Words printed somewhere within a span of a text, with where they stand."""
    start = draw(st.integers(span.start, span.end - 1))
    cut = Span(start, draw(st.integers(start + 1, span.end)))
    words = text[cut.start : cut.end]
    return (words, (cut,)) if words.strip() else (text[span.start : span.end], (span,))


@st.composite
def items_at(draw: st.DrawFn, text: str, span: Span, line: int, key: str) -> Item:
    """An item of one line with values cut from its words, each with its evidence."""
    days = st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1))
    value = printed_values(text, span)
    quantity = st.builds(
        lambda printed, compares, number: Quantity(*printed, compares, number, "ratio", Basis.TARGET, "rule"),
        value,
        st.sampled_from(Comparator),
        st.floats(-1e12, 1e12),
    )
    deadline = st.builds(
        lambda printed, kind, first, last: Deadline(*printed, kind, first, last, "year", True, "rule"),
        value,
        st.sampled_from(DeadlineKind),
        days,
        days,
    )
    mention = st.builds(
        lambda printed, body: Mention(*printed, body, printed[0], Role.LEAD, "rule"),
        value,
        st.sampled_from([None, "xx/one", "xx/two"]),
    )
    narrative, status = draw(value), draw(value)
    code = draw(st.none() | st.sampled_from(StatusCode))
    report = Report(None, code, status[0], narrative[0], narrative[1], status[1], (draw(quantity),))
    return Item(
        key=key,
        kind=draw(st.sampled_from(ItemKind)),
        text=text[span.start : span.end],
        spans=(span,),
        lines=(line, line),
        path=tuple(draw(st.lists(st.sampled_from(["甲", "Part 2"]), max_size=2))),
        number=draw(st.none() | st.sampled_from(["1", "2.3", "十"])),
        part=draw(st.none() | st.integers(1, 9)),
        batch=draw(st.sampled_from([None, "new", "carried"])),
        bodies=tuple(draw(st.lists(mention, max_size=2))),
        deadlines=tuple(draw(st.lists(deadline, max_size=2))),
        due=draw(days),
        quantities=tuple(draw(st.lists(quantity, max_size=2))),
        names=tuple(draw(st.lists(st.builds(lambda printed: Name(*printed, "scheme", "rule"), value), max_size=1))),
        report=draw(st.none() | st.just(report)),
    )


@st.composite
def read_documents(draw: st.DrawFn, most: int = 8) -> tuple[Document, Finding]:
    """A document of one item or line of prose a line, and the finding that accounts for every line of it."""
    words = st.text(alphabet=IDEOGRAPHS + "abc 12，", min_size=1, max_size=20).filter(str.strip)
    lines = draw(st.lists(words, max_size=most))
    text = "\n".join(lines)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    items, accounts, start = [], [], 0
    for number, line in enumerate(lines, 1):
        span = Span(start, start + len(line))
        start = span.end + 1
        if draw(st.booleans()):
            items.append(draw(items_at(text, span, number, f"key-{number}")))
            accounts.append(Line(number, LineRole.ITEM, "rule", (items[-1].key,)))
        else:
            accounts.append(Line(number, LineRole.PROSE, "rule"))
    metadata = Metadata(title=draw(PIECES), dated=draw(st.none() | st.dates()), guessed=frozenset({"title"}))
    document = Document(sha256[:12], f"{sha256[:4]}.txt", sha256, "text/plain", text, metadata, ())
    doubted = [Issue("doubt", "look", (item.spans[0],), item.lines[0], item.key) for item in items[:1]]
    return document, Finding(tuple(items), tuple(accounts), tuple(doubted))
