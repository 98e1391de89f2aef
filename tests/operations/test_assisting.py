"""An assistant reads the links of the invented town that the machine is not sure of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deedline.errors import InputError
from deedline.link.assistant.service import Service
from deedline.link.assistant.settings import Settings
from deedline.model.entry import Entry
from deedline.model.link import Link, LinkState, Origin, Relation
from deedline.operations import Assistant, Candidates, Held, Task, adoption, assist, assistant_from, doubts, judge
from deedline.register import Register
from tests.link.assistant.speaking import Handler, Town, completion, said, send, speaking, status
from tests.operations.town import AT, Tags, edition, ids, linked, submission

OLD = edition("old", date(2023, 10, 1), "興建圖書館 #a", "維修行人路 ?b")
NEW = edition("new", date(2024, 10, 1), "圖書館啟用 #a", "行人路完工 #b", "增設單車徑 ?c", "市中心公園 ?e")
ASKED = submission("asked", date(2024, 8, 1), "應增設單車徑 #c", "應建公園 #e")
SAID = {"應增設單車徑 #c": ("partly", "增設單車徑", "增設單車徑"), "應建公園 #e": ("none", "應建公園", "市中心公園")}


@pytest.fixture(autouse=True)
def _town(register: Register) -> None:
    for document in (OLD, NEW, ASKED):
        document.put(register)
    linked(register, Tags())


def knows(handler: Handler, body: Mapping[str, Any]) -> None:
    """Says what SAID holds of the first text; of others, something that the texts do not say."""
    first = json.loads(body["messages"][1]["content"])["first"]["text"]
    send(handler, completion(said(*SAID.get(first, ("same", "made up", "made up")))))


def assistant(tmp_path: Path, town: Town | None, **more: Any) -> Assistant:
    settings = replace(Settings(town.url if town else "", "small", per_minute=0), **more)
    service = Service(settings, sleep=lambda _: None) if town else None
    return Assistant(settings, tmp_path / "answers.jsonl", service)


def run(register: Register, asked: Assistant, **wanted: Any) -> list[tuple[str, str]]:
    made = assist(register, asked, at=AT, by="me", wanted=Candidates(**wanted))
    return [(result.source.item.text, result.said or result.note) for result in made.results]


def link_of(register: Register, text: str) -> Link:
    (link,) = (link for link in register.links(ids(register)[text]) if link.from_id == ids(register)[text])
    return link


def test_what_it_holds_is_kept_as_its_own(register: Register, tmp_path: Path) -> None:
    before = {link.from_id: link for link in register.links()}
    with speaking(knows) as town:
        made = assist(register, assistant(tmp_path, town), at=AT, by="me")
    assert (len(made.results), made.calls, made.tokens, made.waiting, made.stopped) == (3, 3, 300, 0, "")
    assert len(town.bodies) == 3
    cycles = link_of(register, "應增設單車徑 #c")
    assert (cycles.relation, cycles.origin, cycles.state, cycles.sure) == (
        "partly",
        Origin.ASSISTANT,
        "suggested",
        False,
    )
    assert cycles.why == (
        "assistant (small): partly: both say it",
        "assistant quotes: 「增設單車徑」 and 「增設單車徑」",
        "same tag",
    )
    asked = next(document for document in register.documents() if document.name == "asked.txt")
    ((start, end),) = cycles.evidence[0]["from"]
    assert register.document_text(asked.id)[start:end] == "增設單車徑"
    park = link_of(register, "應建公園 #e")
    assert (park.relation, park.origin, park.sure) == ("answers", Origin.MACHINE, False)
    assert park.why[0] == "assistant (small): none: both say it"
    paths = link_of(register, "行人路完工 #b")
    assert paths == before[paths.from_id]
    assert [doubt.link.origin for doubt in doubts(register, relations=["partly"])] == [Origin.ASSISTANT]


def test_the_same_again_from_what_is_kept(register: Register, tmp_path: Path) -> None:
    with speaking(knows) as town:
        first = run(register, assistant(tmp_path, town))
    dump, number = list(register.dump()), register.history()[0].number
    assert run(register, assistant(tmp_path, None)) == first
    assert list(register.dump()) == dump
    assert register.history()[0].number == number
    linked(register, replace(Tags(), name="tags 2"))
    assert link_of(register, "應增設單車徑 #c").origin is Origin.MACHINE
    assert run(register, assistant(tmp_path, None)) == first
    assert link_of(register, "應增設單車徑 #c").origin is Origin.ASSISTANT


def test_undo_gives_the_machines_links_back(register: Register, tmp_path: Path) -> None:
    before = list(register.links())
    with speaking(knows) as town:
        run(register, assistant(tmp_path, town))
    assert list(register.links()) != before
    register.undo(at=AT, by="me")
    assert list(register.links()) == before


def test_what_a_person_judged_is_not_asked_about(register: Register, tmp_path: Path) -> None:
    one = link_of(register, "應增設單車徑 #c")
    judge(register, Held(one.from_id, one.to_id, Relation.ANSWERS, LinkState.REJECTED), at=AT, by="me")
    with speaking(knows) as town:
        texts = [text for text, _ in run(register, assistant(tmp_path, town))]
    assert "應增設單車徑 #c" not in texts
    assert link_of(register, "應增設單車徑 #c").state is LinkState.REJECTED


def test_a_person_judges_what_it_said(register: Register, tmp_path: Path) -> None:
    with speaking(knows) as town:
        run(register, assistant(tmp_path, town))
    one = link_of(register, "應增設單車徑 #c")
    judge(register, Held(one.from_id, one.to_id, Relation.PARTLY, LinkState.ACCEPTED), at=AT, by="me")
    run(register, assistant(tmp_path, None))
    held = link_of(register, "應增設單車徑 #c")
    assert (held.state, held.origin, held.holds) == (LinkState.ACCEPTED, Origin.ASSISTANT, True)


def test_it_adopts_nothing_unless_configured_to(register: Register, tmp_path: Path) -> None:
    def verdicts() -> list[str]:
        (report,) = adoption(register, "asked.txt")
        return [verdict.verdict for verdict in report.verdicts]

    with speaking(knows) as town:
        run(register, assistant(tmp_path, town))
    assert verdicts() == ["in_hand", "in_hand"]
    run(register, assistant(tmp_path, None, sure=True))
    assert verdicts() == ["partly", "in_hand"]
    run(register, assistant(tmp_path, None))
    assert verdicts() == ["in_hand", "in_hand"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [({"limit": 1}, 1), ({"task": Task.CONTINUITY}, 1), ({"task": Task.ADOPTION}, 2), ({"document": "old"}, 1)],
)
def test_what_is_wanted(register: Register, tmp_path: Path, wanted: dict[str, Any], count: int) -> None:
    with speaking(knows) as town:
        assert len(run(register, assistant(tmp_path, town), **wanted)) == count
    assert len(town.bodies) == count


def test_what_was_said_before_the_budget_ended_is_kept(register: Register, tmp_path: Path) -> None:
    with speaking(knows) as town:
        made = assist(
            register, assistant(tmp_path, town, calls=1), at=AT, by="me", wanted=Candidates(task=Task.ADOPTION)
        )
        assert (len(made.results), made.waiting, made.spent) == (1, 1, True)
        made = assist(
            register, assistant(tmp_path, town, calls=1), at=AT, by="me", wanted=Candidates(task=Task.ADOPTION)
        )
        assert (len(made.results), made.waiting, made.stopped) == (2, 0, "")
    assert len(town.bodies) == 2


class Wavering(Tags):
    """The town's engine with other scores."""

    def links(self, sources: Sequence[Entry], targets: Sequence[Entry]) -> list[Link]:
        return [replace(link, score=0.3) for link in super().links(sources, targets)]


