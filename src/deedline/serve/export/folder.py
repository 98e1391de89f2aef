"""Writing an export so that its folder is the old one or the new one, never a part of either."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deedline.errors import InputError

MANIFEST = "export.json"


@contextmanager
def written_whole(target: Path, *, force: bool = False) -> Iterator[Path]:
    """A folder beside `target` to write into, which takes its place when the block ends without an error.

    An earlier export there is replaced. Anything else there is refused with an InputError; with `force` it stays,
    and only files of the same names are replaced, one by one.
    """
    foreign = _foreign(target)
    if foreign and not force:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        held = ", ".join(foreign[:3]) + more
        raise InputError(f"{target}: holds {held}, which no export wrote; choose another folder, or add --force")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name or 'export'}.partial-", dir=target.parent))
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); choose a folder that can be") from error
    try:
        yield partial
        partial.chmod(0o777 & ~_umask())
        if foreign:
            _mingle(partial, target)
        else:
            _swap(partial, target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); nothing was changed there") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _foreign(target: Path) -> list[str]:
    """Names in `target` that no earlier export put there; InputError where it is no folder."""
    if not target.exists():
        return []
    if not target.is_dir():
        raise InputError(f"{target}: is a file; name a folder to export into")
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        own = {MANIFEST, *manifest["files"]} if manifest["made_by"] == "deedline" else set()
    except (OSError, ValueError, TypeError, KeyError):
        own = set()
    return sorted(entry.name for entry in target.iterdir() if entry.name not in own)


def _swap(partial: Path, target: Path) -> None:
    if not target.exists():
        partial.rename(target)
        return
    older = partial.with_name(f"{partial.name}.older")
    target.rename(older)
    try:
        partial.rename(target)
    except OSError:
        older.rename(target)
        raise
    shutil.rmtree(older, ignore_errors=True)


def _mingle(partial: Path, target: Path) -> None:
    for file in sorted(partial.iterdir()):
        file.replace(target / file.name)
