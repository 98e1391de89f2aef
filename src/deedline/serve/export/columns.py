"""The type of every column of every table, said once: what Parquet declares, CSV flattens and the tests hold to.

A type is `str`, `int`, `float`, `bool` or `date` (each may be None), a list of one type, or a dict of named types
(may be None as a whole).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Column = Any  # str | int | float | bool | date, [Column], {name: Column}; recursive, so not said in full

QUANTITY = {"as_printed": str, "comparator": str, "value": float, "unit": str, "basis": str, "per": str}

ITEM = {
    "id": str,
    "document": str,
    "document_id": str,
    "kind": str,
    "number": str,
    "part": int,
    "batch": str,
    "text": str,
    "path": [str],
    "bodies": [{"id": str, "name_zh": str, "role": str, "as_printed": str}],
    "source": {"line_start": int, "line_end": int, "char_start": int, "char_end": int, "page": int},
    "deadlines": [{"as_printed": str, "kind": str, "earliest": date, "latest": date, "precision": str}],
    "due": date,
    "quantities": [QUANTITY],
    "report": {"as_of": date, "status": str, "as_printed": str, "narrative": str, "figures": [QUANTITY]},
    "attainment": {"baseline": float, "target": float, "actual": float, "share": float, "lower_is_better": bool},
    "assessment": {"as_of": date, "verdict": str, "disagrees": bool, "elapsed": float, "reasons": [str]},
    "names": [{"as_printed": str, "kind": str}],
    "parent": str,
    "lead_in": str,
}

DOCUMENT = {
    "id": str,
    "name": str,
    "title": str,
    "publisher": str,
    "date": date,
    "date_precision": str,
    "series": str,
    "edition": str,
    "kind": str,
    "language": str,
    "jurisdiction": str,
    "guessed": [str],
    "edited": [str],
    "characters": int,
    "media_type": str,
    "sha256": str,
    "items": {"measure": int, "indicator": int, "recommendation": int, "proposal": int},
    "issues": int,
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "items": ITEM,
    "links": {
        "from": str,
        "to": str,
        "relation": str,
        "score": float,
        "origin": str,
        "state": str,
        "sure": bool,
        "why": [str],
    },
    "verdicts": {
        "item": str,
        "against": str,
        "verdict": str,
        "sure": bool,
        "links": [str],
        "already_there": [str],
    },
    "documents": DOCUMENT,
    "issues": {
        "id": str,
        "document": str,
        "document_id": str,
        "item": str,
        "line": int,
        "code": str,
        "message": str,
    },
    "lines": {"document": str, "document_id": str, "line": int, "role": str, "rule": str, "items": [str]},
}
