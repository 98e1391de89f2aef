"""Documents from addresses: kept with where they came from, and watched for a new edition."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from deedline.errors import KnowledgeError
from deedline.fetch import Rules
from deedline.operations import add_addresses, check_watches
from deedline.register import Outcome, Register, Watch
from tests.fetch.place import gives, place

AT = datetime(2030, 1, 2, tzinfo=UTC)
LATER = datetime(2030, 1, 3, tzinfo=UTC)
HERE = Rules(private=True, seconds=20)
PAPER = "# 施政綱領\n\n2030年1月\n\n- 在2031年內興建燈塔。（海港局）\n".encode()


def test_an_address_is_added_with_its_provenance(register: Register) -> None:
    with place(**{"paper.md": gives(PAPER), "gone.md": gives(b"", 404)}) as there:
        addresses = [f"{there.address}/paper.md", f"{there.address}/gone.md"]
        added, lost = add_addresses(register, addresses, at=AT, by="me", rules=HERE)
    assert lost.error is not None
    assert "answers 404" in str(lost.error)
    assert added.put is not None
    assert added.put.outcome is Outcome.ADDED
    assert register.document_bytes(added.put.document_id) == PAPER
    (origin,) = register.origins(added.put.document_id)
    assert origin.sha256 == hashlib.sha256(PAPER).hexdigest()
    assert (origin.address, origin.fetched_at) == (addresses[0], AT)
    register.undo(at=LATER, by="me")
    assert register.documents() == ()


def test_a_watched_address_is_added_when_it_changes_and_only_then(register: Register) -> None:
    with place(**{"paper.md": gives(PAPER, ETag='"1"')}) as there:
        address = f"{there.address}/paper.md"
        register.watch(Watch(address), at=AT, by="me")
        (first,) = check_watches(register, at=AT, by="me", rules=HERE)
        assert first.added is not None
        (again,) = check_watches(register, at=LATER, by="me", rules=HERE)
        assert (again.added, again.error) == (None, None)
        assert there.asked[-1][1]["If-None-Match"] == '"1"'
        there.answers["/paper.md"] = gives(PAPER.replace(b"2031", b"2032"), ETag='"2"')
        (new,) = check_watches(register, at=LATER, by="me", rules=HERE)
        assert new.added is not None
        there.answers["/paper.md"] = gives(b"", 500)
        (lost,) = check_watches(register, at=LATER, by="me", rules=HERE)
        assert lost.error is not None
    assert len(register.documents()) == 2
    assert [watched.etag for watched in register.watches()] == ['"2"']
    register.unwatch(address, at=LATER, by="me")
    assert register.watches() == ()


def test_what_ails_one_watched_address_stops_no_other(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    with place(**{"a.md": gives(PAPER), "b.md": gives(PAPER)}) as there:
        for name in ("a.md", "b.md"):
            register.watch(Watch(f"{there.address}/{name}"), at=AT, by="me")
        kept = register.note_origin
        failing = [KnowledgeError("a file of knowledge is broken; mend it")]

        def note(*given: Any, **more: Any) -> Any:
            if failing:
                raise failing.pop()
            return kept(*given, **more)

        monkeypatch.setattr(register, "note_origin", note)
        one, two = check_watches(register, at=AT, by="me", rules=HERE)
    assert "is broken" in str(one.error)
    assert two.error is None


def test_a_name_of_any_length_is_written(register: Register) -> None:
    name = f"attachment; filename*=UTF-8''{'%E9%99%84' * 150}.md"
    with place(paper=gives(PAPER, Content_Disposition=name)) as there:
        (added,) = add_addresses(register, [f"{there.address}/paper"], at=AT, by="me", rules=HERE)
    assert added.error is None
    assert register.documents()[0].name.endswith("附.md")
