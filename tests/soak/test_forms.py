"""Any file of any form yields a finding or a clear error. `make soak` runs 10,000 mutants of each form."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from deedline.errors import ReadError
from deedline.read import confined
from tests import forked
from tests.read.pdf_of_parts import need_fonts
from tests.soak.became import READ, WRONG, became
from tests.soak.wholes import FORMS, TEXT, mutant

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children by fork and their walls are Linux's")
MUTANTS = 100 * int(os.environ.get("DEEDLINE_SOAK", "1"))


@pytest.mark.parametrize("form", FORMS)
def test_any_file_of_a_form_yields_a_finding_or_a_clear_error(form: str) -> None:
    if form == "pdf":
        need_fonts()
    found = list(became(form, range(MUTANTS)))
    counts = Counter(each.what for each in found)
    print(f"{MUTANTS:,} mutants of {form}: {dict(counts)}")
    wrong = [f"mutant {each.number}: {each.said}" for each in found if each.what == WRONG]
    assert not wrong, f"{len(wrong)} of {MUTANTS}:\n" + "\n".join(wrong[:20])
    assert 0 < counts[READ] < MUTANTS  # some can be read, some cannot


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf"])
def test_a_mutant_is_the_same_every_time(form: str) -> None:
    assert [mutant(number, form) for number in range(1, 30)] == [mutant(number, form) for number in range(1, 30)]


@pytest.mark.parametrize("where", ["stood", "home", "passing"])
def test_a_file_that_is_left_is_told(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(_data: bytes, name: str, _given: object) -> None:
        folder = {"stood": Path.cwd(), "home": Path.home(), "passing": Path(tempfile.gettempdir())}[where]
        (folder / "left").write_text("x", encoding="utf-8")
        raise ReadError(f"{name}: refused")

    monkeypatch.setattr("tests.soak.became.read_and_find", leave)
    (told,) = became(TEXT, [1], workers=0)
    assert told.what == WRONG
    assert re.fullmatch(rf"left {where}/(\d+/)?left", told.said)


def test_a_parser_that_bears_being_refused_a_socket_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "run_child", forked.run_child)
    with pytest.raises(AssertionError, match=r"x\.pdf: its parser asked for a socket"):
        confined.parse_confined("tests.read.misbehaving:ask_and_bear_no", b"", "x.pdf", "PDF")
