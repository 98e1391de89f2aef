"""The main path: pairs of entries → what an assistant holds of each, from what is kept or by asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deedline.link.assistant.answer import MOST_CHARACTERS, Reading, Void, reading
from deedline.link.assistant.faults import AnswerError
from deedline.link.assistant.kept import Answers
from deedline.link.assistant.question import Question, is_too_long, question
from deedline.link.assistant.settings import PREFIX, Settings
from deedline.model.entry import Entry

if TYPE_CHECKING:  # it loads the HTTP client, which is for those who ask
    from deedline.link.assistant.service import Service


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair to judge: `task` is adoption (proposal, measure) or continuity (later, earlier)."""

    task: str
    source: Entry
    target: Entry


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why there is no answer."""

    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a pair; `cached` where the answer was kept from before."""

    asked: Asked
    outcome: Reading | Void | Unanswered
    cached: bool


def read_pairs(pairs: Iterable[Asked], settings: Settings, answers: Answers, service: Service | None) -> Iterator[Read]:
    """Each pair with what the assistant holds of it, in order. Without a service, only what is kept is read.

    Raises StoppedError where the service or its budget ends it; what was yielded until then stands.
    """
    for asked in pairs:
        yield _read(asked, settings, answers, service)


def _read(asked: Asked, settings: Settings, answers: Answers, service: Service | None) -> Read:
    if is_too_long(asked.source, asked.target):
        return Read(asked, Unanswered("the texts are longer than is sent"), cached=False)
    put = question(asked.task, asked.source, asked.target, settings)
    kept = _kept(asked, put, settings, answers)
    if kept is not None:
        return Read(asked, kept, cached=True)
    if service is None:
        return Read(asked, Unanswered("no answer is kept"), cached=False)
    try:
        written = service.ask(put)
    except AnswerError as error:
        return Read(asked, Unanswered(str(error)), cached=False)
    name, text = (put.name, written.text) if written.whole else (_cut_name(put, settings), "")
    answers.put(name, settings.model, text)
    outcome = _kept(asked, put, settings, answers)
    assert outcome is not None
    return Read(asked, outcome, cached=False)


def _kept(asked: Asked, put: Question, settings: Settings, answers: Answers) -> Reading | Void | None:
    """What a kept answer comes to; None where none is kept."""
    kept = answers.get(put.name)
    if kept is None:
        if answers.get(_cut_name(put, settings)) is None:
            return None
        return Void(f"it was cut short at {settings.answer_tokens:,} tokens; {PREFIX}ANSWER_TOKENS allows more")
    if not kept:
        return Void("it is empty")
    if len(kept) > MOST_CHARACTERS:
        return Void("it is longer than an answer may be")
    return reading(kept, put.relations, asked.source, asked.target)


def _cut_name(put: Question, settings: Settings) -> str:
    """The name of an answer that was cut short: the question is asked again where the answer may be longer."""
    return f"{put.name}/{settings.answer_tokens}"
