from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from deedline.errors import CorruptError
from deedline.register import open_register
from tests.register.making import Entry, made

BROKEN = [
    ("UPDATE items SET text = text || '多了'", "evidence-lost"),
    ("UPDATE items SET detail = replace(detail, '發展局', '保安局')", "evidence-lost"),
    ("UPDATE items SET detail = '{'", "damaged"),
    ("UPDATE items SET position = 7 WHERE position = 0", "order"),
    ("UPDATE items SET key = 'k'", "order"),
    ("DELETE FROM item_bodies", "index-differs"),
    ("INSERT INTO item_bodies SELECT 'xx/other', kind, id, state, due FROM items", "index-differs"),
    ("UPDATE item_bodies SET due = '2030-01-01'", "index-differs"),
    ("UPDATE items SET folded = 'zzz'", "index-differs"),
    ("UPDATE documents SET characters = 1", "index-differs"),
    ("UPDATE documents SET dated = '1999-01-01'", "index-differs"),
    ("DELETE FROM changes WHERE table_name = 'items'", "no-history"),
    ("DELETE FROM documents", "dangling"),
    ("DELETE FROM blobs WHERE sha256 IN (SELECT text_sha256 FROM documents)", "damaged"),
    ("UPDATE blobs SET data = X'00' WHERE sha256 IN (SELECT sha256 FROM documents)", "damaged"),
    ("UPDATE documents SET lines_sha256 = (SELECT lines_sha256 FROM documents WHERE name = 'short.txt')", "coverage"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_register(tmp_path / "r.db") as register:
        made([Entry("發展局設立存檔系統", ("發展局", "xx/dev")), "推出海濱長廊"]).put(register)
        made(["甲項措施"], name="short.txt").put(register)
        assert register.check() == ()
    return tmp_path / "r.db"


@pytest.mark.parametrize(("statement", "code"), BROKEN)
def test_each_fault_is_found_and_told(path: Path, statement: str, code: str) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()
    with open_register(path) as register:
        problems = register.check()
    assert code in {problem.code for problem in problems}
    assert all(problem.where and problem.message for problem in problems)


def test_every_page_that_is_overwritten_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    for start in range(4096, len(whole), 4096):
        path.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        try:
            with open_register(path) as register:
                assert "damaged" in {problem.code for problem in register.check()}, start
        except CorruptError:
            continue
