"""What each line of readers' labels must hold, so that a line that does not is told as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Real
from typing import Any

from deedline.errors import InputError
from deedline.model.link import Relation, Task

_KINDS: Mapping[type, str] = {str: "text", int: "a whole number", Real: "a number", dict: "an object", list: "a list"}
_ITEM = {"document": str, "line": int, "kind": str}  # enough where a place says which
_WORDED = {**_ITEM, "id": str, "text": str}
_LINKED = {"task": str, "query": dict, "targets": str, "links": list}


def demand_item(label: Mapping[str, Any], where: str, **more: type) -> None:
    """InputError, which says `where` and what, where a label of an item lacks a field or holds another kind of value;
    `more` are fields beside those by which the item is found."""
    _demand(label, {**_WORDED, **more}, where)


def demand_link(label: Mapping[str, Any], where: str, *, worded: bool = False) -> None:
    """The same of a label of links; with `worded` its items are found by their ids and words, not by place alone."""
    _demand(label, _LINKED, where)
    if "disputed" in label:
        _demand(label, {"disputed": list}, where)
    if label["task"] not in tuple(Task):
        raise InputError(f"{where}: the task {label['task']!r} is none; it is {' or '.join(Task)}")
    _demand(label["query"], _WORDED if worded else _ITEM, f"{where}, query")
    for place, link, needed in _targets(label):
        _demand(link, {"item": dict} if worded else {}, f"{where}, {place}")
        if needed and link.get("relation") not in tuple(Relation):
            raise InputError(f"{where}, {place}: relation is missing or none of {', '.join(Relation)}")
        _demand(link.get("item", link), _WORDED if worded else _ITEM, f"{where}, {place}")


def _targets(label: Mapping[str, Any]) -> Iterator[tuple[str, Any, bool]]:
    """What stands under links and disputed, each with its place, and whether a relation belongs to it."""
    for number, link in enumerate(label["links"], 1):
        yield f"link {number}", link, True
    for number, pair in enumerate(label.get("disputed", ()), 1):
        yield f"disputed {number}", pair, False


def _demand(held: Any, wanted: Mapping[str, type], where: str) -> None:
    if not isinstance(held, Mapping):
        raise InputError(f"{where}: is no object; correct the line")
    missing = [name for name in wanted if name not in held]
    if missing:
        raise InputError(f"{where}: {', '.join(missing)} missing; correct the line")
    for name, kind in wanted.items():
        if not isinstance(held[name], kind):
            raise InputError(f"{where}: {name} is not {_KINDS[kind]}; correct the line")
