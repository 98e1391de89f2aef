"""Deedline's own tables of items, read back as spreadsheets, give the same items, bodies, due days and statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deedline.operations import Source, add, read_and_find
from deedline.register import ItemState, Register, StoredItem, open_register
from deedline.serve.export import csv, xlsx
from deedline.serve.export.flat import cells, fields, title
from deedline.serve.export.shape import Row, item_row

NOW = datetime(2032, 1, 1, tzinfo=UTC)
LIKE = ("kind", "number", "text", "path", "bodies", "due", "status")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    examples = Path(__file__).parents[3] / "examples"
    files = [file for file in sorted(examples.iterdir()) if file.suffix in (".md", ".txt")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEEDLINE_KNOWLEDGE", str(examples / "knowledge"))
        opened = open_register(tmp_path_factory.mktemp("back") / "examples.db")
        assert [each.error for each in add(opened, list(map(Source, files)), at=NOW, by="me")] == [None] * len(files)
    return opened


def by_csv(folder: Path, rows: list[Row]) -> bytes:
    csv.write(folder, "items", rows)
    return (folder / "items.csv").read_bytes()


def by_xlsx(folder: Path, rows: list[Row]) -> bytes:
    xlsx.write(folder, "items", rows)
    return (folder / "items.xlsx").read_bytes()


def as_flat_csv(language: str) -> Callable[[Path, list[Row]], bytes]:
    flat = fields("items")
    heads = [title("items", field, language) if language else field.name for field in flat]
    return lambda _, rows: b"".join(csv.pieces(heads, (cells(flat, row) for row in rows)))


def as_titled_xlsx(language: str) -> Callable[[Path, list[Row]], bytes]:
    def made(folder: Path, rows: list[Row]) -> bytes:
        xlsx.write_table(str(folder / "b.xlsx"), "items", rows, None, language)
        return (folder / "b.xlsx").read_bytes()

    return made


FORMS: Mapping[str, Callable[[Path, list[Row]], bytes]] = {
    "export.csv": by_csv,
    "export.xlsx": by_xlsx,
    "download.csv": as_flat_csv(""),
    "english.csv": as_flat_csv("en"),
    "chinese.csv": as_flat_csv("zh"),
    "english.xlsx": as_titled_xlsx("en"),
    "chinese.xlsx": as_titled_xlsx("zh"),
}


def told(row: Row) -> tuple[object, ...]:
    """What a row says, by LIKE; white space aside."""
    return (
        row["kind"],
        row["number"],
        "".join(row["text"].split()),
        ["".join(heading.split()) for heading in row["path"]],
        [(body["id"], body["name_zh"]) for body in row["bodies"]],
        row["due"],
        row["report"] and row["report"]["status"],
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_items_read_back_is_the_same_items(
    form: str, register: Register, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    stored = list(register.items())
    for document in register.documents():
        rows = [item_row(each) for each in stored if each.document_id == document.id]
        given = {
            "date": document.metadata.dated.isoformat() if document.metadata.dated else "2030",
            "jurisdiction": document.metadata.jurisdiction,
        }
        parsed = read_and_find(FORMS[form](tmp_path, rows), form, given)
        assert [
            told(item_row(StoredItem("", "", "", ItemState.PRESENT, 0, None, item))) for item in parsed.finding.items
        ] == list(map(told, rows))
        assert not [line for line in parsed.finding.lines if line.rule == "unaccounted"]
