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

    @property
    def workers(self) -> int:
        """How many processes it may run in, which find what `make_ready` made; 0 for none but this one."""
        ...

    def make_ready(self, listed: Sequence[Entry]) -> None:
        """Make once what comparing these entries takes, whatever they are compared with."""
        ...

    def links(self, sources: Sequence[Entry], targets: Sequence[Entry]) -> Sequence[Link]:
        """The machine's links from sources to targets, at most one a pair."""
        ...


@dataclass(frozen=True, slots=True)
class TrainedEngine:
    """The engine that Deedline carries; texts are encoded once and kept in the user's cache folder."""

    name: str
    spread: bool = False

    @property
    def workers(self) -> int:
        """One a core; none where the cache cannot be written, for what one encodes must be there for the others."""
        from deedline.link.embed import cores
        from deedline.run.kept import Kept, kept

        if not self.spread or cores() < 2:
            return 0
        with kept("encodings") as store:
            return cores() if isinstance(store, Kept) else 0

    def make_ready(self, listed: Sequence[Entry]) -> None:
        """Encode the texts of entries, on every core."""
        from deedline.link.embed import default_embedder
        from deedline.link.prepare import encode_entries
        from deedline.run.kept import kept

        with kept("encodings") as store:
            encode_entries(listed, default_embedder(), store)

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


def default_engine(*, spread: bool = False) -> Engine:
    """The engine that Deedline carries; KnowledgeError where its weights are not there.

    With `spread` several processes share the work. They begin by importing the program that asks, which must be ready
    for that, as Deedline's own commands are.
    """
    from deedline.link.score import learned_files

    digest = hashlib.sha256()
    for file in learned_files():
        if not file.is_file():
            raise KnowledgeError("the weights that linking needs are not installed; install Deedline anew")
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return TrainedEngine(f"trained {digest.hexdigest()[:16]}", spread)
