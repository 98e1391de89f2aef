"""One question at the terminal that is answered by a letter and, after it, words."""

from __future__ import annotations

from collections.abc import Iterator

import click


def ask(question: str, answers: Iterator[str]) -> tuple[str, str] | None:
    """The letter typed and the words after it; None where the person quits (q) or nobody answers."""
    click.echo(click.style(f"{question}: ", bold=True), nl=False)
    line = next(answers, None)
    if line is None:
        click.echo()
        return None
    key, _, rest = line.strip().partition(" ")
    return None if key == "q" else (key, rest.strip())
