"""How many printed times are found and read right: Deedline beside other libraries, same phrases, same run.

    sh run bench-times

Found: something was read as a time. Right: one of the intervals read has the answer's first and last day, within the
phrase's slack; a side that the answer leaves open is not judged.
"""

from __future__ import annotations

import contextlib
import csv
import io
import statistics
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.peers import READERS, Interval, Reader
from bench.report import keep

PHRASES = Path(__file__).parent / "data" / "times.tsv"
WRITTEN = date(2024, 10, 16)
RUNS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and the time that a careful reader takes from it."""

    language: str
    form: str
    text: str
    answer: Interval
    slack: int


def phrases() -> list[Phrase]:
    """The hand-normalised phrases of bench/data/times.tsv."""
    lines = [line for line in PHRASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        Phrase(
            row["language"], row["form"], row["text"], (_day(row["earliest"]), _day(row["latest"])), int(row["slack"])
        )
        for row in csv.DictReader(lines, delimiter="\t")
    ]


def _day(printed: str) -> date | None:
    return date.fromisoformat(printed) if printed else None


def agrees(read: Interval, phrase: Phrase) -> bool:
    """Whether an interval has the answer's days, within its slack."""
    sides = [(mine, asked) for mine, asked in zip(read, phrase.answer, strict=True) if asked]
    return all(mine and abs((mine - asked).days) <= phrase.slack for mine, asked in sides)


def measure(reader: Reader, asked: list[Phrase]) -> dict[str, object]:
    """Found and right, by language and in all, with the median speed of a few runs."""
    intervals: list[list[Interval]] = []
    seconds = []
    for _ in range(RUNS + 1):  # the first loads the library and is not timed
        start = time.perf_counter()
        intervals = [_read(reader, phrase) for phrase in asked]
        seconds.append(time.perf_counter() - start)
    right = [any(agrees(one, phrase) for one in read) for read, phrase in zip(intervals, asked, strict=True)]
    missed = [phrase.text for phrase, good in zip(asked, right, strict=True) if not good]
    return {
        "phrases": len(asked),
        "found": sum(map(bool, intervals)),
        "right": sum(right),
        "characters_a_second": round(sum(len(p.text) for p in asked) / statistics.median(seconds[1:])),
        "missed": missed,
    }


def _read(reader: Reader, phrase: Phrase) -> list[Interval]:
    with contextlib.redirect_stdout(io.StringIO()):  # one of the libraries prints what it loads
        try:
            return reader(phrase.text, WRITTEN, phrase.language)
        except Exception:  # a library that fails on a phrase has not read it
            return []


def main() -> None:
    """Measure every reader and write the results."""
    asked = phrases()
    results: dict[str, object] = {}
    for language in ("zh", "en"):
        mine = [phrase for phrase in asked if phrase.language == language]
        names = [n for n in READERS if language == "zh" or not ("Simplified" in n or n == "jionlp")]
        results[language] = {name: measure(READERS[name], mine) for name in names}
    keep("times", results)


if __name__ == "__main__":
    main()
