"""Any file of any form yields a finding or a clear error. `make soak` runs 10,000 mutants of each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pytest

from deedline.errors import StageError
from deedline.operations.adding import SECONDS_A_FILE, read_and_find
from deedline.read import read_document
from deedline.run.here import Failed, map_stage
from tests.read.forms_of_file import Part, as_docbook, as_docx, as_html, parts_of
from tests.soak.mutate_forms import damaged
from tests.soak.test_mutations import MUTANTS, check_finding

SOURCE = """# 市長2031年施政報告

2031.10.15

## 房屋

- 在2032年內推出計劃。(房屋署)
- 研究方案。(房屋署)

1. 放寬資助

編號\t指定項目指標\t進度
1\t為此： <ul><li>在2032年內完成；</li><li>增設25個。(房屋署)</li></ul>\t<p>進行中。</p><p>符合進度。</p>
"""
FORMS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {"html": as_html, "docx": as_docx, "dbk": as_docbook}


def read_damaged(number: int, form: str) -> str:
    name = f"{number}.{form}"
    data = damaged(number, FORMS[form](parts_of(read_document(SOURCE.encode(), "a.md"))))
    parsed = read_and_find(data, name, {})
    check_finding(parsed.finding, parsed.document.text)
    return name


@pytest.mark.parametrize("form", FORMS)
def test_any_file_of_a_form_yields_a_finding_or_a_clear_error(form: str) -> None:
    wrong: list[str] = []
    errors = 0
    for outcome in map_stage(partial(read_damaged, form=form), range(MUTANTS), workers=2, seconds=SECONDS_A_FILE):
        if isinstance(outcome, Failed):
            errors += 1
            message = str(outcome.error)
            unforeseen = isinstance(outcome.error, StageError) or "longer than" in message
            if unforeseen or not message.startswith(f"{outcome.index}.{form}"):
                wrong.append(f"mutant {outcome.index}: {type(outcome.error).__name__} {message}")
    assert not wrong, f"{len(wrong)} of {MUTANTS}:\n" + "\n".join(wrong[:20])
    assert errors < MUTANTS  # most can be read
