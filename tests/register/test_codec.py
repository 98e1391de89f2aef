from __future__ import annotations

import json
from dataclasses import fields, replace

from hypothesis import given

from deedline.model.document import Document, Metadata
from deedline.model.item import Finding, Item
from deedline.register.codec import decoder, encode, to_json
from tests.strategies import read_documents


@given(read_documents())
def test_values_come_back_as_they_were(read: tuple[Document, Finding]) -> None:
    document, finding = read
    assert decoder(Metadata)(json.loads(to_json(encode(document.metadata)))) == document.metadata
    assert decoder(Finding)(json.loads(to_json(encode(finding)))) == finding


@given(read_documents())
def test_a_field_that_was_not_stored_reads_as_its_default(read: tuple[Document, Finding]) -> None:
    for item in read[1].items:
        data = encode(item)
        data.pop("batch", None)
        data["of a later model"] = 1
        assert decoder(Item)(data) == replace(item, batch=None)


def test_empty_defaults_take_no_room() -> None:
    assert encode(Metadata()) == {"kind": "unknown"}
    assert {entry.name for entry in fields(Metadata)} > set(encode(Metadata()))
