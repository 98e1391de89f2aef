"""The example documents as editions in two languages, as printed or with words of one of them changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from deedline.model.entry import Entry
from deedline.model.pairing import ItemPairs
from deedline.operations.adding import read_and_find
from deedline.operations.pairing import likeness_of, numbers_of
from deedline.pair.folding import Side
from deedline.pair.pair import pair_items

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NAMES = {
    "2030": ("clearbay-2030-supplement.zh.md", "clearbay-2030-supplement.en.md"),
    "2031": ("clearbay-2031-supplement.zh.md", "clearbay-2031-supplement.en.md"),
    "chamber": ("clearbay-chamber-submission.zh.txt", "clearbay-chamber-submission.en.md"),
}


@cache
def printed(name: str) -> str:
    """An example's text."""
    return (EXAMPLES / name).read_text(encoding="utf-8")


@cache
def side_of(name: str, text: str) -> Side:
    """A text's items, read as a file of that name."""
    parsed = read_and_find(text.encode(), name, {})
    language = parsed.document.metadata.language
    dated = parsed.document.metadata.dated
    entries = [Entry(f"{language} {item.key}", name, dated, item) for item in parsed.finding.items]
    return Side(entries, [numbers_of(entry, language) for entry in entries])


def paired(one: Side, other: Side) -> ItemPairs:
    """Two editions beside each other, by the model that Deedline carries."""
    return pair_items(one, other, likeness_of(one.entries, other.entries))


def changed(edition: str, language: str, *replacements: tuple[str, str]) -> tuple[Side, Side]:
    """Both editions of an example, with words of the one in `language` replaced; each must stand there once."""
    texts = {name: printed(name) for name in NAMES[edition]}
    name = NAMES[edition][language == "en"]
    for old, new in replacements:
        assert texts[name].count(old) == 1, (old, texts[name].count(old))
        texts[name] = texts[name].replace(old, new)
    one, other = (side_of(each, texts[each]) for each in NAMES[edition])
    return one, other
