"""Search over a register of many synthetic items: how long its index takes, how large it is, how fast it answers.

`python -m bench.search [ITEMS]` builds a register in a temporary folder, by default of 1,000,000 items, indexes it,
and asks it what a person would. Items are made of clauses of the example documents, or of the real ones where they
are. Their vectors are random, about as many as there are items: how fast they are scanned does not depend on what they
say, and encoding a million texts would take hours. What they find means nothing, and nothing of it is reported.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench import report
from bench.synthesise import sources

MOMENT = datetime(2030, 1, 1, tzinfo=UTC)
IN_A_DOCUMENT = 1_000
QUERIES = 400
BODIES = 40
_CLAUSE = re.compile(r"[，。；、：\s()（）「」《》]+")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


def clauses(files: Sequence[Path]) -> list[str]:
    """Pieces of 4 to 30 characters of the documents' lines, each once, in their order."""
    found = [piece for file in files for piece in _CLAUSE.split(file.read_text(encoding="utf-8", errors="replace"))]
    return list(dict.fromkeys(piece for piece in found if 4 <= len(piece) <= 30 and _RUN.search(piece)))


def put_document(register: Any, pieces: Sequence[str], bodies: Sequence[Any], number: int, items: int) -> None:
    """Keep one document of as many items, a line each, no two alike, with a body and a day."""
    from deedline.model.document import Document, DocumentKind, Metadata
    from deedline.model.item import Finding, Item, ItemKind, Line, LineRole
    from deedline.model.text import Span
    from deedline.model.values import Mention, Role

    chance = Random(number)
    lines: list[str] = []
    found: list[Item] = []
    start = 0
    for count in range(items):
        body = chance.choice(bodies)
        words = "，".join(chance.sample(pieces, chance.randint(4, 8))) + f"，涉及{number}組{count}個項目。"
        line = f"{words}（{body.name_zh}）"
        at = start + len(words) + 1
        mention = Mention(body.name_zh, (Span(at, at + len(body.name_zh)),), body.id, body.name_zh, Role.LEAD, "bench")
        found.append(
            Item(
                key=f"measure/{count}",
                kind=chance.choice(list(ItemKind)),
                text=words,
                spans=(Span(start, start + len(words)),),
                lines=(count + 1, count + 1),
                path=(f"第{number % 50}章", chance.choice(pieces[:2_000])),
                bodies=(mention,),
                due=date(2024, 1, 1) + timedelta(days=chance.randrange(2_000)),
            )
        )
        lines.append(line)
        start += len(line) + 1
    text = "\n".join(lines) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    metadata = Metadata(
        title=f"文件{number}",
        dated=date(2000 + number % 30, 1, 1),
        dated_precision="day",
        kind=DocumentKind.COMMITMENTS,
    )
    document = Document(digest[:12], f"{number}.txt", digest, "text/plain", text, metadata, ())
    accounted = tuple(Line(item.lines[0], LineRole.ITEM, "bench", (item.key,)) for item in found)
    register.put(document, Finding(tuple(found), accounted, ()), data=None, at=MOMENT, by="bench")


