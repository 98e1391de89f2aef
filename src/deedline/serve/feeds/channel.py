"""What a feed or a calendar is of, and where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Channel:
    """`names` tell it apart from all others and make its lasting id: ("body", "hk/itib"), ("search", "q=hydrogen").

    `title` is what readers see; `address` is where the feed itself is and `page` the page that it follows, both empty
    where there are none.
    """

    names: tuple[str, ...]
    title: str
    address: str = ""
    page: str = ""
