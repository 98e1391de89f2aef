"""Offsets survive every way of cutting and joining mapped text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.model.text import MappedText, Span, reread, spans_of_part
from tests.strategies import mapped_texts


@given(mapped_texts())
def test_spans_reread_to_the_kept_characters(pair: tuple[str, MappedText]) -> None:
    original, mapped = pair
    assert reread(original, mapped.spans()) == mapped.text


@given(mapped_texts())
def test_spans_run_forwards_and_never_touch(pair: tuple[str, MappedText]) -> None:
    spans = pair[1].spans()
    assert all(before.end < after.start for before, after in pairwise(spans))


@given(mapped_texts(), st.integers(0, 60), st.integers(0, 60))
def test_between_takes_exactly_the_offsets_asked_for(pair: tuple[str, MappedText], a: int, b: int) -> None:
    start, end = min(a, b), max(a, b)
    taken = pair[1].between(start, end)
    assert taken.offsets == tuple(offset for offset in pair[1].offsets if start <= offset < end)


@given(mapped_texts(), st.integers(0, 60))
def test_cutting_and_joining_gives_the_same_text(pair: tuple[str, MappedText], cut: int) -> None:
    mapped = pair[1]
    assert MappedText.join([mapped.slice(0, cut), mapped.slice(cut)]) == mapped


@given(mapped_texts(), st.integers(0, 60), st.integers(0, 60))
def test_the_spans_of_a_part_reread_to_it(pair: tuple[str, MappedText], start: int, end: int) -> None:
    original, mapped = pair
    assert reread(original, spans_of_part(mapped.spans(), start, end)) == mapped.text[start:end]


def test_parts_stand_between_marks_without_their_blanks() -> None:
    row = MappedText.original(" a | b\\|c ||d")
    assert [part.text for part in row.parts("|", "\\")] == ["a", "b\\|c", "", "d"]
    assert [part.text for part in row.parts("|")] == ["a", "b\\", "c", "", "d"]
    assert next(row.parts("|")).offsets == (1,)


def test_strip_keeps_offsets() -> None:
    assert MappedText.original("  推出 ", 10).strip() == MappedText("推出", (12, 13))


def test_a_span_runs_forwards() -> None:
    with pytest.raises(ValueError, match="does not run forwards"):
        Span(3, 2)


def test_text_and_offsets_have_one_length() -> None:
    with pytest.raises(ValueError, match="offsets"):
        MappedText("abc", (0, 1))
