"""What becomes of mutants when they are read: a finding that holds, or a message that names the file; nothing else.

A mutant is read in a worker that stands in an empty folder, with an empty home and an empty folder for passing files:
what any of them holds afterwards was left there. Its parser's child tells of sockets (`tests.forked`).
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

from deedline.errors import DeedlineError, InputError, LimitError
from deedline.model.item import Finding
from deedline.model.text import reread
from deedline.model.values import Deadline, Mention, Name, Quantity
from deedline.operations.adding import SECONDS_A_FILE, read_and_find
from deedline.read import confined
from deedline.run.here import Failed, map_stage
from deedline.run.kept import CACHE_VARIABLE
from tests import forked
from tests.soak.wholes import TEXT, mutant, whole

READ, REFUSED, LIMIT, DIED, WRONG = "read", "refused", "limit", "parser died", "wrong"
MEMORY = 2 * 1024**3  # bytes beyond what the process holds already: other tests may have loaded large libraries
_PARSERS = {
    "html": ("deedline.read.html", "charset_normalizer"),
    "docx": ("deedline.read.docx",),
    "dbk": ("deedline.read.docbook",),
    "pdf": ("deedline.read.pdf_layout", "pypdfium2", "pdfplumber"),
    "xlsx": ("deedline.read.xlsx",),
    "csv": ("deedline.read.delimited", "charset_normalizer"),
    TEXT: ("charset_normalizer",),
}


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one mutant: READ, REFUSED, LIMIT, DIED or WRONG; the message; processor seconds it took."""

    number: int
    what: str
    said: str = ""
    seconds: float = 0.0


def became(form: str, numbers: Sequence[int], workers: int = 2) -> Iterator[Became]:
    """What became of these mutants of a form, in their order."""
    with _apart() as folder:
        _warm(form)
        stage = partial(_one, form=form, folder=folder)
        for outcome in map_stage(stage, numbers, workers=workers, seconds=SECONDS_A_FILE):
            if isinstance(outcome, Failed):  # stopped for its time, or dead
                yield Became(numbers[outcome.index], WRONG, f"{type(outcome.error).__name__} {outcome.error}")
            else:
                yield outcome.value


@contextmanager
def _apart() -> Iterator[Path]:
    """Stand in an empty folder, with an empty home and folder for passing files, as the workers that start here do."""
    with tempfile.TemporaryDirectory(prefix="soak-") as held, pytest.MonkeyPatch.context() as patched:
        folder = Path(held)
        for name in ("stood", "home", "passing", "cache"):
            (folder / name).mkdir()
        patched.chdir(folder / "stood")
        patched.setenv("HOME", str(folder / "home"))
        patched.setenv("TMPDIR", str(folder / "passing"))
        patched.setenv(CACHE_VARIABLE, str(folder / "cache"))
        patched.setattr(tempfile, "tempdir", str(folder / "passing"))
        patched.setattr(confined, "run_child", forked.run_child)
        yield folder


def _warm(form: str) -> None:
    """Load what the children need, which are forks of this process; a new interpreter's start is not what is tried."""
    for module in _PARSERS[form]:
        import_module(module)
    if "charset_normalizer" in _PARSERS[form]:
        from charset_normalizer import from_bytes

        from_bytes("措施".encode("big5")).best()  # loads the codecs
    if form != TEXT:
        read_and_find(whole(form), f"whole.{form}", {})


def _one(number: int, form: str, folder: Path) -> Became:
    begun = _processor_seconds()
    own = folder / "passing" / str(os.getpid())  # other workers have theirs
    own.mkdir(exist_ok=True)
    tempfile.tempdir = str(own)
    name, data = mutant(number, form)
    what, said = _read(name, data, form)
    left = [
        str(path.relative_to(folder)) for held in (own, folder / "stood", folder / "home") for path in held.iterdir()
    ]
    if left:
        what, said = WRONG, f"left {', '.join(left)}"
    return Became(number, what, said, _processor_seconds() - begun)


def _read(name: str, data: bytes, form: str) -> tuple[str, str]:
    try:
        with _memory_held(form):
            parsed = read_and_find(data, name, {})
        check_finding(parsed.finding, parsed.document.text)
    except InputError as error:
        return _refusal(name, error, form), str(error)
    except (DeedlineError, AssertionError) as error:
        return WRONG, f"{type(error).__name__} {error}"
    return READ, ""


def _refusal(name: str, error: InputError, form: str) -> str:
    """What a message that a reader gives on purpose counts as."""
    said = str(error)
    died = "parser ended" in said
    if not said.startswith(name) or "longer than" in said or (died and form != "pdf"):  # the PDF engine is native code
        return WRONG
    return DIED if died else LIMIT if isinstance(error, LimitError) else REFUSED


@contextmanager
def _memory_held(form: str) -> Iterator[None]:
    """Text is read in the worker itself, which is held to MEMORY meanwhile; other forms are, by their confinement."""
    if form != TEXT:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (forked.held() + MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def check_finding(finding: Finding, text: str) -> None:
    """Every line accounted for once, every quotation where it says it stands."""
    filled = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [line.number for line in finding.lines] == filled
    for item in finding.items:
        assert _squeezed(reread(text, item.spans)) == _squeezed(item.text)
        values: tuple[Mention | Deadline | Quantity | Name, ...] = (
            *item.bodies, *item.deadlines, *item.quantities, *item.names,
        )  # fmt: skip
        for value in values:
            assert _squeezed(reread(text, value.spans)) == _squeezed(value.as_printed)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
