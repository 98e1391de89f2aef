"""Readers' labels: a folder of JSON lines, and the exported item that each of them stands for."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from numbers import Real
from pathlib import Path
from typing import Any

from deedline.errors import InputError
from deedline.operations.labelled import demand_item, demand_link
from deedline.serve.export.shape import Row

Label = Mapping[str, Any]
TABLES = ("items", "due", "attainment", "links")

_VALUES: Mapping[str, Mapping[str, type]] = {
    "items": {"bodies": list},
    "due": {"due": object},  # a day, or null
    "attainment": {"target": Real, "actual": Real},
}
_NEAR = 3  # lines by which a label and an item may differ
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Gold:
    """Labels by table; a table that a folder lacks is empty."""

    items: Sequence[Label]
    due: Sequence[Label]
    attainment: Sequence[Label]
    links: Sequence[Label]


def read_gold(folder: Path) -> Gold:
    """The labels of a folder; InputError where it holds none, or a line is no label."""
    tables = {table: _lines(folder / f"{table}.jsonl", table) for table in TABLES}
    if not any(tables.values()):
        names = ", ".join(f"{table}.jsonl" for table in TABLES)
        raise InputError(f"{folder}: holds no labels; a folder of labels has some of {names}")
    return Gold(**tables)


def _lines(path: Path, table: str) -> list[Label]:
    if not path.is_file():
        return []
    labels = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                where = f"{path}, line {number}"
                labels.append(_label(line, where))
                _demand(labels[-1], where, table)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); check the path") from error
    return labels


def _demand(label: Label, where: str, table: str) -> None:
    """InputError where a label lacks what its table asks for."""
    if table == "links":
        demand_link(label, where, worded=True)
    else:
        demand_item(label, where, **_VALUES[table])


def _label(line: str, where: str) -> Label:
    try:
        label = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: is no JSON ({error.msg}); a label is one object a line") from error
    if not isinstance(label, dict):
        raise InputError(f"{where}: is no label; a label is one object a line")
    return label


def bare(text: str) -> str:
    """A text with nothing but letters, digits and ideographs, width folded."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).lower()


class Matcher:
    """Finds the item that a label means: of the same document, near the same line, with like words."""

    def __init__(self, items: Iterable[Row]) -> None:
        self._by_document: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        for item in items:
            self._by_document[Path(item["document"]).name].append((item, bare(item["text"])))

    def find(self, label: Label) -> tuple[Row | None, float]:
        """The likest item and how like it is, from 0 to 1; None where nothing is near."""
        wanted, best, score = bare(label["text"]), None, 0.0
        for item, text in self._by_document.get(label["document"], ()):
            source = item["source"]
            end = source.get("line_end") or source["line_start"]
            if not source["line_start"] - _NEAR <= label["line"] <= end + _NEAR:
                continue
            if label["kind"] == "indicator" and item["kind"] != "indicator":
                continue
            likeness = _likeness(wanted, text)
            if likeness > score:
                best, score = item, likeness
        return best, score

    def at_least(self, label: Label, least: float) -> Row | None:
        """The item that is at least so like."""
        item, likeness = self.find(label)
        return item if likeness >= least else None


def _likeness(one: str, other: str) -> float:
    """Likeness of two bare texts; one inside the other counts for more than its share."""
    likeness = 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
    short, long = sorted((len(one), len(other)))
    if (one in other or other in one) and short > 8:
        return max(likeness, 0.9 * short / long + 0.1)
    return likeness
