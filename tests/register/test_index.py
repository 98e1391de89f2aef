from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deedline.knowledge.terms import asked_terms, term_texts
from deedline.register.index import WordIndex
from deedline.register.index_folder import UnsoundIndexError
from deedline.register.index_values import Clause, Entered, Narrowed

TEXTS = {
    "0000000000000001": "發展氫能產業",
    "0000000000000002": "在公共交通引入氫燃料巴士",
    "00000000000000ff": "能發電的氫",
    "ffffffffffffffff": "hydrogen buses for AI產業",
}


def entered(key: str, text: str, around: str = "", due: date | None = None, **exact: str) -> Entered:
    letters = sorted({letter for letter in "".join([*term_texts(text), *term_texts(around)]) if letter > "\u3000"})
    values = {name: (value,) for name, value in exact.items()}
    return Entered(key, text, term_texts(text), term_texts(around), letters, values, due, due.year if due else None)


def clause(words: str, **more: bool) -> Clause:
    return Clause(tuple(asked_terms(words)), **more)


@pytest.fixture(params=["folder", "memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> WordIndex:
    made = WordIndex(tmp_path / "words" if request.param == "folder" else None)
    made.write([("a", "1", [entered(key, text) for key, text in TEXTS.items()])])
    return made


def found(index: WordIndex, *clauses: Clause, narrowed: Narrowed | None = None, most: bool = False) -> list[str]:
    ranked = index.find(clauses, narrowed or Narrowed(), 10, most=most)
    assert ranked.total == len(ranked.best)
    return [key[-2:] for key, _ in ranked.best]


def test_words_of_any_length_are_found(index: WordIndex) -> None:
    assert found(index, clause("氫能")) == ["01"]
    assert sorted(found(index, clause("氫"))) == ["01", "02", "ff"]
    assert found(index, clause("Hydrogen")) == ["ff"] != found(index, clause("hydro"))
    assert found(index, clause("产业"), clause("AI")) == ["ff"]


def test_a_phrase_holds_its_order_across_scripts(index: WordIndex) -> None:
    assert found(index, clause("AI產業", exact=True)) == ["ff"]
    assert found(index, clause("I產業", exact=True)) == []
    assert found(index, clause("業AI", exact=True)) == []
    assert found(index, clause("buses hydrogen", exact=True)) == []


def test_most_pairs_of_a_longer_word_are_enough_and_all_of_it_leads(index: WordIndex) -> None:
    assert found(index, clause("發展氫能策略")) == ["01"]
    index.write(
        [("b", "1", [entered("00000000000000b1", "氫能策略與發展"), entered("00000000000000b2", "發展氫能策略")])]
    )
    assert found(index, clause("發展氫能策略"))[0] == "b2"


def test_what_is_not_wanted_is_left_out(index: WordIndex) -> None:
    assert "01" not in found(index, clause("氫"), clause("產業", exact=True, out=True))


def test_most_of_the_words_where_none_has_all(index: WordIndex) -> None:
    asked = (clause("hydrogen"), clause("buses"), clause("trains"))
    assert found(index, *asked) == []
    assert found(index, *asked, most=True) == ["ff"]


def test_words_about_an_item_count_less_than_its_own(index: WordIndex) -> None:
    index.write(
        [("b", "1", [entered("00000000000000c1", "甲乙丙", "海運"), entered("00000000000000c2", "海運人才", "甲乙丙")])]
    )
    assert found(index, clause("海運")) == ["c2", "c1"]


def test_filters_stand_together(index: WordIndex) -> None:
    one = entered("00000000000000d1", "氫能", due=date(2024, 5, 1), kind="measure", body="hk/itib")
    two = entered("00000000000000d2", "氫能", due=date(2025, 5, 1), kind="measure", body="hk/eeb")
    index.write([("b", "1", [one, two])])
    asked = clause("氫能")
    assert found(index, asked, narrowed=Narrowed({"document": "b", "body": "hk/eeb"})) == ["d2"]
    assert found(index, asked, narrowed=Narrowed(due=(None, date(2024, 5, 1)))) == ["d1"]
    assert found(index, asked, narrowed=Narrowed(due=(date(2024, 5, 2), None))) == ["d2"]
    assert found(index, asked, narrowed=Narrowed(year=2024)) == ["d1"]
    assert {key[-2:] for key, _ in index.fitting(Narrowed({"kind": "measure"}), 9).best} == {"d1", "d2"}


def test_a_document_is_replaced_and_taken_out_whole(index: WordIndex) -> None:
    index.write([("b", "2", [entered("00000000000000e1", "氫能")])])
    assert index.held() == {"a": "1", "b": "2"}
    index.write([("b", "3", [entered("00000000000000e2", "氫能")])])
    assert sorted(found(index, clause("氫能"))) == ["01", "e2"]
    index.write([], ["a"])
    assert index.held() == {"b": "3"}
    assert found(index, clause("氫能")) == ["e2"]


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    index = WordIndex(tmp_path)

    def breaking() -> Iterator[Entered]:
        yield entered("0000000000000001", "氫能")
        raise RuntimeError("killed here")

    with pytest.raises(RuntimeError):
        index.write([("a", "1", [entered("0000000000000002", "氫能")]), ("b", "1", breaking())])
    again = WordIndex(tmp_path)
    assert again.held() == {}
    assert found(again, clause("氫能")) == []


def test_another_that_is_open_sees_what_was_written_when_it_reloads(tmp_path: Path) -> None:
    first, second = WordIndex(tmp_path), WordIndex(tmp_path)
    assert first.fresh
    assert not second.fresh
    first.write([("a", "1", [entered("0000000000000001", "氫能")])])
    assert found(second, clause("氫能")) == []
    second.reload()
    assert found(second, clause("氫能")) == ["01"]


def test_a_damaged_index_says_so(tmp_path: Path) -> None:
    WordIndex(tmp_path)
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(UnsoundIndexError):
        WordIndex(tmp_path)


def test_how_terms_go_on(index: WordIndex) -> None:
    assert index.terms_beginning("text", "hyd") == [("hydrogen", 1)]
    assert index.texts(clause("氫能", exact=True), 5) == ["發展氫能產業"]
