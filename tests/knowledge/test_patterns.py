"""Every pattern file that comes with Deedline, or stands in DEEDLINE_KNOWLEDGE, accepts and refuses its examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deedline.errors import KnowledgeError
from deedline.knowledge.fold import fold, passage_of
from deedline.knowledge.load import HOME, search_path
from deedline.knowledge.patterns import load_patterns, parse_patterns


def unlike(file: Path, key: str, wanted: bool) -> list[tuple[str, str]]:
    """The examples under `key` that their pattern does not treat as wanted.

    A file that says `reads = "lines"` is for folded lines with their spaces, every other for the matching form.
    """
    patterns = load_patterns(file)
    lines = patterns.tables.get("reads") == "lines"
    return [
        (pattern.name, example)
        for pattern in patterns.patterns
        for example in getattr(pattern, key)
        if (pattern.regex.search(fold(example) if lines else passage_of(example).matching.text) is not None) != wanted
    ]


def pattern_files() -> Iterator[object]:
    """One test parameter a pattern file, named by its path below its folder of knowledge."""
    for folder in search_path():
        for path in sorted(folder.rglob("*.toml")):
            if "[[pattern]]" in path.read_text(encoding="utf-8"):
                yield pytest.param(path, id=path.relative_to(folder).as_posix())


@pytest.mark.parametrize("file", list(pattern_files()))
def test_every_pattern_finds_what_it_accepts(file: Path) -> None:
    assert unlike(file, "accept", True) == []


@pytest.mark.parametrize("file", list(pattern_files()))
def test_every_pattern_leaves_what_it_refuses(file: Path) -> None:
    assert unlike(file, "refuse", False) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("blank", [" ", ".", "\u3000"])
def test_what_follows_a_closing_list_is_gone_through_once(language: str, blank: str) -> None:
    """A pattern that tries to part these in every way would not come to an end."""
    pattern = load_patterns(HOME / language / "mentions.toml").named("after-closing")
    assert pattern.regex.search(f"{blank * 20_000}x") is None
    assert pattern.regex.search(blank * 20_000) is not None


def test_the_languages_have_pattern_files() -> None:
    assert {"zh/deadlines.toml", "en/deadlines.toml"} <= {param.id for param in pattern_files()}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[pattern]]\nname = 'x'\nregex = 'a'", "accepted example"),
        ("[[pattern]]\nname = 'x'\nregex = '('\naccept = ['(']", "no regular expression"),
        ("[[pattern]]\nname = 'x'\nregex = '(?&y)'\naccept = ['y']", "names no fragment"),
        ("[fragments]\na = '(?&a)'\n[[pattern]]\nname = 'x'\nregex = '(?&a)'\naccept = ['y']", "circle"),
        ("[[pattern]]\nname = 'x'\nregex = 'a'\naccept = ['a']\n" * 2, "share the name"),
        ("[[pattern]]\nregex = 'a'\naccept = ['a']", "needs both"),
        ("not toml", "TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=complaint) as caught:
        parse_patterns(text, "zh/broken.toml")
    assert "zh/broken.toml" in str(caught.value)
