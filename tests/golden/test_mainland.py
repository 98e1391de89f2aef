"""An invented division of labour of a work report against what a person reads in it: tasks and long paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from deedline.find.bodies import close_bodies
from deedline.knowledge.bodies import bodies_of
from deedline.knowledge.body_forms import printed_forms
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.body import Body
from deedline.model.text import reread
from deedline.model.values import Basis
from deedline.operations.adding import read_and_find

FOLDER = Path(__file__).parents[2] / "examples" / "mainland"
CN = jurisdiction("cn")
INDEX = bodies_of(CN)

# The line, the first words, the section, the departments with the leading one first, the day due, what is promised.
READ: dict[str, list[tuple[int, str, str, list[str], str | None, list[float]]]] = {
    "2031-work-report.zh.md": [
        (11, "城镇新增就业", "扩大就业", ["mohrss", "mof", "moe"], "2031-06-30", [1250e4]),
        (13, "年内开工改造", "扩大就业", ["mohurd", "ndrc", "mof"], "2032-12-31", [6e4]),
        (17, "到2035年", "健全医疗", ["nhc", "nhsa"], "2035-12-31", [4]),
        (21, "今年将再修复", "办好实事", ["mot", "mct"], "2031-12-31", [35]),
        (21, "要在年底前", "办好实事", ["mot", "mct"], "2031-12-31", []),
        (25, "2033年底前要", "办好实事", ["nea"], "2033-12-31", [60]),
    ],
    "2032-work-report.zh.md": [
        (9, "城镇新增就业", "改善民生", ["mohrss", "mof"], None, [1300e4]),
        (11, "2033年底前完成", "改善民生", ["mohurd", "ndrc", "mof"], "2033-12-31", [6e4]),
        (15, "今年将修复", "办好实事", ["mot", "nea"], "2032-12-31", []),
        (15, "2034年底前要", "办好实事", ["mot", "nea"], "2034-12-31", [80]),
    ],
}


@pytest.mark.parametrize("name", READ)
def test_every_task_is_found_with_its_departments_its_day_and_its_figures(name: str) -> None:
    parsed = read_and_find((FOLDER / name).read_bytes(), name, {})
    found = [
        (
            item.lines[0],
            item.path[-1],
            [mention.body_id for mention in item.bodies],
            item.due.isoformat() if item.due else None,
            [figure.value for figure in item.quantities if figure.basis is Basis.TARGET],
        )
        for item in parsed.finding.items
    ]
    assert found == [
        (line, section, [f"cn/{body}" for body in bodies], due, figures)
        for line, _, section, bodies, due, figures in READ[name]
    ]
    for item, (_, words, *_rest) in zip(parsed.finding.items, READ[name], strict=True):
        assert item.text.startswith(words)
        for mention in item.bodies:
            assert reread(parsed.document.text, mention.spans) == mention.as_printed
    assert parsed.finding.issues == ()
    assert parsed.document.metadata.jurisdiction == "cn"


@pytest.mark.parametrize("body", INDEX.bodies, ids=lambda body: body.id)
def test_every_name_of_a_department_is_read_back_where_it_leads(body: Body) -> None:
    for form in printed_forms(body):
        if form == body.name_en:
            continue
        found = close_bodies(passage_of(f"修好渡口。({form}牵头,教育部等按职责分工负责)"), body.valid_until, CN)
        assert [each.body_id for each in found.mentions] == list(dict.fromkeys([body.id, "cn/moe"])), form
        assert found.doubts == (), form
