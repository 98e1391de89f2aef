"""What became of proposals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deedline.model.item import ItemKind
from deedline.model.link import Link, LinkState, Relation, Verdict, VerdictCode
from deedline.track.adoption import adoption_verdict, carried_over, older_than, tally
from deedline.track.threads import make_threads
from tests.track.undertakings import entry, link

ASK = entry("p1", kind=ItemKind.PROPOSAL)


def verdict(*links: Link, before: frozenset[str] = frozenset()) -> Verdict:
    return adoption_verdict(ASK, "b", links, before)


def guessed(guess: VerdictCode, *links: Link) -> tuple[VerdictCode, tuple[str, ...], bool]:
    found = adoption_verdict(ASK, "b", links, frozenset(), lambda _: guess)
    return found.verdict, found.links, found.sure


def test_the_strongest_relation_that_holds_decides() -> None:
    found = verdict(
        link("p1", "b2", Relation.PARTLY), link("p1", "b1", Relation.ANSWERS), link("p1", "b3", Relation.RELATED)
    )
    assert found.verdict is VerdictCode.ADOPTED
    assert found.links == ("b1", "b2", "b3")


def test_no_link_is_none_and_a_related_one_in_hand() -> None:
    assert verdict().verdict is VerdictCode.NONE
    assert verdict(link("p1", "b3", Relation.RELATED)).verdict is VerdictCode.IN_HAND


def test_a_doubted_answer_adopts_nothing_and_leaves_a_doubt() -> None:
    doubted = verdict(link("p1", "b1", Relation.ANSWERS, sure=False))
    assert (doubted.verdict, doubted.links, doubted.sure) == (VerdictCode.IN_HAND, ("b1",), False)
    beside = verdict(link("p1", "b1", Relation.ANSWERS, sure=False), link("p1", "b2", Relation.PARTLY))
    assert (beside.verdict, beside.links, beside.sure) == (VerdictCode.PARTLY, ("b2", "b1"), True)


def test_a_related_candidate_counts_where_it_is_likelier_than_not() -> None:
    likely, unlikely = (link("p1", "b1", Relation.RELATED, sure=False, score=score) for score in (0.5, 0.49))
    assert (verdict(likely).verdict, verdict(likely).sure) == (VerdictCode.IN_HAND, False)
    assert (verdict(unlikely).verdict, verdict(unlikely).sure) == (VerdictCode.NONE, True)


def test_the_likeliest_verdict_is_told_as_a_guess() -> None:
    doubted, faint = link("p1", "b1", Relation.PARTLY, sure=False), link("p1", "b2", Relation.RELATED, score=0.3)
    faint = replace(faint, sure=False)
    assert guessed(VerdictCode.PARTLY, doubted, faint) == (VerdictCode.PARTLY, ("b1",), False)
    assert guessed(VerdictCode.IN_HAND, faint) == (VerdictCode.IN_HAND, ("b2",), False)
    assert guessed(VerdictCode.NONE, doubted) == (VerdictCode.NONE, (), False)
    assert guessed(VerdictCode.NONE, faint) == (VerdictCode.NONE, (), True)


def test_no_guess_stands_against_a_sure_link_or_a_person() -> None:
    answers = link("p1", "b1", Relation.ANSWERS)
    assert guessed(VerdictCode.NONE, answers) == (VerdictCode.ADOPTED, ("b1",), True)
    held = link("p1", "b1", Relation.RELATED, state=LinkState.ACCEPTED)
    assert guessed(VerdictCode.PARTLY, held) == (VerdictCode.IN_HAND, ("b1",), True)
    rejected = link("p1", "b1", Relation.ANSWERS, state=LinkState.REJECTED)
    assert guessed(VerdictCode.NONE, rejected) == (VerdictCode.NONE, (), True)


def test_a_rejected_answer_says_nothing() -> None:
    rejected = verdict(link("p1", "b1", Relation.ANSWERS, state=LinkState.REJECTED))
    assert rejected.verdict is VerdictCode.NONE


def test_what_an_earlier_edition_promised_was_already_there() -> None:
    threads = make_threads([entry("a1"), entry("b1")], [link("b1", "a1")])
    before = older_than(date(2024, 8, 1), threads)
    assert verdict(link("p1", "b1", Relation.ANSWERS), before=before).already_there == ("b1",)
    assert older_than(date(2023, 1, 1), threads) == frozenset()
    assert older_than(None, threads) == frozenset()


def test_what_an_edition_carries_over_was_there_before_its_year() -> None:
    plain = entry("b2", kind=ItemKind.INDICATOR)
    carried = replace(plain, item=replace(plain.item, batch="carried"))
    entries = {each.id: each for each in (entry("b1"), entry("b3"), carried)}
    pairs = list(carried_over([link("b1", "b2"), link("b3", "b2", sure=False)], entries))
    assert pairs == [(carried, entries["b1"])]
    assert "b1" in older_than(date(2024, 1, 1), (), pairs)
    assert older_than(date(2023, 12, 31), (), pairs) == frozenset()  # it may have been set on that very day
    assert list(carried_over([link("b1", "b2")], {**entries, "b2": plain})) == []


def test_counts_have_their_denominators_by_scope() -> None:
    asks = [entry("p1", path=("甲",)), entry("p2", path=("甲",)), entry("p3", path=("乙",))]
    verdicts = [
        Verdict("p1", "b", VerdictCode.ADOPTED, ("b1",), ("b1",)),
        Verdict("p2", "b", VerdictCode.NONE),
        Verdict("p3", "b", VerdictCode.PARTLY, ("b2",), sure=False),
    ]
    whole, first, second = tally(asks, verdicts)
    assert (whole.total, whole.counts[VerdictCode.ADOPTED], whole.already_there, whole.stated) == (3, 1, 1, 1)
    assert (first.scope, first.total, first.counts[VerdictCode.NONE]) == ("甲", 2, 1)
    assert (second.total, second.counts[VerdictCode.PARTLY]) == (1, 1)
