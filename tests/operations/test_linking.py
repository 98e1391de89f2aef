"""What changed is linked anew, and nothing else; what a person judged stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deedline.model.document import DocumentKind
from deedline.model.item import ItemKind
from deedline.model.link import LinkState, Relation, Task
from deedline.operations import Held, judge, relink, remove_document
from deedline.operations.ordering import pairs_of
from deedline.operations.scene import scene
from deedline.register import Register
from tests.operations.town import AT, Tags, edition, ids, line, linked, submission
from tests.register.making import at

OLD = edition("old", date(2023, 10, 1), "興建圖書館 #a", "維修行人路 #b")
NEW = edition("new", date(2024, 10, 1), "圖書館啟用 #a", "增設單車徑 #c")
NEWEST = edition("newest", date(2025, 10, 1), "圖書館延長開放 #a", "單車徑通車 #c")
ASKED = submission("asked", date(2024, 8, 1), "應增設單車徑 #c", "應減稅 #d")


def pairs(found: list) -> list[tuple[str, str]]:
    return [(each.documents[0], each.documents[1]) for each in found if not each.fresh]


def test_links_run_from_later_to_earlier_and_from_proposal_to_measure(register: Register) -> None:
    for document in (OLD, NEW, ASKED):
        document.put(register)
    found = linked(register, Tags())
    by_text = ids(register)
    assert {(link.from_id, link.to_id, link.relation) for link in register.links()} == {
        (by_text["圖書館啟用 #a"], by_text["興建圖書館 #a"], "same"),
        (by_text["應增設單車徑 #c"], by_text["增設單車徑 #c"], "answers"),
    }
    assert [(each.added, each.changed, each.removed) for each in found] == [(1, 0, 0), (1, 0, 0)]


def test_a_measure_is_linked_with_what_its_edition_carries_over_but_no_thread_joins_them(register: Register) -> None:
    carried = line("圖書館入場一萬人次 #a", ItemKind.INDICATOR, batch="carried")
    fresh = line("單車徑十公里 #c", ItemKind.INDICATOR, batch="new")
    edition("new", date(2024, 10, 1), "圖書館啟用 #a", "增設單車徑 #c", carried, fresh).put(register)
    ASKED.put(register)
    linked(register, Tags())
    by_text = ids(register)
    continued = [(link.from_id, link.to_id) for link in register.links() if link.relation == Relation.SAME]
    assert continued == [(by_text["圖書館啟用 #a"], by_text["圖書館入場一萬人次 #a"])]
    assert scene(register).threads == ()


def test_nothing_changed_is_nothing_done(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    engine = Tags()
    linked(register, engine)
    before = list(register.dump())
    again = linked(register, engine)
    assert [each.fresh for each in again] == [True]
    assert len(engine.asked) == 1
    assert list(register.dump()) == before


def test_a_new_document_is_linked_with_all_and_no_others_are(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    engine = Tags()
    linked(register, engine)
    NEWEST.put(register)
    old, new, newest = (made.document.id for made in (OLD, NEW, NEWEST))
    assert pairs(linked(register, engine)) == [(newest, old), (newest, new)]


def test_a_document_read_otherwise_is_linked_anew(register: Register) -> None:
    for document in (OLD, NEW, NEWEST):
        document.put(register)
    engine = Tags()
    linked(register, engine)
    OLD.with_items(OLD.finding.items[0]).put(register, hours=1)
    old, new, newest = (made.document.id for made in (OLD, NEW, NEWEST))
    assert pairs(linked(register, engine)) == [(new, old), (newest, old)]


def test_another_engine_links_all_anew(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    linked(register, Tags())
    assert len(pairs(linked(register, Tags(name="tags 2")))) == 1


def test_only_pairs_that_touch_the_documents_asked_for_are_linked(register: Register) -> None:
    for document in (OLD, NEW, ASKED):
        document.put(register)
    found = linked(register, Tags(), documents=[ASKED.document.id])
    assert pairs(found) == [(ASKED.document.id, NEW.document.id)]


def test_a_removed_document_takes_its_links_along_and_is_linked_again_when_it_returns(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    engine = Tags()
    linked(register, engine)
    before = list(register.links())
    remove_document(register, OLD.document.id, at=AT, by="me")
    assert list(register.links()) == []
    assert linked(register, engine) == []
    OLD.put(register, hours=1)
    linked(register, engine)
    assert list(register.links()) == before


def test_links_of_a_pair_that_is_no_longer_compared_go_whatever_was_asked_for(register: Register) -> None:
    for document in (OLD, NEW, NEWEST):
        document.put(register)
    linked(register, Tags())
    register.edit_document(OLD.document.id, {"jurisdiction": "ca"}, at=at(1), by="me")
    register.edit_document(NEW.document.id, {"jurisdiction": "hk"}, at=at(1), by="me")
    found = linked(register, Tags(), documents=[NEWEST.document.id])
    assert [each.documents for each in found if each.pair is None] == [(NEW.document.id, OLD.document.id)]
    assert OLD.document.id not in {ids for pair in register.linkings() for ids in pair if pair[0] == NEW.document.id}


def test_two_documents_are_one_pair_whatever_they_may_be(register: Register) -> None:
    NEW.put(register)
    both = edition("paper", date(2024, 10, 1), "單車徑通車 #c", line("應增設單車徑 #c", ItemKind.PROPOSAL))
    metadata = replace(both.document.metadata, kind=DocumentKind.UNKNOWN)
    replace(both, document=replace(both.document, metadata=metadata)).put(register)
    (pair,) = pairs_of(register.documents())
    assert (pair.task, pair.source.id) == (Task.CONTINUITY, both.document.id)


def test_a_document_dated_otherwise_turns_its_links_round(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    engine = Tags()
    linked(register, engine)
    register.edit_document(OLD.document.id, {"date": "2026-01-01"}, at=at(1), by="me")
    found = linked(register, engine)
    by_text = ids(register)
    assert [(link.from_id, link.to_id) for link in register.links()] == [
        (by_text["興建圖書館 #a"], by_text["圖書館啟用 #a"])
    ]
    assert [each.pair is None for each in found] == [False, True]
    assert found[1].removed == 1


def test_a_rejected_link_stays_rejected_when_documents_are_added_and_linked_again(register: Register) -> None:
    OLD.put(register)
    NEW.put(register)
    linked(register, Tags())
    by_text = ids(register)
    pair = by_text["圖書館啟用 #a"], by_text["興建圖書館 #a"]
    judge(register, Held(*pair, Relation.SAME, LinkState.REJECTED), at=AT, by="me", why="another library")
    added = by_text["增設單車徑 #c"], by_text["維修行人路 #b"]
    judge(register, Held(*added, Relation.NEXT, LinkState.ACCEPTED), at=AT, by="me")
    remove_document(register, OLD.document.id, at=AT, by="me")
    OLD.put(register, hours=1)
    NEW.put(register, hours=1)
    linked(register, Tags(name="tags 2"))
    held = {(link.from_id, link.to_id): (link.relation, link.state) for link in register.links()}
    assert held == {pair: ("same", LinkState.REJECTED), added: ("next", LinkState.ACCEPTED)}


def test_linking_within_the_action_of_adding_is_undone_with_it(register: Register) -> None:
    OLD.put(register)
    before = list(register.dump())
    with register.action():
        NEW.put(register, hours=1)
        linked(register, Tags())
    assert list(register.links())
    register.undo(at=at(2), by="me")
    after = [row for row in register.dump() if '"removed"' not in row]
    assert list(register.links()) == []
    assert after == before


def test_progress_counts_pairs(register: Register) -> None:
    for document in (OLD, NEW, ASKED):
        document.put(register)
    told: list[tuple[int, int]] = []
    linked(register, Tags(), progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_recommendation_is_not_itself_asked(register: Register) -> None:
    from deedline.model.item import ItemKind

    holder = line("支持單車 #c", ItemKind.RECOMMENDATION)
    edition("asked", date(2024, 8, 1), holder, line("應增設單車徑 #c", ItemKind.PROPOSAL)).put(register)
    NEW.put(register)
    linked(register, Tags())
    assert [link.from_id for link in register.links()] == [ids(register)["應增設單車徑 #c"]]


@pytest.mark.parametrize("lone", [OLD, ASKED])
def test_one_document_has_nothing_to_be_compared_with(register: Register, lone: object) -> None:
    lone.put(register)  # type: ignore[attr-defined]
    assert list(relink(register, at=AT, by="linker", engine=Tags())) == []
