"""One meaning in two notations is no difference: phrase beside phrase, read as documents are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deedline.model.pairing import Discrepancy
from deedline.pair.folding import Side
from tests.pair.editions import paired, side_of

HEADS = {
    "zh": (
        "澄灣市政府\n\n# 市長2030年 施政報告 附篇\n\n2030.10.09\n\n# 1\n\n## 房屋\n\n### 供應\n\n- {}(房屋及土地局)\n"
    ),
    "en": (
        "Clearbay City Government\n\n# The Mayor's 2030 Policy Address: Supplement\n\n9 October 2030\n\n# 1\n\n"
        "## Housing\n\n### Supply\n\n- {} (Housing and Lands Bureau)\n"
    ),
}

SAME = [
    ("在2025年年底前完成。", "Complete it by end-2025."),
    ("在2031年年底或之前完成。", "Complete it by the end of 2031."),
    ("在2031年上半年推出計劃。", "Launch the scheme in the first half of 2031."),
    ("在2031/32學年內推行。", "Implement it within the 2031/32 school year."),
    ("由2031-32年度起增加撥款。", "Increase the funding from 2031-32."),
    ("在2030–31財政年度推行。", "Implement it in the 2030-31 financial year."),
    ("在2030–31財政年度內推行。", "Implement it within financial year 2030-31."),
    ("在2031年第三季推出。", "Launch it in Q3 2031."),
    ("在2031年第三季推出。", "Launch it in the third quarter of 2031."),
    ("在2037年年中完成。", "Complete it in mid-2037."),
    ("在2037年年中或之前完成。", "Complete it by mid-2037."),
    ("在2033年前完成。", "Complete it before 2033."),
    ("在2033年前完成。", "Complete it by 2033."),
    ("在2031年3月底前提交報告。", "Submit the report by the end of March 2031."),
    ("由2031年4月1日起實施。", "Implement it with effect from 1 April 2031."),
    ("在明年內推出。", "Launch it within next year."),
    ("在未來五年興建。", "Build it over the next five years."),
    ("在五年內興建。", "Build it within five years."),
    ("在本屆政府任期內完成。", "Complete it within the current term of Government."),
    ("在本屆政府任期內完成。", "Complete it within the current-term Government's tenure."),
    ("撥款16億元推行。", "Allocate $1.6 billion to it."),
    ("撥款3億5,000萬元推行。", "Allocate $350 million to it."),
    ("預留約5,000萬元。", "Set aside about $50 million."),
    ("增加三成名額。", "Increase the places by 30%."),
    ("增加百分之五的名額。", "Increase the places by 5 per cent."),
    ("減少一半名額。", "Reduce the places by half."),
    ("提供最少1 200個單位。", "Provide at least 1,200 flats."),
    ("提供不少於1 200個單位。", "Provide no fewer than 1,200 flats."),
    ("提供超過1.5萬個單位。", "Provide more than 15,000 flats."),
    ("提供逾30萬個單位。", "Provide over 300,000 flats."),
    ("提供不多於200個單位。", "Provide not more than 200 flats."),
    ("提供最多200個單位。", "Provide up to 200 flats."),
    ("提供約200個單位。", "Provide about 200 flats."),
    ("興建十所學校。", "Build ten schools."),
    ("興建十二所學校。", "Build 12 schools."),
    ("延長18個月。", "Extend it by 18 months."),
    ("把輪候時間縮短至20星期。", "Shorten the waiting time to 20 weeks."),
    ("開拓12公頃土地。", "Develop 12 hectares of land."),
    ("開拓500平方米樓面。", "Develop 500 square metres of floor area."),
    ("每年舉辦兩次展覽。", "Hold two exhibitions each year."),
    ("每年培訓200名護士。", "Train 200 nurses each year."),
    ("每年培訓200名護士。", "Train 200 nurses a year."),
    ("服務65歲或以上長者。", "Serve people aged 65 or above."),
    ("把比率由10%提高至15%。", "Raise the ratio from 10% to 15%."),
    ("提供300至400個單位。", "Provide 300 to 400 flats."),
    ("編制增至25個全職職位。", "Increase the establishment to 25 full-time posts."),
    ("把覆蓋率提高至95%以上。", "Raise the coverage to over 95%."),
    ("把數目增加一倍。", "Double the number."),
    ("吸引20多間企業。", "Attract more than 20 enterprises."),
    ("把覆蓋率維持在95%以上。", "Keep the coverage at 95% or more."),
    ("在2031年首兩季完成。", "Complete it in the first two quarters of 2031."),
    ("首年撥款2億元。", "Allocate $200 million in the first year."),
]


@pytest.fixture(autouse=True)
def _known_places(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))


def sides(chinese: str, english: str) -> tuple[Side, Side]:
    one = side_of("phrases.zh.md", HEADS["zh"].format(chinese))
    other = side_of("phrases.en.md", HEADS["en"].format(english))
    assert len(one.entries) == len(other.entries) == 1
    assert one.entries[0].dated == other.entries[0].dated == date(2030, 10, 9)
    return one, other


def differences(chinese: str, english: str) -> tuple[Discrepancy, ...]:
    found = paired(*sides(chinese, english))
    assert len(found.pairs) == 1
    return found.discrepancies


@pytest.mark.parametrize(("chinese", "english"), SAME)
def test_one_meaning_in_two_notations_is_no_difference(chinese: str, english: str) -> None:
    assert [(each.what, each.one, each.other) for each in differences(chinese, english)] == []


OTHER = [
    ("在2033年前完成。", "Complete it before 2034.", "date"),
    ("在2033年前完成。", "Complete it by 2032.", "date"),
    ("在五年內興建。", "Build it within three years.", "date"),
    ("在2030–31財政年度推行。", "Implement it in the 2030/31 school year.", "date"),
    ("撥款16億元推行。", "Allocate $1.6 million to it.", "figure"),
    ("增加三成名額。", "Increase the places by 3%.", "figure"),
    ("提供最少1 200個單位。", "Provide at most 1,200 flats.", "figure"),
    ("延長18個月。", "Extend it by 18 weeks.", "figure"),
    ("每年培訓200名護士。", "Train 200 nurses a month.", "figure"),
    ("把比率由10%提高至15%。", "Cut the ratio from 15% to 10%.", "figure"),
    ("興建十所學校。", "Build schools.", "figure"),
    ("在2031年完成興建新學校。", "Complete the building of new schools.", "date"),
]


@pytest.mark.parametrize(("chinese", "english", "code"), OTHER)
def test_another_meaning_is_a_difference(chinese: str, english: str, code: str) -> None:
    found = differences(chinese, english)
    assert {each.code.value for each in found} == {code}, found
