"""An item's page: its words marked in place, its undertaking over time, why it is linked, how to cite it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from deedline.model.link import CONTINUING
from deedline.register import ItemQuery, StoredDocument, open_register
from deedline.serve.evidence import marked_words
from deedline.serve.web.citing import cite
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
