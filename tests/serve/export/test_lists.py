"""The rows of each list are of the declared types, lead to their evidence, and hold what was asked for alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from deedline import operations
from deedline.errors import NotFoundError
from deedline.model.item import ItemKind
from deedline.model.link import LinkState
from deedline.model.text import Span, reread
from deedline.operations import Scene
from deedline.register import Field, ItemQuery, Register, Said, Settled, open_register
from deedline.serve.export import lists
from deedline.serve.export.columns import ALL, Column
from deedline.serve.export.downloads import MEDIA_TYPES, Look, download
from deedline.serve.export.linked import linking
from deedline.serve.site import Site
from tests.operations.town import Tags, edition, ids, line, linked, submission

Row = dict[str, Any]
LIBRARY = "工務局在2024年底前興建圖書館 #a"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Register]:
    """Two editions and a submission, linked by their tags."""
    with open_register(tmp_path / "town.db") as register:
        edition(
            "old",
            date(2023, 10, 1),
            line("工務局在2023年底前興建圖書館 #a", due=("2023年底前", date(2023, 12, 31))),
            "種樹",
        ).put(register)
        edition(
            "new",
            date(2024, 10, 1),
            line(LIBRARY, due=("2024年底前", date(2024, 12, 31))),
            "工務局增設單車徑 #c",
        ).put(register)
        submission("asked", date(2024, 8, 1), "應興建圖書館 #a", "應增設單車徑 #c", "應減稅 #d").put(register)
        linked(register, Tags())
        yield register


@pytest.fixture
def known(town: Register) -> Scene:
    return operations.scene(town)


Make = Callable[[Register, Scene], Iterator[Row]]
LISTS: Mapping[str, Make] = {
    "items": lambda register, known: lists.item_rows(register, ItemQuery(), known),
    "relations": lambda _, known: lists.relation_rows(known),
    "standings": lambda _, known: lists.standing_rows(operations.standings(known)),
    "threads": lambda _, known: lists.thread_rows(known),
    "indicators": lambda register, known: lists.indicator_rows(operations.measured(register, known)),
    "adoption": lambda register, _: lists.adoption_rows(operations.adoption(register, "asked.txt")),
    "evidence": lambda register, _: lists.evidence_rows(register, ItemQuery()),
}


def misfits(column: Column, value: Any, where: str = "") -> list[str]:
    """Where a value is not of its column's type, or has other keys."""
    if value is None:
        return []
    if isinstance(column, Mapping):
        if list(value) != list(column):
            return [f"{where}: {list(value)}"]
        return [each for name in column for each in misfits(column[name], value[name], f"{where}.{name}")]
    if isinstance(column, list):
        return [each for entry in value for each in misfits(column[0], entry, f"{where}[]")]
    if column is date:
        return [] if date.fromisoformat(value) else [where]
    kinds = (int, float) if column is float else column
    return [] if isinstance(value, kinds) and (column is bool) == isinstance(value, bool) else [f"{where}: {value!r}"]


@pytest.mark.parametrize("table", LISTS)
def test_rows_are_of_the_declared_types(town: Register, known: Scene, register_path: Path, table: str) -> None:
    rows = list(LISTS[table](town, known))
    assert rows or table == "indicators"
    assert [each for row in rows for each in misfits(ALL[table], row, table)] == []
    if table != "adoption":
        with open_register(register_path) as register:
            invented = list(LISTS[table](register, operations.scene(register)))
        assert [each for row in invented for each in misfits(ALL[table], row, table)] == []
        assert invented or table in ("relations", "threads")


@pytest.mark.parametrize("table", LISTS)
@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_every_list_can_be_had_in_every_format(town: Register, known: Scene, table: str, form: str) -> None:
    look = Look(Site("https://register.example"), headings="zh-Hant")
    made = download(table, LISTS[table](town, known), form, look=look)
    assert made.name == f"{table}.{form}"
    assert made.read() or table == "indicators"  # of which the town has none


def test_what_is_filtered_is_what_is_listed(town: Register, known: Scene) -> None:
    query = ItemQuery(kind=ItemKind.PROPOSAL)
    assert {row["kind"] for row in lists.item_rows(town, query, known)} == {"proposal"}
    by_text = ids(town)
    wanted = [by_text["應減稅 #d"], by_text["種樹"]]
    assert [row["id"] for row in lists.item_rows(town, wanted, known)] == wanted
    with pytest.raises(NotFoundError):
        list(lists.item_rows(town, ["nothing"], known))
    late = [row["text"] for row in lists.item_rows(town, ItemQuery(), known, late=True)]
    assert late == []  # nothing was reported, so no report is late


