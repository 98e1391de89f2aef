"""Whether an indicator is late: the same in lists of items and beside its figures."""

from __future__ import annotations

import pytest

from deedline.find import find_items
from deedline.knowledge.load import jurisdiction
from deedline.operations import all_measured, count_items
from deedline.register import ItemQuery, Register
from tests.find.tabling import HEADER, read_text
from tests.register.making import NOON


@pytest.mark.parametrize(
    ("progress", "late"),
    [
        ("完成執行。已推出計劃。符合進度。渡輪名額已增加至350個。", 1),  # the figure's own status is another one
        ("符合進度。已推出計劃。完成執行。渡輪名額已增加至400個。", 0),
        ("完成執行。渡輪名額已增加至350個。", 0),
        ("符合進度。渡輪名額已增加至350個。", 1),
    ],
)
def test_lists_find_late_what_its_figures_say_is_late(register: Register, progress: str, late: int) -> None:
    text = f"{HEADER}\n1\t在2023年底前把渡輪名額增加至400個。(教育局)\t{progress}\n"
    document = read_text(text)
    register.put(document, find_items(document, jurisdiction("hk")), data=text.encode(), at=NOON, by="reader")
    (found,) = all_measured(register)
    assert found.assessment is not None
    assert found.assessment.late is bool(late)
    assert count_items(register, ItemQuery(), late=True) == late
