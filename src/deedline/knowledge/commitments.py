"""How a place prints who owns what it undertakes, where that is not behind each measure: see */commitments.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deedline.errors import KnowledgeError
from deedline.knowledge.load import Jurisdiction
from deedline.knowledge.patterns import Pattern, PatternFile, load_patterns

ROLES = ("owner", "opens", "closes", "sentence", "support")
_GROUPS = {"owner": "owner"}  # the group that a role's pattern must have
_SIDES = ("below", "above")


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """A place's patterns by role; empty where its documents print the bodies behind each measure.

    owner: a heading or a line whose group `owner` names who owns the commitments below it or, with `owns = "above"`,
    those above it. opens, closes: lines between which entries are commitments; where a place has none that opens,
    all are. sentence: a sentence of running text that is a commitment by itself. support: words behind which a
    commitment names who acts together with its owner.
    """

    by_role: Mapping[str, tuple[Pattern, ...]]

    def __bool__(self) -> bool:
        return any(self.by_role.values())

    def fits(self, role: str, words: str) -> bool:
        """Whether a pattern of `role` fits `words`, in matching form."""
        return any(pattern.regex.search(words) for pattern in self.by_role[role])

    def owner(self, words: str) -> tuple[int, int, bool] | None:
        """Where a line names an owner (indices, end not included), and whether of what stands above it."""
        for pattern in self.by_role["owner"]:
            match = pattern.regex.search(words)
            if match is not None and match["owner"]:
                return *match.span("owner"), pattern.data.get("owns") == "above"
        return None

    def supports(self, words: str) -> Iterator[int]:
        """Where names of those who act together with the owner may begin."""
        for pattern in self.by_role["support"]:
            yield from (match.end() for match in pattern.regex.finditer(words))


@cache
def _read_words(folder: Path) -> CommitmentWords:
    by_role: dict[str, list[Pattern]] = {role: [] for role in ROLES}
    source = folder / "commitments.toml"
    if source.is_file():
        file = load_patterns(source)
        for pattern in file.patterns:
            by_role[_role_of(pattern, file)].append(pattern)
    return CommitmentWords({role: tuple(patterns) for role, patterns in by_role.items()})


def _role_of(pattern: Pattern, file: PatternFile) -> str:
    role, named = str(pattern.data.get("role")), f"{file.where}: pattern {pattern.name!r}"
    if role not in ROLES:
        raise KnowledgeError(f"{named} needs a role, one of {', '.join(ROLES)}")
    group = _GROUPS.get(role)
    if group and group not in pattern.regex.groupindex:
        raise KnowledgeError(f"{named} needs a group that takes the {group}'s name; write (?P<{group}>…) around it")
    if pattern.data.get("owns", "below") not in _SIDES:
        raise KnowledgeError(f"{named} says owns = {pattern.data['owns']!r}; write {' or '.join(_SIDES)}")
    return role


def commitment_words(place: Jurisdiction) -> CommitmentWords:
    """The patterns of a place's `commitments.toml`; KnowledgeError where one breaks the rules of its role."""
    return _read_words(place.folder)
