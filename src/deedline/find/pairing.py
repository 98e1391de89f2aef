"""Which statuses of a table cell speak of which parts beside it.

Parts and statuses are printed in the same order. Where their numbers differ, the words that they share decide where
one part has several statuses, or one status several parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from deedline.knowledge.fold import fold

_LARGEST = 2500  # parts times statuses up to which words are compared


def pair_statuses(parts: Sequence[str], statuses: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """For each part the indices of the statuses that speak of it, in order; at least one each where there are any."""
    if not parts or not statuses:
        return tuple(() for _ in parts)
    if len(statuses) == 1 or len(parts) == 1:
        return tuple(tuple(range(len(statuses))) for _ in parts)
    if len(parts) * len(statuses) > _LARGEST or len(parts) == len(statuses):
        return _in_order(len(parts), len(statuses))
    if len(parts) < len(statuses):
        groups = _align([_pairs_of_letters(p) for p in parts], [_pairs_of_letters(s) for s in statuses])
        return tuple(tuple(range(start, end)) for start, end in groups)
    groups = _align([_pairs_of_letters(s) for s in statuses], [_pairs_of_letters(p) for p in parts])
    of_part = {part: index for index, (start, end) in enumerate(groups) for part in range(start, end)}
    return tuple((of_part[part],) for part in range(len(parts)))


def _in_order(parts: int, statuses: int) -> tuple[tuple[int, ...], ...]:
    """One each in order; what is left over on either side goes with the last of the other."""
    paired = [[min(part, statuses - 1)] for part in range(parts)]
    paired[-1].extend(range(parts, statuses))
    return tuple(tuple(each) for each in paired)


def _pairs_of_letters(text: str) -> frozenset[str]:
    letters = "".join(ch for ch in fold(text) if ch.isalnum())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def _align(few: Sequence[frozenset[str]], many: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """The runs of `many`, one for each of `few` and none empty, that share the most with theirs; start and end."""
    likeness = [[len(a & b) / max(1, len(b)) for b in many] for a in few]
    best = [[0.0] * len(many) for _ in few]
    stays = [[True] * len(many) for _ in few]
    for i in range(len(few)):
        for j in range(i, len(many) - (len(few) - 1 - i)):
            same = best[i][j - 1] if j > i else -1.0
            moved = best[i - 1][j - 1] if i else (0.0 if j == 0 else -1.0)
            stays[i][j] = same >= moved and j > i
            best[i][j] = max(same, moved) + likeness[i][j]
    runs: list[tuple[int, int]] = []
    i, end = len(few) - 1, len(many)
    for j in range(len(many) - 1, -1, -1):
        if not stays[i][j] or j == 0:
            runs.append((j, end))
            i, end = i - 1, j
            if i < 0:
                break
    return runs[::-1]
