"""One document in every form of file gives one register: the same items, bodies, times and statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from deedline.find import find_items
from deedline.model.document import Document
from deedline.read import read_document
from deedline.read.metadata import place_of
from tests.read.forms_of_file import Part, as_docbook, as_docx, as_html, parts_of

FORMS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {"html": as_html, "docx": as_docx, "dbk": as_docbook}
SEEDS = 5
LIKE_TEXT = ("id", "number", "part", "batch", "bodies", "due", "status", "path")


def said_of(document: Document) -> dict[str, str]:
    """What a user would say of the document, so that each form is read in the same light."""
    metadata = document.metadata
    dated = (metadata.dated or date(2030, 1, 1)).isoformat()
    return {
        "kind": metadata.kind.value,
        "language": metadata.language,
        "jurisdiction": metadata.jurisdiction,
        "date": dated[: {"day": 10, "month": 7, "year": 4}[metadata.dated_precision or "day"]],
    }


def register_of(document: Document) -> list[tuple[object, ...]]:
    """Each item by what a reader would compare, in the order of LIKE_TEXT."""
    return [
        (
            item.key,
            item.number,
            item.part,
            item.batch,
            tuple((mention.as_printed, mention.role) for mention in item.bodies),
            item.due,
            item.report.status if item.report else None,
            item.path,
        )
        for item in find_items(document, place_of(document.metadata)).items
    ]


def check(file: Path, form: str) -> None:
    plain = read_document(file.read_bytes(), file.name)
    made = read_document(FORMS[form](parts_of(plain)), f"{file.stem}.{form}", said_of(plain))
    expected = register_of(read_document(file.read_bytes(), file.name, said_of(plain)))
    found = register_of(made)
    differing = [
        f"{name}: {one} became {other}"
        for before, after in zip(expected, found, strict=False)
        for name, one, other in zip(LIKE_TEXT, before, after, strict=True)
        if one != other
    ]
    assert not differing, "\n".join(differing[:10])
    assert len(found) == len(expected) > 0


@pytest.mark.parametrize("form", FORMS)
def test_the_examples_read_alike_in_every_form(root: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples" / "knowledge"))
    files = [file for file in sorted((root / "examples").iterdir()) if file.suffix in (".md", ".txt")]
    assert files
    for file in files:
        check(file, form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(SEEDS))
def test_the_real_documents_read_alike_in_every_form(seeds: Path, number: int, form: str) -> None:
    check(sorted(seeds.iterdir())[number], form)
