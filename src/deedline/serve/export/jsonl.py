"""JSON, one object a line, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from deedline.serve.export.shape import Row


def pieces(rows: Iterable[Row]) -> Iterator[bytes]:
    """Each row as a line."""
    for row in rows:
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode()


def write(folder: Path, table: str, rows: Iterable[Row]) -> dict[str, int]:
    """Write TABLE.jsonl; returns how many rows each file written holds."""
    count = 0
    with (folder / f"{table}.jsonl").open("wb") as file:
        for count, line in enumerate(pieces(rows), 1):  # noqa: B007  the last count is the answer
            file.write(line)
    return {f"{table}.jsonl": count}
