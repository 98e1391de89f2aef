"""`review` and `judge`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from deedline.register import open_register

Run = Callable[..., Result]
Ask = Callable[..., Any]
PATHS = ("行人路完工 #b", "維修行人路 ?b")
PARK = ("應建公園 #e", "公園 ?e")


def links_of(town: Path, ids: dict[str, str], pair: tuple[str, str]) -> list[tuple[str, str]]:
    with open_register(town) as register:
        return [
            (link.relation, link.state.value) for link in register.links(ids[pair[0]]) if link.to_id == ids[pair[1]]
        ]


def judgements(town: Path) -> list[tuple[str, str]]:
    with open_register(town) as register:
        return [(judgement.by, judgement.why) for judgement in register.judgements()]


def test_the_queue_is_listed_for_programs(ask_town: Ask, town_ids: dict[str, str]) -> None:
    found = ask_town("review")
    assert found["total"] == 2
    assert {doubt["from"]["id"] for doubt in found["doubts"]} == {town_ids[PATHS[0]], town_ids[PARK[0]]}
    assert ask_town("review", "--relation", "answers")["total"] == 1
    assert ask_town("review", "--limit", "1")["total"] == 1
    assert ask_town("review", "--document", "old.txt")["total"] == 1


def test_each_key_does_what_it_says(in_town: Run, town: Path, town_ids: dict[str, str]) -> None:
    shown = in_town("review", "--relation", "same", "--by", "M. Chan", typed="x\nc\nc related one place only\n")
    assert shown.exit_code == 0
    assert all(text in shown.stdout for text in PATHS)
    assert "why   same tag" in shown.stdout
    assert shown.stderr.count("Type a, r, s, q") == 2
    assert "1 judged, 0 links still waiting." in shown.stdout
    assert links_of(town, town_ids, PATHS) == [("related", "accepted")]
    assert judgements(town) == [("M. Chan", "one place only")]
    in_town("review", typed="r not this park\n")
    assert links_of(town, town_ids, PARK) == [("answers", "rejected")]
    assert judgements(town)[-1] == ("tester", "not this park")
    assert "0 judged, 0 links still waiting." in in_town("review").stdout


def test_what_cannot_be_said_of_a_link_does_not_end_the_walk(in_town: Run, town: Path) -> None:
    shown = in_town("review", "--relation", "same", typed="c answers\n")
    assert shown.exit_code == 0
    assert "Not kept; the link still waits." in shown.stderr
    assert "0 judged, 1 link still waiting." in shown.stdout
    assert judgements(town) == []


def test_accepting_adopts(in_town: Run, ask_town: Ask) -> None:
    in_town("review", "--relation", "answers", typed="a\n")
    assert ask_town("adoption", "asked.txt")["reports"][0]["scopes"][0]["adopted"] == 3


@pytest.mark.parametrize("typed", ["", "q\n", "s\ns\n", "s\nq\n"])
def test_skipping_and_leaving_judge_nothing(in_town: Run, town: Path, typed: str) -> None:
    shown = in_town("review", typed=typed)
    assert shown.exit_code == 0
    assert "0 judged, 2 links still waiting." in shown.stdout
    assert judgements(town) == []


def test_what_was_judged_before_leaving_is_kept(in_town: Run, town: Path) -> None:
    assert "1 judged, 1 link still waiting." in in_town("review", typed="a\nq\n").stdout
    assert len(judgements(town)) == 1


def test_a_judgement_from_the_command_line(in_town: Run, town: Path, town_ids: dict[str, str]) -> None:
    ends = [town_ids[text] for text in PATHS]
    done = in_town("judge", *ends, "--reject", "--why", "another path", "--by", "M. Chan")
    assert done.stdout == f"rejected: {ends[0]} same {ends[1]}\n"
    assert links_of(town, town_ids, PATHS) == [("same", "rejected")]
    in_town("undo")
    assert links_of(town, town_ids, PATHS) == [("same", "suggested")]


def test_a_link_of_ones_own(ask_town: Ask, in_town: Run, town_ids: dict[str, str]) -> None:
    ends = [town_ids["公園 ?e"], town_ids["種樹"]]
    assert "say with --relation" in in_town("judge", *ends, "--accept").stderr
    held = ask_town("judge", *ends, "--accept", "--relation", "next")
    assert (held["origin"], held["state"], held["relation"]) == ("person", "accepted", "next")
    assert ask_town("thread", ends[0])["thread"] == ends[1]


def test_a_judgement_says_which(in_town: Run, town_ids: dict[str, str]) -> None:
    result = in_town("judge", *(town_ids[text] for text in PATHS))
    assert result.exit_code == 2
    assert "--accept or --reject" in result.stderr
