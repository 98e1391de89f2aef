"""The registers of the example documents, kept whole: a change of what is read shows as a difference here.

`make golden` writes the expected registers anew; read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deedline.operations import Source, add
from deedline.register import Register, open_register
from deedline.serve.export.shape import issue_row, item_row

SWITCH = "DEEDLINE_WRITE_GOLDEN"
HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
FILES = sorted(file for file in (*EXAMPLES.glob("*"), *EXAMPLES.glob("*/*")) if file.suffix in (".md", ".txt"))
NAMES = sorted(file.name for file in FILES)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register of all the examples, read with the invented city's knowledge beside what comes with Deedline."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEEDLINE_KNOWLEDGE", str(EXAMPLES / "knowledge"))
        opened = open_register(tmp_path_factory.mktemp("examples") / "examples.db")
        sources = [Source(file) for file in FILES]
        added = list(add(opened, sources, at=datetime(2032, 1, 1, tzinfo=UTC), by="test", workers=1))
        assert [outcome.error for outcome in added] == [None] * len(NAMES)
    return opened


def rows(register: Register, name: str) -> list[str]:
    """The document's items and doubts as lines of JSON, in reading order."""
    document = register.find_document(name)
    stored = [item for item in register.items() if item.document_id == document.id]
    listed = [*map(item_row, stored), *(issue_row(issue) for issue in register.issues(document.id))]
    return [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in listed]


@pytest.mark.parametrize("name", NAMES)
def test_the_register_is_as_expected(register: Register, name: str) -> None:
    expected = HERE / f"{name}.jsonl"
    found = rows(register, name)
    if os.environ.get(SWITCH) == "1":
        expected.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8").splitlines(), "if this is meant: make golden, read the diff"


def test_the_switch_is_off_where_changes_are_checked() -> None:
    assert not (os.environ.get("CI") and os.environ.get(SWITCH))


def test_both_languages_hold_the_same_items() -> None:
    for name in NAMES:
        if ".zh." in name:
            other = next((twin for twin in NAMES if twin.startswith(name.split(".zh.")[0] + ".en.")), None)
            if other is None:
                continue
            kinds = [
                [(row["kind"], row["number"], row["part"], row["batch"]) for row in _items(HERE / f"{twin}.jsonl")]
                for twin in (name, other)
            ]
            assert kinds[0] == kinds[1], (name, other)


def _items(file: Path) -> list[dict[str, str]]:
    return [row for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()) if "kind" in row]
