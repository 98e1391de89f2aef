"""What makes links: the trained engine of `link`, behind a seam that other engines and tests fit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from deedline.errors import KnowledgeError
from deedline.model.entry import Entry
from deedline.model.link import Link


class Engine(Protocol):
    """What makes links of entries. `name` changes whenever the same entries would give other links."""

    @property
    def name(self) -> str:
        """Stands for the engine with all that it learned."""
        ...

    def links(self, sources: Sequence[Entry], targets: Sequence[Entry]) -> Sequence[Link]:
        """The machine's links from sources to targets, at most one a pair."""
        ...


@dataclass(frozen=True, slots=True)
class TrainedEngine:
    """The engine that Deedline carries; texts are encoded once and kept in the user's cache folder."""

    name: str

    def links(self, sources: Sequence[Entry], targets: Sequence[Entry]) -> Sequence[Link]:
        """Links from `sources` to `targets`, whatever order their dates suggest."""
        from deedline.link.link import link_items
        from deedline.run.kept import kept

        own = {entry.id for entry in sources}
        with kept("encodings") as store:
            found = link_items(sources, targets, store=store)
        return [
            link if link.from_id in own else replace(link, from_id=link.to_id, to_id=link.from_id) for link in found
        ]


def default_engine() -> Engine:
    """The engine that Deedline carries; KnowledgeError where its weights are not there."""
    from deedline.link.score import learned_files

    digest = hashlib.sha256()
    for file in learned_files():
        if not file.is_file():
            raise KnowledgeError("the weights that linking needs are not installed; install Deedline anew")
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return TrainedEngine(f"trained {digest.hexdigest()[:16]}")
