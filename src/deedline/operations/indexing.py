"""The search index of a register, brought up to date with it.

It is a cache: in the folder `REGISTER.index` beside the register's file, else in the user's cache folder, else in
memory. Whatever is wrong with it, it is made again. Documents that changed are indexed anew, the others are left.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from deedline.errors import BusyError, RegisterError
from deedline.operations.entering import entered
from deedline.register import ItemQuery, Register, StoredDocument
from deedline.register.index import WordIndex
from deedline.register.index_folder import UnsoundIndexError, locked, note_revision, revision_of
from deedline.register.index_values import Entered

if TYPE_CHECKING:
    from deedline.register.vectors import Vectors

FORMAT = 1  # raised whenever what is indexed, or how, changes
WIDTH = 384
MOST_AT_ONCE = 30_000  # items that a search itself brings up to date; more are for `prepare_search`
_MOST_IN_MEMORY = 200_000
_WAIT = 0.3  # seconds that a search waits for another process that writes the index
_BUSY = "another process is bringing the search index up to date; what is newest may be missing"


@dataclass(slots=True)
class OpenIndex:
    """An index that this process has open. `revision` is the register's up to which it is; `late` says why it is not.

    `too_late` is the revision at which too much was missing to be brought in by a search.

    `memory` is for what is derived from the index, by name, and forgotten whenever the index changes.
    """

    words: WordIndex
    folder: Path | None
    revision: str | None = None
    late: str = ""
    too_late: str | None = None
    memory: dict[str, object] = field(default_factory=dict)
    guard: threading.RLock = field(default_factory=threading.RLock)
    _vectors: Vectors | None = None

    def reload(self) -> None:
        """See what another process wrote."""
        self.words.reload()
        if self._vectors is not None:
            self._vectors.reload()
        self.memory.clear()

    @property
    def vectors(self) -> Vectors:
        """The vectors of its items, opened when first asked for."""
        if self._vectors is None:
            from deedline.register.vectors import Vectors

            self._vectors = Vectors(self.folder and self.folder / f"vectors-{FORMAT}", WIDTH)
        return self._vectors


_OPEN: dict[str, OpenIndex] = {}
_OPENING = threading.Lock()
_MENDED: set[str] = set()  # folders whose index was thrown away once
_AVOIDED: set[str] = set()  # folders that did not do then either


def index_of(register: Register) -> OpenIndex | None:
    """The register's index, up to date or saying why it is `late`; None where none can be had now.

    None means that nothing is indexed yet and another process is at it, or more than MOST_AT_ONCE items wait for
    `bring_up_to_date`; or that nothing can be written and the register is too large for memory.
    """
    with register.snapshot():
        revision = register.revision()
        known = _OPEN.get(_place(register))
        if known is not None and known.revision == revision and not known.late:
            return known
        if known is not None and known.too_late == revision and not _brought_in(known, revision):
            return known if known.words.held_any() else None
        try:
            held = _opened(register)
        except BusyError:  # another process is only beginning to write it
            return None
        if not held.guard.acquire(timeout=_WAIT):  # another thread is bringing it up to date
            held.late = _BUSY
            return held if held.words.held_any() else None
        try:
            if held.folder is not None and revision_of(held.folder) == revision:
                if held.revision != revision or held.late:
                    held.reload()
                held.revision, held.late = revision, ""
                return held
            return _caught_up(register, held, revision)
        finally:
            held.guard.release()


def _brought_in(held: OpenIndex, revision: str) -> bool:
    """Whether another process has brought in what was too much for this one."""
    return held.folder is not None and revision_of(held.folder) == revision


def _caught_up(register: Register, held: OpenIndex, revision: str) -> OpenIndex | None:
    most = MOST_AT_ONCE if held.folder is not None else _MOST_IN_MEMORY
    try:
        if _update(register, held, revision, 0.0, None, most):
            return held
        held.late = "many documents are not in the search index yet; `deedline search --rebuild` brings them in"
        held.too_late = revision
    except BusyError:
        held.late = _BUSY
    return held if held.words.held_any() else None


def bring_up_to_date(
    register: Register, *, anew: bool = False, wait: float = 60.0, progress: Callable[[int], None] | None = None
) -> OpenIndex:
    """The register's index with everything in it; made from nothing where `anew`. `progress` is told of items done.

    BusyError where another process writes it for longer than `wait`; RegisterError where it cannot be written.
    """
    with register.snapshot():
        held = _opened(register)
        with held.guard:
            if anew and held.folder is not None:
                with locked(held.folder, wait):
                    _discard(held.folder)
                _OPEN.pop(_place(register), None)
                held = _opened(register)
            elif anew:
                _OPEN.pop(_place(register), None)
                held = _opened(register)
            _update(register, held, register.revision(), wait, progress)
    return held


def _place(register: Register) -> str:
    path = Path(register.location)
    return str(path.absolute()) if path.exists() else register.location


def _folders(register: Register) -> Iterator[Path]:
    path = Path(register.location)
    name = hashlib.sha256(_place(register).encode()).hexdigest()[:16]
    if path.exists():
        yield path.with_name(path.name + ".index")
    from deedline.run.kept import cache_folder  # it opens SQLite, which help does not wait for

    yield cache_folder() / "search" / name


def _opened(register: Register) -> OpenIndex:
    with _OPENING:
        place = _place(register)
        held = _OPEN.get(place)
        if held is None or (held.folder is not None and not held.folder.exists()):
            held = _OPEN[place] = _open_somewhere(register)
        return held


def _open_somewhere(register: Register) -> OpenIndex:
    for folder in _folders(register):
        if str(folder) in _AVOIDED:
            continue
        kept = folder / f"words-{FORMAT}"
        try:
            with locked(folder, _WAIT):
                return OpenIndex(_sound(folder, kept), folder)
        except BusyError:
            if not WordIndex.is_in(kept):
                raise
            return OpenIndex(WordIndex(kept), folder)
        except RegisterError:
            continue
    return OpenIndex(WordIndex(), None)


def _sound(folder: Path, kept: Path) -> WordIndex:
    try:
        words = WordIndex(kept)
    except UnsoundIndexError:
        _discard(folder)
        words = WordIndex(kept)
    if words.fresh:
        (folder / "state.json").unlink(missing_ok=True)
    return words


def give_up(register: Register) -> None:
    """Throw the register's index away, because it is unsound; the second time its folder is left alone from then on."""
    with _OPENING:
        held = _OPEN.pop(_place(register), None)
    if held is None or held.folder is None:
        return
    if str(held.folder) in _MENDED:
        _AVOIDED.add(str(held.folder))
        return
    _MENDED.add(str(held.folder))
    try:
        with locked(held.folder, _WAIT):
            _discard(held.folder)
    except RegisterError:
        _AVOIDED.add(str(held.folder))


