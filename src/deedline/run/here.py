"""Map a pure stage over many inputs on this machine, in this process or in several.

Outcomes come in the order of the inputs whatever the number of workers, and an input that fails does not stop the
others. A worker that dies or takes too long costs its own input only.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from deedline.errors import DeedlineError, LimitError, StageError

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int], None]

_NATIVE = frozenset({"onnxruntime", "numpy", "pyarrow"})  # what may run threads of its own once it is loaded
_AHEAD = 8  # finished outcomes a worker may pile up behind a slow one; bounds memory, not speed


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What the stage made of the input at `index`."""

    index: int
    value: R


@dataclass(frozen=True, slots=True)
class Failed:
    """Why the stage made nothing of the input at `index`."""

    index: int
    error: DeedlineError


Outcome = Done[R] | Failed


def map_stage(
    stage: Callable[[T], R],
    inputs: Sequence[T],
    *,
    workers: int = 0,
    seconds: float | Callable[[T], float] | None = None,
    memory: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome[R]]:
    """The outcome of `stage` for each of `inputs`, in their order.

    Without `workers` all runs in this process. With them, `stage`, the inputs and the values must pickle, and
    `seconds` is the time an input may take before its worker is stopped and the input fails with a LimitError, as it
    does where a worker wants more than `memory` bytes beyond what it begins with (POSIX; not bounded elsewhere).
    `progress` is told how many inputs are finished, each time one is. Closing the iterator stops all workers.
    """
    if workers < 1 or not inputs:
        for index, given in enumerate(inputs):
            outcome = _attempt(stage, index, given)
            if progress:
                progress(index + 1)
            yield outcome
    else:
        crew = _Crew(stage, min(workers, len(inputs)), seconds, memory)
        try:
            yield from _spread(crew, inputs, progress)
        finally:
            crew.dismiss()


def _attempt(stage: Callable[[T], R], index: int, given: T) -> Outcome[R]:
    try:
        return Done(index, stage(given))
    except DeedlineError as error:
        return Failed(index, error)
    except Exception as error:  # a stage must never take the other inputs down with it
        return Failed(index, _unforeseen(error))


def _unforeseen(error: Exception) -> DeedlineError:
    if isinstance(error, MemoryError):
        return LimitError("takes more memory than there is for it; split the file or free memory")
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('deedline/')[2]}, line {frames[-1].lineno}" if frames else "unknown"
    failure = StageError(f"an unforeseen {type(error).__name__} at {where}; please report it with the file")
    failure.add_note("".join(traceback.format_exception(error)))
    return failure


def _spread(crew: _Crew[T, R], inputs: Sequence[T], progress: Progress | None) -> Iterator[Outcome[R]]:
    finished: dict[int, Outcome[R]] = {}
    handed = yielded = 0
    while yielded < len(inputs):
        for seat in crew.idle():
            if handed < len(inputs) and handed - yielded < _AHEAD * crew.size:
                crew.give(seat, handed, inputs[handed])
                handed += 1
        for outcome in crew.collect():
            finished[outcome.index] = outcome
            if progress:
                progress(yielded + len(finished))
        while yielded in finished:
            yield finished.pop(yielded)
            yielded += 1


@dataclass(slots=True)
class _Seat:
    """A place for one worker: its process, the pipe to it, what it works on since when, and for how long it may."""

    process: BaseProcess
    pipe: Connection
    index: int | None = None
    since: float = 0.0
    seconds: float | None = None

    @property
    def left(self) -> float | None:
        """Seconds until its time is over; None where it may take all it wants."""
        return None if self.seconds is None else self.since + self.seconds - time.monotonic()


