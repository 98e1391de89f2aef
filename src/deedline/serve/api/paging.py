"""Lists a page at a time: an opaque cursor says where the last page ended, and a Link header leads to the next."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from deedline.errors import NotFoundError
from deedline.serve.export.shape import Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """A row to answer with; `after` is the key of its last element where more follow."""

    row: Row
    after: str | None = None


def cursor_of(key: str) -> str:
    """A key as a cursor: letters that an address may hold."""
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def key_of(cursor: str | None) -> str | None:
    """The key that a cursor holds; NotFoundError where it holds none."""
    if cursor is None:
        return None
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise lost() from None


def page(found: Sequence[T], key: Callable[[T], str], cursor: str | None, limit: int) -> tuple[Sequence[T], str | None]:
    """The elements after the one that the cursor names, and the key of the last where more follow.

    NotFoundError where that element is no longer in the list.
    """
    after, start = key_of(cursor), 0
    if after is not None:
        start = next((number for number, each in enumerate(found, 1) if key(each) == after), 0)
        if start == 0:
            raise lost()
    shown = found[start : start + limit]
    return shown, key(shown[-1]) if shown and start + limit < len(found) else None


def lost() -> NotFoundError:
    """What to raise where a cursor leads nowhere."""
    return NotFoundError("cursor: leads nowhere (any more); begin the list again without it")


def next_link(path: str, query: str, after: str) -> str:
    """The Link header (RFC 8288) to what follows `after`."""
    asked: list[tuple[str, Any]] = [(name, value) for name, value in parse_qsl(query) if name != "cursor"]
    return f'<{path}?{urlencode([*asked, ("cursor", cursor_of(after))])}>; rel="next"'
