"""Every answer is of the shape that the description gives, and the same as the command line prints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel
from starlette.testclient import TestClient

from deedline import operations
from deedline.register import open_register
from deedline.serve.api.models import answers
from deedline.serve.cli import main

Told = Callable[..., Any]

EDITION, SUBMISSION = "clearbay-2031-supplement.en.md", "clearbay-chamber-submission.en.md"
EARLIER = "clearbay-2030-supplement.en.md"


@pytest.fixture
def told(clearbay: Path, client: TestClient) -> Told:
    """What `deedline … --json` prints of the same register."""

    def call(*words: str) -> Any:
        result = CliRunner().invoke(main, ["--register", str(clearbay), *words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return call


@pytest.fixture
def got(client: TestClient) -> Told:
    """What the API answers, held to its shape."""

    def call(path: str, shape: type[BaseModel], **asked: Any) -> Any:
        answer = client.get(path, params=asked)
        assert answer.status_code == 200, answer.text
        shape.model_validate_json(answer.content)
        return answer.json()

    return call


def _thread(clearbay: Path) -> str:
    """An item that goes on from one edition to the next."""
    with open_register(clearbay) as register:
        return next(link.from_id for link in register.links() if link.holds and link.relation == "same")


def test_documents(got: Told, told: Told) -> None:
    assert got("/documents", answers.Documents) == told("documents")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], {}),
        (["--late"], {"late": "true"}),
        (["--kind", "indicator", "--status", "in_progress"], {"kind": "indicator", "status": "in_progress"}),
        (["--document", EDITION, "--text", "QUAY"], {"document": EDITION, "text": "QUAY"}),
        (
            ["--due-before", "2031-06-30", "--due-after", "2030-01-01"],
            {"due_before": "2031-06-30", "due_after": "2030-01-01"},
        ),
        (["--batch", "carried", "--number", "2"], {"batch": "carried", "number": "2"}),
    ],
)
def test_items(got: Told, told: Told, words: list[str], asked: dict[str, str]) -> None:
    expected = told("items", *words)
    assert got("/items", answers.Items, limit="200", **asked) == expected
    assert expected["total"]


def test_an_item_with_all_around_it(clearbay: Path, got: Told, told: Told) -> None:
    item = _thread(clearbay)
    assert got(f"/items/{item}", answers.Shown) == told("show", item)
    assert got(f"/items/{item}", answers.Shown, around="0", as_of="2030-12-31") == told(
        "show", item, "--around", "0", "--as-of", "2030-12-31"
    )
    assert got(f"/items/{item[:8]}/thread", answers.Undertaking) == told("thread", item)
    assert got(f"/items/{item}/history", answers.History) == told("history", item)


def test_lists_say_of_an_item_what_is_said_of_it_alone(clearbay: Path, got: Told) -> None:
    with open_register(clearbay) as register:
        alone = {each.entry.id: each for each in operations.all_measured(register)}
    listed = {row["id"]: row for row in got("/items", answers.Items, limit=200)["items"]}
    assert alone.keys() & listed.keys()
    for key in alone.keys() & listed.keys():
        whole = got(f"/items/{key}", answers.Shown)["item"]
        assert (listed[key]["assessment"], listed[key]["attainment"]) == (whole["assessment"], whole["attainment"])
        assert listed[key]["assessment"] is not None
    words = next(row["text"] for key, row in listed.items() if key in alone)[:6]
    for hit in got("/search", answers.Found, q=words)["hits"]:
        assert hit["item"]["assessment"] == listed[hit["item"]["id"]]["assessment"]


def test_links(clearbay: Path, got: Told) -> None:
    item = _thread(clearbay)
    found = got("/links", answers.Links, item=item)
    assert found["links"]
    assert all(item in (link["from"], link["to"]) for link in found["links"])
    assert found["links"] == sorted(found["links"], key=lambda link: (link["from"], link["to"]))
    everything = got("/links", answers.Links, limit="1")["total"]
    sides = [got("/links", answers.Links, limit="1", sure=sure)["total"] for sure in ("true", "false")]
    assert sum(sides) == everything
    assert got("/links", answers.Links, relation="same", state="accepted") == {"links": [], "total": 0}


def test_indicators(got: Told, told: Told) -> None:
    assert got("/indicators", answers.Indicators, limit="200") == told("indicators")
    assert got("/indicators", answers.Indicators, disagree="true") == told("indicators", "--disagree")
    asked = {"late": "true", "document": EARLIER}
    assert got("/indicators", answers.Indicators, **asked) == told("indicators", "--late", "--document", EARLIER)


def test_what_falls_due(got: Told, told: Told) -> None:
    assert got("/due", answers.Due, limit="200") == told("due")
    assert got("/due", answers.Due, limit="200", within="365", coming="true", as_of="2031-01-01") == told(
        "due", "--within", "365", "--coming", "--as-of", "2031-01-01"
    )


def test_two_editions(got: Told, told: Told) -> None:
    address = f"/editions/{EDITION}/compare/{EARLIER}"
    assert got(address, answers.Comparison) == told("compare", EARLIER, EDITION)
    only = told("compare", EARLIER, EDITION, "--only", "new", "--only", "no_mention")
    assert got(address, answers.Comparison, only=["new", "no_mention"]) == only


def test_a_submission(got: Told, told: Told) -> None:
    address = f"/submissions/{SUBMISSION}/adoption"
    assert got(address, answers.Adoptions) == told("adoption", SUBMISSION)
    narrow = told("adoption", SUBMISSION, "--against", EDITION, "--only", "adopted")
    assert got(address, answers.Adoptions, against=EDITION, only="adopted") == narrow


def test_what_waits_for_a_person(got: Told, told: Told) -> None:
    assert got("/issues", answers.Issues, limit="200") == told("issues")
    assert got("/issues", answers.Issues, document=EARLIER) == told("issues", "--document", EARLIER)
    assert got("/doubts", answers.Doubts, limit="200")["doubts"] == told("review")["doubts"]
    narrow = told("review", "--document", SUBMISSION, "--relation", "partly")
    assert got("/doubts", answers.Doubts, document=SUBMISSION, relation="partly")["doubts"] == narrow["doubts"]


def test_bodies(got: Told) -> None:
    found = got("/bodies", answers.Organisations)
    assert found["total"] == len(found["bodies"]) > 1
    for body in found["bodies"]:
        whole = got(f"/bodies/{body['id']}", answers.Portfolio)
        assert body.items() <= whole.items()
        assert sum(whole["standings"].values()) == whole["undertakings"]
        assert got("/items", answers.Items, body=body["id"], limit="1")["total"] == body["items"]


def test_names(got: Told) -> None:
    found = got("/names", answers.Names)
    assert found["total"] == len(found["names"]) > 1
    name = found["names"][0]
    assert got("/items", answers.Items, text=name["name"])["total"] >= name["items"]
    assert name in got("/names", answers.Names, text=name["name"].upper())["names"]


def test_search(got: Told, told: Told) -> None:
    asked = {"document": EDITION, "kind": "measure", "meaning": "never"}
    found = got("/search", answers.Found, q="clinic", **asked)
    expected = told("search", "clinic", "--document", EDITION, "--kind", "measure", "--meaning", "never")
    assert found["total"] > 0
    assert {**found, "took": 0} == {**expected, "took": 0}
    meant = got("/search", answers.Found, q="氣候 hydrogen", limit="3")
    assert len(meant["hits"]) == 3
    assert got("/suggestions", answers.Suggestions, q="cli") == told("search", "cli", "--suggest", "--limit", "8")


def test_the_state(got: Told) -> None:
    state = got("/revision", answers.Revision)
    assert (state["documents"], state["as_of"], state["writable"]) == (6, "2031-10-15", False)
    assert got("/health", answers.Health) == {"status": "ok"}


def test_the_commands_of_the_page_answer(client: TestClient, root: Path) -> None:
    page = (root / "docs" / "api.md").read_text(encoding="utf-8")
    asked = re.findall(r"^curl 'http://127\.0\.0\.1:8000/api/v1(/[^']+)'$", page, re.M)
    assert len(asked) == page.count("curl ") >= 3
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert any(answer.json().get(rows) for rows in ("items", "hits", "earlier_items")), address
