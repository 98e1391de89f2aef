"""Mutants of files of every form, and what became of them: `python -m bench.soak [FORM…] [--mutants N]`.

What was found is kept after each thousand, so that a run that is stopped says how many it read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.report import RESULTS, keep
from tests.soak.became import DIED, LIMIT, READ, REFUSED, WRONG, Became, became
from tests.soak.wholes import FORMS

ENDS = (READ, REFUSED, LIMIT, DIED, WRONG)
TOGETHER = 1_000


def tallies(form: str, mutants: int, workers: int) -> Iterator[dict[str, Any]]:
    """What has become of the mutants of a form so far, after each thousand of them and at the end."""
    counts, slowest, seconds = Counter[str](), Became(0, READ), 0.0
    for number, one in enumerate(became(form, range(mutants), workers), 1):
        counts[one.what] += 1
        seconds += one.seconds
        slowest = max(slowest, one, key=lambda each: each.seconds)
        if one.what == WRONG:
            print(f"mutant {one.number} of {form}: {one.said}", flush=True)
        if number % TOGETHER == 0 or number == mutants:
            yield {
                "mutants": number,
                **{what: counts[what] for what in ENDS},
                "seconds": round(seconds, 1),
                "slowest": round(slowest.seconds, 2),
                "slowest_mutant": slowest.number,
            }


def kept() -> dict[str, Any]:
    """What earlier runs found, by form."""
    file = RESULTS / "soak.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))["results"]) if file.exists() else {}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("forms", nargs="*", choices=[[], *FORMS], metavar="FORM", help=", ".join(FORMS))
    asked.add_argument("--mutants", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    wrong = 0
    for form in given.forms or FORMS:
        tally: dict[str, Any] = {WRONG: 0}
        for tally in tallies(form, given.mutants, given.workers):
            found = {**kept(), form: tally}
            keep("soak", {name: found[name] for name in FORMS if name in found})
        wrong += tally[WRONG]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
