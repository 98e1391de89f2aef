"""Files → a register: each is read, searched for items, and kept as soon as it is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from deedline.errors import DeedlineError, InputError, StageError
from deedline.model.document import Document
from deedline.model.item import Finding
from deedline.register import Put, Register, StoredDocument
from deedline.run.here import Failed, map_stage

WORTH_WORKERS = 100_000  # bytes of several files: below, starting processes takes longer than reading
WORTH_A_WORKER = 2_000_000  # bytes of one file that is read apart, so that it can be stopped
SECONDS_A_FILE = 300.0


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, what the user says of it, and the id of the document that it is a better version of."""

    path: Path
    given: Mapping[str, str] = field(default_factory=dict)
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's bytes, the Document they are and what was found in it."""

    data: bytes
    document: Document
    finding: Finding


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: `put` and the document as kept, or the `error` for which it was not."""

    path: Path
    put: Put | None = None
    document: StoredDocument | None = None
    error: DeedlineError | None = None


def read_and_find(data: bytes, name: str, given: Mapping[str, str]) -> Parsed:
    """The two stages that turn bytes into items. Pure: the same bytes and words give the same values anywhere.

    The Document comes back without its blocks: they are large, and what was found in them is in the Finding.
    """
    from deedline.find import find_items
    from deedline.read import read_document
    from deedline.read.metadata import place_of

    document = read_document(data, name, given)
    finding = find_items(document, place_of(document.metadata))
    return Parsed(data, replace(document, blocks=()), finding)


def read_source(source: Source) -> Parsed:
    """`read_and_find` for a file; InputError where it cannot be read."""
    from deedline.read.decode import MAX_BYTES

    if not source.path.is_file():
        raise InputError(f"{source.path}: there is no such file; check the path")
    try:
        with source.path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one more than a reader takes, so that it refuses what is longer
    except OSError as error:
        raise InputError(f"{source.path}: cannot be read ({error.strerror}); check its permissions") from error
    return read_and_find(data, source.path.name, source.given)


def add(
    register: Register,
    sources: Sequence[Source],
    *,
    at: datetime,
    by: str,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Added]:
    """Read files into the register; one `Added` a file, in order, each kept as soon as it is yielded.

    A file that fails stops no other; the register is the same whatever the number of `workers` (0: none but this
    process; None: as many as pay). What is given with a file stays said when it is read again. All of it is one
    action for `undo`. RegisterError, and NotFoundError where a source replaces no known document, stop the whole.
    """
    team = _team(sources) if workers is None else workers
    for older in filter(None, (source.replaces for source in sources)):
        register.document(older)
    with register.action():
        for outcome in map_stage(read_source, sources, workers=team, seconds=SECONDS_A_FILE, progress=progress):
            source = sources[outcome.index]
            if isinstance(outcome, Failed):
                yield Added(source.path, error=outcome.error)
                continue
            try:
                put = _keep(register, source, outcome.value, at=at, by=by)
            except (InputError, StageError) as error:  # of this file; what ails the register itself stops all
                yield Added(source.path, error=error)
            else:
                yield Added(source.path, put, register.document(put.document_id))


def _keep(register: Register, source: Source, parsed: Parsed, *, at: datetime, by: str) -> Put:
    """Keep what was read; what people said of the document before, and say now, stays said."""
    document, said = parsed.document, source.given
    known = source.replaces or register.knows(document.sha256)
    before = register.edits(known) if known else {}
    if before:
        parsed = read_and_find(parsed.data, document.name, {**before, **said})
    return register.put(
        parsed.document, parsed.finding, data=parsed.data, at=at, by=by, replaces=source.replaces, said=said
    )


def _team(sources: Sequence[Source]) -> int:
    """How many processes pay: none for little, else one a processor."""
    size = sum(source.path.stat().st_size for source in sources if source.path.is_file())
    enough = WORTH_WORKERS if len(sources) > 1 else WORTH_A_WORKER
    return min(len(sources), os.cpu_count() or 1) if size > enough else 0
