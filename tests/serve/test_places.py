"""Where an item stands in its file, as readers say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deedline.model.document import Metadata
from deedline.model.item import SURE, Item, ItemKind
from deedline.register import StoredDocument
from deedline.serve.places import anchored, recognised
from deedline.serve.words import CHINESE, ENGLISH

ITEM = Item("k", ItemKind.MEASURE, "種樹", (), (1, 1), ())
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def document(media_type: str) -> StoredDocument:
    return StoredDocument("d", "a", "", media_type, Metadata(), frozenset(), 0, {}, 0)


@pytest.mark.parametrize(
    ("media_type", "anchor", "english", "chinese"),
    [
        (XLSX, "措施!B7", "sheet 措施, cell B7", "工作表措施，儲存格B7"),
        (XLSX, "Q1!A2!AB12", "sheet Q1!A2, cell AB12", "工作表Q1!A2，儲存格AB12"),
        ("text/csv", "B7", "cell B7", "儲存格B7"),
        ("text/tab-separated-values", "C1", "cell C1", "儲存格C1"),
        ("text/html", "B7", "#B7", "#B7"),
        ("application/docbook+xml", "s3.p2", "#s3.p2", "#s3.p2"),
        ("text/plain", "", "", ""),
    ],
)
def test_the_file_s_own_name_for_a_place(media_type: str, anchor: str, english: str, chinese: str) -> None:
    item = replace(ITEM, anchor=anchor)
    assert anchored(item, document(media_type), ENGLISH) == english
    assert anchored(item, document(media_type), CHINESE) == chinese


def test_what_a_machine_recognised_says_how_surely() -> None:
    assert recognised(ITEM, ENGLISH) == ""
    assert ITEM.unsure is None
    sure, unsure = (replace(ITEM, confidence=share) for share in (SURE, SURE - 0.08))
    assert recognised(sure, ENGLISH) == "read by OCR, confidence 90%"
    assert recognised(unsure, ENGLISH) == "read by OCR, confidence 82%, unsure"
    assert recognised(unsure, CHINESE) == "由機器從掃描本辨識，可信度82%，存疑"
    assert (sure.unsure, unsure.unsure) == (False, True)
