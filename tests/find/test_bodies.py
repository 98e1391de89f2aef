"""Which bodies close a passage, in what order, with what doubts; and which its running words name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.find.bodies import Closing, close_bodies, listed_bodies, mentioned_bodies
from deedline.knowledge.bodies import bodies_of
from deedline.knowledge.fold import passage_of
from deedline.knowledge.load import jurisdiction
from deedline.model.text import reread
from deedline.model.values import Role

HK = jurisdiction("hk")
DAY = date(2024, 10, 16)


def closing(text: str, day: date | None = DAY) -> Closing:
    return close_bodies(passage_of(text), day, HK)


def names(text: str, day: date | None = DAY) -> list[str]:
    return [mention.name for mention in closing(text, day).mentions]


def codes(text: str, day: date | None = DAY) -> list[str]:
    return [doubt.code for doubt in closing(text, day).doubts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("設立新基金。(教育局)", ["教育局"]),
        ("設立新基金。（教育局、發展局）", ["教育局", "發展局"]),
        ("設立新基金；（房屋局）", ["房屋局"]),
        ("設立新基金；及（房屋局）", ["房屋局"]),
        ("設立新基金。(房屋局)；及", ["房屋局"]),
        ("設立新基金（教育局）。", ["教育局"]),
        ("設立新基金（教育局）", ["教育局"]),
        ("設立新基金。(教育局)1", ["教育局"]),
        ("設立新基金。〔教育局〕", ["教育局"]),
        ("設立新基金。(勞工及福利局及教育局)", ["勞工及福利局", "教育局"]),
        ("設立新基金。(教育局聯同發展局)", ["教育局", "發展局"]),
        ("設立新基金。(教育局／發展局)", ["教育局", "發展局"]),
        ("設立新基金。(教育局發展局)", ["教育局", "發展局"]),
        ("設立新基金。(教育局)(發展局)", ["教育局", "發展局"]),
        ("設立新基金。(創新科 技及工\n業局、律 政司)", ["創新科技及工業局", "律政司"]),
        ("設立新基金。(政制及内地事务局)", ["政制及內地事務局"]),
        ("設立新基金。(醫務衞生局)", ["醫務衛生局"]),
        ("設立新基金。(創科局、財庫局)", ["創新科技及工業局", "財經事務及庫務局"]),
        ("設立新基金。(香港特區政府保安局)", ["保安局"]),
        ("設立新基金。(政務司司長辦公室轄下行政署)", ["行政署"]),
        ("設立新基金。(發展局(工務科)、教育局)", ["發展局", "教育局"]),
        ("設立新基金。(由教育局負責)", ["教育局"]),
        ("設立新基金。(牽頭：發展局；協辦：房屋局)", ["發展局", "房屋局"]),
        ("設立新基金。(教育局、教育局)", ["教育局"]),
        ("設立新基金。保安局)", ["保安局"]),
        ("設立新基金。(保安局", ["保安局"]),
    ],
)
def test_the_closing_list_names_its_bodies_in_order(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Set up a fund. (Security Bureau, relevant bureaux)", ["hk/sb", None]),
        ("Set up a fund (ITIB).", ["hk/itib"]),
        ("Set up a fund; and (EDB and LWB)", ["hk/edb", "hk/lwb"]),
        ("Set up a fund. (EDB/LWB)", ["hk/edb", "hk/lwb"]),
        (
            "Set up a fund. (Culture, Sports and Tourism Bureau and Innovation, Technology and Industry Bureau)",
            ["hk/cstb", "hk/itib"],
        ),
        ("Set up a fund. (Administration Wing of the Chief Secretary for Administration's Office)", ["hk/aw"]),
        ("Set up a fund. (Inovation, Technology and Industry Bureau)", ["hk/itib"]),
        ("Set up a fund. (the relevant bureaux and departments)", [None]),
    ],
)
def test_english_closing_lists_are_read(text: str, ids: list[str | None]) -> None:
    assert [mention.body_id for mention in closing(text).mentions] == ids


@pytest.mark.parametrize(
    "text",
    [
        "推動大灣區（大灣區）",
        "與香港機場管理局（機管局）",
        "支持香港交易所（港交所）",
        "落實第二期(MiC 2.0)",
        "探討先導計劃（例如教育局的計劃）",
        "修訂條例。(修訂)",
        "加快發展(發展)",
        "分期落實。(2022–2027年)",
        "推動合作。(包括教育局及社會福利署)",
        "增加名額。(科學、科技、工程、藝術和數學)",
        "設立基金。",
        "(((",
        ")))",
        "",
    ],
)
def test_other_brackets_close_nothing(text: str) -> None:
    found = closing(text)
    assert (found.mentions, found.segments) == ((), ())


def test_a_bracket_inside_a_sentence_is_a_remark_where_the_list_stands_after_it() -> None:
    text = "聯同三個部門（警務處、消防處、海關）。其後推出計劃。(保安局)"
    found = closing(text)
    assert [mention.name for mention in found.mentions] == ["保安局"]
    assert len(found.segments) == 1


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("設立新基金。(教育局)", "設立新基金。"),
        ("設立新基金；(教育局)", "設立新基金"),
        ("設立新基金；及(教育局)", "設立新基金"),
        ("設立新基金(教育局)；及", "設立新基金"),
        ("設立新基金（教育局）。", "設立新基金"),
        ("設立新基金；及", "設立新基金"),
        ("與各界合作；", "與各界合作"),
        ("Set up a fund; and (EDB)", "Set up a fund"),
    ],
)
def test_the_end_leaves_out_the_list_and_what_joins_to_the_next_entry(text: str, own: str) -> None:
    passage = passage_of(text)
    assert passage.quote(0, close_bodies(passage, DAY, HK).end)[0] == own


def test_each_undertaking_of_a_bullet_keeps_its_own_bodies() -> None:
    passage = passage_of("引入公司。(商務及經濟發 展局、相關政策局) 與學院合作。(運輸及物流局)")
    found = close_bodies(passage, DAY, HK)
    read = [
        (passage.quote(part.start, part.end)[0], [mention.name for mention in part.mentions]) for part in found.segments
    ]
    assert read == [("引入公司。", ["商務及經濟發展局", "相關政策局"]), ("與學院合作。", ["運輸及物流局"])]
    assert [mention.role for mention in found.segments[1].mentions] == [Role.LEAD]


def test_words_after_the_last_list_are_a_segment_without_bodies() -> None:
    passage = passage_of("設立新基金。(教育局) 與各界合作推廣。")
    found = close_bodies(passage, DAY, HK)
    assert [len(part.mentions) for part in found.segments] == [1, 0]
    assert passage.quote(found.segments[1].start, found.end)[0] == "與各界合作推廣。"


def test_the_first_body_leads_and_a_general_phrase_names_none() -> None:
    mentions = closing("設立新基金。(保安局、教育局、相關政策局)").mentions
    assert [mention.role for mention in mentions] == [Role.LEAD, Role.JOINT, Role.JOINT]
    assert (mentions[2].body_id, mentions[2].name) == (None, "相關政策局")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("設立新基金；(資務及經濟發展局)", "商務及經濟發展局", "misprinted-body"),
        ("設立新基金。(環境及生太局)", "環境及生態局", "misprinted-body"),
        ("設立新基金。(環境及生態", "環境及生態局", "truncated-body"),
        ("設立新基金。(保安局、環境及", "環境及生態局", "truncated-body"),
        ("設立新基金。(財務司司長辦公室)", "財務司司長辦公室", "ambiguous-body"),
        ("設立新基金。(河岸局)", "河岸局", "unknown-body"),
        ("設立新基金。(保安局、河岸局)", "河岸局", "unknown-body"),
        ("設立新基金。(食物及衞生局)", "食物及衞生局", "ended-body"),
        ("設立新基金。(保安局", "保安局", "unclosed-bodies"),
    ],
)
def test_a_name_not_printed_as_known_leaves_a_doubt(text: str, name: str, code: str) -> None:
    found = closing(text)
    assert found.mentions[-1].name == name
    assert [doubt.code for doubt in found.doubts] == [code]
    assert all(doubt.spans for doubt in found.doubts)


def test_an_open_name_resolves_to_no_body() -> None:
    assert closing("設立新基金。(財務司司長辦公室)").mentions[0].body_id is None


def test_a_spoilt_name_leaves_its_neighbours() -> None:
    assert names("設立新基金。(教育局、發展署個)")[0] == "教育局"
    assert names("設立新基金。(發局、運輸及物流局)") == ["發局", "運輸及物流局"]


def test_a_short_form_goes_to_the_body_that_was_alive() -> None:
    text = "設立新基金。(環境局)"
    then, now = closing(text, date(2021, 1, 1)).mentions, closing(text, DAY).mentions
    assert (then[0].body_id, now[0].body_id) == ("hk/enb", "hk/eeb")
    assert closing(text, None).mentions[0].body_id == "hk/eeb"


def test_a_cell_that_is_nothing_but_names_is_read_as_a_list() -> None:
    found = listed_bodies(passage_of("教育局、發展局"), DAY, HK)
    assert [mention.body_id for mention in found.mentions] == ["hk/edb", "hk/devb"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("聯同香港旅遊發展局及消防處推廣", ["hk/hktb", "hk/fsd"]),
        ("與海關總署和深圳市教育局合作", []),
        ("由警 務處統籌", ["hk/hkpf"]),
        ("work with the Education Bureau and HKTDC", ["hk/edb", "hk/hktdc"]),
        ("the EDBX treasury and SB", []),
        ("港鐵", ["hk/mtr"]),
        ("教育", []),
    ],
)
def test_running_words_name_bodies_longest_first(text: str, ids: list[str]) -> None:
    found = mentioned_bodies(passage_of(text), DAY, HK)
    assert [mention.body_id for mention in found] == ids
    assert all(mention.role is Role.MENTIONED for mention in found)


PIECES = st.sampled_from(
    (
        *(
            "保安局",
            "教 育局",
            "資務及經濟發展局",
            "相關政策局",
            "財",
            "(",
            "（",
            ")",
            "）",
            "、",
            "及",
            "。",
            "；",
            "轄下",
        ),
        *("推出計劃", " ", "\n", "EDB", " and ", "İ", "例如", "局", "1"),
    )
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_mention_and_doubt_rereads_to_its_words(text: str) -> None:
    passage = passage_of(text)
    found = close_bodies(passage, DAY, HK)
    for mention in (*found.mentions, *mentioned_bodies(passage, DAY, HK)):
        assert mention.as_printed
        assert reread(text, mention.spans) == mention.as_printed
    assert all(0 <= span.start < span.end <= len(text) for doubt in found.doubts for span in doubt.spans)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_segments_follow_each_other_inside_the_passage(text: str) -> None:
    passage = passage_of(text)
    found = close_bodies(passage, DAY, HK)
    bounds = [at for part in found.segments for at in (part.start, part.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= at <= len(passage.matching) for at in (*bounds, found.end))


@given(st.permutations(bodies_of(HK).at(DAY)).map(lambda bodies: bodies[:4]))
def test_any_list_of_living_bodies_is_read_back(bodies: list[object]) -> None:
    printed = [body.name_zh for body in bodies]  # type: ignore[attr-defined]
    assert names("設立新基金。(" + "、".join(printed) + ")") == printed


@pytest.mark.parametrize("unit", ["(", ")", "()", "。(保安", "。(資資資局)", "轄下保安局", ", and (A"])
def test_hostile_lines_are_read_to_their_end(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    passage = passage_of(text)
    assert 0 <= close_bodies(passage, DAY, HK).end <= len(passage.matching)


def test_every_labelled_measure_closes_with_its_bodies(seeds: Path, gold: Path) -> None:
    """Single-line bullets of the real documents whose bodies a reader has labelled."""
    wrong, read = [], 0
    for line in (gold / "dev/items.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        printed = (seeds / label["document"]).read_text(encoding="utf-8").split("\n")[label["line"] - 1]
        if label["kind"] != "measure" or not printed.rstrip().endswith((")", "）")):
            continue
        read += 1
        wanted = {name.split("轄下")[-1] for name in label["bodies"]}
        parts = [{mention.name for mention in part.mentions} for part in closing(printed, None).segments]
        if wanted not in parts:
            wrong.append((label["id"], parts, wanted))
    assert wrong == []
    assert read > 100
