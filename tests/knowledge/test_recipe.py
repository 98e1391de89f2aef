"""The recipe "Add a jurisdiction" in CONTRIBUTING.md, followed to the letter: files of TOML, and a document is read."""

from __future__ import annotations

import re
import textwrap
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from deedline.errors import KnowledgeError
from deedline.knowledge.bodies import bodies_of
from deedline.knowledge.load import FOLDERS_VARIABLE, jurisdiction, jurisdictions
from deedline.model.item import Item
from deedline.operations.adding import read_and_find
from deedline.serve.cli import main
from tests.tree import ROOT


def recipe() -> str:
    """The section of CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.split("### Add a jurisdiction\n")[1].split("\n### ")[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with every file that the recipe writes, as the current one."""
    for name, text in re.findall(r"^ +`([\w./-]+)`:\n\n +```\w+\n(.*?)^ +```", recipe(), re.S | re.M):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FOLDERS_VARIABLE, str(tmp_path / "places"))
    return tmp_path


def items(folder: Path) -> tuple[Item, ...]:
    return read_and_find((folder / "plan.md").read_bytes(), "plan.md", {}).finding.items


def test_it_needs_no_code(folder: Path) -> None:
    suffixes = {file.suffix for file in folder.joinpath("places").rglob("*") if file.is_file()}
    assert suffixes == {".toml"}


def test_the_place_is_known_beside_those_that_come_with_deedline(folder: Path) -> None:
    assert {"saltmarsh", "hk", "ca"} <= {place.id for place in jurisdictions()}
    bodies = bodies_of(jurisdiction("saltmarsh"))
    assert [body.id for body in bodies.successors("saltmarsh/dykes")] == ["saltmarsh/roads"]


def test_its_document_is_read_as_one_reads_it(folder: Path) -> None:
    document = read_and_find((folder / "plan.md").read_bytes(), "plan.md", {}).document
    assert (document.metadata.jurisdiction, document.metadata.kind.value) == ("saltmarsh", "commitments")
    mend, sluices = items(folder)
    assert mend.text == "The County will mend 3 km of it by the end of fiscal year 2032-33."
    assert [(mention.body_id, mention.role.value) for mention in mend.bodies] == [("saltmarsh/roads", "lead")]
    assert mend.due == date(2033, 6, 30)
    assert [(mention.body_id, mention.role.value) for mention in sluices.bodies] == [
        ("saltmarsh/roads", "lead"),
        ("saltmarsh/birds", "joint"),
    ]
    assert sluices.due == date(2032, 10, 31)
    assert [(figure.value, figure.unit) for figure in sluices.quantities] == [(2, "sluices")]


def test_its_commands_run(folder: Path) -> None:
    shell = re.findall(r"^ +\$ deedline (.*)$", recipe(), re.M)
    assert shell[0] == "add plan.md"
    for arguments in shell:
        result = CliRunner().invoke(main, arguments.split())
        assert result.exit_code == 0, result.output


def test_its_examples_are_run_by_the_tests_that_it_names(folder: Path) -> None:
    named = re.search(r"pytest (tests/\S+)`", recipe())
    assert named is not None
    assert (ROOT / named[1]).is_dir()
    from tests.knowledge.test_patterns import pattern_files, unlike

    own = [param.values[0] for param in pattern_files() if "saltmarsh" in str(param.id)]  # type: ignore[attr-defined]
    assert len(own) == 3
    assert [unlike(file, key, key == "accept") for file in own for key in ("accept", "refuse")] == [[]] * 6


def test_a_language_that_is_not_read_is_refused_by_name(folder: Path) -> None:
    file = folder / "places/saltmarsh/jurisdiction.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('["en"]', '["cy"]'), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no language 'cy' is read; use en, zh") as caught:
        jurisdictions()
    assert "saltmarsh/jurisdiction.toml" in str(caught.value)
