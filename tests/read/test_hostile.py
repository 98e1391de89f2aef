"""Files that mean harm end in text or in one message that names them: within limits, reaching nothing outside."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePath

import pytest

from deedline.errors import InputError
from deedline.operations import Source, add
from deedline.read import docbook, docx, html, read_document
from deedline.register import open_register
from tests.read.hostile import SHAPES, Outside

CALLERS = ("outside", "address", "Word", "world", "declares a file", "included", "style sheet", "folder", "workbook")


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """A file that must not be read and an address that must not be called: the test fails where it was."""
    secret = tmp_path / "secret.txt"
    secret.write_text("OUTSIDE", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield Outside(secret.as_uri(), f"http://127.0.0.1:{listening.getsockname()[1]}/a.dtd")
        with pytest.raises(BlockingIOError):  # nobody called
            listening.accept()
    assert sorted(tmp_path.iterdir()) == [secret]
    assert not Path("/tmp/deedline-outside").exists()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_that_means_harm_is_read_or_refused_in_words(shape: str, outside: Outside) -> None:
    made = SHAPES[shape]
    told, text = _read(made.make(outside), made.name)
    if told:
        assert made.error, told
        assert told.startswith(made.name)
        assert re.search(made.error.removeprefix("|"), told), told
    else:
        assert made.error == "" or made.error.startswith("|")
    assert outside.word not in told + text


def _read(data: bytes, name: str) -> tuple[str, str]:
    """The message of the error met, and the text read."""
    try:
        document = read_document(data, name)
    except InputError as error:
        return str(error), ""
    assert document.name == PurePath(name).name
    return "", document.text


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if any(words in shape for words in CALLERS)])
def test_parsers_reach_nothing_outside_even_without_walls(shape: str, outside: Outside) -> None:
    made = SHAPES[shape]
    parser = {".docx": docx.pieces, ".xml": docbook.pieces, ".html": html.pieces}.get(PurePath(made.name).suffix)
    if parser is None:
        return
    said = ""
    with suppress(InputError):
        said = "".join(words for piece in parser(made.make(outside), made.name) for words in piece.lines)
    assert outside.word not in said


@pytest.mark.usefixtures("new_interpreters")
def test_what_is_refused_leaves_nothing_in_the_register(tmp_path: Path, outside: Outside) -> None:
    chosen = ("a bomb of one member", "a thousand million laughs", "a million pages", "a page a hundred thousand deep")
    folder = Path(tmp_path).with_name(f"{tmp_path.name}-files")
    folder.mkdir()
    sources: list[Source] = []
    for number, shape in enumerate(chosen):
        path = folder / f"{number}-{SHAPES[shape].name}"
        path.write_bytes(SHAPES[shape].make(outside))
        sources.append(Source(path))
    good = folder / "good.txt"
    good.write_text("- 在2032年內推出計劃。(房屋署)\n", encoding="utf-8")
    register = open_register(folder / "a.db")
    outcomes = list(add(register, [*sources, Source(good)], at=datetime(2031, 10, 15, tzinfo=UTC), by="me"))
    assert [outcome.error is None for outcome in outcomes] == [False] * len(chosen) + [True]
    for outcome in outcomes[:-1]:
        assert outcome.path.name in str(outcome.error)
    assert [document.name for document in register.documents()] == ["good.txt"]


@pytest.fixture
def new_interpreters() -> None:
    """Children as readers start them."""
