"""JSON, one object a line, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from deedline.serve.export.shape import Row


def write(folder: Path, table: str, rows: Iterable[Row]) -> dict[str, int]:
    """Write TABLE.jsonl; returns how many rows each file written holds."""
    count = 0
    with (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for count, row in enumerate(rows, 1):  # noqa: B007  the last count is the answer
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return {f"{table}.jsonl": count}
