"""Whether an indicator is late: the same in lists of items and beside its figures."""

from __future__ import annotations

import pytest

from deedline.find import find_items
from deedline.knowledge.load import jurisdiction
from deedline.model.assessment import AssessmentCode
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


def test_a_figure_of_another_time_does_not_hide_a_shortfall(register: Register) -> None:
    promise = "每年支持四個渡輪項目，並在2024年6月底前培訓100名船員。(教育局)"
    progress = "完成執行。自2023年推出計劃以來，已支持17個渡輪項目。已培訓40名船員。"
    text = f"{HEADER}\n1\t{promise}\t{progress}\n"
    document = read_text(text)
    register.put(document, find_items(document, jurisdiction("hk")), data=text.encode(), at=NOON, by="reader")
    (found,) = all_measured(register)
    assert found.attainment is not None
    assert found.assessment is not None
    assert (found.attainment.target, found.attainment.actual) == (100, 40)
    assert (found.assessment.verdict, found.disagrees) == (AssessmentCode.SHORT, True)
    assert any("also promised 四個" in reason for reason in found.assessment.reasons)
