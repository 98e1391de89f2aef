"""Addresses on the web → documents with their provenance; and addresses watched for a new edition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from deedline.errors import DeedlineError, InputError
from deedline.fetch import Fetched, Known, Rules, fetch, is_address
from deedline.operations.adding import Added, Source, add
from deedline.register import Provenance, Register, Watch

RULES = Rules()
__all__ = ["Rules", "Watched", "add_addresses", "check_watches", "is_address"]


@dataclass(frozen=True, slots=True)
class Watched:
    """What became of a watched address: nothing new (`added` is None), what was added, or the `error` met."""

    address: str
    added: Added | None = None
    error: DeedlineError | None = None


def add_addresses(
    register: Register,
    addresses: Sequence[str],
    *,
    at: datetime,
    by: str,
    given: Mapping[str, str] | None = None,
    rules: Rules = RULES,
) -> Iterator[Added]:
    """Fetch and add; one `Added` an address, in order, its `path` the name that the place gave the file.

    The bytes, their hash, the address and the time are kept with the document. An address that fails stops no other.
    """
    with register.action():
        for address in addresses:
            try:
                added = _added(register, fetch(address, rules), at, by, given or {})
            except InputError as error:
                added = Added(Path(address), error=error, address=address)
            yield added


def check_watches(register: Register, *, at: datetime, by: str, rules: Rules = RULES) -> Iterator[Watched]:
    """Ask every watched address whether its bytes changed, and add those that did as documents of their own.

    What ails one of them is told with it and stops no other: nobody may be there to begin anew.
    """
    with register.action():
        for watch in register.watches():
            try:
                seen = _checked(register, watch, at, by, rules)
            except DeedlineError as error:
                seen = Watched(watch.address, error=error)
            yield seen


def _checked(register: Register, watch: Watch, at: datetime, by: str, rules: Rules) -> Watched:
    fetched = fetch(watch.address, rules, Known(watch.etag, watch.last_modified))
    if fetched.data is None:
        register.watch(replace(watch, checked_at=at), at=at, by=by)
        return Watched(watch.address)
    digest = hashlib.sha256(fetched.data).hexdigest()
    if digest == watch.sha256:
        added = None
    else:
        added = _added(register, fetched, at, by, {})
        if added.error is not None:  # asked again the next time, as if it had not been seen
            return Watched(watch.address, error=added.error)
    seen = Watch(watch.address, digest, fetched.etag, fetched.last_modified, at)
    register.watch(seen, at=at, by=by)
    return Watched(watch.address, added)


def _added(register: Register, fetched: Fetched, at: datetime, by: str, given: Mapping[str, str]) -> Added:
    """Read what was fetched, apart from this process, and keep where it came from."""
    data = fetched.data or b""
    with TemporaryDirectory(prefix="deedline-") as folder:
        path = Path(folder) / fetched.name
        try:
            path.write_bytes(data)
        except (OSError, ValueError) as error:
            raise InputError(f"{fetched.address}: cannot be put into {folder} ({error}); make room there") from error
        added = next(iter(add(register, [Source(path, given)], at=at, by=by, workers=1)))
    if added.put is not None:
        origin = Provenance(hashlib.sha256(data).hexdigest(), fetched.address, fetched.final, at)
        register.note_origin(added.put.document_id, origin, at=at, by=by)
    return replace(added, path=Path(fetched.name), address=fetched.address)
