"""`assist`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.link.assistant.speaking import Handler, completion, said, send, speaking, status

Run = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "MODEL", "KEY", "ANSWERS", "SURE", "CALLS"):
        monkeypatch.delenv(f"DEEDLINE_ASSISTANT_{name}", raising=False)


def copies(handler: Handler, body: Mapping[str, Any]) -> None:
    """Says that all is related, in the first two characters of each text."""
    shown = json.loads(body["messages"][1]["content"])
    send(handler, completion(said("related", *(shown[end]["text"][:2] for end in ("first", "second")))))


def test_nobody_is_asked_unless_configured(in_town: Run) -> None:
    shown = in_town("assist")
    assert shown.exit_code == 1
    assert "no assistant is configured" in shown.stderr


def test_what_it_said_and_what_it_cost(
    in_town: Run, ask_town: Ask, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEDLINE_ASSISTANT_MODEL", "small")
    with speaking(copies) as service:
        monkeypatch.setenv("DEEDLINE_ASSISTANT_URL", service.url)
        monkeypatch.setenv("DEEDLINE_ASSISTANT_PER_MINUTE", "0")
        shown = in_town("assist")
    assert shown.exit_code == 0, shown.output
    assert "related" in shown.stdout
    assert "2 links judged, 0 void, 0 without an answer; 2 calls, 200 tokens, 0 from kept answers" in shown.stderr
    assert town.with_suffix(".assistant.jsonl").is_file()
    found = ask_town("assist", "--kept", "--limit", "1")
    assert (found["judged"], found["cached"], found["calls"], found["waiting"]) == (1, 1, 0, 1)
    assert {(row["said"], row["link"]["origin"]) for row in found["results"]} == {("related", "assistant")}


def test_trouble_is_told(in_town: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_ASSISTANT_MODEL", "small")
    with speaking(status(401)) as service:
        monkeypatch.setenv("DEEDLINE_ASSISTANT_URL", service.url)
        shown = in_town("assist")
    assert shown.exit_code == 1
    assert "stopped early: the service refuses the key (status 401)" in shown.stderr
