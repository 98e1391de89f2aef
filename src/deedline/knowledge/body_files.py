"""Reads a place's list of bodies and refuses one that contradicts itself.

A place's folder holds `bodies/*.toml` (or one `bodies.toml`). Each file gives a default `kind` and `source` for its
`[[body]]` tables, whose fields are those of `model.body.Body`; `elsewhere` lists names that begin like, or contain,
one of these but belong to someone else.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from deedline.errors import KnowledgeError
from deedline.knowledge.body_forms import lookup_key, printed_forms
from deedline.model.body import Body

KINDS = frozenset({"office", "bureau", "department", "statutory", "company", "committee", "judiciary", "other"})
_TEXTS = ("id", "name_zh", "name_en", "kind", "parent", "source")
_FIELDS: dict[str, type] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(("abbreviations", "aliases", "successors"), list),
    **dict.fromkeys(("valid_from", "valid_until"), date),
}


def read_body_files(folder: Path) -> tuple[tuple[Body, ...], tuple[str, ...]]:
    """The bodies that a place's folder lists, checked, and the names that belong elsewhere; both empty without files.

    Raises KnowledgeError where a file is unreadable or breaks a rule of `check_bodies`.
    """
    bodies: list[Body] = []
    elsewhere: list[str] = []
    for file in _files(folder):
        where = f"{folder.name}/{file.name}"
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise KnowledgeError(f"{where}: not readable as TOML ({error}); mend the line it names") from error
        bodies.extend(_body(entry, data, where) for entry in data.get("body", ()))
        elsewhere.extend(data.get("elsewhere", ()))
    check_bodies(bodies, f"{folder.name}/bodies")
    return tuple(bodies), tuple(elsewhere)


def _body(entry: Mapping[str, Any], defaults: Mapping[str, Any], where: str) -> Body:
    """One `[[body]]` table as a value. Raises KnowledgeError where a field is missing, unknown or of the wrong type."""
    name = entry.get("id") or entry.get("name_zh") or entry.get("name_en") or "?"
    _check_fields(entry, f"{where}: body {name}")
    body = Body(
        id=entry.get("id", ""),
        name_zh=entry.get("name_zh", ""),
        name_en=entry.get("name_en", ""),
        kind=entry.get("kind", defaults.get("kind", "")),
        abbreviations=tuple(entry.get("abbreviations", ())),
        aliases=tuple(entry.get("aliases", ())),
        parent=entry.get("parent"),
        valid_from=entry.get("valid_from"),
        valid_until=entry.get("valid_until"),
        successors=tuple(entry.get("successors", ())),
        source=entry.get("source", defaults.get("source", "")),
    )
    if not body.id or not (body.name_zh or body.name_en):
        raise KnowledgeError(f"{where}: body {name} needs an id and a name (name_zh or name_en)")
    if body.kind not in KINDS:
        raise KnowledgeError(f"{where}: body {name} is of kind {body.kind!r}; use one of {', '.join(sorted(KINDS))}")
    return body


def _check_fields(entry: Mapping[str, Any], where: str) -> None:
    for field, value in entry.items():
        wanted = _FIELDS.get(field)
        if wanted is None:
            raise KnowledgeError(f"{where}: unknown field {field!r}; use {', '.join(_FIELDS)}")
        listed = value if isinstance(value, list) else []
        of_type = type(value) is wanted and all(type(one) is str for one in listed)
        if not of_type:
            written = {str: 'as "text"', list: 'as ["text", …]', date: "as 2022-07-01, without quotes"}[wanted]
            raise KnowledgeError(f"{where}: {field} is {value!r}; write it {written}")


def _files(folder: Path) -> list[Path]:
    bodies = folder.joinpath("bodies")
    if bodies.is_dir():
        return sorted((file for file in bodies.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    single = folder.joinpath("bodies.toml")
    return [single] if single.is_file() else []


def check_bodies(bodies: Iterable[Body], where: str) -> None:
    """KnowledgeError where ids repeat, a parent or successor is missing, or a lifetime or a name clashes."""
    by_id: dict[str, Body] = {}
    by_key: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        if body.id in by_id:
            raise KnowledgeError(f"{where}: two bodies have the id {body.id}; ids must differ")
        by_id[body.id] = body
        for key in {lookup_key(form) for form in printed_forms(body)}:
            by_key[key].append(body)
    for body in by_id.values():
        for other in (*((body.parent,) if body.parent else ()), *body.successors):
            if other not in by_id:
                raise KnowledgeError(
                    f"{where}: {body.id} names {other}, which is no body here; add it or correct the id"
                )
        if body.valid_from and body.valid_until and body.valid_from > body.valid_until:
            raise KnowledgeError(f"{where}: {body.id} ends before it begins; correct its lifetime")
    for key, sharers in by_key.items():
        _check_shared_name(key, sharers, where)


def _check_shared_name(key: str, sharers: list[Body], where: str) -> None:
    lifetimes = sorted((body.valid_from or date.min, body.valid_until or date.max, body.id) for body in sharers)
    for (_, ended, first), (began, _, second) in pairwise(lifetimes):
        if began <= ended:
            raise KnowledgeError(
                f"{where}: {key!r} names both {first} and {second} at one time; drop it from one of them"
            )
