"""Organisations that undertake things, with lifetimes and successors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation. `id` is "jurisdiction/slug"; both dates are included and None where unknown or open.

    `kind` is one of office, bureau, department, statutory, company, committee, judiciary, other. `aliases` are
    further printed forms, misprints excepted; those are found by likeness and recorded as an Issue.
    """

    id: str
    name_zh: str
    name_en: str
    kind: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    successors: tuple[str, ...] = ()
    source: str = ""
