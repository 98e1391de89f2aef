"""Figures in sentences: what is found, how it compares, how much of what, and on which basis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deedline.find.quantities import find_quantities
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.text import reread
from deedline.model.values import Basis, Quantity


def found(text: str, language: str = "zh", basis: Basis = Basis.TARGET) -> tuple[Quantity, ...]:
    return find_quantities(passage_of(text), jurisdiction("hk"), language, basis)


def told(quantity: Quantity) -> tuple[str, str, float, str, str]:
    """As printed, comparator, value, unit and basis."""
    return quantity.as_printed, quantity.comparator.value, quantity.value, quantity.unit, quantity.basis.value


CHINESE = [
    # counters and nouns, comparators, separators
    ("於最少50所學校視學", [("最少50所學校", ">=", 50, "所學校", "target")]),
    ("培訓不少於2 600人", [("不少於2 600人", ">=", 2600, "人", "target")]),
    ("培訓 2,600 名社工", [("2,600 名社工", "=", 2600, "名社工", "target")]),
    ("２５０名學員", [("２５０名學員", "=", 250, "名學員", "target")]),
    ("吸引超過20萬旅客訪港", [("超過20萬旅客訪港", ">", 200_000, "旅客訪港", "target")]),
    ("每次最多十名學員", [("最多十名學員", "<=", 10, "名學員", "target")]),
    ("約三萬名學生", [("約三萬名學生", "~", 30_000, "名學生", "target")]),
    ("人數十萬人", [("十萬人", "=", 100_000, "人", "target")]),
    ("設立60多個據點", [("60多個據點", ">", 60, "個據點", "target")]),
    ("設立30個以上的據點", [("30個以上", ">=", 30, "個", "target")]),
    ("受惠者逾1 000多億次", [("逾1 000多億次", ">", 100_000_000_000, "次", "target")]),
    ("最少800參與人次", [("最少800參與人次", ">=", 800, "參與人次", "target")]),
    ("參加人數超過300 000。", [("超過300 000", ">", 300_000, "", "target")]),
    ("提供510兆赫頻譜", [("510兆赫", "=", 510, "兆赫", "target")]),
    ("收回約200公頃土地", [("約200公頃", "~", 200, "公頃", "target")]),
    # one is an article unless something counts it
    ("設立一個中心", []),
    ("設立最少一個中心", [("最少一個中心", ">=", 1, "個中心", "target")]),
    ("每季舉辦一次活動", [("一次活動", "=", 1, "次活動", "target")]),
    # money
    ("預留13億2,700萬元", [("13億2,700萬元", "=", 1_327_000_000, "HKD", "target")]),
    ("注資HK$3億", [("HK$3億", "=", 300_000_000, "HKD", "target")]),
    ("注資人民幣五千萬元", [("人民幣五千萬元", "=", 50_000_000, "CNY", "target")]),
    ("約1.5億美元", [("約1.5億美元", "~", 150_000_000, "USD", "target")]),
    # shares
    ("覆蓋35%的學校", [("35%", "=", 0.35, "ratio", "target")]),
    ("百分之三十的學校", [("百分之三十", "=", 0.3, "ratio", "target")]),
    ("超過七成半學校", [("超過七成半", ">", 0.75, "ratio", "target")]),
    ("至少四分之三的學校", [("至少四分之三", ">=", 0.75, "ratio", "target")]),
    ("不少於一半項目", [("不少於一半", ">=", 0.5, "ratio", "target")]),
    ("師生比例不超過1：40", [("不超過1：40", "<=", 0.025, "ratio", "target")]),
    ("駁通九成長廊", [("九成", "=", 0.9, "ratio", "target")]),
    ("每十人中有七人參加", [("十人中有七人", "=", 0.7, "ratio", "target")]),
    ("每5名學生就有一名受惠", [("5名學生就有一名", "=", 0.2, "ratio", "target")]),
    ("每十人中有超過七人參加", []),
    # from, to, by
    (
        "由50%擴大至99%",
        [("50%", "=", 0.5, "ratio", "baseline"), ("99%", "=", 0.99, "ratio", "target")],
    ),
    (
        "由2022年的約300間增加至2027年的600間",
        [("約300間", "~", 300, "間", "baseline"), ("600間", "=", 600, "間", "target")],
    ),
    (
        "由40個增加五成至最少60個",
        [
            ("40個", "=", 40, "個", "baseline"),
            ("五成", "=", 0.5, "ratio", "change"),
            ("最少60個", ">=", 60, "個", "target"),
        ],
    ),
    (
        "意外率由2021年的30.5減低至少5%，降至2026年的28.4",
        [
            ("30.5", "=", 30.5, "", "baseline"),
            ("至少5%", ">=", 0.05, "ratio", "change"),
            ("28.4", "=", 28.4, "", "target"),
        ],
    ),
    ("較2022年增加100%", [("100%", "=", 1, "ratio", "change")]),
    ("名額增加一倍", [("一倍", "=", 1, "ratio", "change")]),
    ("名額倍增", [("倍增", "=", 1, "ratio", "change")]),
    ("將輪候時間降至約4.5年", [("約4.5年", "~", 4.5, "年", "target")]),
    # ranges give both ends
    ("減幅由10%至70%", [("10%", ">=", 0.1, "ratio", "change"), ("70%", "<=", 0.7, "ratio", "change")]),
    ("提供300至400個單位", [("300", ">=", 300, "個單位", "target"), ("400個單位", "<=", 400, "個單位", "target")]),
    ("撥款3至5億元", [("3", ">=", 300_000_000, "HKD", "target"), ("5億元", "<=", 500_000_000, "HKD", "target")]),
    # what only describes
    ("65歲或以上的長者", [("65歲或以上", ">=", 65, "歲", "context")]),
    ("推出為期三年的計劃", [("三年", "=", 3, "年", "context")]),
    ("推出「100項新服務」", [("100項新服務", "=", 100, "項新服務", "context")]),
]

NO_QUANTITY = [
    "第十個紀念日",
    "成立80周年",
    "第23條立法",
    "全港18區",
    "在1823查詢中心",
    "推動5G發展",
    "一帶一路沿線",
    "提供一站式服務",
    "推出一系列措施",
    "一次性撥款",
    "兩地合作",
    "發展藍圖2.0",
    "十四五規劃",
    "二十屆三中全會",
    "致電2123 4567",
    "三讀通過",
    "24小時通關",
    "成立專責小組",
    "設立數十個據點",
    "惠及數十萬市民",
    "增設幾十間店舖",
    "撥款$20m",
]


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese_figures(text: str, expected: list[tuple[str, str, float, str, str]]) -> None:
    assert [told(quantity) for quantity in found(text)] == expected


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_digits_that_are_no_quantity(text: str) -> None:
    assert found(text) == ()


REPORTED = [
    ("已批出約30個項目", [("約30個項目", "~", 30, "個項目", "actual")]),
    ("受惠人數已增至4 009名", [("4 009名", "=", 4009, "名", "actual")]),
    ("覆蓋率將擴大至99%", [("99%", "=", 0.99, "ratio", "target")]),
    ("預計可在年底前提供200個名額", [("200個名額", "=", 200, "個名額", "target")]),
    ("有望達到提供200個名額的指標", [("200個名額", "=", 200, "個名額", "target")]),
    ("首批50個單位將在明年落成", [("50個單位", "=", 50, "個單位", "target")]),
    ("所有學校均已參與", [("所有", "=", 1, "ratio", "actual")]),
    ("較2022年的29.1為低", [("29.1", "=", 29.1, "", "baseline")]),
    ("其餘兩隊稍後成立", [("兩隊", "=", 2, "隊", "context")]),
]


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_what_a_report_has_reached_and_what_it_still_promises(
    text: str, expected: list[tuple[str, str, float, str, str]]
) -> None:
    assert [told(quantity) for quantity in found(text, basis=Basis.ACTUAL)] == expected


ENGLISH = [
    ("train no fewer than 2,600 social workers", [("no fewer than 2,600 social workers", ">=", 2600, "target")]),
    ("about twenty-five schools", [("about twenty-five schools", "~", 25, "target")]),
    ("set aside HK$1.6 billion", [("HK$1.6 billion", "=", 1_600_000_000, "target")]),
    ("two-thirds of schools", [("two-thirds", "=", 2 / 3, "target")]),
    ("increase the number by 20%", [("20%", "=", 0.2, "change")]),
    ("raise the rate from 50% to 99%", [("50%", "=", 0.5, "baseline"), ("99%", "=", 0.99, "target")]),
    ("cut fees by 10% to 70%", [("10%", ">=", 0.1, "change"), ("70%", "<=", 0.7, "change")]),
    ("lower the waiting time to 4.5 years", [("4.5 years", "=", 4.5, "target")]),
    ("double the places", [("double", "=", 1, "change")]),
    ("persons aged 65 or above", [("65 or above", ">=", 65, "context")]),
    ("one-stop service in all 18 districts by March 2025", []),
    ("the 10th anniversary in 2024-25 under Article 23", []),
    ("expand 5G in Phase 2", []),
    # sums of money in short, and what follows their digits
    ("spend $20m on parks", [("$20m", "=", 20_000_000, "target")]),
    ("lend £2.5M", [("£2.5M", "=", 2_500_000, "target")]),
    ("a HK$3b fund", [("HK$3b", "=", 3_000_000_000, "target")]),
    ("fees of $3k", [("$3k", "=", 3000, "target")]),
    ("a $10-million fund", [("$10-million", "=", 10_000_000, "target")]),
    ("from $10m to $20m", [("$10m", ">=", 10_000_000, "target"), ("20m", "<=", 20_000_000, "target")]),
    ("lend $10-20m", [("$10", ">=", 10_000_000, "target"), ("20m", "<=", 20_000_000, "target")]),
    ("pay $20x", []),
    ("plant 20k trees", [("20k trees", "=", 20_000, "target")]),
    ("plant 1.5m trees", [("1.5m trees", "=", 1_500_000, "target")]),
    ("1.5m wide paths and a 50m pool", []),
    ("half a million places", [("half a million places", "=", 500_000, "target")]),
    ("over one and a half million visitors", [("over one and a half million visitors", ">", 1_500_000, "target")]),
    ("half a billion dollars", [("half a billion dollars", "=", 500_000_000, "target")]),
    # a share of every so many is no figure of either
    ("one in five students", [("one in five", "=", 0.2, "target")]),
    ("1 in 10 cases", [("1 in 10", "=", 0.1, "target")]),
    ("nine out of ten pupils", [("nine out of ten", "=", 0.9, "target")]),
    ("two in every three schools", [("two in every three", "=", 2 / 3, "target")]),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_figures(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    read = [(q.as_printed, q.comparator.value, q.value, q.basis.value) for q in found(text, "en")]
    assert read == [(words, comparator, pytest.approx(value), basis) for words, comparator, value, basis in expected]


@pytest.mark.parametrize(
    ("text", "language", "per"),
    [
        ("每年舉辦30項活動", "zh", "year"),
        ("每學年提供30個名額", "zh", "school_year"),
        ("每月津貼5 000元", "zh", "month"),
        ("每間中心設立兩隊", "zh", "間"),
        ("舉辦30項活動", "zh", ""),
        ("hold 30 events each year", "en", "year"),
        ("hold 30 events", "en", ""),
    ],
)
def test_what_a_figure_repeats_over(text: str, language: str, per: str) -> None:
    assert [quantity.per for quantity in found(text, language)] == [per]


def test_the_place_says_which_currency_is_its_own() -> None:
    assert found("撥款5元")[0].unit == jurisdiction("hk").currency


@settings(deadline=None)  # the first example reads the pattern files
@given(st.decimals(0, 400, places=2))
def test_a_percentage_is_a_ratio(percentage: Decimal) -> None:
    (quantity,) = found(f"提升至{percentage}%")
    assert quantity.value == float(percentage / 100)
    assert quantity.unit == "ratio"


DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))
DATES = st.one_of(
    DAYS.map(lambda day: f"在{day.year}年{day.month}月{day.day}日公布"),
    st.integers(1901, 2098).map(lambda year: f"在{year}年內完成"),
    st.integers(1901, 2098).map(lambda year: f"由{year}–{(year + 1) % 100:02}年度起推行"),
    st.integers(1901, 2098).map(lambda year: f"在{year}/{(year + 1) % 100:02}學年推行"),
    st.integers(1901, 2098).map(lambda year: f"在{year}至{year + 2}年間完成"),
    st.integers(2000, 2098).map(lambda year: f"於{''.join('零一二三四五六七八九'[int(d)] for d in str(year))}年推出"),
    st.integers(1, 9).map(lambda count: f"在{'一二三四五六七八九'[count - 1]}年內完成"),
    st.tuples(st.integers(1901, 2098), st.integers(1, 4)).map(lambda pair: f"在{pair[0]}年第{pair[1]}季推出"),
)


@settings(deadline=None)  # the first example reads the pattern files
@given(DATES)
def test_no_quantity_comes_out_of_a_date(text: str) -> None:
    assert found(text) == ()


SIGNS = tuple("，。%成三十兩倍「」由至約的已將-：１# \n")
WORDS = st.sampled_from(
    (*SIGNS, "增加", "不少於", "每年", "個單位", "億元", "12", "3 400", "5.5", "2024年", "學校", "HK$", "分之")
)


@settings(deadline=None)  # the first example reads the pattern files
@given(st.lists(WORDS, max_size=40).map("".join), st.sampled_from([Basis.TARGET, Basis.ACTUAL]))
def test_evidence_rereads_to_the_printed_words(text: str, basis: Basis) -> None:
    for language in ("zh", "en"):
        for quantity in found(text, language, basis):
            assert reread(text, quantity.spans) == quantity.as_printed


def test_the_evidence_in_the_real_documents_rereads(seeds: Path) -> None:
    count = 0
    for path in sorted(seeds.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for quantity in found(line):
                count += 1
                assert reread(line, quantity.spans) == quantity.as_printed
                assert quantity.value >= 0
    assert count > 800
