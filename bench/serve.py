"""Serving a register of many synthetic items: how fast search, suggestions and lists answer, and what memory it takes.

`python -m bench.serve [ITEMS] [--register FILE]` builds a register (see `bench.search`), by default of 1,000,000 items,
indexes its words, and asks the application in this process, without a network between. Every address is another query
or another page of a list, so that hardly any answer was given before. Meaning is not asked: `bench.search` measures it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from bench import report
from bench.pages import ask
from bench.search import a_register, memory_mb, phrases, size_mb

TIMES = 120  # addresses of each kind of list; twice as many of search
WARM = 5  # addresses of each kind that are asked before any is timed
_REFUSED = ("/indicators", "/names", "/due/calendar")  # they compare all items: a register so large is refused there


def addresses(path: Path, items: int, times: int) -> dict[str, list[str]]:
    """As many addresses of each kind, in an order drawn from a fixed seed."""
    chance, words = Random(items), [quote(one) for one in phrases(items)[: 2 * times]]
    bodies, documents, ids = _held(path)
    names = list(bodies.values())
    after = [f"&after={chance.choice(ids)}" if number % 2 else "" for number in range(times)]

    def some(of: Sequence[str]) -> Iterator[str]:
        return (quote(chance.choice(of)) for _ in range(times))

    days = [f"{2024 + chance.randrange(5)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(times)]
    kinds = ("measure", "indicator", "recommendation", "proposal")
    lists = {
        "no filter": [""] * times,
        "kind": [f"kind={one}" for one in some(kinds)],
        "document": [f"document={one}" for one in some(documents)],
        "body": [f"body={one}" for one in some(names)],
        "due until": [f"due_before={day}" for day in days],
        "due from": [f"due_after={day}" for day in days],
        "body and kind": [f"body={one}&kind={chance.choice(kinds)}" for one in some(names)],
        "words": [f"text={one}" for one in words[:times]],
    }
    pages = {
        f"/items, {name}": [f"/items?{one}{more}" for one, more in zip(asked, after, strict=True)]
        for name, asked in lists.items()
    }
    rows = {f"/api/v1/items, {name}": [f"/api/v1/items?{one}" for one in asked] for name, asked in lists.items()}
    return {
        "/api/v1/search": [f"/api/v1/search?q={one}&meaning=never" for one in words],
        "/api/v1/search, body and day": [
            f"/api/v1/search?q={one}&meaning=never&body={body}&due_after=2025-01-01"
            for one, body in zip(words, some(names), strict=False)
        ],
        "/search/suggest": [
            f"/search/suggest?q={quote(one[: 1 + len(one) // 2])}" for one in phrases(items)[: 2 * times]
        ],
        **pages,
        **rows,
        "front page, /bodies, /documents": ["/", "/bodies", "/documents"] * (times // 3),
        "/bodies, one": [f"/bodies/{chance.choice(list(bodies))}" for _ in range(times)],
        "/due": [f"/due?as_of={day}" for day in days],
        "/due, past": [f"/due?past=yes&as_of={day}" for day in days],
        "/due, a body's": [f"/due?body={one}&as_of={day}" for one, day in zip(some(names), days, strict=False)],
        "/review": [f"/review?document={one}" for one in some(documents)],
        "pages that refuse": list(_REFUSED) * (times // 3),
    }


def _held(path: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """Some bodies' names by their ids, documents' ids and items' ids of the register."""
    from deedline.operations.entering import body_names
    from deedline.register import ItemQuery, open_register

    with open_register(path, create=False) as register:
        documents = [document.id for document in register.documents()]
        ids, bodies = [], dict[str, None]()
        for document in documents[:: max(1, len(documents) // 100)]:
            for stored in register.items(ItemQuery(document=document, limit=20)):
                ids.append(stored.id)
                bodies.update({mention.body_id: None for mention in stored.item.bodies if mention.body_id})
    return {body: names[0] for body in bodies if (names := body_names(body))}, documents, ids


async def timed(app: Any, asked: Sequence[str]) -> dict[str, float]:
    """Milliseconds on the clock and of processors: half, 95 and 99 of a hundred answers take no more."""
    for address in asked[:WARM]:
        await ask(app, address)
    clock, work = [], []
    for address in asked[WARM:]:
        began, worked = time.perf_counter(), time.process_time()
        await ask(app, address)
        clock.append(1000 * (time.perf_counter() - began))
        work.append(1000 * (time.process_time() - worked))
    told = {"asked": float(len(clock))}
    for name, took in (("clock", sorted(clock)), ("work", sorted(work))):
        told |= {f"{name}_p{share}": took[max(0, len(took) * share // 100 - 1)] for share in (50, 95, 99)}
    return told


async def measure(path: Path, times: int) -> dict[str, Any]:
    """Index the register at `path` where it is not, and ask."""
    from deedline.operations import prepare_search
    from deedline.register import open_register
    from deedline.serve.web import make_app

    with open_register(path, create=False) as register:
        began, worked = time.perf_counter(), time.process_time()
        prepare_search(register, meant=False)
        built = time.perf_counter() - began, time.process_time() - worked
        items = register.count_items()
    app = make_app(str(path))
    found: dict[str, dict[str, float]] = {}
    for name, asked in addresses(path, items, times).items():
        found[name] = {**await timed(app, asked), "load": os.getloadavg()[0]}
        print(name, {key: round(value, 1) for key, value in found[name].items()}, file=sys.stderr, flush=True)
    memory = memory_mb()
    return {
        "items": items,
        "register_mb": size_mb(path),
        "index_mb": size_mb(path.with_name(path.name + ".index")),
        "index_seconds": built,
        "answers": found,
        "memory_mb": memory,
    }


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--register", type=Path, help="a register that an earlier run made, or is to be made and kept")
    parser.add_argument("--times", type=int, default=TIMES, help="how many addresses of each kind of list")
    asked = parser.parse_args()
    with a_register(asked.items, asked.register) as (path, _):
        report.keep("serve", asyncio.run(measure(path, asked.times)))


if __name__ == "__main__":
    main()
