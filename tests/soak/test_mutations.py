"""Any file yields a finding or a clear error, within limits of time and memory. `make soak` runs 10,000 of them."""

from __future__ import annotations

import os
import resource
from functools import partial
from pathlib import Path

import pytest

from deedline.errors import DeedlineError, StageError
from deedline.model.item import Finding
from deedline.model.text import reread
from deedline.operations.adding import SECONDS_A_FILE, read_and_find
from deedline.run.here import Failed, map_stage
from tests.soak.mutate import mutant

MUTANTS = 100 * int(os.environ.get("DEEDLINE_SOAK", "1"))
MEMORY = 2 * 1024**3  # bytes beyond what the process holds already: other tests may have loaded large libraries


def read_mutant(number: int, sources: tuple[str, ...]) -> str:
    """What became of a mutant; raises what the user would see."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, hard))
    try:
        name, data = mutant(number, sources)
        parsed = read_and_find(data, name, {})
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    check_finding(parsed.finding, parsed.document.text)
    return name


def check_finding(finding: Finding, text: str) -> None:
    """Every line accounted for once, every quotation where it says it stands."""
    filled = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [line.number for line in finding.lines] == filled
    for item in finding.items:
        assert squeezed(reread(text, item.spans)) == squeezed(item.text)
        for value in (*item.bodies, *item.deadlines, *item.quantities, *item.names):
            assert squeezed(reread(text, value.spans)) == squeezed(value.as_printed)


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.fixture(scope="module")
def sources(root: Path) -> tuple[str, ...]:
    """The examples, and the real documents where they are."""
    folders = (root / "examples", root.parent / "shared" / "seeds")
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()) if file.is_file()]
    assert files
    return tuple(file.read_text(encoding="utf-8") for file in files)


def test_any_file_yields_a_finding_or_a_clear_error(sources: tuple[str, ...]) -> None:
    stage = partial(read_mutant, sources=sources)
    wrong: list[str] = []
    errors = 0
    for outcome in map_stage(stage, range(MUTANTS), workers=2, seconds=SECONDS_A_FILE):
        if isinstance(outcome, Failed):
            name, _ = mutant(outcome.index, sources)
            errors += 1
            message = str(outcome.error)
            unforeseen = isinstance(outcome.error, StageError) or "longer than" in message
            if unforeseen or not message.startswith(name):
                wrong.append(f"mutant {name}: {type(outcome.error).__name__} {message}")
    assert not wrong, f"{len(wrong)} of {MUTANTS}:\n" + "\n".join(wrong[:20])
    assert 0 < errors < MUTANTS  # some mutants cannot be read, most can


def test_a_mutant_is_the_same_every_time(sources: tuple[str, ...]) -> None:
    assert [mutant(number, sources) for number in range(1, 60)] == [mutant(number, sources) for number in range(1, 60)]


def test_errors_are_of_one_family() -> None:
    assert issubclass(StageError, DeedlineError)
