"""Linking timed: the five documents from cold and again, and two editions of as many synthetic items as are asked."""

from __future__ import annotations

import os
import resource
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bench.synthesise import HEAD, reworded

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
_LONGEST = 120  # characters of a synthetic measure
_SECTION = 25  # measures under one heading


def _spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _row(start: float, spent: float, **counted: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - start
    return {**counted, "seconds": seconds, "cpu": _spent() - spent, "peak_mb": peak, "load": os.getloadavg()[0]}


def cold(folder: Path) -> dict[str, float]:
    """Add the documents of `folder` unlinked, then link them with nothing encoded before, and link again.

    DEEDLINE_CACHE must name an empty folder.
    """
    from deedline.operations import Source, add, relink
    from deedline.register import open_register

    with open_register(Path(os.environ["DEEDLINE_CACHE"]) / "bench.db") as register:
        list(add(register, [Source(file) for file in sorted(folder.iterdir())], at=MOMENT, by="bench"))
        start, spent = time.perf_counter(), _spent()
        linked = list(relink(register, at=MOMENT, by="bench"))
        row = _row(start, spent, links=sum(each.added for each in linked))
        start = time.perf_counter()
        again = list(relink(register, at=MOMENT, by="bench"))
        if not all(each.fresh for each in again):
            raise SystemExit("something was linked again although nothing had changed")
        return {**row, "again": time.perf_counter() - start}


def synthetic_edition(source: str, items: int, number: int) -> list[str]:
    """Lines of an edition of `items` measures, each made of clauses of two measures of `source`, no two alike."""
    chance = Random(f"{number}/{items}")
    lines = source.splitlines()
    pieces = [piece for line in lines if line.startswith("- ") for piece in _pieces(line[2:])]
    out = lines[:HEAD]
    for count in range(items):
        if count % _SECTION == 0:
            out += ["", f"## {chance.choice(pieces)[:12]}", ""]
        first, second = chance.sample(pieces, 2)
        out.append(f"- {first}，{second}，涉及{count + 2}個項目。")
    return out


def _pieces(line: str) -> list[str]:
    words = line.split("。", maxsplit=1)[0].split("，")
    return [word[: _LONGEST // 2] for word in words if len(word) >= 6 and "(" not in word and "（" not in word]


def large(source: Path, items: int) -> dict[str, float]:
    """Link two synthetic editions of `items` measures together, the second continuing a half of the first."""
    from deedline.link.link import link_items
    from deedline.model.entry import Entry
    from deedline.operations import read_and_find

    text = source.read_text(encoding="utf-8")
    first, other = synthetic_edition(text, items // 2, 1), synthetic_edition(text, items - items // 2, 2)
    chance, kept = Random(items), len(first) // 2
    other[HEAD:kept] = [reworded(line, chance) for line in first[HEAD:kept]]
    sides = []
    for name, lines in (("first", first), ("other", other)):
        found = read_and_find("\n".join(lines).encode(), f"{name}.txt", {"kind": "commitments"}).finding.items
        sides.append([Entry(f"{name}/{item.key}", name, None, item) for item in found])
    start, spent = time.perf_counter(), _spent()
    links = link_items(sides[0], sides[1])
    if not links:
        raise SystemExit("the synthetic editions were not compared")
    return _row(start, spent, items=sum(map(len, sides)), links=len(links))
