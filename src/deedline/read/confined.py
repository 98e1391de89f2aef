"""Parse hostile bytes in a process of its own, held to limits of memory, CPU, time and output.

A parser is a function `parse(data, name) -> value that JSON can hold`, named "module:function". The child sets its
limits before it imports the parser, has the bytes on standard input and writes one JSON value; nothing that the
parser builds is unpickled here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from deedline.errors import InputError, LimitError, ReadError

_CRASH = "its {form} could not be read (the parser ended with code {code}). It may be damaged: open and save it anew"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: address space and output in bytes, CPU and elapsed time in seconds."""

    memory: int = 2 * 1024**3
    output: int = 256 * 1024**2
    cpu: int = 240
    seconds: float = 280.0


def parse_confined(parser: str, data: bytes, name: str, form: str, limits: Limits | None = None) -> Any:
    """What `parser` makes of `data`, a file called `name` of the named form ("PDF").

    Raises ReadError and LimitError as the parser does, LimitError where a limit is met, ReadError where the parser
    dies.
    """
    limits = limits or Limits()
    numbers = [str(n) for n in (limits.memory, limits.output, limits.cpu)]
    # -P: the folder that one happens to stand in holds no module of ours.
    command = [sys.executable, "-P", "-m", "deedline.read.confined", parser, name, *numbers]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(data)
        given.seek(0)
        try:
            ended = subprocess.run(
                command, stdin=given, stdout=made, stderr=subprocess.DEVNULL, timeout=limits.seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise LimitError(f"{name}: took longer than {limits.seconds:g} s to read; split the file") from error
        made.seek(0)
        answer = _answer(made.read(limits.output + 1))
    if answer is None:
        raise _death(ended.returncode, name, form, limits)
    if "error" in answer:
        raise (LimitError if answer["error"] == "limit" else ReadError)(str(answer["message"]))
    return answer["value"]


def _answer(written: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and ("error" in answer or "value" in answer) else None


def _death(code: int, name: str, form: str, limits: Limits) -> InputError:
    """Why a child that gave no answer ended."""
    import signal

    if -code in (getattr(signal, "SIGXCPU", None), getattr(signal, "SIGKILL", None)):
        return LimitError(f"{name}: took more than {limits.cpu} s of processor time to read; split the file")
    return ReadError(f"{name}: " + _CRASH.format(form=form, code=code))


def _confine(memory: int, output: int, cpu: int) -> None:
    """Hold this process to limits, where the system knows them."""
    try:
        import resource
    except ImportError:  # Windows has none of these; the elapsed time still bounds the child
        return
    for kind, most in (("CORE", 0), ("FSIZE", output), ("CPU", cpu), ("AS", memory)):
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{kind}"), (most, most))
        except (ValueError, OSError):  # a tighter limit is in force already
            continue


def _serve(parser: str, name: str, memory: int, output: int, cpu: int) -> None:
    """The child's life: read, parse, write one JSON value."""
    _confine(memory, output, cpu)
    answer: dict[str, Any]
    try:
        module, _, function = parser.partition(":")
        answer = {"value": getattr(import_module(module), function)(sys.stdin.buffer.read(), name)}
    except MemoryError:
        told = f"{name}: takes more than {memory // 1024**2:,} MiB of memory to read; split the file"
        answer = {"error": "limit", "message": told}
    except LimitError as error:
        answer = {"error": "limit", "message": str(error)}
    except InputError as error:
        answer = {"error": "read", "message": str(error)}
    except RecursionError:
        answer = {"error": "read", "message": f"{name}: its parts are nested too deeply to be read; save it anew"}
    written = json.dumps(answer, separators=(",", ":"))
    if len(written) > output:
        told = f"{name}: holds more than {output:,} bytes of text and places; split the file"
        written = json.dumps({"error": "limit", "message": told})
    sys.stdout.write(written)


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], *(int(number) for number in sys.argv[3:6]))
