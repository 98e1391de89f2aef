"""What an address asks for: filters, page and size, read strictly. Hostile addresses end as 400, never as 500."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from deedline import operations
from deedline.errors import InputError
from deedline.model.item import ItemKind
from deedline.model.values import StatusCode
from deedline.register import ItemQuery, Register

PAGE_SIZE = 50
MOST_CHARACTERS = 200
MOST_OF_A_FORM = 2000
BATCHES = ("new", "carried")
FIELDS = ("text", "document", "kind", "body", "status", "batch", "number", "due_after", "due_before", "late")
# What others hang on to links so as to follow those who use them; and the language, which every page takes.
_PASSED_OVER = frozenset(
    ("lang", "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl")
)
_CAMPAIGN = "utm_"
_RENAMED = {"missed": "late"}  # parameters of addresses that people may have kept
_RENAMED_VALUES = {
    ("standing", "overdue_no_report"): "no_report",
    ("standing", "reported_late"): "late",
    ("verdict", "overdue"): "late",
}
_ID = re.compile(r"[0-9a-f]{1,64}")
_COMMANDS = re.compile(r"[\x00-\x1f\x7f]")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as typed (`filters`, for the form and the links) and as the register takes them.

    `once` is the language whose edition alone is wanted of a publication in two languages; empty where both are.
    """

    filters: Mapping[str, str]
    query: ItemQuery
    late: bool
    once: str = ""

    def link(self, **changes: str) -> str:
        """The address of the list with these filters, some changed."""
        wanted = {name: value for name, value in {**self.filters, **changes}.items() if value}
        return "/items?" + urlencode(wanted) if wanted else "/items"

    def of_files(self) -> dict[str, str]:
        """The parameters by which files and feeds hold what the page shows."""
        shared = {name: value for name, value in self.filters.items() if name != "both"}
        return {**shared, "once": self.once} if self.once else shared


def read_query(parameters: Mapping[str, str], limit: int | None = PAGE_SIZE + 1, once: str = "") -> Asked:
    """The filters of an address; InputError says which one cannot be, NotFoundError that nobody knows the body.

    `once` is the language for it where the address says nothing of languages.
    """
    given = (*FIELDS, "both")
    demand_known(parameters, *given, "once", "after")
    filters = {name: _text(name, parameters[name]) for name in given if parameters.get(name, "").strip()}
    after = parameters.get("after", "")
    query = ItemQuery(
        document=_id("document", filters["document"]) if "document" in filters else None,
        kind=_member("kind", filters.get("kind"), ItemKind),
        body=operations.find_body(filters["body"]) if "body" in filters else None,
        due_before=_day("due_before", filters.get("due_before")),
        due_after=_day("due_after", filters.get("due_after")),
        status=_member("status", filters.get("status"), StatusCode),
        text=filters.get("text", ""),
        number=filters.get("number"),
        batch=_one_of("batch", filters.get("batch"), BATCHES),
        limit=limit,  # one more than a page tells whether there is a next one
        after=_id("after", after) if after else None,
    )
    wanted = _one_of("once", parameters.get("once") or None, operations.TONGUES) or once
    both = _one_of("both", filters.get("both"), ("yes",)) is not None or query.document is not None
    late = _one_of("late", filters.get("late"), ("yes",)) is not None
    return Asked(filters, query, late=late, once="" if both else wanted)


def narrowed(asked: Asked, register: Register) -> ItemQuery:
    """The query, without the documents that say again what their edition in the wanted language says."""
    return replace(asked.query, without=operations.said_again(register, asked.once)) if asked.once else asked.query


def read_words(given: Mapping[str, Any], name: str) -> str:
    """Words of a form, empty where there are none; InputError where they cannot be."""
    value = given.get(name, "")
    return _text(name, value, MOST_OF_A_FORM) if isinstance(value, str) else ""


