"""Whether a page's fonts lie: its text layer gives characters that no writing is made of."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

_FEWEST = 40  # characters that a page is judged by
_FEWEST_LETTERS = 200  # Latin letters whose vowels tell
_ODD = 0.3
_VOWELS = 0.2  # of English letters nearly two in five are vowels
_UNLIKELY = frozenset({"Cc", "Co", "Cn", "Cs", "Mn", "Me", "Sk"})


def is_gibberish(chars: Iterable[str], unread: int) -> bool:
    """Whether much of a page is private, unassigned or stray marks, with `unread` more that name no character; or
    Latin letters with hardly a vowel, as letters are that a font counts from another start."""
    counted = Counter(char for char in chars if not char.isspace())
    total = counted.total() + unread
    if total < _FEWEST:
        return False
    odd = unread + sum(n for char, n in counted.items() if unicodedata.category(char) in _UNLIKELY)
    if odd > _ODD * total:
        return True
    letters = sum(n for char, n in counted.items() if char.isascii() and char.isalpha())
    vowels = sum(counted[char] for char in "aeiouAEIOU")
    return letters >= max(_FEWEST_LETTERS, 0.6 * total) and vowels < _VOWELS * letters
