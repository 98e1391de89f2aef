"""How reports tell in words that something was done, and which promised deeds that answers: see */told.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from deedline.errors import KnowledgeError
from deedline.knowledge.load import language_patterns, languages_of
from deedline.knowledge.patterns import Pattern

ROLES = ("promised", "told", "ahead", "until", "early", "several")
_NEEDED = {"promised": "deed", "told": "answers"}


@cache
def telling() -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of every language by their role; KnowledgeError where one breaks the rules of its role.

    All languages are asked of any text, as texts quote each other's words and none fits another's.
    """
    by_role: dict[str, list[Pattern]] = {role: [] for role in ROLES}
    for language in languages_of("told"):
        file = language_patterns(language, "told")
        for pattern in file.patterns:
            role = pattern.data.get("role")
            if role not in by_role:
                raise KnowledgeError(f"{file.where}: pattern {pattern.name!r} needs a role, one of {', '.join(ROLES)}")
            if _NEEDED.get(role, "role") not in pattern.data:
                raise KnowledgeError(f"{file.where}: pattern {pattern.name!r} needs `{_NEEDED[role]}`")
            by_role[role].append(pattern)
    return {role: tuple(patterns) for role, patterns in by_role.items()}
