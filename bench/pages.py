"""How long the server works on each kind of page.

`python -m bench.pages [REGISTER]` asks each 200 times of the application in this process, without a network between:
by default over a register that it makes of the real documents where they lie beside the repository, else of the
examples. The first answer, which nothing was computed for, is one of the 200.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench import report
from bench.page_types import page_types
from bench.synthesise import sources

TIMES = 200
WORDS = "氫能"


async def ask(app: Any, address: str) -> bytes:
    """The bytes that an ASGI application answers a browser with, one that takes gzip."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"localhost"), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    sent: list[Mapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent)


async def time_pages(location: str, times: int = TIMES) -> dict[str, dict[str, float]]:
    """By kind of page: milliseconds of all processors and on the clock, the median and that of one in a hundred."""
    from deedline.serve.collecting import spare_what_stays
    from deedline.serve.web import make_app

    spare_what_stays()
    app = make_app(location, writable=True)
    found: dict[str, dict[str, float]] = {}
    for kind in page_types(location, WORDS):
        clock, work, size = [], [], 0
        for _ in range(times):
            began, worked = time.perf_counter(), time.process_time()
            size = len(await ask(app, kind.address))
            work.append(1000 * (time.process_time() - worked))
            clock.append(1000 * (time.perf_counter() - began))
        found[kind.title] = {"bytes": size, "work_first": work[0], "clock_first": clock[0]}
        for name, taken in (("work", work), ("clock", clock)):
            cut = statistics.quantiles(taken, n=100, method="inclusive")
            found[kind.title] |= {f"{name}_p50": cut[49], f"{name}_p99": cut[98]}
    return found


def make_register(path: Path, files: list[Path]) -> None:
    """A register of the files, linked."""
    from deedline.operations import Source, add, relink
    from deedline.register import open_register

    at = datetime(2030, 1, 1, tzinfo=UTC)
    with open_register(path) as register:
        for each in add(register, [Source(file) for file in files], at=at, by="bench"):
            if each.error:
                raise each.error
        list(relink(register, at=at, by="bench"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("register", nargs="?", help="a register that is there already")
    location = parser.parse_args().register
    called, files = sources()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        if location is None:
            location = str(Path(folder) / "pages.db")
            make_register(Path(location), files)
        pages = asyncio.run(time_pages(location))
    report.keep("pages", {"source": called, "times": TIMES, "load": load, "pages": pages})


if __name__ == "__main__":
    main()
