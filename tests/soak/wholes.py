"""The whole files that mutants are made from, one of each form, and mutant `number` of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from deedline.read import read_document
from tests.read.forms_of_file import Part, as_docbook, as_docx, as_html, parts_of
from tests.read.pdf_of_parts import as_pdf
from tests.soak import mutate
from tests.soak.mutate_forms import damaged, packed, unpacked
from tests.soak.mutate_pdf import damaged_pdf

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = "text"
SOURCE = """# 市長2031年施政報告

2031.10.15

## 房屋

- 在2032年內推出計劃。(房屋署)
- 研究方案。(房屋署)

1. 放寬資助

編號\t指定項目指標\t進度
1\t為此： <ul><li>在2032年內完成；</li><li>增設25個。(房屋署)</li></ul>\t<p>進行中。</p><p>符合進度。</p>
"""


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
        book.set_properties({"created": datetime(2031, 10, 15, tzinfo=UTC)})
        sheet = book.add_worksheet("措施")
        for number, row in enumerate(as_csv([]).decode().split("\r\n")):
            sheet.write_row(number, 0, row.split(","))
        sheet.merge_range(12, 0, 13, 2, "合併的格")
        sheet.write_formula(14, 0, "=SUM(A1:A3)")
    return held.getvalue()


FILES: Mapping[str, Callable[[list[Part]], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "dbk": as_docbook,
    "docx": as_docx,
    "html": as_html,
    "pdf": as_pdf,
}
FORMS = (TEXT, *FILES)


@cache
def whole(form: str) -> bytes:
    made = FILES[form](list(parts_of(read_document(SOURCE.encode(), "a.md"))))
    return packed(unpacked(made)) if made.startswith(b"PK") else made


@cache
def texts() -> tuple[str, ...]:
    """The examples, and the real documents where they are."""
    folders = (ROOT / "examples", ROOT.parent / "shared" / "seeds")
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()) if file.is_file()]
    assert files
    return tuple(file.read_text(encoding="utf-8") for file in files)


def mutant(number: int, form: str) -> tuple[str, bytes]:
    """The name and bytes of mutant `number` of a form; the same every time."""
    if form == TEXT:
        return mutate.mutant(number, texts())
    return f"{number}.{form}", (damaged_pdf if form == "pdf" else damaged)(number, whole(form))
