"""`correct`, `settle`, and the doubts of reading in `review` and `issues`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from deedline.register import ItemQuery, Settled, open_register

Run = Callable[..., Result]
Ask = Callable[..., Any]
LIBRARY = "工務局在2024年底前興建圖書館 #a"
CYCLES = "工務局增設單車徑 #c"
WHY = ("--why", "the annex says so", "--by", "M. Chan")


def test_a_due_day_is_corrected_and_both_are_shown(in_town: Run, ask_town: Ask, town_ids: dict[str, str]) -> None:
    item_id = town_ids[LIBRARY]
    done = in_town("correct", item_id[:8], "--due", "2025-06-30", *WHY)
    assert done.exit_code == 0
    assert "due read 2024-12-31, corrected to 2025-06-30 by M. Chan on " in done.stdout
    assert "because the annex says so" in done.stdout
    shown = in_town("show", item_id).stdout
    assert "corrected  due read 2024-12-31, corrected to 2025-06-30 by M. Chan" in shown
    assert "held by a person → …2025-06-30" in shown
    assert [row["id"] for row in ask_town("items", "--due-after", "2025-01-01")["items"]] == [item_id]
    assert in_town("due", "--as-of", "2025-06-01").stdout.count("2025-06-30") == 1
    (correction,) = ask_town("show", item_id)["corrections"]
    assert (correction["field"], correction["read"], correction["value"]) == ("due", "2024-12-31", "2025-06-30")
    in_town("undo")
    assert ask_town("show", item_id)["corrections"] == []
    assert ask_town("items", "--due-after", "2025-01-01")["items"] == []


def test_bodies_are_set_added_and_taken_away(ask_town: Ask, town_ids: dict[str, str]) -> None:
    item_id = town_ids[CYCLES]

    def bodies(*words: str) -> list[tuple[str, str]]:
        row = ask_town("correct", item_id, *words, *WHY)["item"]
        return [(body["id"], body["role"]) for body in row["bodies"]]

    assert bodies("--joint", "運輸署") == [("town/works", "lead"), ("hk/td", "joint")]
    assert bodies("--body", "hk/itib") == [("hk/itib", "lead")]
    assert bodies("--no-body", "hk/itib") == []
    assert bodies("--as-read", "body town/works") == [("town/works", "lead")]


def test_a_status_moves_the_standing(ask_town: Ask, in_town: Run, town_ids: dict[str, str]) -> None:
    item_id = town_ids[LIBRARY]
    in_town("correct", item_id, "--status", "completed", *WHY)
    row = ask_town("show", item_id, "--as-of", "2025-06-01")
    assert row["standing"]["standing"] == "done"
    assert row["standing"]["reasons"] == ["held by a person to be completed on 2024-10-01"]
    assert row["item"]["report"]["as_printed"] == ""
    assert [found["id"] for found in ask_town("items", "--status", "completed")["items"]] == [item_id]


def test_figures_make_an_attainment(ask_town: Ask, in_town: Run, town_ids: dict[str, str]) -> None:
    item_id = town_ids[CYCLES]
    in_town("correct", item_id, "--target", "20%", "--actual", "14%", *WHY)
    attainment = ask_town("show", item_id)["item"]["attainment"]
    assert (attainment["target"], attainment["actual"], attainment["share"]) == (0.2, 0.14, pytest.approx(0.7))
    in_town("correct", item_id, "--baseline", "10%", *WHY)
    assert ask_town("show", item_id)["item"]["attainment"]["share"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--due", "2025-06-30"), 2, "--why"),
        (WHY, 1, "say what to correct"),
        (("--due", "June", *WHY), 1, "write it as 2025-06-30"),
        (("--joint", "無此機構", *WHY), 1, "no body is known"),
        (("--wrong", "deadline 2030年", *WHY), 1, "no deadline was read"),
        (("--as-read", "text", *WHY), 1, "--as-read 'text'"),
        (("--due", "none", "--why", " "), 1, "say why"),
        (("--deadline", "2025-06-30", "--deadline", "2025-06-30", *WHY), 1, "given twice"),
    ],
)
def test_what_cannot_be_corrected_is_told(
    in_town: Run, town_ids: dict[str, str], words: tuple[str, ...], code: int, said: str
) -> None:
    done = in_town("correct", town_ids[LIBRARY], *words)
    assert done.exit_code == code
    assert said in done.stderr


def test_a_doubt_is_settled_listed_and_opened_again(in_town: Run, ask_town: Ask) -> None:
    listed = ask_town("issues")
    assert listed["total"] == 3
    issue_id = listed["issues"][0]["id"]
    done = in_town("settle", issue_id[:8], "--dismissed", "--why", "so printed")
    assert done.stdout.startswith(f"dismissed: {issue_id}")
    assert ask_town("issues")["total"] == 2
    (settled,) = [issue["settled"] for issue in ask_town("issues", "--all")["issues"] if issue["settled"]]
    assert (settled["state"], settled["by"], settled["why"]) == ("dismissed", "tester", "so printed")
    assert "dismissed" in in_town("issues", "--all").stdout
    assert ask_town("settle", issue_id, "--open", "--why", "a slip")["settled"] is None
    assert ask_town("issues")["total"] == 3
    assert in_town("settle", issue_id, "--why", "x").exit_code == 2


def test_review_walks_the_doubts_of_reading(in_town: Run, town: Path, town_ids: dict[str, str]) -> None:
    typed = (
        "a\na so printed\nz\nc due=2025-01-31\nc due=soon annex\nc the annex\nc due=2025-01-31 see annex\nr looked up\n"
    )
    shown = in_town("review", "--issues", "--by", "M. Chan", typed=typed)
    assert shown.exit_code == 0
    assert "0 judged, 2 links still waiting." in shown.stdout
    assert "3 settled, 0 doubts of reading still waiting." in shown.stdout
    assert "corrected to 2025-01-31 by M. Chan" in shown.stdout
    assert [
        said in shown.stderr
        for said in (
            "say why after the a",
            "type a or r",
            "then your reason",
            "say why after the values",
            "'soon' is no date",
        )
    ] == [True] * 5
    with open_register(town) as register:
        states = [stored.settlement.state for stored in register.issues(settled=True) if stored.settlement]
        assert sorted(states) == [Settled.DISMISSED, Settled.RESOLVED, Settled.RESOLVED]
        assert register.count_items(ItemQuery(due_after=date(2025, 1, 31))) == 1
    in_town("undo")  # the last: looked up
    in_town("undo")  # the correction with its settlement
    with open_register(town) as register:
        assert register.corrections() == ()
        assert len(register.issues()) == 2


def test_review_goes_on_from_links_to_doubts(in_town: Run, ask_town: Ask) -> None:
    assert (ask_town("review")["total"], ask_town("review")["total_issues"]) == (2, 3)
    assert ask_town("review", "--links")["issues"] == ask_town("review", "--issues")["doubts"] == []
    shown = in_town("review", typed="s\ns\na so printed\ns\nq\n").stdout
    assert "0 judged, 2 links still waiting." in shown
    assert "1 settled, 2 doubts of reading still waiting." in shown
    assert in_town("review", "--issues", "--relation", "same").exit_code == 2
