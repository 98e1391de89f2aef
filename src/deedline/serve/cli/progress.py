"""Long work is never silent: a bar on a terminal, a line for each step elsewhere; both on standard error."""

from __future__ import annotations

import sys
import time

import click

_CELLS = 24
_EVERY = 10.0  # seconds from one line to the next where no bar can be drawn


class Bar:
    """How many of `total` steps are done and about how long the rest takes; drawn on a terminal only.

    Elsewhere a plain line tells of it every ten seconds, after that of `opening` at once.
    """

    def __init__(self, label: str, total: int, *, hidden: bool = False, opening: str = "") -> None:
        self.label, self.total, self.done = label, total, 0
        self.drawn = not hidden and sys.stderr.isatty()
        self.hidden, self.opening = hidden, opening
        self.began = self.told = time.monotonic()

    def show(self, done: int) -> None:
        """Draw the bar with `done` steps done."""
        self.done = done
        if not self.drawn:
            self._tell()
            return
        filled = _CELLS * done // max(self.total, 1)
        took = time.monotonic() - self.began
        left = f", about {took / done * (self.total - done):.0f} s left" if 0 < done < self.total and took > 2 else ""
        bar = "█" * filled + "░" * (_CELLS - filled)
        click.echo(f"\r\x1b[K{self.label} {bar} {done} of {self.total}{left}", nl=False, err=True)

    def _tell(self) -> None:
        if self.hidden or not self.total:
            return
        if self.opening:
            click.echo(self.opening, err=True)
            self.opening = ""
        elif time.monotonic() - self.told >= _EVERY:
            self.told = time.monotonic()
            click.echo(f"{self.label}: {self.done} of {self.total} …", err=True)

    def clear(self) -> None:
        """Take the bar off the line, so that a result can be printed there."""
        if self.drawn:
            click.echo("\r\x1b[K", nl=False, err=True)
