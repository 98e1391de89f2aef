"""What reports say, before they have a format: counts that add up, evidence for every row, doubts marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from deedline import operations
from deedline.errors import InputError, NotFoundError
from deedline.model.link import VerdictCode
from deedline.operations.reporting import edition_brief, scorecard
from deedline.register import open_register
from deedline.serve.reports import Asked, ReportFormat, ReportKind
from deedline.serve.reports.making import MOST_CHARACTERS, make_paper
from deedline.serve.reports.paper import Figure, Heading, Paper, Paragraph, Table
from deedline.serve.words import CHINESE, ENGLISH
from tests.operations.town import edition, line
from tests.serve.reports.conftest import DAYS, LIGHTHOUSE

Ask = Callable[..., Paper]


def tables(paper: Paper) -> dict[str, Table]:
    """The tables of a report by the beginnings of their captions."""
    found = [block.table if isinstance(block, Figure) else block for block in paper.blocks]
    return {table.caption.partition(":")[0]: table for table in found if isinstance(table, Table)}


def number(text: str) -> int:
    return int(text.replace(",", ""))


def figures(paper: Paper) -> list[Figure]:
    return [block for block in paper.blocks if isinstance(block, Figure)]


def adds_up(table: Table) -> None:
    """The last row is the sum of the others, and the last column that of the others where there are several."""
    rows = [[number(cell) for cell in row[1:]] for row in table.rows]
    *parts, whole = rows
    assert [sum(column) for column in zip(*parts, strict=True)] == whole
    if len(whole) > 1 and table.columns[-1].head == "Total":
        assert all(sum(row[:-1]) == row[-1] for row in rows)


def test_every_row_has_a_cell_for_every_column(paper: Ask) -> None:
    for kind, subject in ((ReportKind.BRIEF, "new"), (ReportKind.ADOPTION, "asked"), (ReportKind.INDICATORS, "new")):
        for table in tables(paper(kind, subject)).values():
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_brief_tells_what_became_of_the_edition_before(paper: Ask) -> None:
    found = tables(paper(ReportKind.BRIEF, "new"))
    assert found["Changed"].rows == (
        (
            "工務局在2023年底前興建圖書館 #a",
            "2023-12-31",
            "工務局在2024年底前興建圖書館 #a",
            "2024-12-31",
            "+366",
            "town/works",
            "B:1 → A:1",
        ),
    )
    gone = {row[0]: row[-1] for row in found["No mention found"].rows}
    assert gone == {"維修行人路 ?b": "行人路完工 #b [A:2; 0.40]", "種樹": "–"}
    assert [row[0] for row in found["New"].rows][:2] == ["行人路完工 #b", "工務局增設單車徑 #c"]


def test_the_fates_of_a_brief_count_every_item(paper: Ask) -> None:
    table = tables(paper(ReportKind.BRIEF, "new"))["What became of the items"]
    assert [number(row[-1]) for row in table.rows] == [3, 7]
    assert all(sum(map(number, row[1:-1])) == number(row[-1]) for row in table.rows)


def test_a_brief_without_an_earlier_edition_says_so(paper: Ask) -> None:
    said = [block.text for block in paper(ReportKind.BRIEF, "old").blocks if isinstance(block, Paragraph)]
    assert "No earlier edition was known by 2024-10-01 to compare it with." in said


def test_what_falls_due_is_parted_from_what_fell_due(paper: Ask) -> None:
    found = tables(paper(ReportKind.BRIEF, "new"))
    assert [(row[0], row[1]) for row in found["Fell due, not reported done"].rows] == [("2023-12-31", "-275")]
    assert {row[0] for row in found.get("Due next", Table("", (), ())).rows} <= {"2024-12-31"}


def test_indicators_begin_with_disagreements(paper: Ask) -> None:
    report = paper(ReportKind.INDICATORS, "new")
    heads = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert heads.index("Disagreements") < heads.index("Status and assessment") < heads.index("章")
    assert [row[0] for row in tables(report)["Disagreements"].rows] == ["7"]
    number, words, _, said, computed, source = tables(report)["章"].rows[0]
    assert (number, words, said, source) == ("7", LIGHTHOUSE, "符合進度. 已動工", "A:5")
    assert computed == "due, no report says it is done; due 2023-12-31; ≠ official status"


def test_an_adoption_report_marks_what_is_only_suggested(paper: Ask) -> None:
    report = paper(ReportKind.ADOPTION, "asked")
    rows = {row[1]: row for row in tables(report)["章"].rows}
    assert rows["應增設單車徑 #c"][3:] == ("adopted", "工務局增設單車徑 #c [B:3; machine, sure, 0.90]")
    assert rows["應建公園 #e"][3:] == ("in hand ?", "公園 ?e [B:4; only suggested, 0.40]")
    assert rows["應減稅 #d"][3:] == ("nothing found", "–")
    assert rows["應興建圖書館 #a"][4].endswith("already there]")


def test_a_scorecard_counts_what_a_body_undertakes(paper: Ask) -> None:
    report = paper(ReportKind.BODY, "ITIB")
    assert "Innovation, Technology and Industry Bureau" in report.title
    said = " ".join(block.text for block in report.blocks if isinstance(block, Paragraph))
    assert "Innovation and Technology Bureau" in said  # whose work it carries on
    listed = [
        row for name, table in tables(report).items() if name in {"Not yet due", "Due soon"} for row in table.rows
    ]
    assert [(row[0], row[4], row[6]) for row in listed] == [
        ("2024-12-31", "創新科技及工業局在2024年底前推出平台 #g", "A:6")
    ]


def test_charts_draw_what_their_tables_say(paper: Ask) -> None:
    for kind, subject in ((ReportKind.BRIEF, "new"), (ReportKind.ADOPTION, "asked"), (ReportKind.BODY, "ITIB")):
        for figure in figures(paper(kind, subject)):
            drawn = [[f"{count:,}" for count in row] for row in figure.chart.counts]
            width = len(figure.chart.series)
            assert [list(row[1 : width + 1]) for row in figure.table.rows[: len(drawn)]] == drawn
            assert all(name in figure.alternative for name in figure.chart.rows)
            if figure.table.summed:
                adds_up(figure.table)


def test_both_languages_hold_the_same_rows(paper: Ask) -> None:
    for kind, subject in ((ReportKind.BRIEF, "new"), (ReportKind.ADOPTION, "asked"), (ReportKind.INDICATORS, "new")):
        one, other = (paper(kind, subject, language) for language in (ENGLISH, CHINESE))
        assert [type(block) for block in one.blocks] == [type(block) for block in other.blocks]
        rows = [[len(table.rows) for table in tables(each).values()] for each in (one, other)]
        assert rows[0] == rows[1]
        assert (one.language, other.language) == ("en", "zh-HK")


def test_the_day_bounds_what_is_known(paper: Ask) -> None:
    with pytest.raises(InputError, match="give a later day"):
        paper(ReportKind.BRIEF, "new", as_of=date(2024, 1, 1))


def test_a_text_beyond_measure_is_cut_and_says_so(tmp_path: Path) -> None:
    long = "長" * (MOST_CHARACTERS + 1_234)
    with open_register(tmp_path / "long.db") as register:
        edition("long", date(2024, 11, 1), line(f"在2024年底前{long}", due=DAYS[1])).put(register)
        paper, _ = make_paper(register, Asked(ReportKind.BRIEF, "long", ReportFormat.MARKDOWN, ENGLISH))
    ((*_, shown, _, _),) = tables(paper)["Due next"].rows
    assert shown.endswith("長… (+1,242)")


@pytest.mark.parametrize(
    ("kind", "subject", "error"),
    [
        (ReportKind.BRIEF, "asked", InputError),
        (ReportKind.BRIEF, "nothing like it", NotFoundError),
        (ReportKind.ADOPTION, "new", InputError),
        (ReportKind.BODY, "no such body", NotFoundError),
    ],
)
def test_a_subject_that_cannot_be_is_told(paper: Ask, kind: ReportKind, subject: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        paper(kind, subject)


def test_the_real_reports_say_what_the_operations_count(linked_seeds: Path) -> None:
    with open_register(linked_seeds) as register:
        brief = edition_brief(register, "2024")
        asked = Asked(ReportKind.BRIEF, "2024", ReportFormat.MARKDOWN, ENGLISH)
        told = tables(make_paper(register, asked)[0])
        crossed = next(table for name, table in told.items() if name.startswith("Official status of"))
        assert number(crossed.rows[-1][-1]) == len(brief.measured)
        assert len(told["Disagreements"].rows) == len(brief.disagreeing)
        chapters = told["Items by chapter"]
        adds_up(chapters)
        assert number(chapters.rows[-1][-1]) == len(brief.entries)

        report = operations.adoption(register, "001")[0]
        paper, _ = make_paper(register, Asked(ReportKind.ADOPTION, "001", ReportFormat.MARKDOWN, ENGLISH))
        scopes = tables(paper)["Verdicts by scope of the submission"]
        adds_up(scopes)
        assert [number(cell) for cell in scopes.rows[-1][1:-1]] == [
            report.tallies[0].counts[code] for code in VerdictCode
        ]
        parts = [
            table for name, table in tables(paper).items() if len(table.columns) == 5 and name != "Documents cited"
        ]
        assert sum(len(table.rows) for table in parts[-13:]) == len(report.proposals)

        card = scorecard(register, "hk/itib")
        paper, _ = make_paper(register, Asked(ReportKind.BODY, "hk/itib", ReportFormat.MARKDOWN, ENGLISH))
        stand = next(table for name, table in tables(paper).items() if name.startswith("Where its undertakings stand"))
        assert number(stand.rows[-1][-1]) == len(card.followed)
