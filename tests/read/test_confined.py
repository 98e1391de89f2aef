"""A parser in its own process is held to its limits and walls, and what becomes of it is told in words."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deedline.errors import LimitError, ReadError, StageError
from deedline.read.confined import Limits, parse_confined

pytestmark = pytest.mark.usefixtures("new_interpreters")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's walls are Linux's")


@pytest.fixture
def new_interpreters(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Children that import what misbehaves, started as readers start theirs."""
    monkeypatch.setenv("PYTHONPATH", str(root))


@pytest.fixture
def port() -> Iterator[int]:
    """A port of this machine on which nobody must ever call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield int(listening.getsockname()[1])
        with pytest.raises(BlockingIOError):  # no connection waits
            listening.accept()


def _parse(parser: str, limits: Limits | None = None, data: bytes = b"") -> object:
    return parse_confined(f"tests.read.misbehaving:{parser}", data, "x.pdf", "PDF", limits)


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


@ON_LINUX
def test_a_parser_that_the_system_ends_is_told() -> None:
    with pytest.raises(LimitError, match=r"x\.pdf: the system ended its parser"):
        _parse("kill_itself")


def test_an_unforeseen_failure_says_where_it_happened() -> None:
    with pytest.raises(StageError, match=r"x\.pdf: an unforeseen KeyError at misbehaving\.py, line \d+ of its parser"):
        _parse("stumble")


def test_what_a_parser_prints_is_no_part_of_its_answer() -> None:
    assert _parse("print_words") == "said"


def test_half_a_surrogate_pair_comes_through() -> None:
    assert _parse("half_a_pair") == "a\ud800b"


@ON_LINUX
def test_only_so_many_files_are_open_at_once() -> None:
    with pytest.raises(StageError, match="unforeseen OSError"):
        _parse("open_many")


def test_a_parser_writes_in_its_own_folder_and_the_folder_goes() -> None:
    written = _parse("write_in_own_folder")
    assert isinstance(written, str)
    assert Path(written).parent.parent == Path(tempfile.gettempdir())
    assert not Path(written).parent.exists()


@pytest.mark.parametrize("parser", ["write_at", "write_natively_at"])
def test_a_parser_writes_nowhere_else(parser: str, tmp_path: Path) -> None:
    if parser == "write_natively_at" and not _is_walled():
        pytest.skip("this kernel has no Landlock; the hook holds Python's own code only")
    path = tmp_path / "out"
    if parser == "write_at":
        with pytest.raises(StageError, match="unforeseen PermissionError"):
            _parse(parser, data=bytes(path))
    else:
        assert _parse(parser, data=bytes(path)) != 0
    assert list(tmp_path.iterdir()) == []


@ON_LINUX
def test_a_parser_reads_no_file_of_the_user(tmp_path: Path) -> None:
    if not _is_walled():
        pytest.skip("this kernel has no Landlock")
    path = tmp_path / "secret"
    path.write_text("x", encoding="utf-8")
    assert _parse("read_natively_at", data=bytes(path)) != 0


def test_a_parser_reaches_no_network(port: int) -> None:
    with pytest.raises(StageError, match=r"x\.pdf: an unforeseen (PermissionError|URLError)"):
        _parse("fetch", data=f"http://127.0.0.1:{port}/".encode())


@ON_LINUX
def test_native_code_reaches_no_network(port: int) -> None:
    if not _is_walled():
        pytest.skip("this system lets no process give up its network")
    assert _parse("connect_natively", data=str(port).encode()) != 0


def test_a_parser_starts_no_program() -> None:
    with pytest.raises(StageError, match="unforeseen PermissionError"):
        _parse("start_a_program")


def test_a_parser_is_told_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_ASSIST_KEY", "secret")
    known = _parse("tell_environment")
    assert isinstance(known, list)
    assert "DEEDLINE_ASSIST_KEY" not in known


def _is_walled() -> bool:
    """Whether the kernel has Landlock with its rules for TCP, so that its walls stand whoever runs the tests."""
    import ctypes

    return sys.platform == "linux" and int(ctypes.CDLL(None).syscall(444, None, 0, 1)) >= 4 and os.name == "posix"
