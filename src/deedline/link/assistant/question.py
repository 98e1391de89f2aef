"""Two entries → what an assistant is asked, as the body of a request. The words are knowledge/link/assistant.toml.

The entries' texts travel as strings of one JSON object, which nothing in them can close.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from deedline.link.assistant.settings import Settings
from deedline.model.entry import Entry

MOST_CHARACTERS = 6000  # of both texts together; longer ones are not sent


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a pair: the request without what only some services understand, and the form of an answer.

    `name` stands for the model, the rules and both texts: the same question has the same name, wherever it is asked.
    """

    name: str
    relations: tuple[str, ...]
    body: Mapping[str, Any]
    schema: Mapping[str, Any]

    @property
    def characters(self) -> int:
        """How long it is, for a guess at its tokens."""
        return sum(len(message["content"]) for message in self.body["messages"])


@cache
def _knowledge() -> Mapping[str, Any]:
    file = resources.files("deedline.knowledge.link").joinpath("assistant.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def question(task: str, source: Entry, target: Entry, settings: Settings) -> Question:
    """What to ask of a pair; `task` is adoption (proposal, measure) or continuity (later, earlier)."""
    asked = _knowledge()[task]
    listed = "\n".join(f'"{name}": {meaning}' for name, meaning in asked["relations"].items())
    rules = f"{_knowledge()['rules'].strip()}\n{listed}\n\n{asked['question'].strip()}"
    texts = json.dumps({"first": _shown(source), "second": _shown(target)}, ensure_ascii=False, indent=1)
    body = {
        "model": settings.model,
        "messages": [{"role": "system", "content": rules}, {"role": "user", "content": texts}],
        "temperature": 0,
        "max_tokens": settings.answer_tokens,
    }
    relations = tuple(asked["relations"])
    schema = _schema(relations)
    content = json.dumps([body["model"], body["messages"], schema], sort_keys=True)
    return Question(hashlib.sha256(content.encode()).hexdigest(), relations, body, schema)


def is_too_long(source: Entry, target: Entry) -> bool:
    """Whether the two texts are longer than is sent."""
    return len(source.item.text) + len(target.item.text) > MOST_CHARACTERS


def _shown(entry: Entry) -> dict[str, Any]:
    """The text first: small models quote what stands first, and headings are not to be quoted."""
    return {
        "text": entry.item.text,
        "headings": [heading[:200] for heading in entry.item.path[:6]],
        "above": entry.item.lead_in[:1000],
        "document_dated": entry.dated.isoformat() if entry.dated else None,
    }


def _schema(relations: tuple[str, ...]) -> dict[str, Any]:
    names = ("first_words", "second_words", "reason")
    properties = {"relation": {"type": "string", "enum": list(relations)}, **{n: {"type": "string"} for n in names}}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
