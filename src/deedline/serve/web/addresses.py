"""The addresses of pages, made in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def body_address(body_id: str) -> str:
    """The page of a body."""
    return f"/bodies/{quote(body_id)}"


def with_parameters(path: str, **parameters: object) -> str:
    """An address with those parameters that have a value."""
    wanted = {name: str(value) for name, value in parameters.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(wanted)}" if wanted else path


def safe_way_back(address: str) -> str:
    """An address of this site to go back to; the front page where it is anything else.

    Browsers read "//" and "/\\" as another site's beginning, and drop tabs and line ends first.
    """
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
