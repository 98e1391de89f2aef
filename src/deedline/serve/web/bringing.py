"""Files that were brought are read and linked one errand after another, while pages go on being answered."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from starlette.exceptions import HTTPException

from deedline import operations
from deedline.errors import DeedlineError
from deedline.operations import Added, Linked, Source
from deedline.register import open_register

MOST_WAITING = 20
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """Files in a folder of their own, what the person says of them, and who it is."""

    folder: Path
    paths: Sequence[Path]
    given: Mapping[str, str]
    by: str


@dataclass(slots=True)
class Errand:
    """How far the reading of some files is: `stage` is waiting, reading, comparing or done; `count` of `total`."""

    number: int
    names: Sequence[str]
    stage: str = "waiting"
    count: int = 0
    total: int = 0
    added: list[Added] = field(default_factory=list)
    linked: list[Linked] = field(default_factory=list)
    problem: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing more will come of it."""
        return self.stage == "done"


class Errands:
    """The errands of one register, done one at a time; the latest are remembered."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._doing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="errand")
        self._known: dict[int, Errand] = {}
        self._lock = Lock()
        self._next = 1

    def begin(self, brought: Brought) -> int:
        """Take files on; the number under which `get` tells of them. Refuses as `demand_room` does."""
        with self._lock:
            self._demand_room()
            errand = Errand(self._next, [path.name for path in brought.paths], total=len(brought.paths))
            self._known[errand.number] = errand
            self._next += 1
            for old in [each.number for each in self._known.values() if each.done][:-_REMEMBERED]:
                del self._known[old]
        self._doing.submit(self._run, errand, brought)
        return errand.number

    def get(self, number: int) -> Errand | None:
        """An errand by its number."""
        with self._lock:
            return self._known.get(number)

    def latest(self) -> list[Errand]:
        """Errands, newest first."""
        with self._lock:
            return sorted(self._known.values(), key=lambda errand: -errand.number)

    def demand_room(self) -> None:
        """Refuse (HTTPException, 503) more files while too many wait to be read."""
        with self._lock:
            self._demand_room()

    def _demand_room(self) -> None:
        if sum(not each.done for each in self._known.values()) >= MOST_WAITING:
            raise HTTPException(503, "Many files wait to be read already. Bring yours when some of these are done.")

    def _run(self, errand: Errand, brought: Brought) -> None:
        try:
            self._read_and_link(errand, brought)
        except DeedlineError as error:
            errand.problem = str(error)
        except Exception:  # the pages must go on; the errand's own page says it
            errand.problem = "A fault of Deedline's own; what was read before it is kept."
        finally:
            shutil.rmtree(brought.folder, ignore_errors=True)
            errand.stage = "done"

    def _read_and_link(self, errand: Errand, brought: Brought) -> None:
        at = datetime.now(UTC).replace(microsecond=0)
        sources = [Source(path, brought.given) for path in brought.paths]
        with open_register(self._location) as register, register.action():
            errand.stage = "reading"
            # always apart from this process: a file that hangs or crashes its reader stops no page
            for added in operations.add(register, sources, at=at, by=brought.by, workers=1):
                errand.added.append(added)
                errand.count += 1
            if all(added.error is not None for added in errand.added):
                return
            errand.stage, errand.count, errand.total = "comparing", 0, 0

            def show(done: int, total: int) -> None:
                errand.count, errand.total = done, total

            linked = operations.relink(register, at=at, by=brought.by, progress=show)
            errand.linked.extend(each for each in linked if not each.fresh)
