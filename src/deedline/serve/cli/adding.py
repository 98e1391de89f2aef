"""`add`: what comes into the register."""

from __future__ import annotations

import glob
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from deedline import operations
from deedline.operations import Added, Resemblance, Rules, Source
from deedline.register import Outcome, Register, StoredDocument
from deedline.serve.cli.describing import metadata_options
from deedline.serve.cli.linking import link_documents, tell_linked, telling_left
from deedline.serve.cli.output import clean, one_line, print_json
from deedline.serve.cli.progress import Bar
from deedline.serve.cli.shell import FAILED, Verb, complain, say, settings
from deedline.serve.cli.tabulating import told_columns
from deedline.serve.cli.words import FilePath, counted, now, plural, who
from deedline.serve.export.shown import added_row
from deedline.serve.export.tracked import linked_row

_OF_ONE = ("title", "date", "edition")
_NOTHING = (
    "warning: nothing that looks like a commitment or a proposal was found in {name}; its text is kept. "
    "`deedline coverage {id}` shows what its lines became, `deedline edit-document {id} --kind …` reads it as the "
    "other kind, `deedline undo` takes it out."
)
_LIKE = (
    "{name} {is_like} {other} ({other_id}), which is kept beside it. If it is a better version of that:\n"
    "  deedline remove {id}\n  deedline add {path} --replaces {other_id}"
)
_SAME_WORDS, _SAME_TITLE = "is nearly the same as", "has the title, the date and some of the items of"
_OUTCOMES = {
    Outcome.ADDED: "added",
    Outcome.UNCHANGED: "no change",
    Outcome.CHANGED: "changed",
    Outcome.SUPERSEDED: "outdated",
}


def expand(names: Sequence[str]) -> tuple[Path, ...]:
    """Files that `names` mean: files, folders (all visible files below, by name), patterns such as `papers/*.txt`.

    A file comes once, where it was named first. A name that means nothing is kept, for `add` to say so.
    """
    found: dict[Path, Path] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file())
            files = sorted(f for f in inside if not any(p.startswith(".") for p in f.relative_to(path).parts))
        elif not path.exists() and glob.has_magic(name):
            files = [Path(match) for match in sorted(glob.glob(name, recursive=True))] or [path]  # noqa: PTH207
        else:
            files = [path]
        for file in files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


@click.command(
    cls=Verb,
    epilog="""
deedline add supplement-2024.txt
deedline add papers/ more/*.md
deedline add https://city.example/supplement-2024.pdf
deedline add speech.txt --title '2023 Policy Address' --date 2023-10-25 --kind commitments
deedline add supplement-2024-corrected.txt --replaces supplement-2024.txt
""",
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=FilePath())
@metadata_options
@click.option("--replaces", metavar="DOCUMENT", help="The document that this file is a better version of; ids last.")
@click.option(
    "--workers", type=click.IntRange(0, 64), help="Processes that read beside this one; as many as pay unless given."
)
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
@click.option("--ignore-robots", is_flag=True, help="Fetch what the place's robots.txt asks programs not to fetch.")
@click.option("--no-link", is_flag=True, help="Do not compare documents after reading; `link` does it later.")
def add(
    files: tuple[str, ...],
    replaces: str | None,
    workers: int | None,
    allow_private: bool,
    ignore_robots: bool,
    no_link: bool,
    **given: str | None,
) -> int:
    """Read documents into the register and compare them.

    FILE is a document, a folder of them, or an address on the web (https://…). The register is made if it is not
    there. What a document says of itself (title, publisher, date, …) is read from it; what you give instead stays
    said. The same file again changes nothing. One file that cannot be read does not stop the others; the exit code
    is then 1.
    """
    said = {field: value for field, value in given.items() if value}
    addresses = [name for name in files if operations.is_address(name)]
    paths = expand([name for name in files if name not in addresses])
    named = len(paths) + len(addresses)
    if not named:
        raise click.UsageError(f"{', '.join(files)}: no files in there")
    _demand_fitting(named, [name for name in _OF_ONE if said.get(name)], replaces, addresses)
    rules = Rules(private=allow_private, robots=not ignore_robots)
    with settings().register(create=True) as register:
        older = register.find_document(replaces).id if replaces else None
        held = list(register.documents())
        sources = [Source(path, said, older) for path in paths]
        with register.action():
            with telling_left(register):
                read, unread = _read(register, sources, workers, held) if sources else ([], 0)
                fetched, lost = _fetch(register, addresses, said, rules) if addresses else ([], 0)
            linked = [] if no_link else link_documents(register)
    rows, failed = [*read, *fetched], unread + lost
    if settings().as_json:
        print_json({"files": rows, "total": len(rows), "pairs": [linked_row(each) for each in linked]})
    elif not settings().quiet:
        tell_linked(linked)
    if failed and named > 1:
        say(f"{plural(failed, 'file')} of {named} could not be read; the others are kept.")
    return FAILED if failed else 0


