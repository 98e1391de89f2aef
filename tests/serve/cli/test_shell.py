"""Exit codes, errors told plainly, help that is true."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deedline import operations
from deedline.errors import StageError
from deedline.register import open_register
from deedline.serve.cli import main
from deedline.serve.cli.learning import help_of, reference
from tests.serve.invented import make_register

Run = Callable[..., Result]
PROGRAM = [sys.executable, "-m", "deedline"]

READING = [
    ("documents",),
    ("items",),
    ("items", "--count"),
    ("due",),
    ("indicators",),
    ("review",),
    ("link",),
    ("issues",),
    ("coverage", "海港"),
    ("coverage", "海港", "--summary"),
    ("history",),
    ("doctor",),
    ("completion", "fish"),
    ("help",),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_every_verb_prints_json_before_or_after_it(run: Run, words: tuple[str, ...]) -> None:
    run("link")  # done once, it says the same again
    after = run(*words, "--json")
    before = run("--json", *words)
    assert (after.exit_code, before.exit_code) == (0, 0)
    assert json.loads(after.stdout) == json.loads(before.stdout)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_every_verb_prints_words_without_json(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 0
    assert result.stdout.strip()


def test_no_verb_is_untested_for_json() -> None:
    elsewhere = {"add", "edit-document", "remove", "undo", "show", "export", "serve"}
    elsewhere |= {"thread", "compare", "pair", "adoption", "judge", "correct", "settle"}
    elsewhere |= {"columns", "watch", "evaluate", "train", "assist", "report", "search", "mcp"}
    assert {words[0] for words in READING} | elsewhere == set(main.commands)


def test_the_register_may_be_named_after_the_verb_or_by_the_environment(register_path: Path) -> None:
    after = CliRunner().invoke(main, ["items", "--count", "--register", str(register_path)])
    environment = CliRunner(env={"DEEDLINE_REGISTER": str(register_path)}).invoke(main, ["items", "--count"])
    assert after.stdout == environment.stdout == "4\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("documents",), 3, "deedline add FILE"),
        (("nonsense",), 2, "No such command"),
        (("items", "--kind", "nonsense"), 2, "'nonsense' is not one of"),
        (("coverage", "nowhere.txt"), 3, "no register here"),
        (("add",), 2, "Missing argument"),
    ],
)
def test_errors_say_what_and_end_in_their_code(run: Run, tmp_path: Path, words: Any, code: int, said: str) -> None:
    result = run(*words, location=tmp_path / "none.db")
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_no_register_is_trouble_with_the_register(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("not a register at all, but long enough to look at" * 40)
    result = run("items", location=other)
    assert result.exit_code == 3
    assert "other.db" in result.stderr
    assert "Traceback" not in result.stderr


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("nobody foresaw this")


def test_a_fault_is_reported_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(operations, "count_items", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("items")
    assert result.exit_code == 70
    assert "Traceback" not in result.stderr
    (report,) = tmp_path.glob("deedline-fault-*.txt")
    assert report.name in result.stderr
    assert "nobody foresaw this" in report.read_text(encoding="utf-8")


def test_debug_shows_where_a_fault_arose(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "count_items", broken)
    result = run("items", "--debug")
    assert result.exit_code == 70
    assert "nobody foresaw this" in result.stderr


def test_doctor_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    location = make_register(tmp_path / "lossy.db", complete=False)
    result = run("doctor", location=location)
    assert result.exit_code == 3
    assert "fail" in result.stdout
    absent = run("doctor", "--json", location=tmp_path / "none.db")
    assert absent.exit_code == 0
    assert json.loads(absent.stdout)["checks"][-1]["state"] == "warn"
    nowhere = run("doctor", location=tmp_path / "no" / "folder.db")
    assert nowhere.exit_code == 3


def test_examples_in_help_are_understood() -> None:
    """Every example names a verb and options that there are."""
    for verb, command in main.commands.items():
        assert command.epilog, f"{verb} shows no example"
        known = {flag for param in [*command.params, *main.params] for flag in [*param.opts, *param.secondary_opts]}
        for line in command.epilog.strip().splitlines():
            assert line.startswith("deedline ")
            assert f" {verb}" in line
            assert {word for word in line.split() if word.startswith("--")} <= known


def test_the_reference_is_what_help_prints(root: Path) -> None:
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == reference(main), "write it anew: deedline help --all > docs/cli.md"


def test_help_tells_of_every_verb_in_one_line_each() -> None:
    shown = help_of(main, None, 80)
    for verb in main.commands:
        line = re.search(rf"^  {verb}  +(.+)$", shown, re.M)
        assert line, verb
        assert not line[1].endswith("..."), f"{verb}: the first sentence is cut short"


def test_help_of_one_verb_is_its_own(run: Run) -> None:
    assert run("help", "items").stdout == run("items", "--help").stdout
    assert run("help", "nonsense").exit_code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_shells_script(run: Run, shell: str) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not here, and Click asks it for its version")
    script = run("completion", shell).stdout
    assert "_DEEDLINE_COMPLETE" in script
    assert "deedline" in script


def test_a_reader_that_leaves_is_no_error(register_path: Path) -> None:
    command = f"{' '.join(PROGRAM)} --register '{register_path}' items --json | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[0].startswith("{")
    assert done.stderr == ""


def test_output_into_a_closed_pipe_ends_quietly(register_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [*PROGRAM, "--register", str(register_path), "items"], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("words", [("items",), ("items", "--json"), ("history",)], ids=" ".join)
def test_output_that_cannot_be_written_is_told(register_path: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [*PROGRAM, "--register", str(register_path), *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "the output could not be written (No space left on device)" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("documents", "--json"), 3, "there is no register here"),
        (("--json", "nonsense"), 2, "No such command"),
        (("items", "--json", "--kind", "x"), 2, "'x' is not one of"),
        (("items", "--bogus", "--json"), 2, "No such option"),
        (("judge", "--json", "--accept", "--reject", "a", "b"), 2, "contradict each other"),
    ],
)
def test_a_program_is_told_of_an_error_in_json(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = run(*words, location=tmp_path / "none.db")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in json.loads(result.stderr)["error"]


def test_json_after_dashes_is_not_asked_for(run: Run) -> None:
    assert run("items", "--bogus", "--", "--json").stderr.startswith("Usage:")


def test_debug_shows_where_a_stage_failed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(*_: object, **__: object) -> None:
        error = StageError("an unforeseen fault")
        error.add_note("Traceback: line 7")
        raise error

    monkeypatch.setattr(operations, "count_items", failed)
    assert "line 7" not in run("items").stderr
    debugged = run("items", "--debug")
    assert debugged.exit_code == 1
    assert "Traceback: line 7" in debugged.stderr
    assert "an unforeseen fault" in debugged.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("judge", "a", "b", "--accept", "--reject"),
        ("judge", "a", "b", "--reject", "--accept"),
        ("settle", "a", "--open", "--resolved", "--why", "x"),
        ("review", "--links", "--issues"),
        ("pair", "a", "b", "--same", "--not-same"),
    ],
    ids=" ".join,
)
def test_switches_that_contradict_each_other_are_refused(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "contradict each other" in result.stderr


def test_a_word_after_dashes_is_no_switch(run: Run) -> None:
    assert run("judge", "--accept", "--", "--reject", "b").exit_code == 1


def test_a_folder_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    if not Path("/proc").is_dir():
        pytest.skip("no folder here refuses files even of the one who may do anything")
    paper = tmp_path / "paper.txt"
    paper.write_text("- 興建圖書館\n", encoding="utf-8")
    result = run("add", str(paper), location=Path("/proc/new.db"))
    assert result.exit_code == 3
    assert "nothing can be written in the folder /proc" in result.stderr
    assert "SQLite says" not in result.stderr


def test_ctrl_c_leaves_a_register_that_is_well(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(300):
        text = "海港市政府施政綱領\n2030年1月1日\n" + f"- 在2031年內興建第{number}座圖書館（教育局）\n" * 200
        (papers / f"{number:03}.txt").write_text(text, encoding="utf-8")
    location = tmp_path / "stopped.db"
    command = [*PROGRAM, "--register", str(location), "add", str(papers)]
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # a child inherits that a shell's background ignores it
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        signal.signal(signal.SIGINT, before)
        assert adding.stdout
        adding.stdout.readline()  # one is kept
        adding.send_signal(signal.SIGINT)
        _, told = adding.communicate()
    assert adding.returncode == 130
    assert "Traceback" not in told
    assert "Stopped." in told
    with open_register(location, create=False) as register:
        assert 0 < len(register.documents()) < 300
        assert register.check() == ()


@pytest.mark.parametrize(
    "loading", ["click", "deedline.serve.cli", "deedline.operations", "sqlite3", "opencc", "numpy"]
)
def test_ctrl_c_while_modules_load_ends_as_ever(loading: str, tmp_path: Path) -> None:
    code = f"""
