"""The part of `review` that walks through open doubts of reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import click

from deedline import operations
from deedline.errors import InputError, NotFoundError
from deedline.operations import Settling
from deedline.register import NOTHING, Field, Register, Said, Settled, StoredIssue
from deedline.serve.cli.asking import ask
from deedline.serve.cli.correcting import NAMES, said_of, told
from deedline.serve.cli.output import one_line
from deedline.serve.cli.shell import say
from deedline.serve.cli.words import now

_ASK = "[a]ccept as read  [r]eject: it is dealt with  [c]orrect  [s]kip  [q]uit"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person answered to a doubt: the values corrected, how it is settled (None: skipped), and why."""

    said: tuple[Said, ...]
    state: Settled | None
    why: str


def walk(register: Register, waiting: Sequence[StoredIssue], answers: Iterator[str], by: str) -> int:
    """Ask about each doubt; how many were settled."""
    settled = 0
    for number, stored in enumerate(waiting, 1):
        _show(register, stored, number, len(waiting))
        while True:
            answered = _ask(stored, answers)
            if answered is None:
                return settled
            if answered.state is None or _keep(register, stored, answered, by):
                break
        settled += answered.state is not None
    return settled


def _keep(register: Register, stored: StoredIssue, answered: Answered, by: str) -> bool:
    """Keep an answer, the correction and the settlement as one action; says why where it cannot be kept."""
    try:
        with register.action():
            if answered.said and stored.item_id is not None:
                held = operations.correct(register, stored.item_id, answered.said, at=now(), by=by, why=answered.why)
                for correction in held.corrections:
                    click.echo(f"  {one_line(told(correction))}")
            operations.settle(register, Settling(stored.id, answered.state), at=now(), by=by, why=answered.why)
    except (InputError, NotFoundError) as error:
        say(str(error))
        return False
    click.echo(f"  {answered.state}")
    return True


def _ask(stored: StoredIssue, answers: Iterator[str]) -> Answered | None:
    """What the person holds; None to quit."""
    while True:
        typed = ask(_ASK, answers)
        if typed is None:
            return None
        key, rest = typed
        if key == "s":
            return Answered((), None, "")
        try:
            return _answer(stored, key, rest)
        except (InputError, NotFoundError) as error:
            say(str(error))


def _answer(stored: StoredIssue, key: str, rest: str) -> Answered:
    if key in ("a", "r") and rest:
        return Answered((), Settled.DISMISSED if key == "a" else Settled.RESOLVED, rest)
    if key in ("a", "r"):
        raise InputError(f"say why after the {key}: `{key} so printed in the annex`")
    if key != "c":
        raise InputError(
            "type a or r with your reason, s, q, or c with values and your reason: `c due=2025-06-30 annex`"
        )
    if stored.item_id is None:
        raise InputError("this doubt is about no item, so no value can be corrected; type a, r, s or q")
    words = rest.split()
    given = [word for word in words if word.partition("=")[0] in NAMES and "=" in word]
    why = " ".join(word for word in words if word not in given)
    if not given:
        raise InputError(f"type c, then NAME=VALUE ({', '.join(NAMES)}), then your reason")
    said = tuple(said_of(name, value) for name, _, value in (word.partition("=") for word in given))
    for each in said:
        _demand_day(each)
    if not why:
        raise InputError(f"say why after the values: `c {' '.join(given)} so printed in the annex`")
    return Answered(said, Settled.RESOLVED, why)


def _demand_day(said: Said) -> None:
    """InputError where what is said to be a day is none."""
    day = {Field.DUE: said.value, Field.DEADLINE: said.of}.get(said.field, NOTHING)
    try:
        if day != NOTHING:
            date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is no date; write it as 2025-06-30, or {NOTHING!r} where there is none") from None


def _show(register: Register, stored: StoredIssue, number: int, total: int) -> None:
    issue = stored.issue
    click.echo(click.style(f"\n{number} of {total}: {issue.code}?", bold=True))
    click.echo(f"  {one_line(stored.document_name)}, line {issue.line}: {one_line(issue.message)}")
    if stored.item_id is not None:
        item = register.item(stored.item_id).item
        due = f", due {item.due}" if item.due else ""
        click.echo(f"  {stored.item_id}  {item.kind}{due}: {one_line(item.text)}")
