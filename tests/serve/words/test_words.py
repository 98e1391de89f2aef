"""The interface speaks every language in full, and chooses the one that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from deedline.serve import labels
from deedline.serve.words import CHINESE, ENGLISH, LANGUAGES, choose_language, words

SERVE = Path(labels.__file__).parent
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2)}


def messages() -> Iterator[tuple[str, int, str]]:
    """Every message of templates and code: file, line, its (singular) words."""
    for file, line, message, _, _ in extract_from_dir(str(SERVE), METHODS, keywords=KEYWORDS):
        yield file, line, message if isinstance(message, str) else message[0]


def test_every_word_of_the_interface_is_translated() -> None:
    catalogue = words(CHINESE)
    found = list(messages())
    missing = [f"{file}:{line}: {message}" for file, line, message in found if not _known(catalogue, message)]
    assert len(found) > 50
    assert missing == []


def test_what_is_counted_is_said_of_one_and_of_several() -> None:
    """A number before a noun in the plural is `ngettext`'s: a message that is always the same must not hold one."""
    things = "items|measures|indicators|proposals|links|lines|days|pages|documents|pairs|parts|names|editions|bodies"
    counted = re.compile(rf"%\((?:num|count|total|number|all|of)\)s (?:\w+ ){{0,2}}(?:{things})\b")
    found = extract_from_dir(str(SERVE), METHODS, keywords={"gettext": None, "_": None, "say": None})
    assert [(file, message) for file, _, message, _, _ in found if counted.search(str(message))] == []


def test_messages_of_pages_hold_no_loose_percent_sign() -> None:
    pages = [message for file, _, message in messages() if file.endswith(".html")]
    assert [message for message in pages if "%" in re.sub(r"%%|%\(\w+\)[sd]", "", message)] == []


def test_every_code_is_translated() -> None:
    assert [code for code, said in labels._LABELS.items() if not _known(words(CHINESE), said)] == []
    assert labels.label("in_hand", CHINESE) == "相關工作進行中"
    assert labels.label("in_hand", ENGLISH) == "in hand"


def _known(catalogue: object, message: str) -> bool:
    missed = object()
    each = catalogue
    while each is not None:
        held = each._catalog  # type: ignore[attr-defined]
        if held.get(message, held.get((message, 0), missed)) not in (missed, ""):
            return True
        each = each._fallback  # type: ignore[attr-defined]
    return False


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", ENGLISH),
        ("zh-HK,zh;q=0.9,en;q=0.8", CHINESE),
        ("en-GB,en;q=0.9,zh-TW;q=0.8", ENGLISH),
        ("zh-CN", CHINESE),
        ("fr,zh;q=0.2,en;q=0.1", CHINESE),
        ("zh;q=0,en;q=0.1", ENGLISH),
        ("fr", ENGLISH),
        (";q=x,,,", ENGLISH),
    ],
)
def test_the_browser_is_answered_in_the_language_it_asks_for(asked: str, language: str) -> None:
    assert choose_language(asked) == language


def test_english_needs_no_catalogue() -> None:
    assert words(ENGLISH).ngettext("one", "many", 2) == "many"
    assert set(LANGUAGES) == {CHINESE, ENGLISH}
