"""How long the JSON API takes to answer: `python -m bench.api REGISTER [--requests N]`.

Each address is asked in this process, one request after another, by parameters that differ, so that few answers are
kept from before: `first` is the very first request, `p50` and `p99` are of the others, in milliseconds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from starlette.testclient import TestClient

from deedline.model.document import DocumentKind
from deedline.register import Register, open_register
from deedline.serve.api import make_api

WORDS = ("的", "交通", "housing", "研究", "發展", "services", "推行", "2025", "海", "年內")


def addresses(register: Register) -> dict[str, list[str]]:
    """What to ask, by the address as the description has it."""
    ids = [stored.id for stored in islice(register.items(), 400)]
    documents = register.documents()
    editions = [document.id for document in documents if document.metadata.kind is DocumentKind.COMMITMENTS]
    asking = [document.id for document in documents if document.metadata.kind is DocumentKind.SUBMISSION]
    pairs = [(one, other) for one in editions for other in editions if one != other]
    return {
        "/documents": ["/documents"],
        "/items": [f"/items?text={word}&limit={limit}" for word in WORDS for limit in (20, 50)],
        "/items?late": [f"/items?late=true&limit={limit}" for limit in (10, 20, 50)],
        "/items/ID": [f"/items/{key}" for key in ids],
        "/items/ID/thread": [f"/items/{key}/thread" for key in ids if register.item(key).item.kind in _COMMITTED],
        "/items/ID/history": [f"/items/{key}/history" for key in ids],
        "/search": [f"/search?q={word}&limit={limit}&meaning=never" for word in WORDS for limit in (10, 20)],
        "/suggestions": [f"/suggestions?q={word}" for word in WORDS],
        "/links": [f"/links?limit={limit}" for limit in range(20, 60)],
        "/bodies": [f"/bodies?limit={limit}" for limit in range(20, 60)],
        "/names": [f"/names?text={word}" for word in WORDS],
        "/indicators": [f"/indicators?limit={limit}" for limit in range(20, 60)],
        "/due": [f"/due?within={days}" for days in range(30, 400, 10)],
        "/issues": [f"/issues?limit={limit}" for limit in range(20, 60)],
        "/doubts": [f"/doubts?limit={limit}" for limit in range(5, 25)],
        "/editions/ONE/compare/OTHER": [f"/editions/{one}/compare/{other}" for one, other in pairs],
        "/submissions/ONE/adoption": [f"/submissions/{key}/adoption" for key in asking],
        "/revision": ["/revision"],
        "/health": ["/health"],
    }


_COMMITTED = ("measure", "indicator")


def measured(client: TestClient, asked: Sequence[str], requests: int) -> tuple[float, float, float]:
    """Milliseconds: the first request, then the median and the 99th of a hundred of the others."""
    taken = []
    for address in islice(cycle(asked), requests + 1):
        start = time.perf_counter()
        answer = client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code} {answer.text[:300]}")
    others = sorted(taken[1:])
    return taken[0], others[len(others) // 2], others[int(len(others) * 0.99)]


def main() -> None:
    """Measure each address and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path)
    parser.add_argument("--requests", type=int, default=200)
    asked = parser.parse_args()
    with open_register(asked.register, create=False) as register:
        listed = addresses(register)
    client = TestClient(make_api(str(asked.register)))
    print(f"{'address':<30} {'first':>8} {'p50':>8} {'p99':>8}  ms")
    for name, found in listed.items():
        if found:
            first, middle, most = measured(client, found, asked.requests)
            print(f"{name:<30} {first:>8.1f} {middle:>8.1f} {most:>8.1f}")


if __name__ == "__main__":
    main()
