"""`doctor`: whether Deedline and its register are well, and what to do where they are not."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

import click

from deedline import operations
from deedline.errors import DeedlineError, RegisterError
from deedline.operations import Waiting
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.shell import FAILED, OK, REGISTER_TROUBLE, Settings, Verb, settings
from deedline.serve.cli.words import plural

_PROBLEMS_SHOWN = 20
_PAIRS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `state` is ok, warn or fail; `found` says what was seen and, if not ok, what to do."""

    what: str
    state: str
    found: str


@click.command(cls=Verb, epilog="\ndeedline doctor\ndeedline --register /srv/deedline.db doctor --json\n")
def doctor() -> int:
    """Check that Deedline and its register are well.

    Says what to do about what is not. Reads the whole register: damage, values that do not re-read from their
    document, lines not accounted for. The exit code is 3 where the register is not well, 1 where something else is
    not.
    """
    checks = [*_environment(), *_register(settings())]
    if settings().as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        print_table(("", "what", "found"), [(check.state, check.what, check.found) for check in checks])
    failed = {check.what for check in checks if check.state == "fail"}
    return REGISTER_TROUBLE if "register" in failed else FAILED if failed else OK


def _environment() -> Iterator[Check]:
    from importlib.metadata import version

    yield Check("deedline", "ok", f"{version('deedline')} on Python {platform.python_version()}, {platform.system()}")
    yield _knowledge()
    for module, needed in (("pyarrow", "export --format parquet"), ("uvicorn", "serve")):
        try:
            import_module(module)
        except ImportError as error:
            yield Check(module, "fail", f"`deedline {needed}` needs it: {error}; install Deedline anew")
        else:
            yield Check(module, "ok", version(module))
    if (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "utf8sig", "gb18030"):
        yield Check("terminal", "warn", f"shows {sys.stdout.encoding}, not all characters; set PYTHONUTF8=1")


def _knowledge() -> Check:
    from deedline.knowledge.bodies import bodies_of
    from deedline.knowledge.load import jurisdictions

    try:
        places = jurisdictions()
        bodies = sum(len(bodies_of(place).bodies) for place in places)
    except DeedlineError as error:
        return Check("knowledge", "fail", str(error))
    return Check("knowledge", "ok", f"{', '.join(place.id for place in places)}: {bodies} bodies")


def _register(asked: Settings) -> Iterator[Check]:
    if "://" not in asked.location and not Path(asked.location).exists():
        yield _absent(Path(asked.location))
        return
    try:
        with asked.register() as register:
            problems = register.check()
            held = f"{plural(len(register.documents()), 'document')}, {plural(register.count_items(), 'item')}"
            waiting = operations.waiting_pairs(register) if not problems else None
    except RegisterError as error:
        yield Check("register", "fail", str(error))
        return
    if not problems:
        well = "undamaged" if waiting and (waiting.uncompared or waiting.changed) else "all well"
        yield Check("register", "ok", f"{asked.location}: {held}, {well}")
    if waiting is not None:
        yield from _comparing(waiting)
    for problem in problems[:_PROBLEMS_SHOWN]:
        yield Check("register", "fail", f"{problem.where}: {problem.message} ({problem.code})")
    if len(problems) > _PROBLEMS_SHOWN:
        yield Check("register", "fail", f"and {plural(len(problems) - _PROBLEMS_SHOWN, 'problem')} more")


def _comparing(waiting: Waiting) -> Iterator[Check]:
    """The pairs of documents that wait to be compared; nothing where none does."""
    for pairs, told in (
        (waiting.uncompared, "not compared yet"),
        (waiting.changed, "changed since they were compared"),
    ):
        if pairs:
            shown = "; ".join(f"{pair.source.name} with {pair.target.name}" for pair in pairs[:_PAIRS_SHOWN])
            more = f"; and {len(pairs) - _PAIRS_SHOWN:,} more" if len(pairs) > _PAIRS_SHOWN else ""
            found = f"{plural(len(pairs), 'pair')} of documents {told}; run deedline link: {one_line(shown)}{more}"
            yield Check("comparing", "warn", found)


def _absent(path: Path) -> Check:
    folder = path.absolute().parent
    if not folder.is_dir():
        return Check("register", "fail", f"{path}: its folder does not exist; make it, or choose another --register")
    if not os.access(folder, os.W_OK):
        return Check("register", "fail", f"{path}: its folder may not be written; choose another --register")
    return Check("register", "warn", f"{path}: not made yet; `deedline add FILE` makes it")
