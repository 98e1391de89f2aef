"""An item's page: its words marked in place, its undertaking over time, why it is linked, how to cite it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deedline.model.link import CONTINUING
from deedline.operations import Source, add
from deedline.register import ItemQuery, StoredDocument, open_register
from deedline.serve.evidence import marked_words
from deedline.serve.reports.voice import Voice
from deedline.serve.web import make_app
from deedline.serve.web.citing import cite
from tests.operations.town import AT, edition, line
from tests.serve.web.page_checks import check_page

Find = Callable[[str], StoredDocument]


def test_marked_words_are_the_words_of_every_item(clearbay: Path) -> None:
    seen = set()
    with open_register(clearbay) as register:
        for stored in register.items():
            pieces = marked_words(register.document_text(stored.document_id), stored.item)
            assert "".join(piece.text for piece in pieces) == stored.item.text
            printed = {"".join(value.as_printed.split()) for value in stored.item.deadlines}
            marked = {"".join(piece.text.split()) for piece in pieces if piece.mark == "deadline"}
            assert marked <= printed or any(one in two for one in marked for two in printed)
            seen |= {piece.mark for piece in pieces}
    assert {"deadline", "quantity", "name"} <= seen


def test_an_undertaking_is_shown_over_time_with_its_links(town: TestClient, clearbay: Path, document: Find) -> None:
    with open_register(clearbay) as register:
        later = {item.id for item in register.items(ItemQuery(document=document("2031-supplement.zh").id))}
        linked = next(
            link for link in register.links() if link.holds and link.relation in CONTINUING and link.from_id in later
        )
    for language in ("en", "zh-Hant"):
        text = town.get(f"/items/{linked.from_id}", headers={"accept-language": language}).text
        check_page(text, language)
        assert f'href="/items/{linked.to_id}"' in text
    assert 'class="timeline"' in text
    assert "用字相同" in text or "時限" in text  # its reasons, in the reader's language


def test_every_item_has_a_page_in_both_languages(town: TestClient, clearbay: Path) -> None:
    with open_register(clearbay) as register:
        ids = [item.id for item in register.items()][::5]
    assert len(ids) > 10
    for each in ids:
        check_page(town.get(f"/items/{each}").text)


def test_a_citation_names_the_line_and_lasts(clearbay: Path) -> None:
    with open_register(clearbay) as register:
        stored = next(register.items(ItemQuery(limit=1)))
        document = register.document(stored.document_id)
    cited = cite(stored, document, "https://deedline.example/")
    assert cited.address == f"https://deedline.example/items/{stored.id}"
    assert cited.text.endswith(cited.address)
    assert f"line {stored.item.lines[0]}" in cited.text
    assert re.fullmatch(r"@misc\{deedline-\w+,\n(  \w+ = \{.*\},\n)+\}\n", cited.bibtex)


@pytest.fixture
def places(tmp_path: Path, root: Path) -> Path:
    """A register of a table, whose items stand in cells, and of a scan, one item of which a machine read unsurely."""
    path = tmp_path / "places.db"
    with open_register(path) as register:
        (added,) = add(register, [Source(root / "examples/sheets/clearbay-delivery-2031.zh.csv")], at=AT, by="me")
        assert added.error is None
        listed = [line("增設單車徑", page=3, confidence=0.97), line("興建圖書館", page=4, confidence=0.62)]
        edition("scan", date(2031, 10, 1), *listed).put(register)
    return path


def test_an_item_tells_its_cell_and_how_surely_a_scan_was_read(places: Path) -> None:
    client = TestClient(make_app(str(places)), raise_server_exceptions=False)
    with open_register(places) as register:
        stored = {each.item.text: each for each in register.items()}
        cell = next(each for each in stored.values() if each.item.anchor)
        cited = cite(cell, register.document(cell.document_id), "https://deedline.example/")
    assert f"cell {cell.item.anchor}, line" in cited.text
    for language, told, unsure in (("en", "cell", "OCR, unsure"), ("zh-Hant", "儲存格", "掃描辨識存疑")):
        spoken = {"accept-language": language}
        text = client.get(f"/items/{cell.id}", headers=spoken).text
        check_page(text, language)
        assert re.search(rf", {told} ?{cell.item.anchor}, ", text)
        assert unsure not in text
        doubted, sure = (
            client.get(f"/items/{stored[words].id}", headers=spoken).text for words in ("興建圖書館", "增設單車徑")
        )
        assert "62%" in doubted
        assert unsure in doubted
        assert "97%" in sure
        assert unsure not in sure
        assert unsure in client.get("/items?text=興建圖書館", headers=spoken).text


def test_reports_tell_the_cell_and_how_surely_a_scan_was_read(places: Path) -> None:
    with open_register(places) as register:
        told = {
            each.item.text: Voice("en").cite(register.document(each.document_id), each.item)
            for each in register.items()
        }
    assert told["興建圖書館"] == "A:2, p. 4, read by OCR, confidence 62%, unsure"
    assert told["增設單車徑"] == "A:1, p. 3, read by OCR, confidence 97%"
    assert any(re.fullmatch(r"A:\d+(–\d+)?, cell [A-Z]\d+", cited) for cited in told.values())
