"""Which store a location means: a path is SQLite, a URL names its store by its scheme."""

from __future__ import annotations

import re
from pathlib import Path

from deedline.errors import RegisterError
from deedline.register.base import Register

DEFAULT_WAIT = 10.0
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def open_register(location: str | Path, *, create: bool = True, wait: float = DEFAULT_WAIT) -> Register:
    """The register at a path, or at a URL such as sqlite:///home/me/deedline.db.

    Makes it where there is none and `create` is True, and brings an older one up to date. `wait` is how many seconds
    to wait for another process that writes. A file that may only be read opens, and refuses to be written.

    Raises RegisterError where the location is a folder, not a register, one of a newer Deedline, or absent and not
    to be created; BusyError where another process holds it for longer than `wait`.
    """
    scheme = _SCHEME.match(str(location))
    if scheme is None:
        path = Path(location)
    elif scheme.group(1).lower() == "sqlite":
        path = Path(str(location)[scheme.end() :])
    else:
        raise RegisterError(f"{location}: no store is known for {scheme.group(0)}; give a path, or sqlite://PATH")
    from deedline.register.sqlite import SqliteRegister

    return SqliteRegister(path, create=create, wait=wait)