def test_links_are_those_that_touch_the_items(town: Register, known: Scene) -> None:
    by_text = ids(town)
    rows = list(lists.relation_rows(known, [by_text["應增設單車徑 #c"]]))
    assert [(row["source"]["text"], row["target"]["text"]) for row in rows] == [
        ("應增設單車徑 #c", "工務局增設單車徑 #c")
    ]
    assert rows[0]["source"]["id"] == rows[0]["from"]
    assert list(lists.relation_rows(known, [])) == []


def test_a_thread_is_a_row_a_step(town: Register, known: Scene) -> None:
    rows = list(lists.thread_rows(known))
    assert [(row["step"], row["item"]["text"], row["moved"], row["slipped"]) for row in rows] == [
        (1, "工務局在2023年底前興建圖書館 #a", None, 366),
        (2, LIBRARY, 366, 366),
    ]
    assert list(lists.thread_rows(known, ["another"])) == []


def test_a_proposal_stands_beside_the_measures_that_show_it(town: Register) -> None:
    rows = {row["proposal"]["text"]: row for row in LISTS["adoption"](town, operations.scene(town))}
    assert [each["text"] for each in rows["應增設單車徑 #c"]["measures"]] == ["工務局增設單車徑 #c"]
    assert rows["應減稅 #d"]["measures"] == []
    assert rows["應減稅 #d"]["verdict"] == "none"


def test_evidence_reads_again_from_the_document(register_path: Path) -> None:
    with open_register(register_path) as register:
        rows = list(lists.evidence_rows(register, ItemQuery()))
        text = register.document_text(rows[0]["document_id"])
    assert {row["value"] for row in rows} == {
        "item",
        "body",
        "deadline",
        "quantity",
        "name",
        "status",
        "report",
        "figure",
    }
    for row in rows:
        assert reread(text, [Span(row["start"], row["end"])]) == row["as_printed"]


def test_a_row_leads_to_its_item_and_its_line(town: Register, known: Scene) -> None:
    site = Site("https://register.example")
    for table in ("items", "relations", "standings", "threads", "adoption"):
        row = next(LISTS[table](town, known))
        page, source = linking(table, site).addresses(row)
        assert page.startswith("https://register.example/items/")
        assert "#L" in source
    assert linking("evidence", site).names == linking("items", None).names == ()


@pytest.fixture
def decided(tmp_path: Path, register_path: Path, ids: dict[str, str]) -> Iterator[Register]:
    """The invented register with a correction, a judgement that was withdrawn, another, and a settled doubt."""
    copied = shutil.copy(register_path, tmp_path / "decided.db")
    one, other = ids["measure-1"], ids["indicator-7"]
    with open_register(copied) as register:
        register.correct_item(one, [Said(Field.DUE, "2031-06-30")], at=_at(1), by="陳", why="the annex says so")
        register.judge_link(one, other, "related", LinkState.ACCEPTED, at=_at(2), by="陳")
        register.undo(at=_at(3), by="李", why="another measure")
        register.judge_link(one, other, "related", LinkState.REJECTED, at=_at(4), by="李", why="another matter")
        register.settle_issue(register.issues()[0].id, Settled.DISMISSED, at=_at(5), by="李", why="a new body")
        yield register


def _at(day: int) -> datetime:
    return datetime(2032, 1, day, tzinfo=UTC)


def test_what_people_decided_is_told_with_who_when_and_why(decided: Register, ids: dict[str, str]) -> None:
    rows = list(lists.decision_rows(decided))
    assert [each for row in rows for each in misfits(ALL["decisions"], row, "decisions")] == []
    told = [(row["kind"], row["by"], row["what"], row["value"], row["why"]) for row in rows]
    assert told == [
        ("correction", "陳", "due", "2031-06-30", "the annex says so"),
        ("judgement", "陳", "related", "accepted", None),
        ("judgement", "李", "related", None, "another measure"),
        ("judgement", "李", "related", "rejected", "another matter"),
        ("settlement", "李", "misprinted-body", "dismissed", "a new body"),
    ]
    assert [row["at"] for row in rows] == [_at(day).isoformat() for day in range(1, 6)]
    assert rows[0]["read"] == "2031-12-31"
    assert {row["item"] for row in rows[:4]} == {ids["measure-1"]}
    assert {row["document_id"] for row in rows} == {decided.item(ids["measure-1"]).document_id}


def test_what_was_decided_of_a_document_that_is_gone_is_still_told(decided: Register) -> None:
    decided.remove_document(decided.documents()[0].id, at=_at(6), by="李")
    rows = list(lists.decision_rows(decided))
    assert {row["kind"] for row in rows} == {"correction", "judgement"}
    assert {row["document"] for row in rows} == {"海港市.txt"}
    assert decided.documents() == ()
