"""Every message of a report is in the Traditional Chinese catalogue, with the same places to fill."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from deedline.serve.reports.paper import LABELS
from deedline.serve.words import CHINESE, words

PLACES = re.compile(r"%\(\w+\)s")
# Said through a variable, so not found by reading the code.
FURTHER = (*LABELS, "It carries on the work of %(bodies)s.", "Its work is carried on by %(bodies)s.")


def messages(root: Path) -> set[str]:
    """What the code of reports says."""
    folder = root / "src" / "deedline" / "serve" / "reports"
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords={"say": None, "many": (1, 2)})
    return {message if isinstance(message, str) else message[-1] for _, _, message, _, _ in found} | set(FURTHER)


def test_every_message_is_translated_and_every_translation_used(root: Path) -> None:
    path = root / "src" / "deedline" / "serve" / "words" / "zh_Hant" / "reports.po"
    with path.open("rb") as lines:
        catalogue = {_several(message.id): _several(message.string) for message in read_po(lines) if message.id}
    assert set(catalogue) == messages(root)
    for message, translation in catalogue.items():
        assert translation
        assert sorted(PLACES.findall(message)) == sorted(PLACES.findall(translation))


def _several(words: str | tuple[str, ...]) -> str:
    """What is said of several, where a single one is spoken of otherwise; Chinese has one form."""
    return words if isinstance(words, str) else words[-1]


def test_a_report_speaks_its_own_words_where_pages_use_the_same_ones() -> None:
    assert words(CHINESE).pgettext("report", "Of") == "總數"
