"""Confined children by fork: the same walls and limits as a new interpreter's, without the start of one."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import IO

from deedline.read.confined import Task, serve


def _held() -> int:
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
            given.seek(0)
            # a process that has read much holds much already: the limit is of what the task adds
            memory = task.limits.memory + _held()
            serve(replace(task, limits=replace(task.limits, memory=memory)), given, made, folder)
            code = 0
        finally:
            os._exit(code)
    ended = time.monotonic() + task.limits.seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise TimeoutError
        time.sleep(0.001)
