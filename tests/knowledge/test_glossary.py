"""Words in both languages, and how they are found in what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold
from deedline.knowledge.glossary import Rendered, glossary, plural, said_in_chinese, said_in_english, singular
from deedline.knowledge.load import FOLDERS_VARIABLE, HOME
from deedline.knowledge.terms import is_ideographs, term_texts


def test_the_glossary_is_large_and_each_pair_is_whole_and_stands_once() -> None:
    known = glossary()
    assert len(known.chinese) >= 400
    pairs = [(word, other) for word, others in known.chinese.values() for other in others]
    assert len(pairs) == len(set(pairs))
    for word, other in pairs:
        assert all(map(is_ideographs, word))
        assert term_texts(other)
        assert other == other.strip().lower()


def test_both_directions_say_the_same() -> None:
    known = glossary()
    for word, others in known.chinese.values():
        for other in others:
            assert word in known.english[tuple(map(singular, term_texts(other)))][1]
    for _, words in known.english.values():
        assert all(fold(word) in known.chinese for word in words)


def test_the_words_of_one_place_are_not_in_the_glossary_of_all() -> None:
    texts = [HOME.joinpath(name).read_text(encoding="utf-8") for name in ("glossary.toml", "hk/glossary.toml")]
    of_all, of_hk = ({line.split(" =")[0] for line in text.splitlines() if line.startswith('"')} for text in texts)
    assert of_hk
    assert not of_all & of_hk


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hydrogen", [(0, 1, "氫能")]),
        ("green hydrogen buses", [(0, 2, "綠氫"), (2, 3, "巴士")]),
        ("facilities for the elderly", [(0, 1, "設施"), (3, 4, "長者")]),
        ("xylophone", []),
    ],
)
def test_english_words_are_found_longest_first_in_singular_and_plural(
    typed: str, expected: list[tuple[int, int, str]]
) -> None:
    found = list(said_in_chinese(typed.split()))
    assert [(one.start, one.end) for one in found] == [(start, end) for start, end, _ in expected]
    assert all(word in one.others for one, (_, _, word) in zip(found, expected, strict=True))


def test_chinese_words_are_found_in_either_script_longest_first() -> None:
    for run in ("發展氫能策略", "发展氢能策略"):
        assert [(one.start, one.end, one.word) for one in said_in_english(run)] == [
            (0, 2, "發展"), (2, 4, "氫能"), (4, 6, "策略")
        ]  # fmt: skip
    assert next(said_in_english("公營房屋")).others == ("public housing",)


@pytest.mark.parametrize(
    ("one", "many"),
    [("bus", "buses"), ("city", "cities"), ("talent", "talents"), ("church", "churches"), ("box", "boxes")],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one
    assert singular(one) == one


def test_another_place_adds_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("glossary.toml").write_text('[trade]\n"茶" = ["tea"]\n"氫能" = ["protium"]\n', encoding="utf-8")
    monkeypatch.setenv(FOLDERS_VARIABLE, str(tmp_path))
    assert list(said_in_chinese(["tea"])) == [Rendered(0, 1, "tea", ("茶",))]
    assert next(said_in_english("氫能")).others == ("protium", "hydrogen", "hydrogen energy")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"茶" = []', "needs a list"),
        ('"茶" = "tea"', "needs a list"),
        ('"茶" = ["tea", ""]', "needs a list"),
        ('"茶" = ["tea", "tea"]', "twice"),
        ('"tea" = ["tea"]', "no Chinese word"),
        ('[a]\n"茶" = ["tea"]\n[b]\n"茶" = ["cha"]', "stands there twice"),
        ('"茶" = ', "not readable"),
        ("passing = 1", "list of words"),
    ],
)
def test_a_file_of_another_form_is_named(text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("glossary.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(FOLDERS_VARIABLE, str(tmp_path))
    with pytest.raises(KnowledgeError, match=told):
        glossary()
