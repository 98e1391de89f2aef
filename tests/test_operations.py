"""The main path over the register: adding, editing, asking; the same whatever the number of processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import deedline
from deedline import operations
from deedline.errors import InputError, NotFoundError, RegisterError
from deedline.model.item import ItemKind
from deedline.model.text import reread
from deedline.model.values import StatusCode
from deedline.operations import Source, add, find_body
from deedline.register import ItemQuery, Outcome, Register, open_register
from deedline.serve.evidence import value_spans
from deedline.serve.export import export

AT = datetime(2030, 1, 2, tzinfo=UTC)
PAPER = (
    "海港市政府施政綱領\n2030年1月1日\n\n第一章 社區\n\n- 在明年內興建圖書館（教育局）\n- 改善行人路照明（路政署）\n"
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path / "deedline.db") as opened:
        yield opened


def papers(folder: Path, count: int) -> list[Source]:
    folder.mkdir(exist_ok=True)
    sources = []
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(
            PAPER + f"- 在203{number}年內興建第{number}座泳池（康文署）\n" * (1 + number % 3), encoding="utf-8"
        )
        sources.append(Source(path))
    return sources


def test_the_register_is_the_same_whatever_the_number_of_workers(tmp_path: Path) -> None:
    sources = papers(tmp_path / "papers", 7)
    sources.insert(3, Source(tmp_path / "missing.txt"))
    dumps = []
    for workers in (0, 1, 3):
        with open_register(tmp_path / f"{workers}.db") as register:
            added = list(add(register, sources, at=AT, by="me", workers=workers))
            assert [one.path for one in added] == [source.path for source in sources]
            assert isinstance(added[3].error, InputError)
            dumps.append(list(register.dump()))
    assert dumps[0] == dumps[1] == dumps[2]


def test_what_is_yielded_is_kept(register: Register, tmp_path: Path) -> None:
    adding = add(register, papers(tmp_path / "papers", 3), at=AT, by="me", workers=0)
    first = next(adding)
    adding.close()  # type: ignore[attr-defined]
    assert first.put is not None
    assert first.put.outcome is Outcome.ADDED
    assert [document.id for document in register.documents()] == [first.put.document_id]


def test_a_folder_and_a_missing_file_are_told_apart_from_a_register_in_trouble(tmp_path: Path) -> None:
    location = tmp_path / "kept.db"
    open_register(location).close()
    with open_register(location) as register:
        (folder,) = add(register, [Source(tmp_path)], at=AT, by="me")
        assert isinstance(folder.error, InputError)
        with pytest.raises(NotFoundError):
            list(add(register, [Source(tmp_path / "x.txt", {}, "ffffffffffff")], at=AT, by="me"))
    with pytest.raises(RegisterError):
        open_register(tmp_path / "none.db", create=False)


def test_words_given_survive_reading_again(register: Register, tmp_path: Path) -> None:
    (source,) = papers(tmp_path / "papers", 1)
    (first,) = add(register, [Source(source.path, {"title": "Harbour", "date": "2035"})], at=AT, by="me")
    (again,) = add(register, [source], at=AT, by="me")
    assert first.document is not None
    assert first.document.edited == {"title", "date"}
    assert again.document == first.document
    assert again.put is not None
    assert again.put.outcome is Outcome.UNCHANGED


def test_editing_reads_the_document_anew(register: Register, tmp_path: Path) -> None:
    (source,) = papers(tmp_path / "papers", 1)
    list(add(register, [source], at=AT, by="me"))
    query = ItemQuery(text="圖書館")
    (before,) = register.items(query)
    operations.edit_document(register, "0.txt", {"date": "2040"}, at=AT, by="me")
    (after,) = register.items(query)
    assert (before.id, before.item.due, after.item.due) == (after.id, date(2031, 12, 31), date(2041, 12, 31))
    register.undo(at=AT, by="me")
    assert list(register.items(query)) == [before]


@pytest.mark.parametrize(
    "words", ["hk/edb", "HK/EDB", "EDB", "教育局", "教育局 ", "Education Bureau", "education bureau"]
)
def test_a_body_is_found_by_any_of_its_names(words: str) -> None:
    assert find_body(words) == "hk/edb"


def test_a_body_nobody_knows_is_answered_with_what_comes_near() -> None:
    with pytest.raises(NotFoundError, match="教育局"):
        find_body("教育同")
    with pytest.raises(NotFoundError, match="such as hk/itib"):
        find_body("xyzzy")


def test_coverage_without_a_register_needs_a_file() -> None:
    with pytest.raises(NotFoundError, match="name a file"):
        operations.coverage(None, "nowhere.txt")


def test_public_names_are_few_and_there() -> None:
    assert len(deedline.__all__) <= 12
    assert deedline.__all__ == sorted(deedline.__all__)
    assert all(hasattr(deedline, name) for name in deedline.__all__)


# The real documents


@pytest.fixture(scope="module")
def kept(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the five real documents."""
    location = tmp_path_factory.mktemp("real") / "seeds.db"
    with open_register(location) as register:
        added = list(add(register, [Source(path) for path in sorted(seeds.glob("*.txt"))], at=AT, by="tester"))
    assert [one.error for one in added] == [None] * 5
    return location