import os, signal, sys
class Stopping:
    def find_spec(self, name, *_):
        if name == {loading!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stopping())
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
from deedline.__main__ import main
main()
"""
    paper = tmp_path / "paper.txt"
    paper.write_text("海港市政府施政綱領\n2030年1月1日\n\n- 在2031年內興建圖書館（教育局）\n", encoding="utf-8")
    command = [sys.executable, "-c", code, "--register", str(tmp_path / "new.db"), "add", str(paper), str(paper)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith("Stopped. What was kept before is kept; nothing is half-written.\n")


def test_serve_tells_its_address_and_answers(register_path: Path) -> None:
    from urllib.request import urlopen

    command = [*PROGRAM, "--register", str(register_path), "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        told = "".join(iter(serving.stdout.readline, "}\n")) + "}"
        address = json.loads(told)["address"]
        for _ in range(50):
            try:
                with urlopen(address, timeout=5) as answer:
                    page = answer.read().decode()
                break
            except OSError:
                time.sleep(0.1)
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=20) == 130
    assert "海港市" in page


def test_serve_says_that_a_port_is_taken(run: Run) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "choose another --port" in result.stderr


def test_help_loads_no_reader_store_or_server() -> None:
    heavy = {"opencc", "pyarrow", "rich", "sqlite3", "starlette", "uvicorn", "jinja2"}
    code = f"import sys, deedline.serve.cli; print(*sorted({heavy!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == ""


def test_a_bar_is_drawn_on_a_terminal_and_taken_away(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="terminals are told apart on POSIX only")
    papers = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, paper in enumerate(papers):
        paper.write_text(
            f"海港市政府施政綱領\n2030年1月1日\n\n- 在203{number}年內興建圖書館（教育局）\n", encoding="utf-8"
        )
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine gives out no pseudo-terminals (is /dev/pts mounted?)")
    command = [*PROGRAM, "--register", str(tmp_path / "drawn.db"), "add", *map(str, papers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True)
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert re.findall(r"Reading █*░* (\d) of 3", drawn)[-1] == "3"
    assert re.findall(r"Comparing █*░* (\d) of 3", drawn)[-1] == "3"
    assert drawn.rpartition("\r\x1b[K")[2].endswith("Compared 3 pairs of documents: 3 links added.\r\n")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["added"] * 3


def test_the_page_on_the_demo_tells_what_the_demo_does(root: Path, clearbay: Path, tmp_path: Path) -> None:
    (script,) = re.findall(r"^```console\n(.*?)^```", (root / "docs" / "demo.md").read_text("utf-8"), re.S | re.M)
    told = re.findall(r"export (.+)$", script, re.M)
    assert told == re.findall(r"^    export (.+)$", (root / "run").read_text("utf-8"), re.M)
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "examples").symlink_to(root / "examples", target_is_directory=True)
    shutil.copy(clearbay, folder / "demo.db")
    run = partial(subprocess.run, cwd=folder, env=env, capture_output=True, text=True)
    for command in re.findall(r"^\$ (deedline (?!serve).+)$", script, re.M):
        ended = run(["sh", "-c", f"export {told[0]}\n{command}"])
        assert (ended.returncode, ended.stderr) == (0, ""), command
        assert ended.stdout
    unknown = run(["sh", "-c", f"export {told[0].split()[0]}\nunset DEEDLINE_KNOWLEDGE\ndeedline show 438c88"])
    assert "no knowledge of the jurisdiction 'clearbay'" in unknown.stderr
