"""Editions of one publication in two languages: recognised or said to be, paired, never compared or counted twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deedline.errors import InputError, TooLargeError
from deedline.model.document import DocumentKind, Metadata
from deedline.model.item import ItemKind
from deedline.model.link import Task
from deedline.operations import Source, add, compare_editions, due, edition, overview, owners, progress, relink, scene
from deedline.operations.ordering import pairs_of
from deedline.operations.pairing import counterparts, pair_languages, say_pair
from deedline.operations.twins import all_twins, are_twins, doubles, twins_of
from deedline.register import ItemQuery, Register, StoredDocument, open_register

AT = datetime(2032, 1, 2, tzinfo=UTC)


def document(
    name: str, language: str, year: int = 2030, measures: int = 20, jurisdiction: str = "town"
) -> StoredDocument:
    metadata = Metadata(
        dated=date(year, 10, 1),
        dated_precision="day",
        edition=str(year),
        kind=DocumentKind.COMMITMENTS,
        language=language,
        jurisdiction=jurisdiction,
    )
    return StoredDocument(name, name, name, "text/plain", metadata, frozenset(), 1, {ItemKind.MEASURE: measures}, 0)


ZH, EN = document("zh", "zh"), document("en", "en")


def test_two_languages_of_one_date_and_place_that_hold_as_much_are_one() -> None:
    assert are_twins(ZH, EN)
    assert are_twins(EN, ZH)
    assert not are_twins(ZH, document("other", "zh"))
    assert not are_twins(ZH, document("other", "en", year=2031))
    assert not are_twins(ZH, document("other", "en", jurisdiction="elsewhere"))
    assert not are_twins(ZH, document("other", "en", measures=14))
    assert are_twins(ZH, document("other", "en", measures=18))
    assert not are_twins(ZH, document("other", ""))


def test_what_people_say_decides() -> None:
    def said(of: StoredDocument, series: str, edition: str) -> StoredDocument:
        metadata = replace(of.metadata, series=series, edition=edition)
        return replace(of, metadata=metadata, edited=frozenset({"series", "edition"}))

    far = document("far", "en", year=2031, measures=3)
    assert are_twins(said(ZH, "附篇", "2030"), said(far, "附篇", "2030"))
    assert not are_twins(said(ZH, "附篇", "2030"), said(EN, "Supplement", "2030"))
    found = all_twins([said(ZH, "附篇", "2030"), said(far, "附篇", "2030")])
    assert {name: [twin.id for twin in twins.values()] for name, twins in found.items()} == {
        "zh": ["far"],
        "far": ["zh"],
    }


def test_one_publication_is_not_compared_with_itself_nor_across_languages() -> None:
    later, spoken = document("later", "zh", 2031), document("later-en", "en", 2031)
    pairs = [(pair.source.id, pair.target.id) for pair in pairs_of([ZH, EN, later, spoken])]
    assert sorted(pairs) == [("later", "zh"), ("later-en", "en")]
    assert [(p.source.id, p.target.id) for p in pairs_of([ZH, spoken])] == [("later-en", "zh")]
    assert {twin.id for twin in twins_of(ZH, [ZH, EN, later, spoken])} == {"en"}
    assert doubles([ZH, EN, later, spoken]) == {"en", "later-en"}
    assert doubles([ZH, EN, later, spoken], "en") == {"zh", "later"}
    assert doubles([EN, later]) == frozenset()


@pytest.fixture(scope="module")
def examples(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A register of the examples, linked; with the knowledge of their city."""
    path = tmp_path_factory.mktemp("examples") / "examples.db"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))
        with open_register(path) as register:
            files = sorted(file for file in (root / "examples").iterdir() if file.is_file())
            added = list(add(register, [Source(file) for file in files], at=AT, by="tests", workers=0))
            assert not any(one.error for one in added)
            list(relink(register, at=AT, by="tests"))
        yield path


@pytest.fixture
def register(examples: Path, tmp_path: Path) -> Iterator[Register]:
    with open_register(shutil.copy(examples, tmp_path / "copy.db")) as opened:
        yield opened


def test_the_examples_are_three_publications(register: Register) -> None:
    documents = register.documents()
    names = {each.name.split(".")[0] for each in documents}
    assert all(len(twins_of(each, documents)) == 1 for each in documents)
    for name in names:
        found = pair_languages(register, f"{name}.zh", f"{name}.en")
        assert found.recognised
        assert found.found.discrepancies == ()
        assert found.one.metadata.language == "zh"
        assert pair_languages(register, f"{name}.en", f"{name}.zh") is found
    pairs = pairs_of(documents)
    assert all(pair.source.metadata.language == pair.target.metadata.language for pair in pairs)
    assert sorted(pair.task for pair in pairs) == [Task.ADOPTION] * 2 + [Task.CONTINUITY] * 2