def _discard(folder: Path) -> None:
    """Empty an index's folder of all but its lock."""
    (folder / "state.json").unlink(missing_ok=True)
    for part in [*folder.glob("words-*"), *folder.glob("vectors-*")]:
        shutil.rmtree(part, ignore_errors=True)


def _differences(register: Register, held: OpenIndex) -> tuple[list[StoredDocument], list[str]]:
    """Documents that are to be indexed, and ids of those that are gone."""
    have = held.words.held()
    documents = {document.id: document for document in register.documents()}
    changed = [document for document in documents.values() if have.get(document.id) != _fingerprint(document)]
    return changed, [document_id for document_id in have if document_id not in documents]


def _fingerprint(document: StoredDocument) -> str:
    metadata = document.metadata
    counts = {str(kind): count for kind, count in sorted(document.items.items())}
    told = [document.finding, document.name, metadata.title, str(metadata.dated), metadata.jurisdiction, counts]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _update(
    register: Register,
    held: OpenIndex,
    revision: str,
    wait: float,
    progress: Callable[[int], None] | None,
    most: int | None = None,
) -> bool:
    """Write what differs; False, and nothing is written, where that is more than `most` items."""
    if held.folder is None:
        written = _write_changes(register, held, progress, most)
    else:
        with locked(held.folder, wait):
            held.words.reload()
            written = _write_changes(register, held, progress, most)
            if written:
                note_revision(held.folder, revision)
    if written:
        held.reload()
        held.revision, held.late, held.too_late = revision, "", None
    return written


def _write_changes(
    register: Register, held: OpenIndex, progress: Callable[[int], None] | None, most: int | None
) -> bool:
    changed, gone = _differences(register, held)
    if most is not None and sum(document.size for document in changed) > most:
        return False
    if not changed and not gone:
        return True

    def entries(document: StoredDocument) -> Iterator[Entered]:
        for done, stored in enumerate(register.items(ItemQuery(document=document.id)), 1):
            yield entered(stored, document)
            if progress is not None and done % 500 == 0:
                progress(500)

    held.words.write(((document.id, _fingerprint(document), entries(document)) for document in changed), gone)
    return True
