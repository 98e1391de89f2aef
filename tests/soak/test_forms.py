"""Any file of any form yields a finding or a clear error. `make soak` runs 10,000 mutants of each form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from io import BytesIO

import pytest

from deedline.errors import InputError, LimitError
from deedline.operations.adding import SECONDS_A_FILE, read_and_find
from deedline.read import confined, read_document
from deedline.run.here import Failed, map_stage
from tests import forked
from tests.read.forms_of_file import Part, as_docbook, as_docx, as_html, parts_of
from tests.read.pdf_of_parts import as_pdf, need_fonts
from tests.soak.mutate_forms import damaged
from tests.soak.mutate_pdf import damaged_pdf
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


def _parts() -> list[Part]:
    return list(parts_of(read_document(SOURCE.encode(), "a.md")))


def as_csv(_parts: list[Part]) -> bytes:
    """A register of commitments as a table of values parted by commas."""
    rows = ["編號,措施,負責部門,期限,進度", '1,"推出計劃, 增設25個名額",房屋署,2032年內,進行中', '2,"研究方案',
            '分兩期",發展局,2033年,"已""完成"""']  # fmt: skip
    return "\r\n".join([*rows, *(f"{n},完成第{n}項工程,路政署,203{n}年,未開始" for n in range(3, 9))]).encode()


def as_xlsx(_parts: list[Part]) -> bytes:
    """The same as a workbook."""
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("措施")
        for number, row in enumerate(as_csv([]).decode().split("\r\n")):
            sheet.write_row(number, 0, row.split(","))
        sheet.merge_range(12, 0, 13, 2, "合併的格")
        sheet.write_formula(14, 0, "=SUM(A1:A3)")
    return held.getvalue()


FORMS: Mapping[str, Callable[[list[Part]], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "dbk": as_docbook,
    "pdf": as_pdf,
    "xlsx": as_xlsx,
    "csv": as_csv,
}
WARM = {
    "html": "deedline.read.html",
    "docx": "deedline.read.docx",
    "dbk": "deedline.read.docbook",
    "pdf": "deedline.read.pdf_layout",
    "xlsx": "deedline.read.xlsx",
    "csv": "deedline.read.delimited",
}


@cache
def whole(form: str) -> bytes:
    """The file that mutants of a form are made from. Warms the process: its children are forks of it."""
    confined.run_child = forked.run_child
    import_module(WARM[form])
    if form == "pdf":
        import_module("pypdfium2")
        import_module("pdfplumber")
    return FORMS[form](_parts())


def mutant(number: int, form: str) -> bytes:
    """The bytes of mutant `number` of a form."""
    return (damaged_pdf if form == "pdf" else damaged)(number, whole(form))


def read_damaged(number: int, form: str) -> str:
    parsed = read_and_find(mutant(number, form), f"{number}.{form}", {})
    check_finding(parsed.finding, parsed.document.text)
    return "read"


@pytest.mark.parametrize("form", FORMS)
def test_any_file_of_a_form_yields_a_finding_or_a_clear_error(form: str) -> None:
    if form == "pdf":
        need_fonts()
    wrong: list[str] = []
    counts = Counter[str]()
    for outcome in map_stage(partial(read_damaged, form=form), range(MUTANTS), workers=2, seconds=SECONDS_A_FILE):
        if not isinstance(outcome, Failed):
            counts["read"] += 1
            continue
        message = str(outcome.error)
        died = "parser ended" in message
        counts["died" if died else "limit" if isinstance(outcome.error, LimitError) else "refused"] += 1
        foreseen = isinstance(outcome.error, InputError) and "longer than" not in message
        if not foreseen or (died and form != "pdf") or not message.startswith(f"{outcome.index}.{form}"):
            wrong.append(f"mutant {outcome.index}: {type(outcome.error).__name__} {message}")
    print(f"{MUTANTS:,} mutants of {form}: {dict(counts)}")
    assert not wrong, f"{len(wrong)} of {MUTANTS}:\n" + "\n".join(wrong[:20])
    assert counts["read"]  # some can be read
