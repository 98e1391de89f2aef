"""Confined children by fork: the same walls and limits as a new interpreter's, without the start of one.

A child that asked for a socket, or ends with one open that it did not begin with, fails the test it ran for.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import IO

from deedline.read.confined import Task, serve

_REACHED_OUT = 98  # the exit code of a child that asked for a socket


def held() -> int:
    """Bytes of address space that this process has taken; 0 where that cannot be told."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def run_child(task: Task, given: IO[bytes], made: IO[bytes], folder: Path) -> int:
    """As `confined.run_child`; for a process that runs no other thread."""
    child = os.fork()
    if not child:
        code = 1
        try:
            os.chdir(folder)
            tempfile.tempdir = str(folder)
            given.seek(0)
            asked, sockets = _watched(), _sockets()
            # a process that has read much holds much already: the limit is of what the task adds
            memory = task.limits.memory + held()
            serve(replace(task, limits=replace(task.limits, memory=memory)), given, made, folder)
            code = _REACHED_OUT if asked or _sockets() - sockets else 0
        finally:
            os._exit(code)
    in_time = _ends_within(task.limits.seconds, child)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if not in_time:
        raise TimeoutError
    assert code != _REACHED_OUT, f"{task.name}: its parser asked for a socket"
    return code


def _ends_within(seconds: float, child: int) -> bool:
    """Wait for a child's end; asleep meanwhile, so that a busy machine is not asked a thousand times a second."""
    watching = os.pidfd_open(child)
    try:
        return bool(select.select([watching], [], [], seconds)[0])
    finally:
        os.close(watching)


def _watched() -> list[str]:
    """What this process, a child, asks of the network from now on, whether or not it bears being refused."""
    asked: list[str] = []

    def watch(event: str, _given: object) -> None:
        if event.startswith("socket."):
            asked.append(event)

    sys.addaudithook(watch)
    return asked


def _sockets() -> set[str]:
    """The sockets that this process holds open, native code's with them."""
    try:
        return {to for opened in Path("/proc/self/fd").iterdir() if (to := _leads_to(opened)).startswith("socket:")}
    except OSError:  # no such folder, or behind walls that hide it
        return set()


def _leads_to(opened: Path) -> str:
    try:
        return str(opened.readlink())
    except OSError:  # closed since, as that of the listing is
        return ""
