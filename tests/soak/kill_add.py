"""Kill `deedline` while it writes a register, and see that the register is as before or as after.

    python -m tests.soak.kill_add --count 1000 --seed 1

Each round starts the real command (add, mostly; remove and undo) in a process of its own, sends it SIGKILL at a random
moment, opens the register, and compares it with every state that the command may leave: one for each document kept.
Those are made beforehand on copies, without interruption. Every register must pass `doctor` too.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from deedline.operations import Parsed, Source, read_source
from deedline.register import open_register

ROOT = Path(__file__).resolve().parent.parent.parent
WHEN = datetime(2025, 1, 1, tzinfo=UTC)
BURST = 0.2  # seconds after the first write within which half of the kills fall, most of them early
TOO_LATE = "too late"


@dataclass
class Round:
    """One command upon a register, and the states that it may be found in."""

    arguments: list[str]
    allowed: list[list[str]]


@dataclass
class Pace:
    """How long a command typically lasts when it is left alone, in seconds, as seen so far."""

    typical: float = 1.0


def sources() -> list[Path]:
    """The examples, and the real documents where they are."""
    folders = (ROOT / "examples", ROOT.parent / "shared" / "seeds")
    return [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()) if file.is_file()]


@cache
def parsed(file: Path) -> Parsed:
    """What a file is read as: nothing that a kill could change."""
    return read_source(Source(file))


def state(path: Path) -> list[str]:
    """All that a register holds, history aside; an absent one holds nothing."""
    if not path.exists():
        return []
    with open_register(path) as register:
        return list(register.dump())


def copied(path: Path, folder: Path) -> Path:
    """A copy of a register that no process has open, so that it is one file."""
    copy = folder / "copy.db"
    copy.unlink(missing_ok=True)
    if path.exists():
        shutil.copyfile(path, copy)
    return copy


def plan(path: Path, folder: Path, files: Sequence[Path], chance: random.Random) -> Round:
    """A command for the register as it stands, and the states that it passes through."""
    states = [state(path)]
    copy = copied(path, folder)
    if path.exists() and chance.random() < 0.35:
        with open_register(copy) as register:
            documents = register.documents()
            if documents and chance.random() < 0.5:
                document = chance.choice(documents)
                register.remove_document(document.id, at=WHEN, by="soak")
                return Round(["remove", document.id], [*states, list(register.dump())])
            register.undo(at=WHEN, by="soak")
            return Round(["undo"], [*states, list(register.dump())])
    chosen = chance.sample(list(files), chance.randint(1, 3))
    with open_register(copy) as register:
        for file in chosen:
            read = parsed(file)
            register.put(read.document, read.finding, data=read.data, at=WHEN, by="soak")
            states.append(list(register.dump()))
    return Round(["add", "--no-link", *map(str, chosen)], states)  # linking is kept a pair at a time, later


def run_and_kill(path: Path, arguments: list[str], chance: random.Random, pace: Pace) -> str:
    """Start the command, and kill it with all its workers at a random moment, and say when, or TOO_LATE."""
    command = [sys.executable, "-m", "deedline", "--register", str(path), "--quiet", *arguments]
    before = _written(path)
    began = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd=path.parent
    )
    if chance.random() < 0.5:
        while process.poll() is None and _written(path) == before:
            time.sleep(0.0005)
        delay, moment = BURST * chance.random() ** 3, "while writing"
    else:
        delay, moment = chance.uniform(0, 1.2 * pace.typical), "at any moment"
    try:
        process.wait(delay)
        pace.typical = 0.8 * pace.typical + 0.2 * (time.monotonic() - began)
        return TOO_LATE
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return moment


def _written(path: Path) -> tuple[int, int]:
    """Sizes of the register and its log: they differ once something is written."""
    return (_size(path), _size(path.with_name(path.name + "-wal")))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # the log goes when the last to have the register open closes it
        return 0


def kill(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Kill `count` commands; yields when each was killed, and what was found ("before", "between documents", "after").

    AssertionError where a register is in no state that its command may leave, or fails its checks.
    """
    chance, pace, files = random.Random(seed), Pace(), sources()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "register.db"
        done = 0
        while done < count:
            if chance.random() < 0.1:  # begin anew: making a register must be as safe as writing one
                for file in folder.glob("register.db*"):
                    file.unlink()
            this = plan(path, folder, files, chance)
            moment = run_and_kill(path, this.arguments, chance, pace)
            found = verdict(path, this)
            if moment != TOO_LATE:
                done += 1
                yield moment, found


def verdict(path: Path, this: Round) -> str:
    """Which of its states a register is in."""
    if path.exists():
        with open_register(path) as register:
            problems = register.check()
            assert problems == (), f"{this.arguments}: {problems}"
    found = state(path)
    assert found in this.allowed, f"{this.arguments}: neither before nor after: {len(found)} rows"
    if found == this.allowed[-1]:
        return "after"
    return "before" if found == this.allowed[0] else "between documents"


def main() -> None:
    """Kill as often as asked and say where the kills fell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: Counter[str] = Counter()
    for done, (moment, outcome) in enumerate(kill(options.count, options.seed), 1):
        found[f"{moment}: {outcome}"] += 1
        if done % 50 == 0 or done == options.count:
            print(f"{done} kills, every register sound: {dict(found)}", flush=True)


if __name__ == "__main__":
    main()
