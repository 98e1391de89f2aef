"""Two wordings side by side: which runs of words one has and the other has not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_TOKEN = re.compile(r"[A-Za-z]+|\d[\d,. ]*\d|\d|\s+|.", re.S)
_MOST = 4000  # characters; beyond these, two wordings are shown without marks


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words; `own` where the other wording lacks it."""

    text: str
    own: bool


@lru_cache(maxsize=2048)
def differences(earlier: str, later: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both wordings as runs; words, whole figures and single ideographs are what is compared."""
    if max(len(earlier), len(later)) > _MOST:
        return (Run(earlier, False),), (Run(later, False),)
    one, other = _TOKEN.findall(earlier), _TOKEN.findall(later)
    left: list[Run] = []
    right: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if a < b:
            left.append(Run("".join(one[a:b]), kind != "equal"))
        if c < d:
            right.append(Run("".join(other[c:d]), kind != "equal"))
    return tuple(left), tuple(right)
