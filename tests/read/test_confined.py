"""A parser in its own process is held to its limits, and what becomes of it is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from deedline.errors import LimitError, ReadError
from deedline.read.confined import Limits, parse_confined


@pytest.fixture(autouse=True)
def _tests_can_be_imported(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))


def _parse(parser: str, limits: Limits | None = None) -> object:
    return parse_confined(f"tests.read.misbehaving:{parser}", b"", "x.pdf", "PDF", limits)


def test_too_much_memory_is_refused() -> None:
    with pytest.raises(LimitError, match=r"x\.pdf: takes more than 2,048 MiB of memory"):
        _parse("swallow_memory")


@pytest.mark.parametrize("limits", [Limits(cpu=1), Limits(seconds=2.0)])
def test_a_parser_that_never_ends_is_stopped(limits: Limits) -> None:
    with pytest.raises(LimitError, match=r"x\.pdf: took .* to read; split the file"):
        _parse("spin", limits)


def test_a_flood_of_words_is_stopped() -> None:
    with pytest.raises(LimitError, match=r"more than 1,000,000 bytes of text"):
        _parse("flood", Limits(output=1_000_000))


def test_a_death_is_told() -> None:
    with pytest.raises(ReadError, match=r"x\.pdf: its PDF could not be read \(the parser ended with code -6\)"):
        _parse("die")
