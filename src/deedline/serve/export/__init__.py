"""The register as files. `described` says every column, `shape` makes every row, `lists` what can be asked for.

`export` writes whole registers into folders; `downloads` gives one list as one file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from deedline import operations
from deedline.operations import Scene
from deedline.register import Register
from deedline.serve.export import catalogue, csv, datapackage, jsonl, parquet, stratml, xlsx
from deedline.serve.export.folder import MANIFEST, written_whole
from deedline.serve.export.shape import Row
from deedline.serve.export.tables import TABLES

Progress = Callable[[str], None]

# A file or more for each table.
FORMATS: Mapping[str, Callable[[Path, str, Iterable[Row]], dict[str, int]]] = {
    "jsonl": jsonl.write,
    "csv": csv.write,
    "parquet": parquet.write,
    "xlsx": xlsx.write,
}


def export(
    register: Register,
    folder: Path,
    form: str,
    *,
    force: bool = False,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write every table into `folder` as of one moment; returns how many rows each file holds.

    `form` is one of FORMATS or BUNDLES; `as_of` is the day at which undertakings are judged, that of the newest
    document unless given; `progress` is told each table's name as it begins. The same register gives the same bytes.
    InputError where the folder holds what no export wrote (see `written_whole`).
    """
    with written_whole(folder, force=force) as partial, register.snapshot():
        known = operations.scene(register, as_of)
        say = progress or (lambda _: None)
        if form in BUNDLES:
            counts = BUNDLES[form](partial, register, known, say)
        else:
            counts = _tables(FORMATS[form], partial, register, known, say)
        manifest = {"made_by": "deedline", "format": form, "files": counts}
        (partial / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return counts


def _tables(
    write: Callable[[Path, str, Iterable[Row]], dict[str, int]],
    folder: Path,
    register: Register,
    known: Scene,
    progress: Progress,
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for table, rows in TABLES.items():
        progress(table)
        counts.update(write(folder, table, rows(register, known)))
    return counts


def _datapackage(folder: Path, register: Register, known: Scene, progress: Progress) -> dict[str, int]:
    """CSV files without byte order mark, and the descriptor of them all."""
    counts = _tables(datapackage.write, folder, register, known, progress)
    descriptor = datapackage.descriptor(counts, known.as_of)
    datapackage.save(folder / datapackage.NAME, descriptor)
    return {**counts, datapackage.NAME: len(counts)}


def _dcat(folder: Path, register: Register, known: Scene, progress: Progress) -> dict[str, int]:
    """Every table in every format, and the catalogue of them."""
    counts: dict[str, int] = {}
    for write in FORMATS.values():
        counts.update(_tables(write, folder, register, known, progress))
    changed = register.history(limit=1)
    files = [catalogue.file_of(folder / name) for name in counts]
    datapackage.save(folder / catalogue.NAME, catalogue.catalogue(files, changed=changed[0].at if changed else None))
    return {**counts, catalogue.NAME: len(counts)}


def _stratml(folder: Path, register: Register, known: Scene, _: Progress) -> dict[str, int]:
    """Each edition's plan, and where it has indicators its performance plan."""
    counts: dict[str, int] = {}
    computed = {each.entry.id: each for each in operations.measured(register, known)}
    for document in known.documents.values():
        for name, data, objectives in stratml.plans(register, document, computed):
            (folder / name).write_bytes(data)
            counts[name] = objectives
    return counts


# What is more than one file a table.
BUNDLES: Mapping[str, Callable[[Path, Register, Scene, Progress], dict[str, int]]] = {
    "datapackage": _datapackage,
    "dcat": _dcat,
    "stratml": _stratml,
}
