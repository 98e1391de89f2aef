"""Many documents from a few: edits that keep a document's form, each copy different from every other."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
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
    """Copy `number` of a text: each common verb is put by one of its synonyms, and the last line names the copy."""
    chance = Random(number)
    return _WORD.sub(lambda found: chance.choice(_GROUP[found[0]]), text) + f"\n({number})\n"


def write_copies(files: list[Path], times: int, folder: Path) -> list[Path]:
    """`times` as many documents as `files`, in `folder`; the first of each is the document itself."""
    written: list[Path] = []
    for number in range(times):
        for file in files:
            text = file.read_text(encoding="utf-8")
            copy = folder / f"{number:04}-{file.name}"
            copy.write_text(edited(text, number) if number else text, encoding="utf-8")
            written.append(copy)
    return written
