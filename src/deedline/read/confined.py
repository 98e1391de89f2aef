"""Parse hostile bytes in a process of its own, behind walls (`walls`) and held to limits.

A reader of any format but plain text is one line in `formats`:

    return read_pieces("deedline.read.docx:pieces", data, name, "Word document")

where `pieces(data, name)` gives the `Piece`s that the file holds in order, imported by the child alone, so that no
parser's code runs in the process that holds the register. What comes back otherwise than as pieces goes through
`parse_confined`, whose parser gives any value that JSON can hold.

The child puts its walls up before it imports the parser, has the bytes on standard input and writes one JSON value;
nothing that the parser builds is unpickled here. It may write in a folder of its own (`tempfile` leads there), which
is removed when it ends. A parser raises ReadError and LimitError with messages that name the file, as any reader does.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from deedline.errors import DeedlineError, InputError, LimitError, ReadError, StageError

if TYPE_CHECKING:
    from deedline.read.reading import Reading

_CRASH = (
    "its {form} could not be read (the parser ended with code {code}). It may be damaged, or need more than {memory:,} "
    "MiB of memory: open and save it anew, or split it"
)
_ERRORS: Mapping[str, type[DeedlineError]] = {"limit": LimitError, "read": ReadError}
_TEXT = 64 * 1024**2  # bytes of pieces: more than the longest document that is searched has
_MAIN = "from deedline.read.confined import main; main()"
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "SYSTEMROOT")  # keys stay here


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: address space and output in bytes, CPU and elapsed time in seconds, open files."""

    memory: int = 2 * 1024**3
    output: int = 256 * 1024**2
    cpu: int = 240
    seconds: float = 280.0
    files: int = 64


@dataclass(frozen=True, slots=True)
class Task:
    """What a child has to do: the parser, "module:function", the file's name, and the limits."""

    parser: str
    name: str
    limits: Limits


def read_pieces(parser: str, data: bytes, name: str, form: str, limits: Limits | None = None) -> Reading:
    """The text and blocks of the `Piece`s that `parser` finds in a file; raises as `parse_confined` does."""
    from deedline.model.document import BlockKind
    from deedline.read.decode import check_size
    from deedline.read.reading import Piece, lay_out

    found = parse_confined(parser, data, name, form, limits or Limits(output=_TEXT))
    check_size(sum(len(words) + 1 for _, lines, *_ in found for words in lines), name)  # before it grows to blocks
    return lay_out(Piece(BlockKind(kind), tuple(lines), *rest) for kind, lines, *rest in found)


def parse_confined(parser: str, data: bytes, name: str, form: str, limits: Limits | None = None) -> Any:
    """What `parser` makes of `data`, a file called `name` of the named form ("PDF").

    Raises ReadError and LimitError as the parser does, LimitError where a limit is met, ReadError where the parser
    dies, StageError where it fails as nobody foresaw.
    """
    import tempfile

    task = Task(parser, name, limits or Limits())
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as made,
        tempfile.TemporaryDirectory(prefix="deedline-", ignore_cleanup_errors=True) as folder,
    ):
        given.write(data)
        given.seek(0)
        try:
            code = run_child(task, given, made, Path(folder))
        except TimeoutError as error:
            raise LimitError(f"{name}: took longer than {task.limits.seconds:g} s to read; split the file") from error
        made.seek(0)
        answer = _answer(made.read(task.limits.output + 1))
    if answer is None:
        raise _death(code, form, task)
    if "error" in answer:
        raise _ERRORS.get(answer["error"], StageError)(str(answer["message"]))
    return answer["value"]


def run_child(task: Task, given: IO[bytes], made: IO[bytes], folder: Path) -> int:
    """Run a new interpreter on a task and wait for it: its exit code. Raises TimeoutError past `limits.seconds`."""
    import subprocess

    # -P: the folder that one happens to stand in holds no module of ours; -B: nothing is written beside modules.
    command = [sys.executable, "-P", "-B", "-c", _MAIN, json.dumps(asdict(task)), str(folder)]
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    known.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME"), str(folder)))
    streams = {"stdin": given, "stdout": made, "stderr": subprocess.DEVNULL}
    try:
        ended = subprocess.run(command, **streams, timeout=task.limits.seconds, check=False, cwd=folder, env=known)  # type: ignore[call-overload]
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    return int(ended.returncode)


def _answer(written: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and ("error" in answer or "value" in answer) else None


def _death(code: int, form: str, task: Task) -> InputError:
    """Why a child that gave no answer ended."""
    import signal

    if -code == getattr(signal, "SIGXCPU", None):
        most = task.limits.cpu
        return LimitError(f"{task.name}: took more than {most} s of processor time to read; split the file")
    if -code == getattr(signal, "SIGKILL", None):
        return LimitError(f"{task.name}: the system ended its parser, often for want of memory; free some, or split it")
    return ReadError(f"{task.name}: " + _CRASH.format(form=form, code=code, memory=task.limits.memory // 1024**2))


def serve(task: Task, given: IO[bytes], made: IO[bytes], folder: Path) -> None:
    """The child's life: put up the walls, read, parse, write one JSON value."""
    from deedline.read.walls import put_up

    put_up({key: int(number) for key, number in asdict(task.limits).items()}, folder)
    written = _parsed(task, given.read)
    if len(written) > task.limits.output:
        told = f"{task.name}: holds more than {task.limits.output:,} bytes of text and places; split the file"
        written = _written({"error": "limit", "message": told})
    made.write(written)
    made.flush()


def _parsed(task: Task, read: Callable[[], bytes]) -> bytes:
    """The answer, written: what the parser made, or why it made nothing."""
    name = task.name
    try:
        module, _, function = task.parser.partition(":")
        return _written({"value": getattr(import_module(module), function)(read(), name)})
    except MemoryError:
        told = f"{name}: takes more than {task.limits.memory // 1024**2:,} MiB of memory to read; split the file"
        return _written({"error": "limit", "message": told})
    except LimitError as error:
        return _written({"error": "limit", "message": str(error)})
    except InputError as error:
        return _written({"error": "read", "message": str(error)})
    except RecursionError:
        told = f"{name}: its parts are nested too deeply to be read; save it anew"
        return _written({"error": "read", "message": told})
    except Exception as error:
        return _written({"error": "unforeseen", "message": f"{name}: {_unforeseen(error)}"})


def _unforeseen(error: Exception) -> str:
    """What went wrong and where in the parser, so that it can be reported; never a word of the file."""
    place, frame = "", error.__traceback__
    while frame is not None:
        place = f"{Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno}"
        frame = frame.tb_next
    return f"an unforeseen {type(error).__name__} at {place} of its parser; please report it with the file"


def _written(answer: Any) -> bytes:
    """JSON as UTF-8; a slotted value is written as the list of its fields, half a surrogate pair as its escape."""
    said = json.dumps(
        answer,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda value: [getattr(value, field) for field in value.__slots__],
    )
    return said.encode("utf-8", "backslashreplace")


def main() -> None:
    """The child's program: what it is to do comes as its first argument, the folder it may write in as its second."""
    asked = json.loads(sys.argv[1])
    task = Task(asked["parser"], asked["name"], Limits(**asked["limits"]))
    own = os.dup(1)
    os.dup2(2, 1)  # what native code prints is no part of the answer
    with os.fdopen(own, "wb") as made:
        serve(task, sys.stdin.buffer, made, Path(sys.argv[2]))