def test_nothing_is_counted_twice(register: Register) -> None:
    known = scene(register)
    again = known.doubles()
    assert len(again) == 3
    for listed in (due(known, within=3650), overview(register).waiting):
        assert listed
        assert not {each.document.id for each in listed} & again
    assert {each.document.metadata.language for each in due(known, within=3650, language="en")} == {"en"}
    held = [each.document.id for owned in owners(register)[1] for each in owned.undertakings]
    assert not set(held) & again
    assert not {each.document.id for each in progress(register).found} & again
    assert progress(register).total == 13


def test_editions_are_compared_in_their_own_language(register: Register) -> None:
    by_year = compare_editions(register, "2030", "2031")
    assert {by_year.earlier.metadata.language, by_year.later.metadata.language} == {"zh"}
    for one, other in (("2030-supplement.zh", "2030-supplement.en"), ("2030-supplement.zh", "2031-supplement.en")):
        with pytest.raises(InputError, match="deedline pair"):
            compare_editions(register, one, other)
    english = register.find_document("2031-supplement.en")
    assert [each.name for each in edition(register, english.id).others] == ["clearbay-2030-supplement.en.md"]


def test_an_item_knows_its_words_in_the_other_language(register: Register) -> None:
    chinese = register.find_document("2031-supplement.zh")
    (item,) = (each for each in register.items() if each.item.text.startswith("設立「海上劇場」"))
    (found,) = counterparts(register, item.id, chinese)
    assert found.entry.item.text.startswith("Build the Floating Theatre")
    assert found.document.metadata.language == "en"
    assert found.sure
    (back,) = counterparts(register, found.entry.id, found.document)
    assert back.entry.id == item.id


def test_what_is_said_of_a_pair_lasts_until_it_is_taken_back(register: Register) -> None:
    both = "2030-supplement.zh", "2030-supplement.en"
    say_pair(register, both, same=False, at=AT, by="tester")
    assert not pair_languages(register, *both).recognised
    say_pair(register, both, same=True, at=AT, by="tester")
    assert pair_languages(register, *both).recognised
    register.undo(at=AT, by="tester")
    assert not pair_languages(register, *both).recognised
    register.undo(at=AT, by="tester")
    assert pair_languages(register, *both).recognised


def test_too_many_items_are_not_paired(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {document.name: document for document in register.documents()}
    zh, en = (names[f"clearbay-2030-supplement.{tongue}.md"] for tongue in ("zh", "en"))
    monkeypatch.setattr("deedline.operations.pairing._MOST_PAIRS", 100)
    with pytest.raises(TooLargeError, match="split the documents"):
        pair_languages(register, zh.id, en.id)
    item = next(register.items(ItemQuery(document=zh.id)))
    assert counterparts(register, item.id, zh) == ()


def test_what_cannot_be_paired_is_told(register: Register) -> None:
    with pytest.raises(InputError, match="same document"):
        pair_languages(register, "2030-supplement.zh", "2030-supplement.zh")
    with pytest.raises(InputError, match="not in two languages"):
        pair_languages(register, "2030-supplement.zh", "2031-supplement.zh")


def test_lines_lead_to_the_words_of_both_editions(register: Register, tmp_path: Path, root: Path) -> None:
    english = (root / "examples/clearbay-2031-supplement.en.md").read_text(encoding="utf-8")
    changed = tmp_path / "clearbay-2031-supplement.en.md"
    changed.write_text(english.replace("quota of 5,000", "quota of 500"), encoding="utf-8")
    old = register.find_document("2031-supplement.en").id
    list(add(register, [Source(changed, replaces=old)], at=AT, by="tests", workers=0))
    found = pair_languages(register, "2031-supplement.zh", "2031-supplement.en")
    (each,) = found.found.discrepancies
    assert each.one is not None
    assert each.other is not None
    assert (each.one.words, each.other.words) == ("5 000個", "500")
    for printed in (each.one, each.other):
        entry = found.entries[printed.item_id]
        lines = register.document_text(entry.document_id).split("\n")
        first, last = found.lines(printed)
        assert printed.words in "\n".join(lines[first - 1 : last])
