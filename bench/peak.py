"""A small launcher: runs a command, and tells the most memory that it and what it started held, as its last line.

    python -I bench/peak.py COMMAND…

A process counts from when its program was loaded: what the kernel tells of ended children begins with the memory of
whoever forked them, and would give each reader at least that of the bench. Linux only.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE = 0.005  # seconds between two looks


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = [
            each for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()
        ]
    except OSError:  # it ended while it was looked at
        return
    for child in children:
        yield from _family(int(child))


def _peak(pid: int) -> int:
    """The most memory that a process held since its program was loaded, in kB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def main() -> None:
    """Run the command, look at its processes until it ends, and print the sum of their peaks in MB."""
    peaks: dict[int, int] = {}
    with subprocess.Popen(sys.argv[1:]) as running:
        while running.poll() is None:
            for pid in _family(running.pid):
                peaks[pid] = _peak(pid) or peaks.get(pid, 0)
            time.sleep(_PAUSE)
    print(json.dumps({"peak_mb": sum(peaks.values()) / 1024}), flush=True)
    sys.exit(running.returncode)


if __name__ == "__main__":
    main()
