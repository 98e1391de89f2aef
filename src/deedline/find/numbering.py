"""Numbers as printed → numbers as meant: misprints and gaps repaired by their neighbours, each with its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number as meant, and the code of the doubt about how it is printed ("" where there is none).

    Codes: misprinted-number, missing-number, repeated-number (printed twice, and which is right stays open),
    number-gap (the numbers before this one were not read).
    """

    meant: int | None
    doubt: str = ""


def repair_numbers(printed: Sequence[int | None]) -> tuple[Numbered, ...]:
    """The numbers of one table in order.

    A number that breaks the order between two neighbours who agree on it is misprinted; one that is not printed is
    what the one before it leads to. Numbers that skip are kept: only where nearly all follow one another is a gap
    a doubt.
    """
    meant: list[Numbered] = []
    for i, number in enumerate(printed):
        before = meant[-1].meant if meant else None
        meant.append(_settle(number, before, printed[i + 1 : i + 3]))
    following = [b.meant - a.meant for a, b in pairwise(meant) if a.meant and b.meant]
    if following.count(1) < _MOSTLY * len(following):
        return tuple(meant)
    for i in range(1, len(meant)):
        here, before = meant[i], meant[i - 1].meant
        if here.meant and before and here.meant > before + 1 and not here.doubt:
            meant[i] = Numbered(here.meant, "number-gap")
    return tuple(meant)


def _settle(number: int | None, before: int | None, after: Sequence[int | None]) -> Numbered:
    """One number between the one before it, as meant, and the two after it, as printed."""
    following = after[0] if after else None
    expected = before + 1 if before is not None else max(1, (following or 2) - 1)
    if number is None:
        fits = following is None or expected < following or following == 1
        return Numbered(expected if fits else None, "missing-number")
    if number == expected or (number == 1 and following in (2, None)):
        return Numbered(number)  # in order, or a table that counts from 1 again
    if before is None:
        misprinted = following is not None and number >= following and list(after[1:2]) == [following + 1]
    else:
        misprinted = following == expected + 1 or (number <= before and following != number + 1)
    if misprinted:
        return Numbered(expected, "misprinted-number")
    return Numbered(number, "repeated-number" if number == before else "")