def build_register(path: Path, items: int) -> None:
    """A register of as many items at `path`."""
    from deedline.knowledge.bodies import bodies_of
    from deedline.knowledge.load import jurisdictions
    from deedline.register import open_register

    pieces = clauses(sources()[1])
    bodies = [body for place in jurisdictions() for body in bodies_of(place).bodies if body.name_zh][:BODIES]
    with open_register(path) as register:
        for number in range(max(1, items // IN_A_DOCUMENT)):
            put_document(register, pieces, bodies, number, min(items, IN_A_DOCUMENT))


def phrases(items: int) -> list[str]:
    """Queries of 2 to 6 characters cut from the pieces that items are made of, half of them of two such words."""
    chance = Random(items)
    pieces: list[str] = [run for piece in clauses(sources()[1]) for run in _RUN.findall(piece)]

    def cut() -> str:
        run = chance.choice(pieces)
        length = min(len(run), chance.randint(2, 6))
        at = chance.randrange(len(run) - length + 1)
        return run[at : at + length]

    return [cut() if number % 2 else f"{cut()[:3]} {cut()[:3]}" for number in range(QUERIES)]


def timed(asked: Sequence[Any], answer: Callable[[Any], Any]) -> dict[str, float]:
    """Milliseconds that answers take once all was asked before: median, 95th and 99th of a hundred, longest."""
    for one in asked[:50]:
        answer(one)
    took = []
    for one in asked:
        start = time.perf_counter()
        answer(one)
        took.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(took, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "longest": max(took)}


def memory_mb() -> tuple[float, float]:
    """What this process holds now and held at most; and of the first, how much is the system's cache of files."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    return tuple(int(told[name].split()[0]) / 1024 for name in ("VmRSS", "RssFile"))  # type: ignore[return-value]


def size_mb(path: Path) -> float:
    """What a file or folder takes on disk."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 2**20


@contextmanager
def a_register(items: int, kept: Path | None) -> Iterator[tuple[Path, float]]:
    """The register to measure, and the seconds that it took to make; made where `kept` is not there yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = kept or Path(folder) / "bench.db"
        start = time.perf_counter()
        if not path.exists():
            build_register(path, items)
        yield path, time.perf_counter() - start


def random_vectors(held: Any, ids: Sequence[str]) -> float:
    """Give every id a random vector; the seconds that it took."""
    import numpy as np

    from deedline.operations.indexing import WIDTH

    start, chance = time.perf_counter(), np.random.default_rng(0)
    for at in range(0, len(ids), 50_000):
        some = ids[at : at + 50_000]
        vectors = chance.standard_normal((len(some), WIDTH), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        held.vectors.add([(one, 0) for one in some], vectors)
    return time.perf_counter() - start


def measure(path: Path) -> dict[str, Any]:
    """Index the register at `path`, and ask."""
    from deedline.operations import Meaning, SearchQuery, prepare_search, search, suggest_words
    from deedline.operations.indexing import index_of
    from deedline.operations.meaning import encoded_query
    from deedline.register import ItemQuery, Order, open_register

    shutil.rmtree(path.with_name(path.name + ".index"), ignore_errors=True)
    with open_register(path, create=False) as register:
        start = time.perf_counter()
        prepare_search(register, meant=False)
        built = time.perf_counter() - start
        items = register.count_items()
        asked = phrases(items)
        words = [SearchQuery(one, meaning=Meaning.NEVER) for one in asked]
        body = next(iter(register.items(ItemQuery(limit=1)))).item.bodies[0].body_id
        narrow = ItemQuery(body=body, due_after=date(2025, 1, 1))
        quoted = [SearchQuery(f"「{one}」", meaning=Meaning.NEVER) for one in asked]
        results: dict[str, Any] = {
            "items": items,
            "build_seconds": built,
            "register_mb": size_mb(path),
            "words_mb": size_mb(path.with_name(path.name + ".index")),
            "words": timed(words, lambda one: search(register, one)),
            "filtered": timed(
                [SearchQuery(one, narrow, meaning=Meaning.NEVER) for one in asked], lambda one: search(register, one)
            ),
            "phrases": timed(quoted, lambda one: search(register, one)),
            "suggestions": timed([one[: 1 + len(one) // 2] for one in asked], lambda one: suggest_words(register, one)),
            "words_memory_mb": memory_mb(),
        }
        held = index_of(register)
        if held is None:
            raise SystemExit("there is no index to ask")
        ids = [stored.id for stored in register.items(ItemQuery(order=Order.ID))] if items <= 50_000 else _ids(path)
        results["vectors_seconds"] = random_vectors(held, ids)
        results["index_mb"] = size_mb(path.with_name(path.name + ".index"))
        results["encoding"] = timed(asked[:100], encoded_query.__wrapped__)
        near = [SearchQuery(one, meaning=Meaning.ALWAYS) for one in asked[:100]]
        results["fused"] = timed(near, lambda one: search(register, one))
        results["memory_mb"] = memory_mb()
    return results


def _ids(path: Path) -> list[str]:
    """All ids, without decoding a million items."""
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [str(one) for (one,) in connection.execute("SELECT id FROM items")]
    finally:
        connection.close()


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--register", type=Path, help="a register that an earlier run made, or is to be made and kept")
    asked = parser.parse_args()
    with a_register(asked.items, asked.register) as (path, made):
        print(f"register made in {made:.0f} s", file=sys.stderr)
        results = measure(path)
    report.keep("search", results)


if __name__ == "__main__":
    main()
