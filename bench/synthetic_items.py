"""Synthetic editions: measures put together from a few hundred words, half of them carried over with a change."""

from __future__ import annotations

import hashlib
from datetime import date

import numpy as np

from deedline.link.embed import Encoding
from deedline.model.entry import Entry
from deedline.model.item import Item, ItemKind
from deedline.model.text import Span

_WIDTH = 48
_ACTS = ("設立", "研究", "推出", "擴展", "檢討", "資助", "興建", "修訂")
_THINGS = ("渡輪", "街燈", "圖書館", "蜂箱", "山徑", "碼頭", "苗圃", "診所", "球場", "市集", "燈塔", "水塘")
_KINDS = ("計劃", "中心", "條例", "基金", "課程", "平台", "指引", "先導項目")


def _name(number: int) -> str:
    """A made-up name of four ideographs, the same for the same number."""
    seed = int(hashlib.sha256(str(number).encode()).hexdigest()[:12], 16)
    return "".join(chr(0x4E00 + (seed >> (13 * place)) % 4000) for place in range(4))


def edition(size: int, document: str, dated: date) -> list[Entry]:
    """`size` measures; those with even numbers are in every edition, the others in this one alone."""
    entries = []
    for number in range(size):
        key = number if number % 2 == 0 else number + (size if document == "new" else 0)
        act, thing, kind = _ACTS[key % 8], _THINGS[key % 12], _KINDS[key // 12 % 8]
        text = f"在{dated.year}年內{act}「{_name(key)}」{thing}{kind}，惠及{key % 97 + 3}個{_name(key // 50)}社區。"
        item = Item(f"m{number}", ItemKind.MEASURE, text, (Span(0, len(text)),), (1, 1), (thing,))
        entries.append(Entry(f"{document}/m{number}", document, dated, item))
    return entries


class ByCharacter:
    """Stands in for the encoder: each character a token with a vector of its own."""

    name, width = "by character", _WIDTH

    def __init__(self) -> None:
        self._states: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}

    def encode(self, texts: list[str]) -> list[Encoding]:
        """One vector a character."""
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> Encoding:
        states = np.array([self._vector(ch) for ch in text], np.float32).reshape(len(text), _WIDTH)
        return Encoding(np.array([ord(ch) for ch in text], np.int32), states)

    def _vector(self, ch: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        if ch not in self._states:
            self._states[ch] = np.random.default_rng(ord(ch)).normal(size=_WIDTH).astype(np.float32)
        return self._states[ch]
