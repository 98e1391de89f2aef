"""Writing and paging cost the same however much a register holds: no statement reads a whole table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.register import Field, ItemQuery, LinkState, Order, Register, Said, Settled, open_register
from tests.register.making import Entry, at, made

PLAN = made([Entry("發展局設立存檔系統", ("發展局", "xx/dev")), "推出海濱長廊"])
OTHER = made(["檢討條例"], name="other.txt")
READ_ANEW = PLAN.with_items(replace(PLAN.finding.items[0], part=3), replace(PLAN.finding.items[1], key="k"))


def put_links(register: Register) -> None:
    one, two = (stored.id for stored in register.items(ItemQuery(document=PLAN.document.id)))
    register.judge_link(one, two, "related", LinkState.ACCEPTED, at=at(), by="x")
    register.put_links_between((PLAN.document.id,) * 2, [], fingerprint="as is", at=at(), by="x")
    list(register.links(one))


def page(**query: object) -> Callable[[Register], object]:
    return lambda register: list(register.items(ItemQuery(limit=5, **query)))  # type: ignore[arg-type]


WORK: dict[str, Callable[[Register], object]] = {
    "add": OTHER.put,
    "add again": PLAN.put,
    "read anew": READ_ANEW.put,
    "remove": lambda register: register.remove_document(PLAN.document.id, at=at(), by="x"),
    "edit": lambda register: register.edit_document(PLAN.document.id, {"title": "一"}, at=at(), by="x"),
    "undo": lambda register: register.undo(at=at(), by="x"),
    "link": put_links,
    "correct": lambda register: register.correct_item(
        next(register.items()).id, [Said(Field.DUE, "2025-06-30")], at=at(), by="x"
    ),
    "correct and read anew": lambda register: (WORK["correct"](register), READ_ANEW.put(register)),
    "corrections": lambda register: (WORK["correct"](register), register.corrections(), list(register.items())),
    "settle": lambda register: register.settle_issue(
        register.issues(PLAN.document.id)[0].id, Settled.RESOLVED, at=at(), by="x"
    ),
    "history of an item": lambda register: register.history(next(register.items()).id),
    "item": lambda register: register.item(next(register.items()).id[:8]),
    "history": lambda register: register.history(PLAN.document.id),
    "issues": lambda register: register.issues(PLAN.document.id),
    "a page of all issues": lambda register: register.issues(skip=1, limit=5),
    "by id": page(order=Order.ID),
    "by body": page(body="xx/dev"),
    "by text": page(text="存檔"),
    "by due": page(due_before=date(2025, 1, 1)),
    "by body and kind": page(body="xx/dev", kind=ItemKind.MEASURE),
    "by body and due": page(body="xx/dev", due_after=date(2025, 1, 1)),
    "in the order of days": page(order=Order.DUE, due_after=date(2025, 1, 1)),
    "of a body in the order of days": page(order=Order.DUE, body="xx/dev"),
    "count of a body": lambda register: register.count_items(ItemQuery(body="xx/dev", kind=ItemKind.MEASURE)),
    "by status": page(status=StatusCode.COMPLETED),
    "by number": page(number="1"),
    "by batch": page(batch="new"),
    "by kind": page(kind=ItemKind.MEASURE, document=PLAN.document.id),
}


IN_ORDER = (
    "SCAN i USING INDEX",
    "SCAN d USING COVERING INDEX",
    "SCAN item_search VIRTUAL TABLE",
    "SCAN (subquery",  # a count up to a limit
)  # as rows are asked for


@pytest.mark.parametrize("name", sorted(WORK))
def test_no_statement_reads_a_whole_table(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    connect = sqlite3.connect

    def tracing(*args: object, **more: object) -> sqlite3.Connection:
        connection = connect(*args, **more)  # type: ignore[call-overload]
        connection.set_trace_callback(statements.append)
        return connection  # type: ignore[no-any-return]

    with open_register(tmp_path / "r.db") as register:
        PLAN.put(register)
    monkeypatch.setattr(sqlite3, "connect", tracing)
    with open_register(tmp_path / "r.db") as register:
        statements.clear()
        WORK[name](register)
        asked = [words for words in statements if words.startswith(("SELECT", "UPDATE", "DELETE"))]
    connection = connect(tmp_path / "r.db")
    assert asked
    for statement in asked:
        if "item_search_" not in statement and "LIMIT 1" not in statement:  # FTS5's own tables; the newest alone
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
                assert not step.startswith("SCAN") or step.startswith(IN_ORDER), (step, statement)
    connection.close()
