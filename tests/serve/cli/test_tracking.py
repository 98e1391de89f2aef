"""`compare`, `due`, `thread`, `indicators`, `adoption` and `link`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from deedline.register import open_register

Run = Callable[..., Result]
Ask = Callable[..., Any]

LIBRARY, BEFORE = "工務局在2024年底前興建圖書館 #a", "工務局在2023年底前興建圖書館 #a"


def test_compare_tells_every_fate(in_town: Run, ask_town: Ask, town_ids: dict[str, str]) -> None:
    found = ask_town("compare", "new.txt", "old.txt")
    assert {row["item"]["text"]: row["fate"] for row in found["earlier_items"]} == {
        BEFORE: "changed",
        "維修行人路 ?b": "no_mention",
        "種樹": "no_mention",
    }
    paths = next(row for row in found["earlier_items"] if row["item"]["text"] == "維修行人路 ?b")
    assert paths["nearest"]["from"] == town_ids["行人路完工 #b"]
    assert found["summary"] == {"earlier": {"changed": 1, "no_mention": 2}, "later": {"continued": 1, "new": 3}}
    shown = in_town("compare", "old.txt", "new.txt").stdout
    assert "earlier  old.txt (2023-10-01): 1 changed, 2 no_mention" in shown
    assert "due 2023-12-31 → 2024-12-31 (366 days later)" in shown
    assert f"nearest {town_ids['行人路完工 #b']} (0.40, same)" in shown


def test_thread_says_what_to_give(in_town: Run, town: Path, town_ids: dict[str, str]) -> None:
    (item_id,) = (found for text, found in town_ids.items() if text.startswith("工務局在2024年底前"))
    assert in_town("thread", item_id.upper()).stdout == in_town("thread", item_id).stdout != ""
    with open_register(town) as register:
        document_id = register.find_document("new").id
    for reference, said in ((document_id, "is a document's id; give"), ("", "give the id of"), ("zzzz", "no item has")):
        result = in_town("thread", reference)
        assert result.exit_code == 1
        assert said in result.stderr


def test_compare_narrows_to_a_fate(in_town: Run, ask_town: Ask) -> None:
    shown = in_town("compare", "old.txt", "new.txt", "--only", "changed").stdout
    assert "種樹" not in shown
    found = ask_town("compare", "old.txt", "new.txt", "--only", "new")
    assert found["earlier_items"] == []
    assert len(found["later_items"]) == 3
    assert in_town("compare", "old.txt", "new.txt", "--summary").stdout.count("\n") == 2
    assert list(ask_town("compare", "old.txt", "new.txt", "--summary")) == ["compared", "caution", "summary"]


def test_what_cannot_be_compared_is_told(in_town: Run) -> None:
    result = in_town("compare", "old.txt", "asked.txt")
    assert result.exit_code == 1
    assert "no edition to compare" in result.stderr


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [BEFORE, LIBRARY][1:]),
        (["--within", "30d"], []),
        (["--within", "3m"], []),
        (["--within", "13w"], [LIBRARY]),
        (["--within", "1Y"], [LIBRARY]),
        (["--as-of", "2025-02-01"], [LIBRARY]),
        (["--as-of", "2025-02-01", "--coming"], []),
        (["--as-of", "2024-02-01"], [BEFORE]),
        (["--as-of", "2023-01-01"], []),
    ],
)
def test_due_is_at_a_day(ask_town: Ask, options: list[str], expected: list[str]) -> None:
    found = ask_town("due", *(options or ["--within", "91"]))
    assert [row["item"]["text"] for row in found["items"]] == expected
    assert found["total"] == len(expected)


def test_due_shows_days_and_standing(in_town: Run) -> None:
    shown = in_town("due", "--as-of", "2025-02-01")
    assert "2024-12-31   -32  no_report" in shown.stdout
    assert "1 undertaking, as known by 2025-02-01." in shown.stderr
    result = in_town("due", "--within", "soon")
    assert result.exit_code == 2
    assert "no number of days" in result.stderr


def test_a_thread_tells_its_steps_and_links(in_town: Run, ask_town: Ask, town_ids: dict[str, str]) -> None:
    found = ask_town("thread", town_ids[LIBRARY][:10])
    assert [step["item"]["text"] for step in found["steps"]] == [BEFORE, LIBRARY]
    assert [step["moved"] for step in found["steps"]] == [None, 366]
    assert found["slipped"] == 366
    assert found["links"][0]["why"] == ["same tag"]
    shown = in_town("thread", town_ids[BEFORE])
    assert "2024-10-01  " + town_ids[LIBRARY] in shown.stdout
    assert "due 2024-12-31 (+366 days)" in shown.stdout
    assert f"same {town_ids[BEFORE]} (0.90, suggested): same tag" in shown.stdout
    alone = in_town("thread", town_ids["種樹"])
    assert "stands alone" in alone.stderr


def test_indicators_stand_beside_their_status(run: Run, ask: Ask, ids: dict[str, str]) -> None:
    found = ask("indicators")
    assert [row["item"]["id"] for row in found["indicators"]] == [ids["indicator-7"], ids["indicator-8"]]
    assert found["indicators"][0]["attainment"]["share"] == 0.7
    differing = ask("indicators", "--disagree")
    assert [row["item"]["id"] for row in differing["indicators"]] == [ids["indicator-8"]]
    assert (differing["total"], differing["of"]) == (1, 2)
    assert [row["item"]["id"] for row in ask("indicators", "--late")["indicators"]] == [ids["indicator-8"]]
    shown = run("indicators", "--disagree").stdout
    assert "≠ late" in shown
    assert "because   due 2029-12-31, 1 day before 2030-01-01; no words of the report say it is done" in shown
    assert "70%" in run("indicators", "--document", "海港").stdout
    assert ask("indicators", "--body", "TD")["total"] == 0
    assert ask("indicators", "--as-of", "2029-01-01")["of"] == 0


def test_adoption_counts_and_names_measures(in_town: Run, ask_town: Ask, town_ids: dict[str, str]) -> None:
    (report,) = ask_town("adoption", "asked.txt")["reports"]
    assert report["scopes"][0] == {
        "scope": None,
        "adopted": 2,
        "partly": 0,
        "in_hand": 1,
        "none": 1,
        "total": 4,
        "stated": 2,
        "already_there": 1,
    }
    shown = in_town("adoption", "asked.txt").stdout
    assert f"{town_ids[LIBRARY]}*" in shown
    assert "in_hand ?" in shown
    assert "應減稅" not in in_town("adoption", "asked.txt", "--only", "adopted").stdout
    assert "應減稅" not in in_town("adoption", "asked.txt", "--summary").stdout
    brief = ask_town("adoption", "asked.txt", "--against", "new.txt", "--summary")
    assert brief["reports"][0]["verdicts"] == []


def test_link_says_what_it_compared(in_town: Run, ask_town: Ask) -> None:
    found = ask_town("link")
    assert [row["task"] for row in found["pairs"]] == ["continuity", "adoption"]
    assert all(row["ordered"] for row in found["pairs"])
    assert [row["fresh"] for row in ask_town("link")["pairs"]] == [True, True]
    assert in_town("link", "asked.txt").stdout.count("as before") == 1


def test_add_links_unless_told_not_to(in_town: Run, ask_town: Ask, tmp_path: Any) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("海港市政府施政綱領\n2030年1月1日\n\n- 在2031年內興建圖書館（教育局）\n", encoding="utf-8")
    assert ask_town("add", str(paper), "--no-link")["pairs"] == []
    assert {row["fresh"] for row in ask_town("link")["pairs"]} == {False}
    in_town("undo")
    in_town("undo")
    added = in_town("add", str(paper))
    assert added.exit_code == 0
    assert "Compared" in added.stderr
