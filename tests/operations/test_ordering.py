"""Which documents are compared, and which way round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.model.document import DocumentKind, Metadata
from deedline.model.item import ItemKind
from deedline.model.link import Task
from deedline.operations.ordering import carrying, pairs_of
from deedline.operations.twins import bounds
from deedline.register import StoredDocument


def document(
    name: str,
    dated: date | None,
    precision: str = "day",
    kind: DocumentKind = DocumentKind.COMMITMENTS,
    held: ItemKind | None = None,
) -> StoredDocument:
    item = held or (ItemKind.PROPOSAL if kind is DocumentKind.SUBMISSION else ItemKind.MEASURE)
    metadata = Metadata(dated=dated, dated_precision=precision if dated else "", kind=kind)
    return StoredDocument(name, name, name, "text/plain", metadata, frozenset(), 1, {item: 1}, 0)


def shown(*documents: StoredDocument) -> list[tuple[str, str, str, bool]]:
    return [(pair.task, pair.source.id, pair.target.id, pair.ordered) for pair in pairs_of(documents)]


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        (date(2024, 10, 16), "day", date(2024, 10, 16)),
        (date(2024, 2, 1), "month", date(2024, 2, 29)),
        (date(2023, 12, 1), "month", date(2023, 12, 31)),
        (date(2024, 1, 1), "year", date(2024, 12, 31)),
    ],
)
def test_a_date_bounds_what_it_leaves_open(day: date, precision: str, last: date) -> None:
    assert bounds(Metadata(dated=day, dated_precision=precision)) == (day, last)


def test_each_edition_is_compared_with_each_earlier_one() -> None:
    a, b, c = (document(name, date(year, 10, 1)) for name, year in (("a", 2023), ("b", 2024), ("c", 2025)))
    assert shown(c, a, b) == [
        (Task.CONTINUITY, "b", "a", True),
        (Task.CONTINUITY, "c", "a", True),
        (Task.CONTINUITY, "c", "b", True),
    ]


def test_a_submission_is_compared_with_what_came_after_it() -> None:
    before, asked, after = (
        document("before", date(2023, 10, 1)),
        document("asked", date(2024, 8, 1), "month", DocumentKind.SUBMISSION),
        document("after", date(2024, 10, 1)),
    )
    assert (Task.ADOPTION, "asked", "after", True) in shown(before, asked, after)
    assert not any(target == "before" for task, _, target, _ in shown(before, asked, after) if task == Task.ADOPTION)


def test_where_printed_dates_overlap_both_orders_are_possible() -> None:
    asked = document("asked", date(2024, 1, 1), "year", DocumentKind.SUBMISSION)
    edition = document("edition", date(2024, 10, 16))
    assert shown(asked, edition) == [(Task.ADOPTION, "asked", "edition", False)]
    assert shown(document("undated", None), edition) == [(Task.CONTINUITY, "edition", "undated", False)]


def test_a_document_of_unknown_kind_is_what_it_holds() -> None:
    asked = document("asked", date(2024, 8, 1), kind=DocumentKind.UNKNOWN, held=ItemKind.PROPOSAL)
    edition = document("edition", date(2024, 10, 16), kind=DocumentKind.UNKNOWN, held=ItemKind.INDICATOR)
    assert shown(asked, edition) == [(Task.ADOPTION, "asked", "edition", True)]


def test_a_document_without_items_is_compared_with_none() -> None:
    empty = document("empty", date(2024, 8, 1), held=ItemKind.RECOMMENDATION)
    assert shown(empty, document("edition", date(2024, 10, 16))) == []


def test_an_edition_of_measures_and_indicators_is_compared_with_itself() -> None:
    both = replace(document("both", date(2024, 10, 16)), items={ItemKind.MEASURE: 2, ItemKind.INDICATOR: 1})
    plain, asked = document("plain", date(2023, 10, 1)), document("asked", None, kind=DocumentKind.SUBMISSION)
    assert [pair.ids for pair in carrying([both, plain, asked])] == [("both", "both")]


DOCUMENTS = st.lists(
    st.tuples(
        st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(lambda day: day.replace(month=1, day=1)),
        st.sampled_from(["day", "year"]),
        st.sampled_from(DocumentKind),
    ),
    max_size=6,
).map(lambda drawn: [document(f"{index}", *each) for index, each in enumerate(drawn)])


@given(DOCUMENTS, st.randoms())
def test_the_order_of_documents_changes_nothing_and_no_pair_comes_twice(
    documents: list[StoredDocument], random: st.DataObject
) -> None:
    found = {(pair.task, *pair.ids, pair.ordered) for pair in pairs_of(documents)}
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {(pair.task, *pair.ids, pair.ordered) for pair in pairs_of(shuffled)} == found
    assert len({frozenset(pair.ids) for pair in pairs_of(documents)}) == len(pairs_of(documents))
    assert all(pair.source.id != pair.target.id for pair in pairs_of(documents))


def titled(title: str, dated: date, precision: str, kind: DocumentKind = DocumentKind.COMMITMENTS) -> StoredDocument:
    plain = document(title, dated, precision, kind)
    return replace(plain, metadata=replace(plain.metadata, title=title))


@pytest.mark.parametrize(
    ("title", "edition", "ordered"),
    [
        ("對2031年《施政報告》的建議", "市長2031年施政報告附篇", [True]),
        ("Recommendations for the 2031 Policy Address", "市長2031年施政報告附篇", [True]),
        ("Recommendations for the 2031 Policy Address", "The Mayor's 2031 Policy Address", [True]),
        ("對2032年《施政報告》的建議", "市長2031年施政報告附篇", [False]),  # for a later one
        ("對2031年《施政報告》的回應", "市長2031年施政報告附篇", [False]),  # an answer to it
        ("對2031年《施政報告》的評論及建議", "市長2031年施政報告附篇", [False]),  # may be an answer, or written for it
        ("Response to the consultation on the 2031 Policy Address", "The Mayor's 2031 Policy Address", [False]),
        ("對2030年《施政報告》的回應", "市長2031年施政報告附篇", [True]),
        ("對2031年《財政預算案》的建議", "市長2031年施政報告附篇", [False]),  # another publication: nothing is told
        ("渡輪建議書", "市長2031年施政報告附篇", [False]),
    ],
)
def test_a_title_tells_for_which_edition_a_paper_was_written(title: str, edition: str, ordered: list[bool]) -> None:
    asked = titled(title, date(2031, 1, 1), "year", DocumentKind.SUBMISSION)
    there = titled(edition, date(2031, 10, 16), "day")
    assert [pair.ordered for pair in pairs_of((asked, there))] == ordered


def test_printed_dates_tell_more_than_titles() -> None:
    asked = titled("對2032年《施政報告》的建議", date(2031, 1, 1), "day", DocumentKind.SUBMISSION)
    there = titled("市長2031年施政報告附篇", date(2031, 10, 16), "day")
    assert [pair.ordered for pair in pairs_of((asked, there))] == [True]
