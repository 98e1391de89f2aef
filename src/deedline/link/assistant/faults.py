"""What can go wrong with an assistant: one question without an answer, or the end of asking."""

from __future__ import annotations

from deedline.errors import DeedlineError


class AnswerError(DeedlineError):
    """One question got no answer that can be used; others may."""


class StoppedError(DeedlineError):
    """Nothing more is to be asked; the message says why and what to do. `spent` where only the budget ended."""

    def __init__(self, message: str, *, spent: bool = False) -> None:
        super().__init__(message)
        self.spent = spent