def _demand_fitting(named: int, alone: Sequence[str], replaces: str | None, addresses: Sequence[str]) -> None:
    """UsageError where options do not fit so many files: those of `alone` and `replaces` belong to one document."""
    if named > 1 and (alone or replaces):
        option = [*alone, "replaces"][0]
        raise click.UsageError(f"--{option} belongs to one document, and {named} files are named; add it alone")
    if addresses and replaces:
        raise click.UsageError("--replaces takes a file; fetch the address first, or add it as a document of its own")


def _read(
    register: Register, sources: Sequence[Source], workers: int | None, held: list[StoredDocument]
) -> tuple[list[dict[str, Any]], int]:
    """Add, telling of each file as it is done; the rows for JSON if asked for, and how many files failed.

    `held` are the documents of the register before, to which those that are added come.
    """
    asked = settings()
    bar = Bar("Reading", len(sources), hidden=asked.quiet)
    if not bar.drawn and not asked.quiet:
        say(f"Reading {plural(len(sources), 'file')} …")
    bar.show(0)
    adding = operations.add(register, sources, at=now(), by=who(), workers=workers, progress=bar.show)
    return _tell_all(_hinting(register, adding, held, bar), bar)


def _hinting(register: Register, adding: Iterator[Added], held: list[StoredDocument], bar: Bar) -> Iterator[Added]:
    """The same, each followed by a word on the document of `held` that it may be a version of."""
    for added in adding:
        yield added
        if added.document is None or added.put is None or added.put.outcome is not Outcome.ADDED:
            continue
        found = None if settings().quiet else operations.resembled(register, added.document, held)
        held.append(added.document)
        if found is not None:
            bar.clear()
            say(_likeness(added, added.document, found))


def _likeness(added: Added, document: StoredDocument, found: Resemblance) -> str:
    return _LIKE.format(
        name=one_line(added.path.name),
        is_like=_SAME_WORDS if found.nearly_all else _SAME_TITLE,
        other=one_line(found.document.name),
        other_id=found.document.id,
        id=document.id,
        path=shlex.quote(clean(str(added.path))),
    )


def _fetch(
    register: Register, addresses: Sequence[str], said: Mapping[str, str], rules: Rules
) -> tuple[list[dict[str, Any]], int]:
    """The same of addresses."""
    fetching = operations.add_addresses(register, addresses, at=now(), by=who(), given=said, rules=rules)
    return _tell_all(fetching, Bar("Fetching", len(addresses), hidden=settings().quiet))


def _tell_all(adding: Iterator[Added], bar: Bar) -> tuple[list[dict[str, Any]], int]:
    """Tell of each document as it is done."""
    asked = settings()
    rows: list[dict[str, Any]] = []
    failed = 0
    bar.show(bar.done)
    try:
        for added in adding:
            failed += added.error is not None
            if asked.as_json:
                rows.append(added_row(added))
            bar.clear()
            _tell(added, aside=asked.as_json, quiet=asked.quiet)
            bar.show(bar.done)
    finally:  # stopped, too: what is said then has its own line
        bar.clear()
    return rows, failed


def _tell(added: Added, *, aside: bool, quiet: bool) -> None:
    if added.error is not None:
        message = str(added.error)
        where = added.address or str(added.path)
        complain(message if (added.address or added.path.name) in message else f"{where}: {message}")
        for note in getattr(added.error, "__notes__", ()) if settings().debug else ():
            click.echo(note, err=True)
    elif not quiet and added.put and added.document:
        doubts = f"; {plural(added.document.issues, 'issue')} to look at" if added.document.issues else ""
        head = f"{_OUTCOMES[added.put.outcome]:<9}  {added.document.id}  {one_line(added.path.name)}"
        click.echo(f"{head}  {counted(added.document.items)}{doubts}{_held_as(added)}", err=aside)
        if not added.document.size:
            say(_NOTHING.format(name=one_line(added.path.name), id=added.document.id))
        if added.columns:
            say(f"           columns: {told_columns(added.columns)}")


def _held_as(added: Added) -> str:
    """Under which name the register holds the same bytes, where that is not the file's."""
    name = added.document.name if added.document else added.path.name
    return "" if name == added.path.name else f"; held as {one_line(name)}"
