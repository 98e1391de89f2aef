"""A place's organisations as an index: every printed form, every lifetime, every successor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from deedline.knowledge.body_files import read_body_files
from deedline.knowledge.body_forms import alive, lookup_key, printed_forms, scan_form
from deedline.knowledge.load import Jurisdiction, jurisdictions, search_path
from deedline.model.body import Body


def _days_off(body: Body, day: date | None) -> int:
    """How many days lie between `day` and the body's lifetime; 0 within it."""
    day = day or date.max
    if body.valid_from and day < body.valid_from:
        return (body.valid_from - day).days
    if body.valid_until and day > body.valid_until:
        return (day - body.valid_until).days
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class BodyIndex:
    """Every body of a place. Names are looked up folded, so width, script, case and punctuation do not matter.

    `by_key` maps `lookup_key` of each printed form to its bodies; `by_scan` maps `scan_form` of each to them (to none
    for a name that belongs elsewhere); `lengths` maps the first two characters of these to their lengths, longest
    first; `by_letter` maps each character to the keys that hold it.
    """

    bodies: tuple[Body, ...]
    by_id: Mapping[str, Body]
    by_key: Mapping[str, tuple[Body, ...]]
    by_scan: Mapping[str, tuple[Body, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    by_letter: Mapping[str, tuple[str, ...]]

    def named(self, words: str, day: date | None = None) -> Body | None:
        """The body that `words` name on `day`; where none of that name is alive then, the nearest in time."""
        return self.choose(self.by_key.get(lookup_key(words), ()), day)

    def choose(self, bodies: Iterable[Body], day: date | None) -> Body | None:
        """Of bodies that share a name, the one alive on `day`, else the nearest in time."""
        return min(bodies, key=lambda body: _days_off(body, day), default=None)

    def at(self, day: date | None) -> tuple[Body, ...]:
        """The bodies alive on `day`; without a day, those with no known end."""
        return tuple(body for body in self.bodies if alive(body, day))

    def successors(self, body_id: str, day: date | None = None) -> tuple[Body, ...]:
        """The bodies that carry the work of `body_id` on `day` (without a day: at last): itself until it ends."""
        found: dict[Body, None] = {}
        queue, seen = [body_id], set[str]()
        for current in queue:
            body = self.by_id[current]
            if not body.successors or (day is not None and (body.valid_until is None or day <= body.valid_until)):
                found[body] = None
            elif current not in seen:
                seen.add(current)
                queue.extend(body.successors)
        return tuple(found)

    def lengths_at(self, scan: str, start: int) -> tuple[int, ...]:
        """Lengths, longest first, of the forms that stand at `start` of a text in `scan_form`."""
        lengths = self.lengths.get(scan[start : start + 2], ())
        left = len(scan) - start
        return tuple(n for n in lengths if n <= left and scan[start : start + n] in self.by_scan)


def index_bodies(bodies: Iterable[Body], elsewhere: Iterable[str] = ()) -> BodyIndex:
    """The index of `bodies`, sorted by id; `elsewhere` are names that are found but stand for none of them."""
    ordered = tuple(sorted(bodies, key=lambda body: body.id))
    by_key: dict[str, list[Body]] = defaultdict(list)
    by_scan: dict[str, list[Body]] = {scan_form(name): [] for name in elsewhere}
    for body in ordered:
        for form in printed_forms(body):
            for table, key in ((by_key, lookup_key(form)), (by_scan, scan_form(form))):
                if len(key) > 1 and body not in table.setdefault(key, []):
                    table[key].append(body)
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in by_scan:
        lengths[form[:2]].add(len(form))
    letters: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        for letter in sorted(set(key)):
            letters[letter].append(key)
    return BodyIndex(
        bodies=ordered,
        by_id={body.id: body for body in ordered},
        by_key={key: tuple(found) for key, found in by_key.items()},
        by_scan={form: tuple(found) for form, found in by_scan.items()},
        lengths={start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()},
        by_letter={letter: tuple(found) for letter, found in letters.items()},
    )


@cache
def _indexed(folder: Path) -> BodyIndex:
    return index_bodies(*read_body_files(folder))


def bodies_of(place: Jurisdiction) -> BodyIndex:
    """The bodies of a place, read and checked once a process; an empty index where its folder lists none.

    Raises KnowledgeError where a file is unreadable or breaks a rule of `body_files.check_bodies`.
    """
    return _indexed(place.folder)


@cache
def _every(_path: tuple[Path, ...]) -> Mapping[str, Body]:
    """Every body of the places on a search path, by id; of two with one id the first."""
    return {body.id: body for place in reversed(jurisdictions()) for body in reversed(bodies_of(place).bodies)}


def all_bodies() -> Iterator[Body]:
    """Every body of every place that is known."""
    for place in jurisdictions():
        yield from bodies_of(place).bodies


def body_of(body_id: str | None) -> Body | None:
    """The body with that id, of whichever place; None where nobody knows it."""
    return _every(search_path()).get(body_id or "")


def predecessors(body_id: str) -> tuple[Body, ...]:
    """The bodies whose work a body carries on."""
    return tuple(body for body in all_bodies() if body_id in body.successors)
