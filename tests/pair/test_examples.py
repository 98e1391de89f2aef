"""The examples in both languages: all pairs right, nothing false, and every planted difference found."""

from __future__ import annotations

from pathlib import Path

import pytest

from deedline.model.pairing import Discrepancy, ItemPairs
from deedline.pair.folding import Side
from tests.pair.editions import NAMES, changed, paired, printed, side_of
from tests.pair.gold import GOLD
from tests.pair.planted import BODIES, DATES, FIGURES, MISSING, STATUSES, SWAPPED, Planted


@pytest.fixture(autouse=True)
def _known_places(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))


def texts(side: Side) -> dict[str, str]:
    return {entry.id: entry.item.text for entry in side.entries}


def told(found: ItemPairs) -> list[tuple[str, str]]:
    return [(each.code.value, each.what) for each in found.discrepancies]


def codes(found: ItemPairs) -> list[str]:
    return [each.code.value for each in found.discrepancies]


@pytest.mark.parametrize("edition", GOLD)
def test_every_item_stands_beside_its_own(edition: str) -> None:
    one, other = (side_of(name, printed(name)) for name in NAMES[edition])
    found = paired(one, other)
    ours = [(texts(one)[a], texts(other)[b]) for pair in found.pairs for a in pair.one for b in pair.other]
    assert len(found.pairs) == len(ours) == len(GOLD[edition])
    for (zh, en), (begins, starts) in zip(ours, GOLD[edition], strict=True):
        assert zh.startswith(begins)
        assert en.startswith(starts)
    assert all(pair.sure for pair in found.pairs)


@pytest.mark.parametrize("edition", GOLD)
def test_the_examples_say_the_same_in_both_languages(edition: str) -> None:
    one, other = (side_of(name, printed(name)) for name in NAMES[edition])
    found = paired(one, other)
    assert told(found) == []
    assert dict(found.counts) == {}


def all_of(planted: Planted) -> tuple[Discrepancy, ...]:
    edition, language, old, new = planted
    one, other = changed(edition, language, (old, new))
    found = paired(one, other)
    assert len(found.pairs) == len(GOLD[edition]), told(found)
    return found.discrepancies


def only(planted: Planted) -> Discrepancy:
    (each,) = all_of(planted)
    return each


def values(each: Discrepancy) -> tuple[str, str]:
    return (each.one.words if each.one else ""), (each.other.words if each.other else "")


@pytest.mark.parametrize("planted", DATES, ids=lambda planted: planted[3])
def test_another_date_is_found_and_nothing_else(planted: Planted) -> None:
    each = only(planted)
    assert (each.code, each.sure) == ("date", True)
    assert values(each)[planted[1] == "en"].strip() in planted[3]


@pytest.mark.parametrize("planted", FIGURES, ids=lambda planted: planted[3])
def test_another_figure_is_found_and_nothing_else(planted: Planted) -> None:
    each = only(planted)
    assert (each.code, each.sure) == ("figure", True)
    assert all(values(each))


@pytest.mark.parametrize("planted", BODIES, ids=lambda planted: planted[3])
def test_another_body_is_found_and_nothing_else(planted: Planted) -> None:
    found = all_of(planted)
    assert {(each.code, each.sure) for each in found} == {("body", True)}
    assert len(found) == 1 or planted[2].startswith("公眾充電站")  # two parts of one indicator have that body


@pytest.mark.parametrize("planted", STATUSES, ids=lambda planted: planted[3])
def test_another_status_is_found_and_nothing_else(planted: Planted) -> None:
    each = only(planted)
    assert (each.code, each.what, each.sure) == ("status", "another status", True)
    assert values(each)[planted[1] == "en"].rstrip("。.") in planted[3]


def line(edition: str, language: str, start: str) -> str:
    name = NAMES[edition][language == "en"]
    return next(each for each in printed(name).split("\n") if each.startswith(start))


@pytest.mark.parametrize(("edition", "language", "start"), MISSING)
def test_an_item_that_one_edition_has_not_is_found_and_nothing_else(edition: str, language: str, start: str) -> None:
    gone = line(edition, language, start)
    one, other = changed(edition, language, (gone + "\n", ""))
    found = paired(one, other)
    assert codes(found) == ["missing"], told(found)
    (each,) = found.discrepancies
    assert (each.one is None) == (language == "zh")
    assert len(found.pairs) == len(GOLD[edition]) - 1
    place = [begins for begins, _ in GOLD[edition]] if language == "en" else [starts for _, starts in GOLD[edition]]
    pairs = [begins if language == "zh" else starts for begins, starts in GOLD[edition]]
    row = next(number for number, begins in enumerate(pairs) if begins in gone)
    assert values(each)[language == "zh"].startswith(place[row])


@pytest.mark.parametrize(("edition", "language", "first", "second"), SWAPPED)
def test_items_that_changed_places_are_found_and_nothing_else(
    edition: str, language: str, first: str, second: str
) -> None:
    a, b = line(edition, language, first), line(edition, language, second)
    one, other = changed(edition, language, (a, "\0"), (b, a), ("\0", b))
    found = paired(one, other)
    assert set(codes(found)) == {"order"}, told(found)
    assert len(found.pairs) == len(GOLD[edition])
    by_words = {texts(one)[pair.one[0]]: texts(other)[pair.other[0]] for pair in found.pairs}
    for begins, starts in GOLD[edition]:
        assert any(zh.startswith(begins) and en.startswith(starts) for zh, en in by_words.items())
    places = [values(each)[language == "en"] for each in found.discrepancies]
    assert any(place and (place[:8] in a or place[:8] in b) for place in places)
