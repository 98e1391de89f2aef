"""Which reported figure speaks of which promised one, and what share that makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deedline.find.quantities import find_quantities
from deedline.find.reports import read_report
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.attainment import Attainment
from deedline.model.values import Basis, Quantity
from deedline.track.attainment import attainment_of, attainments_of

Read = tuple[tuple[Quantity, ...], tuple[Quantity, ...], str, str]


def read(text: str, progress: str) -> Read:
    place = jurisdiction("hk")
    reports = read_report(passage_of(progress), None, place, "zh")
    figures = tuple(figure for report in reports for figure in report.figures)
    narrative = "".join(report.narrative for report in reports)
    return find_quantities(passage_of(text), place, "zh", Basis.TARGET), figures, text, narrative


def attained(text: str, progress: str) -> Attainment | None:
    return attainment_of(*read(text, progress))


@pytest.mark.parametrize(
    ("text", "progress", "baseline", "target", "actual", "share"),
    [
        ("舉辦不少於50場講座", "符合進度。已舉辦40場講座。", None, 50, 40, 0.8),
        ("覆蓋80%的旅客", "符合進度。已覆蓋70%的旅客。", None, 0.8, 0.7, 0.875),
        ("名額由100個增加至300個", "符合進度。名額已增至200個。", 100, 300, 200, 0.5),
        ("撥款由10億元增至不少於30億元", "完成執行。撥款已超過35億元。", 1e9, 3e9, 3.5e9, 1.25),
        ("與2020年相比提升超過6%", "符合進度。整體提升約3%。", None, 0.06, 0.03, 0.5),
        # a change is counted from where the promise starts
        ("名額由每年100個增加至300個", "符合進度。名額已增加50個。", 100, 300, 150, 0.25),
        # what is merely restated says less than what moved
        ("為500名教師舉辦45個考察團", "完成執行。已為500名教師舉辦42個考察團。", None, 45, 42, 42 / 45),
        # the words around a figure decide between several of one kind
        ("收地逾700公頃，之後再收地約200公頃", "符合進度。已收地約290公頃。", None, 700, 290, 290 / 700),
        ("培訓60名導師及受惠學生不少於600名", "符合進度。受惠學生已有300名。", None, 600, 300, 0.5),
        # a figure that is only expected is not yet reached
        ("舉辦不少於50場講座", "符合進度。已舉辦40場講座，預計年底前可達60場。", None, 50, 40, 0.8),
    ],
)
def test_the_pair_that_speaks_of_the_same_thing(
    text: str, progress: str, baseline: float | None, target: float, actual: float, share: float
) -> None:
    found = attained(text, progress)
    assert found is not None
    assert (found.baseline, found.target, found.actual) == (baseline, target, actual)
    assert found.share == pytest.approx(share)
    assert not found.lower_is_better
    assert found.reasons


@pytest.mark.parametrize(
    ("text", "progress", "share"),
    [
        ("將輪候時間降至約4.5年", "符合進度。輪候時間為5.5年。", 4.5 / 5.5),
        ("意外率由30.5減至28.5", "符合進度。意外率為29.5。", 0.5),
    ],
)
def test_less_is_better_where_the_words_or_the_baseline_say_so(text: str, progress: str, share: float) -> None:
    found = attained(text, progress)
    assert found is not None
    assert found.lower_is_better
    assert found.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "progress"),
    [
        ("舉辦不少於50場講座", "符合進度。正籌備講座。"),
        ("舉辦不少於50場講座", "符合進度。覆蓋率已達70%。"),
        ("舉辦不少於50場講座", "符合進度。預計可舉辦60場講座。"),
        ("舉辦不少於50場講座", "完成執行。已舉辦不少於50場講座。"),
        ("加強宣傳", "完成執行。已舉辦40場講座。"),
        ("每間中心設立一隊義工", "符合進度。已有八隊義工。"),
        ("將輪候時間縮短20%", "完成執行。輪候時間為92星期。"),
        ("設立兩間市民支援服務中心", "符合進度。兩間支援服務中心將在年底前投入服務。已有八隊關愛隊開展支援服務。"),
    ],
)
def test_no_figure_speaks_of_the_promise(text: str, progress: str) -> None:
    assert attained(text, progress) is None


def test_every_promised_figure_can_be_asked_for() -> None:
    found = attainments_of(
        *read("支持最少10項賽事，供不少於3 000人次參與", "完成執行。17項賽事獲支持，逾5 000人次參與。")
    )
    assert [(each.target, each.actual) for each in found] == [(10, 17), (3000, 5000)]


@pytest.mark.parametrize(
    ("text", "progress", "said"),
    [
        ("資助20個新成立的藝團", "符合進度。已資助18個來自新成立藝團的申請。", "both counted in 個"),
        ("接觸300間重點企業", "符合進度。已接觸280家重點企業。", "counted in 間重點企業 and in 家重點企業"),
        ("舉辦50場渡輪講座", "符合進度。已舉辦40場渡輪講座。", "both in 場渡輪講座"),
    ],
)
def test_the_reasons_say_in_what_both_are_counted(text: str, progress: str, said: str) -> None:
    found = attained(text, progress)
    assert found is not None
    assert said in found.reasons


@pytest.mark.parametrize(
    ("progress", "share"), [("旅客上限試行調至3 000人。", None), ("每日遊客上限試行調至3 000人。", 3.0)]
)
def test_units_that_differ_need_words_that_are_alike(progress: str, share: float | None) -> None:
    found = attained("每日容許1 000名遊客進入", f"符合進度。{progress}")
    assert found is not None
    assert found.share == share
    assert (found.apart == "no words around the two are alike") is (share is None)


def test_figures_alone_can_be_matched_without_their_words() -> None:
    promised, reported, _, _ = read("舉辦50場講座", "符合進度。已舉辦40場講座。")
    found = attainment_of(promised, reported)
    assert found is not None
    assert found.share == pytest.approx(0.8)


def test_the_labelled_attainments_are_found(gold: Path) -> None:
    labels = [json.loads(line) for line in (gold / "dev" / "attainment.jsonl").read_text(encoding="utf-8").splitlines()]
    right = 0
    for label in labels:
        found = attained(label["text"], label["progress"])
        right += found is not None and all(
            abs(value - label[key]) <= 1e-6 + 0.001 * abs(label[key])
            for key, value in (("target", found.target), ("actual", found.actual))
        )
    assert right / len(labels) >= 0.85
