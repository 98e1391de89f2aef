"""An invented city: editions of its measures, as many as are asked, the same from the same seed.

No word is taken from a document. Names of places and schemes are drawn from syllables, so that the more items there
are, the more words there are, as in real documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from bench.synthesise import reworded
from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.text import Span
from deedline.model.values import Name

SEED = 20_240_901
_SYLLABLES = "青松石海雲山竹沙田林河星月南北東西金銀柳荷橋塔泉灣坪峰嶼浦澗蘆楓鶴鹿雁帆燈霞嵐"
_PLACES = ("區", "灣", "村", "島", "新市鎮", "河畔", "碼頭", "工業邨")
_VERBS = ("推出", "設立", "研究", "擴建", "完善", "加強", "繼續推動", "檢討", "舉辦", "試行", "增撥資源支援")
_THINGS = (
    *("渡輪服務", "社區會堂", "長者日間中心", "行人天橋", "單車徑", "職業訓練課程", "污水處理設施", "公共圖書館"),
    *("中小企資助", "流動診所", "種植樹木工作", "海岸防護", "託兒服務", "創科實驗室", "文物修復", "智能交通燈"),
    *("回收網絡", "青年宿舍", "漁農產品展銷", "校園體育設施", "數碼牌照", "防洪隧道", "無障礙升降機", "家居維修"),
)
_ENDS = (
    *("以縮短居民輪候時間", "讓離島居民得益", "以應付人口增長", "配合新鐵路通車", "並公布進度", "以減少碳排放"),
    *("同時培訓前線人員", "並與鄰近城市合作", "以吸引海外專才", "使基層家庭受惠", "並每年檢討成效", "以推動銀髮經濟"),
)
_UNITS = ("個單位", "公頃", "名學員", "間機構", "公里", "個車位")
_SECTION = 25  # measures under one heading
_KEPT = 2  # of so many measures one is carried on into the next edition


def editions(items: int, number: int) -> list[list[Entry]]:
    """So many editions with so many items together, each carrying on a half of the one before in other words."""
    chance = Random(SEED)
    size, before = items // number, list[str]()
    found = []
    for year in range(2020, 2020 + number):
        texts = [_carried(text, chance) for text in before[::_KEPT]]
        texts += [_measure(chance) for _ in range(size - len(texts))]
        chance.shuffle(texts)
        found.append(list(_entries(texts, year, chance)))
        before = texts
    return found


def _name(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3))))


def _measure(chance: Random) -> str:
    place, other = (_name(chance) + chance.choice(_PLACES) for _ in range(2))
    scheme = f"「{_name(chance)}計劃」" if chance.random() < 0.3 else ""
    first, second = chance.choices(_THINGS, k=2)
    what = f"{chance.choice(_VERBS)}{scheme}{place}的{first}，{chance.choice(_VERBS)}{other}{second}"
    return f"{what}，{chance.choice(_ENDS)}，涉及約{chance.randrange(2, 900)}{chance.choice(_UNITS)}。"


def _carried(text: str, chance: Random) -> str:
    body, _, _ = text.rpartition("，")
    return f"{reworded(body, chance)}，涉及約{chance.randrange(2, 900)}{chance.choice(_UNITS)}。"


def _entries(texts: list[str], year: int, chance: Random) -> Iterator[Entry]:
    at, heading = 0, ""
    for number, text in enumerate(texts):
        if number % _SECTION == 0:
            heading = f"{_name(chance)}{chance.choice(_THINGS)}"
        span = Span(at, at + len(text))
        key, lines = f"m{number}", (number + 1, number + 1)
        item = Item(key, ItemKind.MEASURE, text, (span,), lines, (heading,), names=_names(text, at))
        yield Entry(f"{year}/{key}", str(year), date(year, 10, 1), item)
        at += len(text) + 1


def _names(text: str, at: int) -> tuple[Name, ...]:
    start, end = text.find("「"), text.find("」") + 1
    return (Name(text[start:end], (Span(at + start, at + end),), "scheme", "bench"),) if start >= 0 else ()