@dataclass(slots=True)
class _Crew(Generic[T, R]):
    stage: Callable[[T], R]
    size: int
    seconds: float | Callable[[T], float] | None
    memory: int | None = None
    context: BaseContext = field(init=False)
    seats: list[_Seat] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        # A fork shares what is already loaded, but is safe only while no other thread runs.
        self.context = get_context("fork" if sys.platform == "linux" and _threads() == 1 else "spawn")
        for _ in range(self.size):
            self._hire()

    def _hire(self) -> None:
        ours, theirs = self.context.Pipe()
        inherited = [seat.pipe for seat in self.seats] + [ours] if self.context.get_start_method() == "fork" else []
        process = self.context.Process(target=_work, args=(self.stage, theirs, inherited, self.memory), daemon=True)  # type: ignore[attr-defined]
        with _interrupts_held():
            process.start()
        theirs.close()
        self.seats.append(_Seat(process, ours))

    def idle(self) -> list[_Seat]:
        return [seat for seat in self.seats if seat.index is None]

    def give(self, seat: _Seat, index: int, given: T) -> None:
        seat.index, seat.since = index, time.monotonic()
        seat.seconds = self.seconds(given) if callable(self.seconds) else self.seconds
        try:
            seat.pipe.send((index, given))
        except OSError:  # it died while idle: collect() sees the closed pipe and says so
            return

    def collect(self) -> list[Outcome[R]]:
        """Wait for at least one worker at work to answer, die or run out of time."""
        busy = [seat for seat in self.seats if seat.index is not None]
        patience = min((seat.left for seat in busy if seat.left is not None), default=None)
        ready = wait([seat.pipe for seat in busy], patience if patience is None else max(0.0, patience))
        outcomes: list[Outcome[R]] = []
        for seat in busy:
            assert seat.index is not None
            if seat.pipe in ready:
                outcomes.append(self._answer(seat, seat.index))
            elif seat.left is not None and seat.left <= 0:
                limit = LimitError(f"took longer than {seat.seconds:g} s; split the file into smaller ones")
                outcomes.append(Failed(seat.index, limit))
                self._replace(seat)
        return outcomes

    def _answer(self, seat: _Seat, index: int) -> Outcome[R]:
        try:
            outcome: Outcome[R] = seat.pipe.recv()
        except (EOFError, OSError):
            self._replace(seat)
            died = f"its worker ended without an answer (exit code {seat.process.exitcode})"
            return Failed(index, StageError(f"{died}; often memory ran out: free some, or split the file"))
        seat.index = None
        return outcome

    def _replace(self, seat: _Seat) -> None:
        self._stop(seat)
        self.seats.remove(seat)
        self._hire()

    def _stop(self, seat: _Seat) -> None:
        seat.process.kill()
        seat.process.join()
        seat.pipe.close()

    def dismiss(self) -> None:
        for seat in self.seats:
            self._stop(seat)
        self.seats.clear()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C until the end; a process begun inside never hears of it, not even while its modules load."""
    if not hasattr(signal, "pthread_sigmask"):  # not POSIX
        yield
        return
    resource_tracker.ensure_running()  # what spawning starts first, and which lets signals through when it has begun
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _threads() -> int:
    """Threads of this process, those of native libraries (onnxruntime, BLAS) with them, of which Python knows none."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        native = not sys.modules.keys().isdisjoint(_NATIVE)
        return threading.active_count() + native


def _limit_memory(memory: int) -> None:
    """Let this process take no more than that many bytes of address space beyond what it has, where systems know it."""
    try:
        import resource

        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):  # no such system; or a tighter limit is in force
        return


def _work(stage: Callable[[T], R], pipe: Connection, inherited: list[Connection], memory: int | None = None) -> None:
    """A worker's life: answer what comes through the pipe until the other end closes."""
    if memory is not None:
        _limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    for other in inherited:
        other.close()
    while True:
        try:
            index, given = pipe.recv()
        except (EOFError, OSError):
            return
        outcome = _attempt(stage, index, given)
        try:
            pipe.send(outcome)
        except OSError:
            return
        except Exception as error:  # the value does not pickle
            pipe.send(Failed(index, _unforeseen(error)))
