from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from deedline.errors import NotFoundError
from deedline.register import Change, ItemQuery, ItemState, Link, LinkState, Origin, Register, Verb
from tests.register.making import Made, at, made

OLD, NEW = made(["設立電子存檔系統", "推出海濱長廊"], name="old.txt"), made(["電子存檔系統啟用"], name="new.txt")


def suggestion(from_id: str, to_id: str, score: float = 0.5, relation: str = "next") -> Link:
    why, evidence = ("shared name",), ({"from": [0, 4], "to": [2, 6]},)
    return Link(from_id, to_id, relation, score, Origin.MACHINE, LinkState.SUGGESTED, why, evidence)


def link_anew(register: Register, links: Sequence[Link], hours: int = 0, source: Made = NEW) -> Change | None:
    """What linking `source` with the old document gives."""
    ends = source.document.id, OLD.document.id
    return register.put_links_between(ends, links, fingerprint="as is", at=at(hours), by="linker")


@pytest.fixture
def ids(register: Register) -> tuple[str, str, str]:
    one, two = OLD.put(register).added
    (new,) = NEW.put(register).added
    return new, one, two


def test_the_machine_replaces_its_own_suggestions(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, two = ids
    change = link_anew(register, [suggestion(new, one), suggestion(new, two)])
    assert change is not None
    assert (change.verb, change.counts) == (Verb.LINK, {"links added": 2, "linkings added": 1})
    assert sorted(link.to_id for link in register.links(new)) == sorted([one, two])
    assert list(register.links(one)) == [suggestion(new, one)]
    assert link_anew(register, [suggestion(new, two), suggestion(new, one)], 1) is None
    change = link_anew(register, [suggestion(new, one, 0.9)], 2)
    assert change is not None
    assert change.counts == {"links changed": 1, "links removed": 1}
    assert list(register.links()) == [suggestion(new, one, 0.9)]


def test_a_rejected_link_stays_rejected(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, two = ids
    link_anew(register, [suggestion(new, one), suggestion(new, two)])
    register.judge_link(new, two, "next", LinkState.REJECTED, at=at(1), by="reader", why="another place")
    link_anew(register, [suggestion(new, one), suggestion(new, two, 0.99)], 2)
    link_anew(register, [], 3)
    (link,) = register.links()
    assert (link.to_id, link.state, link.score, link.why) == (two, LinkState.REJECTED, 0.5, ("shared name",))
    (judgement,) = register.judgements(two)
    assert (judgement.state, judgement.by, judgement.why) == (LinkState.REJECTED, "reader", "another place")
    assert [change.verb for change in register.history(two)] == [Verb.JUDGE, Verb.LINK, Verb.ADD]


def test_the_same_judgement_again_is_no_change(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, _ = ids
    first = register.judge_link(new, one, "same", LinkState.ACCEPTED, at=at(1), by="reader", why="so")
    before = register.history()
    assert register.judge_link(new, one, "same", LinkState.ACCEPTED, at=at(2), by="reader", why="so") == first
    assert register.history() == before
    for by, why in (("another", "so"), ("another", "as printed")):
        register.judge_link(new, one, "same", LinkState.ACCEPTED, at=at(3), by=by, why=why)
    assert len(register.history()) == len(before) + 2
    assert len(register.judgements(new)) == 3


def test_judgements_outlive_reading_removal_and_return(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, two = ids
    link_anew(register, [suggestion(new, two)])
    judged = register.judge_link(new, one, "same", LinkState.ACCEPTED, at=at(1), by="reader")
    assert (judged.origin, judged.score) == (Origin.PERSON, 1.0)
    put = OLD.with_items(OLD.finding.items[1]).put(register, hours=2)
    assert put.removed == (one,)
    assert register.item(one).state is ItemState.RETIRED
    found = register.items(ItemQuery(text="存檔", retired=True))
    assert sorted(stored.id for stored in found) == sorted([new, one])
    assert [stored.id for stored in register.items(ItemQuery(text="存檔"))] == [new]
    register.remove_document(OLD.document.id, at=at(3), by="reader")
    assert list(register.links()) == [judged]
    assert [stored.id for stored in register.items()] == [new]
    assert OLD.put(register, hours=4).added == (one, two)
    assert register.item(one).state is ItemState.PRESENT
    assert list(register.links(one)) == [judged]
    better = made(["設立電子存檔系統，", "推出海濱長廊"], name="old.txt")
    assert better.put(register, hours=5, replaces=OLD.document.id).changed == (one,)
    assert list(register.links(one)) == [judged]


def test_a_judgement_can_be_withdrawn_and_stays_on_record(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, _ = ids
    link_anew(register, [suggestion(new, one)])
    register.judge_link(new, one, "same", LinkState.ACCEPTED, at=at(1), by="reader")
    (link,) = register.links()
    assert (link.relation, link.state, link.origin) == ("same", LinkState.ACCEPTED, Origin.PERSON)
    register.undo(at=at(2), by="reader", why="misread")
    assert list(register.links()) == [suggestion(new, one)]
    assert [(entry.state, entry.why) for entry in register.judgements()] == [
        (LinkState.ACCEPTED, ""),
        (None, "misread"),
    ]


def test_links_lead_between_stored_items_once_each(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, _ = ids
    with pytest.raises(NotFoundError, match="ffff"):
        link_anew(register, [suggestion(new, "ffff")])
    with pytest.raises(NotFoundError, match="ffff"):
        register.judge_link("ffff", new, "same", LinkState.ACCEPTED, at=at(), by="reader")
    with pytest.raises(ValueError, match="twice"):
        link_anew(register, [suggestion(new, one), suggestion(new, one)])
    with pytest.raises(ValueError, match="suggestions only"):
        link_anew(register, [replace(suggestion(new, one), state=LinkState.ACCEPTED)])
    with pytest.raises(ValueError, match="accepts or rejects"):
        register.judge_link(new, one, "same", LinkState.SUGGESTED, at=at(), by="reader")
    assert list(register.links()) == []


def test_a_machine_link_goes_with_its_item(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, _ = ids
    link_anew(register, [suggestion(new, one)])
    full = list(register.dump())
    OLD.with_items(OLD.finding.items[1]).put(register, hours=1)
    assert list(register.links()) == []
    register.undo(at=at(2), by="reader")
    assert list(register.dump()) == full


def test_links_between_two_documents_leave_others_alone(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, two = ids
    pair = (NEW.document.id, OLD.document.id)
    link_anew(register, [suggestion(two, one)], source=OLD)
    register.put_links_between(
        pair, [replace(suggestion(new, one), sure=False)], fingerprint="a", at=at(1), by="linker"
    )
    assert list(register.links(new)) == [replace(suggestion(new, one), sure=False)]
    assert register.linkings() == {pair: "a", (pair[1], pair[1]): "as is"}
    again = register.put_links_between(
        pair, [replace(suggestion(new, one), sure=False)], fingerprint="a", at=at(2), by="linker"
    )
    assert again is None
    change = register.put_links_between(pair, [], fingerprint="b", at=at(3), by="linker")
    assert change is not None
    assert change.counts == {"links removed": 1, "linkings changed": 1}
    assert list(register.links()) == [suggestion(two, one)]
    with pytest.raises(ValueError, match="does not lead from"):
        register.put_links_between(pair, [suggestion(two, one)], fingerprint="c", at=at(4), by="linker")
    assert register.check() == ()


def test_what_was_linked_is_forgotten_with_a_document_and_remembered_by_undo(
    register: Register, ids: tuple[str, str, str]
) -> None:
    new, one, _ = ids
    pair = (NEW.document.id, OLD.document.id)
    register.put_links_between(pair, [suggestion(new, one)], fingerprint="a", at=at(), by="linker")
    full = list(register.dump())
    register.remove_document(OLD.document.id, at=at(1), by="reader")
    assert register.linkings() == {}
    register.undo(at=at(2), by="reader")
    assert list(register.dump()) == full
    register.put_links_between(pair, [], fingerprint=None, at=at(3), by="linker")
    assert (register.linkings(), list(register.links())) == ({}, [])


def test_a_judged_pair_is_left_alone_between_documents(register: Register, ids: tuple[str, str, str]) -> None:
    new, one, _ = ids
    pair = (NEW.document.id, OLD.document.id)
    register.put_links_between(pair, [suggestion(new, one)], fingerprint="a", at=at(), by="linker")
    register.judge_link(new, one, "next", LinkState.REJECTED, at=at(1), by="reader")
    register.put_links_between(pair, [suggestion(new, one, 0.99)], fingerprint="b", at=at(2), by="linker")
    (link,) = register.links()
    assert (link.state, link.score) == (LinkState.REJECTED, 0.5)
