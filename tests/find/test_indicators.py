"""Indicators: stitched over pages, part by part, each with its number, bodies and report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.find.indicators import IndicatorFinding, find_indicators
from deedline.find.outline import trace_outline
from deedline.knowledge.load import jurisdiction
from deedline.model.document import Document
from deedline.model.item import LineRole
from deedline.model.text import reread
from deedline.read import read_document
from tests.find.tabling import HEADER, bodies, codes, find, find_rows, listed, paragraphs, read_text, short, statuses

DONE, DUE, LATE = "完成執行。已推出。", "符合進度。正籌備。", "進行中。需時磋商。"


def test_a_row_is_an_indicator_with_its_bodies_and_its_report() -> None:
    finding = find_rows(f"<b>7</b>\t在2024年內推出計劃。(教育局、保安局)\t{DUE}")
    (draft,) = finding.drafts
    assert short(finding) == [("7", 1, "在2024年內推出計劃。")]
    assert bodies(finding) == [[("hk/edb", "lead"), ("hk/sb", "joint")]]
    assert draft.item.report is not None
    assert (draft.item.report.as_printed, draft.item.report.narrative) == ("符合進度", "正籌備。")
    assert draft.item.lines == (2, 2)
    assert codes(finding) == []


def test_entries_on_further_rows_are_parts_and_inherit_the_bodies_printed_after_them() -> None:
    finding = find_rows(
        f"3\t<p>為支持家庭：</p> {listed('發放津貼；')}\t{DONE}",
        f"\t{listed('增加名額；及(房屋局)')}\t{LATE}",
        f"\t{listed('優化服務。(教育局)')}\t{DUE}",
    )
    assert short(finding) == [("3", 1, "發放津貼"), ("3", 2, "增加名額"), ("3", 3, "優化服務。")]
    assert statuses(finding) == ["completed", "in_progress", "on_schedule"]
    assert bodies(finding) == [[("hk/hb", "inherited")], [("hk/hb", "lead")], [("hk/edb", "lead")]]
    assert {draft.item.lead_in for draft in finding.drafts} == {"為支持家庭："}


def test_a_cell_of_several_entries_is_paired_with_its_statuses() -> None:
    entries = listed("發放津貼；", "增加名額；及", "優化服務。(教育局)")
    finding = find_rows(f"1\t為支持家庭： {entries}\t{paragraphs([DONE, LATE, DUE])}")
    assert statuses(finding) == ["completed", "in_progress", "on_schedule"]
    finding = find_rows(f"1\t為支持家庭： {entries}\t{DONE}{LATE}{DUE}")
    assert statuses(finding) == ["completed", "in_progress", "on_schedule"]


def test_one_status_beside_several_entries_is_the_report_of_each() -> None:
    finding = find_rows(
        f"1\t為支持家庭： {listed('發放津貼；及', '增加名額。(教育局)')}\t{paragraphs([DUE, '另設專責小組。'])}"
    )
    assert statuses(finding) == ["on_schedule", "on_schedule"]
    assert {draft.item.report.narrative for draft in finding.drafts if draft.item.report} == {"正籌備。另設專責小組。"}


def test_of_several_statuses_beside_one_entry_the_first_is_kept_and_doubted() -> None:
    finding = find_rows(f"1\t推出兩項計劃。(教育局)\t{paragraphs([DONE, DUE])}")
    assert statuses(finding) == ["completed"]
    assert codes(finding) == ["several-statuses"]


def test_rows_of_progress_alone_go_on_with_the_entries_above() -> None:
    finding = find_rows(
        f"5\t為支持家庭： {listed('發放津貼；', '增加名額；及', '優化服務。(教育局)')}\t{DONE}",
        f"\t\t{LATE}",
        f"\t\t{DUE}",
    )
    assert statuses(finding) == ["completed", "in_progress", "on_schedule"]
    assert [finding.lines[n].role for n in (2, 3, 4)] == [LineRole.ITEM] * 3


def test_an_empty_progress_cell_shares_the_report_above_it_and_says_so() -> None:
    finding = find_rows(
        f"6\t<p>推展藍圖：</p> <p>第一階段</p> {listed('開展16個項目。')}\t{DUE}",
        f"\t<p>第二階段</p> {listed('開展15個項目。(教育局)')}\t",
    )
    assert statuses(finding) == ["on_schedule", "on_schedule"]
    assert codes(finding) == ["shared-report"]
    assert [draft.item.lead_in for draft in finding.drafts] == ["推展藍圖：第一階段", "推展藍圖：第二階段"]


def test_an_indicator_without_any_report_says_so() -> None:
    finding = find_rows("1\t推出計劃。(教育局)\t")
    assert (statuses(finding), codes(finding)) == ([""], ["no-report"])


def test_an_opening_with_its_own_report_is_a_part_and_the_sentence_after_the_list_too() -> None:
    finding = find_rows(
        f"4\t在2024年內設立博物館；並由2024年起：\t{DONE}",
        f"\t{listed('• 舉辦活動；及', '• 舉辦展覽。')} <p>預計人次合共超過700 000。(教育局)</p>\t"
        + paragraphs(["2024年的目標超額完成。已辦。", "2024年的目標完成執行。已展。", "人次已超過70萬。"]),
    )
    assert [words for _, _, words in short(finding)] == [
        "在2024年內設立博物館；並由2024年起：",
        "舉辦活動",
        "舉辦展覽。",
        "預計人次合共超過700 000。",
    ]
    assert statuses(finding) == ["completed", "exceeded", "completed", ""]
    assert [held[0][0] for held in bodies(finding)] == ["hk/edb"] * 4


def test_an_opening_alone_on_its_row_is_no_part() -> None:
    finding = find_rows("70\t為加強培訓，於2024年起：\t", f"\t{listed('推出課程；及(教育局)')}\t{DONE}")
    assert short(finding) == [("70", 1, "推出課程")]
    assert codes(finding) == []


def test_a_report_beside_the_opening_alone_is_that_of_every_entry() -> None:
    finding = find_rows(f"1\t為加強培訓：\t{DUE}", f"\t{listed('推出課程；')}\t", f"\t{listed('增加學位。(教育局)')}\t")
    assert [words for _, _, words in short(finding)] == ["推出課程", "增加學位。"]
    assert statuses(finding) == ["on_schedule", "on_schedule"]


def test_entries_of_an_inner_list_are_parts_under_both_openings() -> None:
    inner = "<ul> <li>提供機會，目標如下： <ul> <li>➤ 預留名額；</li> <li>➤ 安排考察；及</li> </ul> </li> </ul>"
    finding = find_rows(f"1\t<p>為促進交流：</p> {inner}\t{DONE}", f"\t{listed('增加學位。(教育局)')}\t{DUE}")
    assert [words for _, _, words in short(finding)] == ["預留名額", "安排考察", "增加學位。"]
    leads = [draft.item.lead_in for draft in finding.drafts]
    assert leads == ["為促進交流：提供機會，目標如下：", "為促進交流：提供機會，目標如下：", "為促進交流："]


def test_a_sentence_that_the_page_cut_is_joined_in_both_columns() -> None:
    finding = find_rows(
        "1\t在2024年內完成檢視條例，並就各項\t符合進度。已諮詢業界，並正",
        HEADER,
        "\t建議諮詢公眾。(教育局)\t草擬條例草案。",
    )
    assert short(finding) == [("1", 1, "在2024年內完成檢視條例，並就各項建議諮詢公眾。")]
    (report,) = [draft.item.report for draft in finding.drafts]
    assert report is not None
    assert report.narrative == "已諮詢業界，並正草擬條例草案。"


def test_an_opening_that_the_page_cut_is_an_opening_still() -> None:
    finding = find_rows("1\t為支持家庭和\t", "", HEADER, f"\t社區： {listed('發放津貼。(教育局)')}\t{DONE}")
    assert short(finding) == [("1", 1, "發放津貼。")]
    assert finding.drafts[0].item.lead_in == "為支持家庭和社區："


@pytest.mark.parametrize("progress", ["75%", "如期", "Green"])
def test_rows_that_end_without_a_stop_are_not_run_together(progress: str) -> None:
    rows = (f"興建碼頭\t{progress}", f"修葺船塢\t{progress}")
    assert len(find_rows(*rows, header="指標\t進度").drafts) == 2
    rows = (f"1\t興建碼頭\t{progress}", f"2\t修葺船塢\t{progress}")
    assert [number for number, _, _ in short(find_rows(*rows))] == ["1", "2"]


def test_a_number_that_the_neighbours_contradict_is_repaired_and_doubted() -> None:
    finding = find_rows(*(f"{n}\t推出第{n}項。(教育局)\t{DONE}" for n in (1, 2, 8, 4)))
    assert [number for number, _, _ in short(finding)] == ["1", "2", "3", "4"]
    ((issue,),) = [draft.issues for draft in finding.drafts if draft.issues]
    assert (issue.code, issue.line) == ("misprinted-number", 4)


def test_a_lost_number_and_one_that_slid_onto_a_further_entry_are_told_apart() -> None:
    finding = find_rows(
        f"48\t增加供應。(發展局)\t{DONE}",
        f"\t為精簡程序： {listed('擴展安排；')}\t{DONE}",
        f"50\t{listed('降低門檻；及', '簡化手續。(發展局)')}\t{paragraphs([DUE, LATE])}",
        f"50\t發表藍圖。(教育局)\t{DONE}",
    )
    assert [(number, part) for number, part, _ in short(finding)] == [
        ("48", 1),
        ("49", 1),
        ("49", 2),
        ("49", 3),
        ("50", 1),
    ]
    assert codes(finding) == ["missing-number", "misprinted-number"]


def test_a_number_repeated_on_the_next_page_goes_on_with_its_indicator() -> None:
    finding = find_rows(
        f"45\t為釋放潛力： {listed('完成規劃；')}\t{DONE}", HEADER, f"45\t{listed('提出建議。(發展局)')}\t{DUE}"
    )
    assert [(number, part) for number, part, _ in short(finding)] == [("45", 1), ("45", 2)]
    assert codes(finding) == []


def test_a_list_that_breaks_off_and_an_indicator_without_bodies_are_doubted() -> None:
    finding = find_rows(f"14\t為推進科研： {listed('完成審批；及')}\t{DONE}", f"15\t推出計劃。\t{DONE}")
    assert codes(finding) == ["unfinished-list", "no-body"]


@pytest.mark.parametrize(
    "text",
    [
        f"編號\t指標\t負責部門\t目標日期\t進度\n1\t推出計劃。\t教育局及保安局\t2025年年底前\t{DUE}\n",
        "| 編號 | 指標 | 負責部門 | 目標日期 | 進度 |\n|---|---|---|---|---|\n"
        f"| 1 | 推出計劃。 | 教育局、保安局 | 2025年年底前 | {DUE} |\n",
    ],
)
def test_bodies_and_times_in_columns_of_their_own_are_the_items(text: str) -> None:
    finding = find(text)
    assert short(finding) == [("1", 1, "推出計劃。")]
    assert bodies(finding) == [[("hk/edb", "lead"), ("hk/sb", "joint")]]
    assert finding.drafts[0].item.lead_in == "2025年年底前"
    assert statuses(finding) == ["on_schedule"]


def test_a_status_in_a_column_of_its_own_is_read_with_the_words_beside_it() -> None:
    finding = find_rows("1\t推出計劃。(教育局)\t符合進度\t已諮詢業界。", header="編號\t指標\t狀況\t進展")
    (report,) = [draft.item.report for draft in finding.drafts]
    assert report is not None
    assert (report.as_printed, report.narrative) == ("符合進度", "已諮詢業界。")
    finding = find_rows("1\t推出計劃。(教育局)\t已諮詢業界。\t符合進度", header="編號\t指標\t進展\t狀況")
    assert statuses(finding) == ["on_schedule"]


def test_a_status_between_the_words_of_a_cell_is_no_part_of_their_place() -> None:
    text = f"{HEADER}\n1\t推出計劃。(教育局)\t已諮詢業界<br>符合進度<br>並已公布報告。\n"
    (report,) = [draft.item.report for draft in find(text).drafts]
    assert report is not None
    assert (report.as_printed, report.narrative) == ("符合進度", "已諮詢業界並已公布報告。")
    assert reread(read_text(text).text, report.spans) == report.narrative


def test_a_table_of_two_columns_has_indicators_without_numbers() -> None:
    finding = find_rows(f"推出計劃。(教育局)\t{DONE}", f"興建碼頭。(發展局)\t{DUE}", header="指標\t進度")
    assert short(finding) == [(None, 1, "推出計劃。"), (None, 1, "興建碼頭。")]
    assert codes(finding) == []


def test_a_list_without_any_mark_is_told_by_its_ends() -> None:
    finding = find_rows(
        f"1\t就房屋問題：成立工作組；\t{DONE}", f"\t查核住戶；及\t{DUE}", f"\t修訂條例。(房屋局)\t{LATE}"
    )
    assert short(finding) == [("1", 1, "成立工作組"), ("1", 2, "查核住戶"), ("1", 3, "修訂條例。")]
    assert {draft.item.lead_in for draft in finding.drafts} == {"就房屋問題："}
    assert statuses(finding) == ["completed", "on_schedule", "in_progress"]


def test_an_opening_inside_a_lone_indicator_stays_with_it() -> None:
    finding = find_rows(f"1\t為縮短時間：在2024年內把時間降至約4.5年。(房屋局)\t{DUE}")
    assert short(finding) == [("1", 1, "為縮短時間：在2024年內把時間降至約4.5年。")]


def test_english_tables_are_read_alike() -> None:
    header = "No.\tIndicator\tProgress"
    rows = (
        "1\tOpen the clinic by end-2025. (Education Bureau)\tOn schedule. Works go on.",
        f"2\tTo support families: {listed('pay an allowance; and')}\tCompleted. Paid.",
        f"\t{listed('add 500 places. (Education Bureau)')}\tIn progress. Delayed by talks.",
    )
    finding = find("\n".join((header, *rows)), "en")
    assert short(finding) == [
        ("1", 1, "Open the clinic by end-2025."),
        ("2", 1, "pay an allowance"),
        ("2", 2, "add 500 places."),
    ]
    assert statuses(finding) == ["on_schedule", "completed", "in_progress"]
    assert [held[0] for held in bodies(finding)] == [("hk/edb", "lead"), ("hk/edb", "inherited"), ("hk/edb", "lead")]


def test_lines_say_what_they_became() -> None:
    finding = find(f"## 指標\n\n{HEADER}\n1\t甲計劃。(教育局)\t{DONE}\n\n註：臨時數字。\n\n{HEADER}\n")
    assert {number: line.role for number, line in finding.lines.items()} == {
        3: LineRole.TABLE_HEADER,
        4: LineRole.ITEM,
        6: LineRole.FOOTNOTE,
        8: LineRole.TABLE_HEADER,
    }
    assert finding.lines[4].items == (finding.drafts[0].item.key,)


# One table in as many forms as pages can cut it.

BREAKS = st.sampled_from(
    [
        [HEADER],
        ["", HEADER],
        ["", "12", "", HEADER],
        ["", "- 13 -", ""],
        ["", "<sup>1</sup> 臨時數字。", "", HEADER],
        [""],
    ]
)
TABLE = (
    f"1\t在2024年內推出計劃。(教育局)\t{DONE}",
    f"2\t<p>為支持家庭：</p> {listed('發放津貼；')}\t{DUE}",
    f"\t{listed('增加名額；及(房屋局)')}\t{paragraphs([LATE, '另設小組。'])}",
    f"\t{listed('優化服務。(教育局)')}\t{DONE}",
    f"3\t推展藍圖： {listed('• 甲項；', '• 乙項；及', '• 丙項。(發展局)')}\t{DONE}",
    f"\t\t{LATE}",
    f"\t\t{DUE}",
    f"4\t就條例諮詢業界。(保安局)\t{LATE}",
    f"\t為精簡程序： {listed('擴展安排；')}\t{DONE}",
    f"6\t{listed('簡化手續。(發展局)')}\t{DUE}",
    f"6\t發表藍圖。(教育局)\t{DUE}",
)


def gist(finding: IndicatorFinding) -> list[object]:
    """Everything about the items but where they stand."""
    rows = zip(short(finding), statuses(finding), bodies(finding), finding.drafts, strict=True)
    return [(*row, draft.item.lead_in, [issue.code for issue in draft.issues]) for *row, draft in rows]


@given(st.lists(st.tuples(st.integers(0, len(TABLE)), BREAKS), max_size=6))
def test_pages_may_break_anywhere_between_rows(breaks: list[tuple[int, list[str]]]) -> None:
    lines = list(TABLE)
    for at, inserted in sorted(breaks, key=lambda each: -each[0]):
        lines[at:at] = inserted
    assert gist(find_rows(*lines)) == gist(find_rows(*TABLE))


@given(st.integers(3, 20), st.integers(4, 8))
def test_a_page_may_break_inside_a_sentence(words: int, report: int) -> None:
    text, progress = "在二零二四年內推出計劃，以改善各區服務，並支持家庭。", "符合進度。正籌備各項工作，包括諮詢。"
    cut = f"1\t{text[:words]}\t{progress[:report]}"
    rest = f"\t{text[words:]}(教育局)\t{progress[report:]}"
    whole = find_rows(f"1\t{text}(教育局)\t{progress}")
    assert gist(find_rows(cut, "", "12", "", HEADER, rest)) == gist(whole)


CELLS = st.lists(
    st.sampled_from(
        [
            "1",
            "2",
            "7",
            "",
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<p>",
            "為：",
            "推出計劃",
            "；及",
            "。",
            "(教育局)",
            DONE,
            LATE,
            "•",
            "\t",
        ]
    ),
    max_size=8,
).map("".join)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4).map("\t".join), max_size=12))
def test_any_rows_yield_items_that_re_read_from_the_original(rows: list[str]) -> None:
    text = "\n".join((HEADER, *rows)) + "\n"
    document = read_text(text)
    finding = find_indicators(trace_outline(document.blocks, "zh", {}), document, jurisdiction("hk"))
    assert len({draft.item.key for draft in finding.drafts}) == len(finding.drafts)
    for draft in finding.drafts:
        evidence = [(draft.item.text, draft.item.spans)]
        evidence += [(mention.as_printed, mention.spans) for mention in draft.item.bodies]
        for words, spans in evidence:
            assert "".join(reread(text, spans).split()) == "".join(words.split()) != ""
        assert all(issue.item == draft.item.key for issue in draft.issues)


# The real table.


@pytest.fixture(scope="module")
def supplement(seeds: Path) -> tuple[Document, IndicatorFinding]:
    (path,) = seeds.glob("000_*.txt")
    document = read_document(path.read_bytes(), path.name)
    placed = trace_outline(document.blocks, document.metadata.language, {})
    return document, find_indicators(placed, document, jurisdiction("hk"))


def test_the_supplement_has_all_its_indicators(supplement: tuple[Document, IndicatorFinding]) -> None:
    items = [draft.item for draft in supplement[1].drafts]
    for batch, count in (("new", 73), ("carried", 77)):
        numbers = dict.fromkeys(item.number for item in items if item.batch == batch)
        assert list(numbers) == [str(n) for n in range(1, count + 1)]
    parts = Counter((item.batch, item.number) for item in items)
    assert all(item.part is not None and 1 <= item.part <= parts[item.batch, item.number] for item in items)


def test_the_supplement_calls_seven_parts_in_progress(supplement: tuple[Document, IndicatorFinding]) -> None:
    items = [draft.item for draft in supplement[1].drafts]
    late = {(i.batch, i.number, i.part) for i in items if i.report and i.report.status == "in_progress"}
    assert late == {
        ("new", "14", 1),
        ("new", "30", 1),
        ("new", "37", 2),
        ("new", "38", 3),
        ("carried", "18", 2),
        ("carried", "48", 4),
        ("carried", "64", 1),
    }


def test_the_supplement_agrees_with_its_readers(supplement: tuple[Document, IndicatorFinding], gold: Path) -> None:
    lines = (gold / "dev" / "items.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [label for label in map(json.loads, lines) if label["kind"] == "indicator"]
    items = [draft.item for draft in supplement[1].drafts]
    unlike = []
    for label in labels:
        near = [item for item in items if item.lines[0] - 3 <= label["line"] <= item.lines[1] + 3]
        item = max(near, key=lambda i: SequenceMatcher(None, i.text, label["text"], autojunk=False).ratio())
        names = {mention.name for mention in item.bodies}
        wanted = {name.split("轄下")[-1] for name in label["bodies"]}
        status = item.report.status if item.report else None
        if not names >= wanted or (label.get("status") and status != label["status"]):
            unlike.append(label["id"])
    assert labels
    assert len(unlike) <= 0.01 * len(labels), unlike


def as_pipes(line: str) -> str:
    """A tab-separated row as a Markdown table's."""
    if "\t" not in line:
        return line
    row = "| " + " | ".join(cell.strip() for cell in line.split("\t")) + " |"
    return f"{row}\n|---|---|---|" if line.startswith("編號") else row


def without_repeats(line: str) -> str:
    return "" if line.startswith("編號\t") else line


@pytest.mark.parametrize("form", [as_pipes, without_repeats])
def test_the_supplement_reads_alike_in_other_forms(
    supplement: tuple[Document, IndicatorFinding], form: Callable[[str], str]
) -> None:
    document, finding = supplement
    lines = document.text.split("\n")
    first = next(number for number, line in finding.lines.items() if line.role is LineRole.TABLE_HEADER) - 1
    table = [*lines[: first + 1], *map(form, lines[first + 1 :])] if form is without_repeats else map(form, lines)
    assert gist(find("\n".join(table))) == gist(finding)


def test_every_word_of_the_supplement_s_indicators_re_reads(supplement: tuple[Document, IndicatorFinding]) -> None:
    document, finding = supplement
    for draft in finding.drafts:
        assert "".join(reread(document.text, draft.item.spans).split()) == "".join(draft.item.text.split())
        if draft.item.report:
            report = draft.item.report
            assert "".join(reread(document.text, report.status_spans).split()) == "".join(report.as_printed.split())
