from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from deedline.errors import RegisterError
from deedline.register import ItemQuery, Link, LinkState, Order, Origin, open_register, schema
from tests.register.making import at

ROWS = Path(__file__).with_name("schema_1.sql")


def write(path: Path, script: str, version: int) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A register that the first schema's Deedline wrote."""
    path = tmp_path / "first.db"
    write(path, schema.steps()[1] + ROWS.read_text(encoding="utf-8"), 1)
    return path


def test_steps_are_numbered_without_a_gap() -> None:
    assert list(schema.steps()) == list(range(1, len(schema.steps()) + 1))


def test_a_register_of_the_first_schema_is_brought_forward(first: Path) -> None:
    with open_register(first) as register:
        assert register.check() == ()
        (document,) = register.documents()
        assert (document.name, document.metadata.title, document.issues) == ("first.txt", "第一份", 1)
        (one,) = register.items(ItemQuery(body="xx/dev", text="存檔", due_before=date(2025, 12, 31)))
        assert [*register.items(ItemQuery(body="xx/dev", kind=one.item.kind, order=Order.DUE))] == [one]
        (two,) = register.items(ItemQuery(status=next(s.item.report.status for s in register.items() if s.item.report)))
        register.judge_link(one.id, two.id, "related", LinkState.ACCEPTED, at=at(5), by="reader")
        while register.undo(at=at(6), by="reader"):
            pass
        assert register.documents() == ()
        assert register.check() == ()


def test_bringing_forward_gives_the_schema_of_a_new_register(first: Path, tmp_path: Path) -> None:
    schemas = []
    for path in (first, tmp_path / "new.db"):
        with open_register(path):
            pass
        connection = sqlite3.connect(path)
        schemas.append(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall())
        connection.close()
    assert schemas[0] == schemas[1]


def test_links_of_an_older_schema_are_brought_forward(first: Path) -> None:
    with open_register(first) as register:
        one, two = (stored.id for stored in list(register.items())[:2])
    first.unlink()
    write(first, "".join(schema.steps()[step] for step in (1, 2, 3)) + ROWS.read_text(encoding="utf-8"), 3)
    connection = sqlite3.connect(first)
    connection.execute(
        "INSERT INTO links VALUES (?, ?, ?, 'same', 0.5, 'machine', 'suggested', '[\"why\"]', '[]', 0)",
        (f"{one} {two}", one, two),
    )
    connection.commit()
    connection.close()
    with open_register(first) as register:
        assert list(register.links()) == [
            Link(one, two, "same", 0.5, Origin.MACHINE, LinkState.SUGGESTED, ("why",), sure=False)
        ]


def test_a_step_that_fails_leaves_the_register_as_it_was(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {**schema.steps(), 2: "CREATE TABLE half (id);\nCREATE TABLE half (id);\n"}
    with monkeypatch.context() as patched:
        patched.setattr(schema, "steps", lambda: steps)
        with pytest.raises(RegisterError, match="half already exists"):
            open_register(first)
    connection = sqlite3.connect(first)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    connection.close()
    with open_register(first) as register:
        assert register.check() == ()


def test_a_newer_register_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with open_register(path):
        pass
    newest = max(schema.steps())
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {newest + 1}")
    connection.close()
    with pytest.raises(RegisterError, match=f"schema {newest + 1}, made by a newer Deedline"):
        open_register(path)


def test_an_unfinished_statement_is_no_migration() -> None:
    assert list(schema.statements("-- why\nCREATE TABLE a (\n  b -- ;\n);\n-- end\n")) == [
        "-- why\nCREATE TABLE a (\n  b -- ;\n);\n"
    ]
    with pytest.raises(RegisterError, match="semicolon"):
        list(schema.statements("CREATE TABLE a (b)\n"))
