"""Files → a register: each is read, searched for items, and kept as soon as it is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from deedline.errors import DeedlineError, InputError, StageError
from deedline.model.columns import ColumnMap, TakenSheet
from deedline.model.document import Document
from deedline.model.item import Finding
from deedline.register import Put, Register, StoredDocument
from deedline.run.here import Failed, map_stage

WORTH_WORKERS = 100_000  # bytes of several files: below, starting processes takes longer than reading
WORTH_A_WORKER = 20_000  # bytes of one text that is read apart, so that it can be stopped: seconds at their densest
SECONDS_A_FILE, SECONDS_A_BYTE = 300.0, 0.0002  # several times what the densest text takes
MEMORY = 4 * 1024**3
_PACKED = 40  # bytes of text that a byte of a packed format may hold, as far as time is given for it


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, what the user says of it, and the id of the document that it is a better version of.

    `columns` is what people said of the columns of spreadsheets; `add` takes it from the register.
    """

    path: Path
    given: Mapping[str, str] = field(default_factory=dict)
    replaces: str | None = None
    columns: tuple[ColumnMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's bytes, the Document they are and what was found in it.

    `columns` is what those of a spreadsheet were taken for.
    """

    data: bytes
    document: Document
    finding: Finding
    columns: tuple[TakenSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: `put` and the document as kept, or the `error` for which it was not.

    `columns` is what those of a spreadsheet were taken for. `address` is where a file was to be fetched.
    """

    path: Path
    put: Put | None = None
    document: StoredDocument | None = None
    error: DeedlineError | None = None
    columns: tuple[TakenSheet, ...] = ()
    address: str = ""


def read_and_find(data: bytes, name: str, given: Mapping[str, str], columns: tuple[ColumnMap, ...] = ()) -> Parsed:
    """The two stages that turn bytes into items. Pure: the same bytes and words give the same values anywhere.

    `columns` is what people said of those of spreadsheets.
    The Document comes back without its blocks: they are large, and what was found in them is in the Finding.
    """
    from deedline.find import columns_taken, find_items
    from deedline.read import read_document
    from deedline.read.metadata import place_of
    from deedline.read.scans import keeping_readings
    from deedline.run.kept import kept

    with keeping_readings(partial(kept, "scans")):
        document = read_document(data, name, given)
    finding = find_items(document, place_of(document.metadata), columns)
    return Parsed(data, replace(document, blocks=()), finding, columns_taken(document, columns))


def read_source(source: Source) -> Parsed:
    """`read_and_find` for a file; InputError where it cannot be read."""
    return read_and_find(bytes_of(source.path), source.path.name, source.given, source.columns)


def read_source_apart(source: Source) -> Parsed:
    """`read_apart` for a file; InputError where it cannot be read."""
    return read_apart(bytes_of(source.path), source.path.name, source.given, source.columns)


def bytes_of(path: Path) -> bytes:
    """A file's bytes, up to what any reader takes; InputError where it cannot be read."""
    from deedline.read.pdf import MAX_BYTES

    if not path.is_file():
        raise InputError(f"{path}: there is no such file; check the path")
    return _first_bytes(path, MAX_BYTES + 1)  # one more than any reader takes, so that it refuses what is longer


def read_apart(data: bytes, name: str, given: Mapping[str, str], columns: tuple[ColumnMap, ...] = ()) -> Parsed:
    """`read_and_find`, in a process that is stopped at its limits where the file is large or of another format than
    text. Raises what it raises, and LimitError over the limits of time and memory."""
    apart = len(data) > WORTH_A_WORKER or not _is_text(data, name)
    stage = partial(read_and_find, name=name, given=dict(given), columns=columns)
    seconds = _seconds(len(data), data, name)
    (outcome,) = map_stage(stage, [data], workers=int(apart), seconds=seconds, memory=MEMORY)
    if isinstance(outcome, Failed):
        raise _named(Path(name), outcome.error)
    return outcome.value


def _first_bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


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
    if known := register.column_maps():
        sources = [replace(source, columns=known) for source in sources]
    with register.action():
        for outcome in map_stage(
            read_source, sources, workers=team, seconds=_seconds_of, memory=MEMORY, progress=progress
        ):
            source = sources[outcome.index]
            if isinstance(outcome, Failed):
                yield Added(source.path, error=_named(source.path, outcome.error))
                continue
            try:
                put = _keep(register, source, outcome.value, at=at, by=by)
            except (InputError, StageError) as error:  # of this file; what ails the register itself stops all
                yield Added(source.path, error=error)
            else:
                kept = register.document(put.document_id)
                yield Added(source.path, put, kept, columns=outcome.value.columns)


def _keep(register: Register, source: Source, parsed: Parsed, *, at: datetime, by: str) -> Put:
    """Keep what was read; what people said of the document before, and say now, stays said."""
    document, said = parsed.document, source.given
    known = source.replaces or register.knows(document.sha256)
    before = register.edits(known) if known else {}
    if before:
        parsed = read_apart(parsed.data, document.name, {**before, **said}, source.columns)
    return register.put(
        parsed.document, parsed.finding, data=parsed.data, at=at, by=by, replaces=source.replaces, said=said
    )


def _team(sources: Sequence[Source]) -> int:
    """How many processes pay: none for little text, else one a processor."""
    sizes = [source.path.stat().st_size for source in sources if source.path.is_file()]
    if len(sources) > 1 and sum(sizes) > WORTH_WORKERS:
        return min(len(sources), os.cpu_count() or 1)
    return int(max(sizes, default=0) > WORTH_A_WORKER or not all(map(_is_text_file, sources)))


def _seconds_of(source: Source) -> float:
    """The time that a file may take, by its size."""
    try:
        return _seconds(source.path.stat().st_size, _first_bytes(source.path, WORTH_A_WORKER), source.path.name)
    except (OSError, InputError):  # which reading will tell of
        return SECONDS_A_FILE


def _seconds(size: int, data: bytes, name: str) -> float:
    from deedline.read.decode import MAX_CHARACTERS

    held = size if _is_text(data, name) else _PACKED * size
    return SECONDS_A_FILE + SECONDS_A_BYTE * min(held, 3 * MAX_CHARACTERS)


def _is_text_file(source: Source) -> bool:
    try:
        return _is_text(_first_bytes(source.path, WORTH_A_WORKER), source.path.name)
    except InputError:
        return True


def _is_text(data: bytes, name: str) -> bool:
    from deedline.read.formats import is_plain

    return is_plain(data, name)


def _named(path: Path, error: DeedlineError) -> DeedlineError:
    """The error with the file's name in it: a limit of time or memory is met by a process, which knows no names."""
    if path.name in str(error):
        return error
    named = type(error)(f"{path}: {error}")
    for note in getattr(error, "__notes__", ()):
        named.add_note(note)
    return named
