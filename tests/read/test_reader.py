"""A file becomes a Document, or a message that says why not."""

from __future__ import annotations

from datetime import date

import pytest

from deedline.errors import InputError, ReadError
from deedline.model.document import DocumentKind
from deedline.read import read_document

SUPPLEMENT = (
    "臨港市\n\n# 市長2031年施政報告 附篇\n\n2031.10.15\n\n## 房屋\n\n"
    + "".join(f"- 在2032年內推出第{n}項計劃。(房屋署)\n" for n in "一二三四五六")
).encode()
SUBMISSION = "對2031年《施政報告》的建議\n\n臨港總商會\n\n1. 擴展資助\n\n- 放寬門檻。\n- 增加名額。\n".encode()


def test_a_public_body_speaks_of_itself() -> None:
    metadata = read_document(SUPPLEMENT, "a.md").metadata
    assert metadata.kind is DocumentKind.COMMITMENTS
    assert (metadata.dated, metadata.dated_precision) == (date(2031, 10, 15), "day")
    assert metadata.title == "市長2031年施政報告 附篇"
    assert {"date", "title", "kind"} <= metadata.guessed


def test_a_submission_is_known_by_its_front() -> None:
    metadata = read_document(SUBMISSION, "b.txt").metadata
    assert metadata.kind is DocumentKind.SUBMISSION
    assert (metadata.dated, metadata.dated_precision) == (date(2031, 1, 1), "year")
    assert metadata.publisher == "臨港總商會"


def test_what_the_user_says_wins_and_is_no_guess() -> None:
    metadata = read_document(SUBMISSION, "b.txt", {"date": "2031-08", "publisher": "商會"}).metadata
    assert (metadata.dated, metadata.dated_precision) == (date(2031, 8, 1), "month")
    assert metadata.publisher == "商會"
    assert not {"date", "publisher"} & metadata.guessed


@pytest.mark.parametrize(
    ("given", "words"),
    [({"date": "soon"}, "no date"), ({"kind": "novel"}, "no kind of document"), ({"colour": "red"}, "no field colour")],
)
def test_what_cannot_be_understood_is_said(given: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_document(SUBMISSION, "b.txt", given)


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"PK\x03\x04...", b"", b"   \n "])
def test_what_no_reader_takes_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"c\.bin"):
        read_document(data, "c.bin")


def test_the_id_is_the_hash_of_the_bytes() -> None:
    one, two = read_document(SUBMISSION, "b.txt"), read_document(SUBMISSION, "renamed.txt")
    assert one.id == two.id == one.sha256[:12]
