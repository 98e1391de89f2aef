"""What reading a list of bodies works with: the scene it reads in, and the entries it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deedline.knowledge.bodies import BodyIndex
from deedline.knowledge.mentions import MentionWords
from deedline.model.body import Body


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a list: where it stands in the matching text, the body it names, and how that was read.

    `name` is the body's own name, or the printed words where it names none. `rule` is one of exact, generic, wing,
    misprint, cut, unknown; `rivals` are the ids of the bodies between which the words leave open.
    """

    start: int
    end: int
    body: Body | None
    name: str
    rule: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What reading a list needs: both folded texts (same indices), the list's end, and the knowledge at a day.

    `guess` allows misprints to be resolved by likeness; `firm` says that the list stands where only one of bodies
    would, so that a spoilt name need not spoil the others; `cut` that the text breaks off where the list ends.
    """

    text: str
    scan: str
    end: int
    index: BodyIndex
    words: MentionWords
    day: date | None
    guess: bool
    firm: bool = False
    cut: bool = False


def canonical(body: Body) -> str:
    """The name that stands for a body: Chinese where it has one."""
    return body.name_zh or body.name_en


def is_organisation(scene: Scene, name: str) -> bool:
    """Whether a name has the form of an organisation's."""
    return scene.words.organisation.search(name) is not None