def test_what_changed_while_it_read_is_left_alone(register: Register, tmp_path: Path) -> None:
    one = link_of(register, "應建公園 #e")

    def meanwhile(done: int, _: int) -> None:
        if done == 1:
            judge(register, Held(one.from_id, one.to_id, Relation.ANSWERS, LinkState.ACCEPTED), at=AT, by="me")
            linked(register, Wavering("tags 2"))

    with speaking(knows) as town:
        assist(register, assistant(tmp_path, town), at=AT, by="me", progress=meanwhile)
    assert link_of(register, "應建公園 #e").state is LinkState.ACCEPTED
    cycles = link_of(register, "應增設單車徑 #c")
    assert (cycles.origin, cycles.score) == (Origin.MACHINE, 0.3)
    run(register, assistant(tmp_path, None))
    assert link_of(register, "應增設單車徑 #c").origin is Origin.ASSISTANT


def test_a_service_that_fails_changes_nothing(register: Register, tmp_path: Path) -> None:
    before = list(register.links())
    with speaking(status(500)) as town:
        made = assist(register, assistant(tmp_path, town), at=AT, by="me")
    assert "in a row" in made.stopped
    assert not made.spent
    assert list(register.links()) == before


def test_where_answers_are_kept(tmp_path: Path) -> None:
    told = {"DEEDLINE_ASSISTANT_MODEL": "small", "DEEDLINE_ASSISTANT_URL": "http://localhost:1/v1"}
    made: Callable[..., Any] = assistant_from
    assert made({}, "town.db") is None
    assert made(told, "town.db").answers == Path("town.assistant.jsonl")
    assert made({**told, "DEEDLINE_ASSISTANT_ANSWERS": "said"}, "town.db").answers == Path("said")
    assert made(told, "store://host/name").answers.name == "assistant.jsonl"
    assert made(told, "town.db", kept_only=True).service is None
    with pytest.raises(InputError, match="URL is not set"):
        made({"DEEDLINE_ASSISTANT_MODEL": "small"}, "town.db")