def test_the_real_documents_hold_what_readers_counted(kept: Path) -> None:
    with open_register(kept) as register:
        counts = {
            document.name[:3]: {k: n for k, n in document.items.items() if n} for document in register.documents()
        }
    assert counts["000"][ItemKind.MEASURE] == 642
    assert counts["002"] == {ItemKind.MEASURE: 54}
    assert counts["003"] == {ItemKind.MEASURE: 56}
    assert counts["001"] == {ItemKind.RECOMMENDATION: 148, ItemKind.PROPOSAL: 634}
    assert counts["004"].keys() == {ItemKind.PROPOSAL}
    assert counts["004"][ItemKind.PROPOSAL] >= 71


def test_indicators_late_by_their_own_report_are_six(kept: Path) -> None:
    late = ItemQuery(kind=ItemKind.INDICATOR, status=StatusCode.IN_PROGRESS)
    with open_register(kept) as register:
        all_in_progress = list(register.items(late))
        found = list(operations.items(register, late, late=True))
        by_day = list(
            register.items(
                ItemQuery(kind=ItemKind.INDICATOR, status=StatusCode.IN_PROGRESS, due_before=date(2024, 10, 15))
            )
        )
        assert operations.count_items(register, late, late=True) == 6
    assert len(all_in_progress) == 7
    assert found == by_day
    (other,) = [stored for stored in all_in_progress if stored not in found]
    assert other.item.due is not None
    assert other.item.due.year == 2027


def test_every_value_of_the_real_documents_rereads_to_its_printed_words(kept: Path) -> None:
    bare = str.maketrans(dict.fromkeys(" \t\r\n\u3000\u00a0"))
    walked = 0
    with open_register(kept) as register:
        for document in register.documents():
            text = register.document_text(document.id)
            for stored in register.items(ItemQuery(document=document.id)):
                values = [("item", stored.item.text, stored.item.spans), *value_spans(stored.item)]
                for kind, words, spans in values:
                    walked += 1
                    found = "".join(reread(text, spans).translate(bare).split())
                    assert found == "".join(words.translate(bare).split()), (stored.id, kind)
    assert walked > 4000


def test_every_line_of_the_real_documents_is_accounted_for(kept: Path) -> None:
    with open_register(kept) as register:
        for document in register.documents():
            covered = operations.coverage(register, document.id)
            assert [line.number for line in covered if line.line is None] == []
        assert register.check() == ()


def score(folder: Path, gold: Path) -> dict[str, float]:
    """The figures that score.py prints for an export, by name."""
    script = str(gold / "score.py")
    shown = subprocess.run([sys.executable, script, str(folder)], capture_output=True, text=True, check=True).stdout
    return {line.split()[0]: float(line.split()[1]) for line in shown.splitlines()}


def test_the_export_meets_the_figures_asked_for(kept: Path, gold: Path, tmp_path: Path) -> None:
    with open_register(kept) as register:
        export(register, tmp_path / "out", "jsonl")
    figures = score(tmp_path / "out", gold)
    for kind in ("measure", "recommendation", "proposal"):
        assert figures[f"items.recall.{kind}"] >= 0.99
    assert figures["items.recall.indicator"] >= 0.97
    assert figures["bodies.f1"] >= 0.99
    assert figures["indicators.status"] >= 0.99
    assert figures["due.accuracy"] >= 0.95


def test_reading_the_real_documents_again_changes_nothing(kept: Path, seeds: Path) -> None:
    with open_register(kept) as register:
        before = list(register.dump())
        again = list(add(register, [Source(path) for path in sorted(seeds.glob("*.txt"))], at=AT, by="tester"))
        assert {one.put.outcome for one in again if one.put} == {Outcome.UNCHANGED}
        assert list(register.dump()) == before


def test_exported_ids_are_the_registers(kept: Path, tmp_path: Path) -> None:
    with open_register(kept) as register:
        export(register, tmp_path / "out", "jsonl")
        ids = sorted(stored.id for stored in register.items())
    lines = (tmp_path / "out" / "items.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
