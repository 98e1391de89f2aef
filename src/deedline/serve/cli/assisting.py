"""`assist`: a language model reads the links that Deedline is not sure of."""

from __future__ import annotations

import os
from collections import Counter

import click

from deedline import operations
from deedline.errors import InputError
from deedline.operations import Assistance, Assisted, Candidates, Task
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.progress import Bar
from deedline.serve.cli.shell import FAILED, OK, Verb, complain, say, settings
from deedline.serve.cli.words import choice, now, plural, who
from deedline.serve.export.shape import link_row


@click.command(
    cls=Verb,
    epilog="""
deedline assist --limit 20
deedline assist --document party-submission.txt --task adoption
deedline assist --kept
""",
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="At most N links.")
@click.option("--document", help="Links from or to one document: id, beginning of it, file name or part of its title.")
@click.option("--task", type=choice(Task), help="Only what goes on, or only what is taken up.")
@click.option("--kept", is_flag=True, help="Ask nobody; read only the answers that are kept.")
def assist(limit: int, document: str | None, task: str | None, kept: bool) -> int:
    """Have a language model read the links that need a person.

    It reads both texts of each link that Deedline is not sure of, the likeliest first, and says what it holds, in
    words that both texts must bear out. DEEDLINE_ASSISTANT_URL and DEEDLINE_ASSISTANT_MODEL say who is asked
    (docs/assistant.md); unless they are set, nobody is. What it says stays a suggestion, marked as its own: `review`
    shows it, and what a person judged is never touched. Answers are kept, so the same question is not asked twice.
    """
    assistant = operations.assistant_from(os.environ, settings().location, kept_only=kept)
    if assistant is None:
        raise InputError("no assistant is configured; docs/assistant.md says how (DEEDLINE_ASSISTANT_MODEL, …_URL)")
    wanted = Candidates(document, Task(task) if task else None, limit)
    bar = Bar("Reading", limit, hidden=settings().quiet)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.show(done)

    with settings().register() as register:
        try:
            made = operations.assist(register, assistant, at=now(), by=who(), wanted=wanted, progress=show)
        finally:
            bar.clear()
    if settings().as_json:
        print_json(_summary(made))
    else:
        _print(made, str(assistant.answers))
    if made.stopped and not made.spent:
        complain(f"stopped early: {made.stopped}")
        return FAILED
    return OK


def _outcome(result: Assisted) -> str:
    return result.said or ("void" if result.voided else "no answer")


def _summary(made: Assistance) -> dict[str, object]:
    rows = [
        {
            "link": link_row(result.link),
            "machine": link_row(result.before),
            "said": result.said or None,
            "note": result.note,
            "cached": result.cached,
        }
        for result in made.results
    ]
    return {"results": rows, "stopped": made.stopped or None, **_cost(made)}


def _cost(made: Assistance) -> dict[str, int]:
    states = Counter("judged" if r.said else "voided" if r.voided else "failed" for r in made.results)
    return {
        **{state: states[state] for state in ("judged", "voided", "failed")},
        "cached": sum(result.cached for result in made.results),
        "waiting": made.waiting,
        "calls": made.calls,
        "tokens": made.tokens,
    }


def _print(made: Assistance, answers: str) -> None:
    rows = [
        (
            result.link.from_id,
            result.link.to_id,
            result.before.relation,
            f"{result.before.score:.2f}",
            _outcome(result) + (" (kept)" if result.cached else ""),
            one_line(result.note),
        )
        for result in made.results
    ]
    if rows:
        print_table(("from", "to", "machine", "score", "assistant", "why"), rows, right=frozenset({3}))
    if settings().quiet:
        return
    cost = _cost(made)
    say(
        f"{plural(cost['judged'], 'link')} judged, {cost['voided']:,} void, {cost['failed']:,} without an answer;"
        f" {plural(cost['calls'], 'call')}, {plural(cost['tokens'], 'token')}, {cost['cached']:,} from kept answers"
        f" ({answers}). {plural(cost['waiting'], 'link')} more not come to."
    )
    if made.spent:
        say(f"Stopped early: {made.stopped}.")
