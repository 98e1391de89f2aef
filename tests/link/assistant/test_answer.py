"""What counts as an answer, and what does not."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.knowledge.fold import fold
from deedline.link.assistant.answer import Reading, Void, find_quote, reading
from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.text import Span
from tests.link.assistant.speaking import said

RELATIONS = ("answers", "partly", "related", "none")


def entry(text: str, kind: ItemKind = ItemKind.MEASURE, start: int = 10) -> Entry:
    item = Item("k", kind, text, (Span(start, start + len(text)),), (1, 1), ())
    return Entry(f"id-{start}", "d", date(2024, 10, 16), item)


ASKED = entry("建議增設 ５ 條單車徑，連接市中心", ItemKind.PROPOSAL)
DONE = entry("市政府會在河邊增設單車徑", start=50)


def read(written: str) -> Reading | Void:
    return reading(written, RELATIONS, ASKED, DONE)


GOOD = said("answers", "增設5條單車徑", "增設單車徑")


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here it is:\n```\n{GOOD}\n```\nAnything else?",
        f"<think>maybe {said('none', '建議', '市政府')}</think>{GOOD}",
        f"{GOOD}\n{GOOD}",
        f'{{"answer": {GOOD}}}',
    ],
)
def test_an_answer_is_found_in_what_surrounds_it(written: str) -> None:
    found = read(written)
    assert isinstance(found, Reading)
    assert (found.relation, found.first.words, found.reason) == ("answers", "增設 ５ 條單車徑", "both say it")
    assert found.first.spans == (Span(12, 21),)
    assert found.second.spans == (Span(57, 62),)


@pytest.mark.parametrize("words", ["增设单车径", "增设 單车徑"])
def test_a_quote_in_another_script_is_shown_as_the_text_has_it(words: str) -> None:
    found = read(said("answers", "增设5条单车径", words))
    assert isinstance(found, Reading)
    assert (found.first.words, found.second.words) == ("增設 ５ 條單車徑", "增設單車徑")
    assert found.second.spans == (Span(57, 62),)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "no JSON"),
        ("I cannot help with that.", "no JSON"),
        ("[" * 5000, "no JSON"),
        ('{"relation": ' * 3000, "no JSON"),
        ('{"relation": 7}', "no JSON"),
        (said("answers; DROP TABLE links", "單車徑", "單車徑"), "none of those"),
        (said("same", "單車徑", "單車徑"), "none of those"),
        (said("answers", "增設單車徑", "增設單車徑"), "not in the first text"),
        (said("answers", "單車徑", "在山邊增設單車徑"), "not in the second text"),
        (said("answers", "", "單車徑"), "not in the first text"),
        (said("answers", " 徑 ", "單車徑"), "not in the first text"),
        (
            json.dumps({"relation": "answers", "first_words": ["單車徑"], "second_words": "單車徑", "reason": "x"}),
            "first",
        ),
        (said("answers", "單車徑", "單車徑", "\x00 \x1b"), "no reason"),
        (said("answers", "單車徑", "單車徑") + said("none", "單車徑", "單車徑"), "several answers"),
    ],
)
def test_what_does_not_count_is_void(written: str, why: str) -> None:
    found = read(written)
    assert isinstance(found, Void)
    assert why in found.why


def test_a_reason_is_one_line_of_bounded_length() -> None:
    found = read(said("partly", "單車徑", "單車徑", "a\x1b[31m\nb\u202e" + "c" * 900))
    assert isinstance(found, Reading)
    assert found.reason.startswith("a[31m bccc")
    assert len(found.reason) == 300


@given(st.text(max_size=300))
def test_nothing_written_is_a_fault(written: str) -> None:
    assert isinstance(read(written), Void)


def _folded(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", "".join(text.split())))


@given(st.text(min_size=2, max_size=60), st.data())
def test_every_part_of_a_text_is_quoted_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    quote = find_quote(words, entry(text))
    bare = "".join(words.split())
    if quote is None:
        assert len(bare) < 2
    else:
        (span,) = quote.spans
        assert text[span.start - 10 : span.end - 10] == quote.words
        assert _folded(quote.words) == _folded(words)
