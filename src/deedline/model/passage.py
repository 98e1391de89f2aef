"""A passage in two forms: as shown to people, and as patterns match it."""

from __future__ import annotations

from dataclasses import dataclass

from deedline.model.text import MappedText, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words twice, both mapped to the original.

    `shown` is the document's own text, cleaned by dropping characters only. `matching` is `shown` with width,
    dashes and variant characters folded and white space beside ideographs closed; patterns run on it.
    """

    shown: MappedText
    matching: MappedText

    def quote(self, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """The words as shown, and their spans, for indices `start`..`end` (half-open, not empty) of `matching`."""
        offsets = self.matching.offsets
        words = self.shown.between(offsets[start], offsets[end - 1] + 1)
        return words.text, words.spans()