def demand_known(given: Mapping[str, str], *names: str) -> None:
    """InputError where an address has a filter that is none of `names`: a list that it does not narrow would mislead.

    What is there to follow those who use a link (utm_source, fbclid …) is passed over.
    """
    for name in given:
        if name not in names and name not in _PASSED_OVER and not name.startswith(_CAMPAIGN):
            shown = _COMMANDS.sub(" ", name)[:40]
            known = f"it knows {', '.join(names)}" if names else "it knows none"
            raise InputError(f"“{shown}” is no filter of this page; {known}")


class Parameters:
    """The parameters of an address, `names` and no others, each read strictly; InputError says which cannot be.

    What was renamed is read by its name of today, so that kept addresses lead where they led.
    """

    def __init__(self, given: Mapping[str, str], *names: str) -> None:
        given = _as_named_today(given, names)
        demand_known(given, *names)
        self.given = {name: _text(name, given[name]) for name in names if given.get(name, "").strip()}

    def text(self, name: str) -> str | None:
        """Words; None where none are given."""
        return self.given.get(name)

    def id(self, name: str) -> str | None:
        """An id of the register."""
        return _id(name, self.given[name]) if name in self.given else None

    def day(self, name: str) -> date | None:
        """A day as 2024-12-31."""
        return _day(name, self.given.get(name))

    def number(self, name: str, without: int) -> int:
        """A whole number from 1 on; `without` where none is given."""
        words = self.given.get(name, str(without))
        if not re.fullmatch(r"[1-9][0-9]{0,5}", words):
            raise InputError(f"{name}: {words!r} is no number from 1 to 999999")
        return int(words)

    def turn_to(self, ids: Sequence[str], size: int) -> int:
        """The first place of the page that is asked for; where an `item` is and no page, of that on which it stands."""
        item = self.given.pop("item", None)
        if item in ids and "page" not in self.given:
            self.given["page"] = str(ids.index(item) // size + 1)
        return (self.number("page", 1) - 1) * size

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return _one_of(name, self.given.get(name), ("yes",)) is not None

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str | None:
        """One of a few words."""
        return _one_of(name, self.given.get(name), allowed)

    def member(self, name: str, kind: type[E]) -> E | None:
        """A member of an enumeration by its value."""
        return _member(name, self.given.get(name), kind)

    def body(self, name: str) -> str | None:
        """The id of the body that the words name; NotFoundError where nobody knows it."""
        return operations.find_body(self.given[name]) if name in self.given else None

    def changed(self, **changes: object) -> dict[str, str]:
        """The parameters with some changed; the page of a list begins anew unless it is one of them."""
        merged = {**{name: value for name, value in self.given.items() if name != "page"}, **changes}
        return {name: str(value) for name, value in merged.items() if value not in (None, "", False)}


def _as_named_today(given: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Parameters and values under their names of today; a name of today wins over its old one."""
    today = dict(given)
    for old, new in _RENAMED.items():
        if old in today and old not in names and new in names:
            today.setdefault(new, today.pop(old))
    return {name: _RENAMED_VALUES.get((name, value), value) for name, value in today.items()}


def _text(name: str, value: str, most: int = MOST_CHARACTERS) -> str:
    value = value.strip()
    if len(value) > most:
        raise InputError(f"{name}: {len(value)} characters; give {most} at most")
    if _COMMANDS.search(value):
        raise InputError(f"{name}: holds a control character; type it anew")
    return value


def _id(name: str, value: str) -> str:
    if not _ID.fullmatch(value):
        raise InputError(f"{name}: no id looks like that; follow a link from the list")
    return value


def _day(name: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{name}: {value!r} is no day; write it as 2024-12-31") from error


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> str | None:
    if value is not None and value not in allowed:
        raise InputError(f"{name}: {value!r} is not one of {', '.join(allowed)}")
    return value


def _member(name: str, value: str | None, kind: type[E]) -> E | None:
    chosen = _one_of(name, value, tuple(member.value for member in kind))
    return None if chosen is None else kind(chosen)
