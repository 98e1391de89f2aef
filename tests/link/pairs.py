"""Small documents in their own words, and an embedder that needs no model."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import numpy as np

from deedline.link.embed import Encoding
from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.text import Span

WIDTH = 24


class ByCharacter:
    """Each character is a token with a vector of its own; the same texts give the same encodings anywhere."""

    name = "by character"
    width = WIDTH

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: list[str]) -> list[Encoding]:
        self.asked += len(texts)
        return [self._encode(re.sub(r"\s", "", text)) for text in texts]

    @staticmethod
    def _encode(text: str) -> Encoding:
        seeds = [int(hashlib.sha256(ch.encode()).hexdigest()[:8], 16) for ch in text]
        states = [np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds]
        return Encoding(np.array(seeds, np.int64) % 2**31, np.array(states, np.float32).reshape(len(text), WIDTH))


def entry(
    key: str,
    text: str,
    kind: ItemKind = ItemKind.MEASURE,
    *,
    document: str = "d",
    dated: date | None = date(2024, 10, 1),
    path: tuple[str, ...] = (),
    start: int = 0,
    due: date | None = None,
) -> Entry:
    """An entry whose text stands in its original from `start` on."""
    span = Span(start, start + len(text))
    item = Item(key, kind, text, (span,), (1, 1), path, due=due)
    return Entry(f"{document}/{key}", document, dated, item)


EARLIER = [
    entry("harbour", "在2025年內於東岸碼頭設立渡輪服務中心，方便離島居民轉乘。", document="old", path=("渡輪",)),
    entry("lamps", "更換舊區街燈為節能燈具，減少夜間耗電。", document="old", path=("街道",)),
    entry("library", "延長公共圖書館晚間開放時間至十時。", document="old", path=("文化",)),
    entry("trees", "每年在山徑兩旁栽種五千株原生樹木。", document="old", path=("郊野",)),
]
LATER = [
    entry(
        "harbour", "在2026年內於東岸碼頭設立渡輪服務中心，方便離島居民轉乘。", document="new", dated=date(2025, 10, 1)
    ),
    entry("bees", "研究在天台設置蜂箱，推廣都市養蜂。", document="new", dated=date(2025, 10, 1)),
    entry("trees", "繼續每年在山徑兩旁栽種五千株原生樹木。", document="new", dated=date(2025, 10, 1)),
]
PROPOSALS = [
    entry(
        "ask", "延長公共圖書館晚間開放時間，並增設自修室。", ItemKind.PROPOSAL, document="ask", dated=date(2024, 5, 1)
    ),
    entry("stars", "興建天文館，讓市民觀星。", ItemKind.PROPOSAL, document="ask", dated=date(2024, 5, 1)),
]
