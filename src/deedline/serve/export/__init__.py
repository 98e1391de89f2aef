"""The register as files: jsonl, csv or parquet. `columns` says every type, `shape` makes every row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from deedline import operations
from deedline.register import Register
from deedline.serve.export import csv, jsonl, parquet
from deedline.serve.export.folder import MANIFEST, written_whole
from deedline.serve.export.shape import Row
from deedline.serve.export.tables import TABLES

FORMATS: Mapping[str, Callable[[Path, str, Iterable[Row]], dict[str, int]]] = {
    "jsonl": jsonl.write,
    "csv": csv.write,
    "parquet": parquet.write,
}


def export(
    register: Register,
    folder: Path,
    form: str,
    *,
    force: bool = False,
    as_of: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, int]:
    """Write every table into `folder` as of one moment; returns how many rows each file holds.

    `form` is one of FORMATS; `as_of` is the day at which undertakings are judged, that of the newest document unless
    given; `progress` is told each table's name as it begins. The same register gives the same bytes. InputError where
    the folder holds what no export wrote (see `written_whole`).
    """
    counts: dict[str, int] = {}
    with written_whole(folder, force=force) as partial, register.snapshot():
        known = operations.scene(register, as_of)
        for table, rows in TABLES.items():
            if progress:
                progress(table)
            counts.update(FORMATS[form](partial, table, rows(register, known)))
        manifest = {"made_by": "deedline", "format": form, "files": counts}
        (partial / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return counts
