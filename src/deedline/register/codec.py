"""Frozen values to plain JSON values and back, by the types that their fields declare.

Dates are ISO strings, spans are [start, end], enums their values. Fields that are empty by default are left out, so
a field that is added to the model later reads as its default from what was stored before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from deedline.model.text import Span

_EMPTY: tuple[object, ...] = (None, "", (), frozenset())


def to_json(value: object) -> str:
    """One line of JSON, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(value: Any) -> Any:
    """A value of the model as plain JSON values."""
    plain = _ENCODERS.get(type(value))
    if plain is not None:
        return plain(value)
    if isinstance(value, Enum):
        return value.value
    kind: Any = type(value)
    return {
        name: encode(entry)
        for name, default in _defaults(kind)
        if not ((entry := getattr(value, name)) in _EMPTY and entry == default)
    }


def _as_it_is(value: Any) -> Any:
    return value


_ENCODERS: Mapping[type, Callable[[Any], Any]] = {
    NoneType: _as_it_is,
    bool: _as_it_is,
    int: _as_it_is,
    float: _as_it_is,
    str: _as_it_is,
    date: date.isoformat,
    Span: lambda span: [span.start, span.end],
    tuple: lambda values: [encode(value) for value in values],
    frozenset: lambda values: sorted(encode(value) for value in values),
}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (entry.name, entry.default if entry.default_factory is MISSING else entry.default_factory())
        for entry in fields(kind)
    )


@cache
def decoder(kind: Any) -> Callable[[Any], Any]:
    """The way back from plain JSON values to `kind`: a type, or a type with arguments, as a field declares it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin is tuple:
        return _of_entries(arguments)
    if origin is frozenset:
        return frozenset
    if kind in _DECODERS:
        return _DECODERS[kind]
    if is_dataclass(kind):
        return _of_fields(kind)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


_DECODERS: Mapping[Any, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    Span: lambda data: Span(data[0], data[1]),
}


def _of_entries(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if arguments[1:] == (Ellipsis,):
        each = decoder(arguments[0])
        return lambda data: tuple(each(entry) for entry in data)
    parts = tuple(decoder(argument) for argument in arguments)
    return lambda data: tuple(part(entry) for part, entry in zip(parts, data, strict=True))


def _optional(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    (inner,) = (argument for argument in arguments if argument is not NoneType)
    some = decoder(inner)
    return lambda data: None if data is None else some(data)


def _of_fields(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    parts = {entry.name: decoder(hints[entry.name]) for entry in fields(kind)}
    return lambda data: kind(**{name: parts[name](entry) for name, entry in data.items() if name in parts})
