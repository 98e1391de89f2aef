"""What people know better of a document than its text says: their edits, put over what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from deedline.errors import InputError
from deedline.knowledge.load import languages_of
from deedline.model.document import YEARS, DocumentKind, Metadata

FIELDS = ("title", "publisher", "date", "series", "edition", "kind", "language", "jurisdiction")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_PRECISIONS = ("year", "month", "day")


def demand_valid(changes: Mapping[str, str]) -> None:
    """InputError where a field is unknown or its value cannot be understood; an empty value is always understood."""
    for field, value in changes.items():
        if field not in FIELDS:
            raise InputError(f"a document has no field {field!r} to set; it has {', '.join(FIELDS)}")
        if value and field == "date":
            _parse_date(value)
        if value and field == "language" and value not in languages_of("metadata"):
            known = ", ".join(languages_of("metadata"))
            raise InputError(f"the language {value!r} is not read; there is {known}")
        if value and field == "kind" and value not in tuple(DocumentKind):
            raise InputError(f"{value!r} is no kind of document; it is one of {', '.join(DocumentKind)}")


def with_edits(read: Metadata, edits: Mapping[str, str]) -> Metadata:
    """What was read of a document with valid edits over it; what a person set is no longer guessed."""
    metadata = replace(read, guessed=read.guessed - set(edits) - ({"dated"} if "date" in edits else set()))
    for field, value in edits.items():
        if field == "date":
            dated, precision = _parse_date(value)
            metadata = replace(metadata, dated=dated, dated_precision=precision)
        elif field == "kind":
            metadata = replace(metadata, kind=DocumentKind(value))
        else:
            metadata = _with_text(metadata, field, value)
    return metadata


def _with_text(metadata: Metadata, field: str, value: str) -> Metadata:
    texts = {name: getattr(metadata, name) for name in ("title", "publisher", "series", "edition", "language")}
    texts["jurisdiction"] = metadata.jurisdiction
    return replace(metadata, **{**texts, field: value})


def _parse_date(value: str) -> tuple[date, str]:
    """The first possible day of YYYY, YYYY-MM or YYYY-MM-DD, and which of the three it was."""
    parts = _DATE.fullmatch(value)
    if parts:
        given = [int(part) for part in parts.groups() if part is not None]
        try:
            if given[0] in YEARS:
                return date(*[*given, 1, 1][:3]), _PRECISIONS[len(given) - 1]
        except ValueError:
            pass
    raise InputError(f"{value!r} is no date of {YEARS[0]} to {YEARS[-1]}; write it as 2024, 2024-10 or 2024-10-16")
