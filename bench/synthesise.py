"""Many documents from a few: excerpts and edits that keep a document's form, each copy unlike every other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
HEAD = 12  # lines: a title page, by which a copy is still seen to be of its kind
EXCERPT = 4_000  # characters
SYNONYMS = (
    ("推出", "推行"),
    ("加強", "強化", "增強"),
    ("研究", "探討"),
    ("完善", "優化", "改善"),
    ("設立", "成立"),
    ("支援", "協助", "扶助"),
    ("推動", "促進"),
    ("舉辦", "主辦"),
    ("提升", "提高"),
    ("繼續", "持續"),
    ("鼓勵", "推廣"),
    ("review", "examine"),
    ("support", "assist"),
    ("launch", "introduce"),
)
_GROUP = {word: group for group in SYNONYMS for word in group}
_WORD = re.compile("|".join(_GROUP))


def sources() -> tuple[str, list[Path]]:
    """What the documents are called in a report, and their files: the real ones where they are, else the examples."""
    real = ROOT.parent / "shared" / "seeds"
    if real.is_dir():
        return "five real documents", sorted(real.glob("*.txt"))
    return "example documents", sorted(file for file in (ROOT / "examples").iterdir() if file.is_file())


def edited(text: str, number: int) -> str:
    """Copy `number` of a text: its first lines, then an excerpt, common verbs put by one of their synonyms.

    Excerpts keep thousands of copies affordable; every copy has other words, so none is known already.
    """
    chance = Random(number)
    lines = text.splitlines(keepends=True)
    body = lines[HEAD:] or lines
    chosen = lines[:HEAD]
    start = chance.randrange(len(body))
    while sum(map(len, chosen)) < EXCERPT:
        chosen.append(body[start % len(body)])
        start += 1
    return reworded("".join(chosen), chance) + f"\n({number})\n"


def reworded(text: str, chance: Random) -> str:
    """The text with its common verbs put by one of their synonyms."""
    return _WORD.sub(lambda found: chance.choice(_GROUP[found[0]]), text)


def write_originals(files: list[Path], folder: Path) -> int:
    """Put the documents themselves into `folder`; how many they are."""
    for file in files:
        shutil.copy(file, folder)
    return len(files)


def write_copies(files: list[Path], times: int, folder: Path) -> int:
    """Write `times` as many documents as `files` into `folder`, no two alike; how many they are."""
    for number in range(times):
        for file in files:
            text = edited(file.read_text(encoding="utf-8"), number)
            (folder / f"{number:04}-{file.name}").write_text(text, encoding="utf-8")
    return times * len(files)
