"""Links that the machine is not sure of → what an assistant that reads both texts holds of them, kept as its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deedline.errors import InputError
from deedline.link.assistant.answer import Quote, Reading
from deedline.link.assistant.faults import StoppedError
from deedline.link.assistant.judge import Asked, Read, Unanswered, read_pairs
from deedline.link.assistant.kept import Answers
from deedline.link.assistant.settings import PREFIX, Settings, settings_from
from deedline.model.item import ItemKind
from deedline.model.link import STRONG, Link, LinkState, Origin, Task
from deedline.operations.comparing import entry_of
from deedline.register import ItemState, Register, StoredItem

if TYPE_CHECKING:  # it loads the HTTP client, which is for those who ask
    from deedline.link.assistant.service import Service

_CODE = "assistant"  # of the evidence that an assistant leaves
NONE = "none"


@dataclass(frozen=True, slots=True)
class Assistant:
    """Who is asked: its settings, the file of its kept answers, its service (None to read only what is kept)."""

    settings: Settings
    answers: Path
    service: Service | None


def assistant_from(environment: Mapping[str, str], location: str, *, kept_only: bool = False) -> Assistant | None:
    """The assistant that the environment configures for the register at `location`; None where it names no model.

    Answers are kept beside the register's file, or where DEEDLINE_ASSISTANT_ANSWERS says. InputError names what
    cannot be used.
    """
    settings = settings_from(environment)
    if settings is None:
        return None
    if not settings.url and not kept_only:
        raise InputError(f"{PREFIX}URL is not set; set it, or read with --kept only what was answered before")
    if told := environment.get(f"{PREFIX}ANSWERS"):
        path = Path(told)
    elif "://" in location:
        from deedline.run.kept import cache_folder

        path = cache_folder() / "assistant.jsonl"
    else:
        path = Path(location).with_suffix(".assistant.jsonl")
    if kept_only:
        return Assistant(settings, path, None)
    from deedline.link.assistant.service import Service

    return Assistant(settings, path, Service(settings))


@dataclass(frozen=True, slots=True)
class Assisted:
    """What came of a link: `before` as the machine made it, `link` as it stands now. `said` is the relation that the
    assistant holds, `none`, or empty where it gave no answer that counts; `note` says then why, else its reason."""

    before: Link
    link: Link
    source: StoredItem
    target: StoredItem
    said: str
    note: str
    cached: bool
    voided: bool


@dataclass(frozen=True, slots=True)
class Assistance:
    """All that came of one run. `waiting` counts the links that fit and were not come to; `stopped` says why it ended
    early, empty where it did not, and `spent` that only its budget ended it. `calls` and `tokens` are its cost."""

    results: Sequence[Assisted]
    waiting: int
    calls: int
    tokens: int
    stopped: str
    spent: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which links to ask about: of a document (a reference to one that either end stands in), of a task, how many."""

    document: str | None = None
    task: Task | None = None
    limit: int | None = None


def assist(
    register: Register,
    assistant: Assistant,
    *,
    at: datetime,
    by: str,
    wanted: Candidates | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Assistance:
    """Have an assistant read the links that the machine is not sure of and nobody judged, the likeliest first.

    What the assistant holds becomes the link, a suggestion of origin `assistant`, unless it holds `none`: then the
    machine's link stays, with what was said among its reasons. What a person judged is never touched. Running again
    gives the same from what is kept. InputError where the kept answers can be neither read nor added to.
    """
    settings, service, chosen = assistant.settings, assistant.service, wanted or Candidates()
    held = Answers(assistant.answers)
    pairs = list(_candidates(register, chosen))
    shown = pairs[: chosen.limit]
    results: list[Assisted] = []
    stopped, spent = "", False
    try:
        dated = {document.id: document.metadata.dated for document in register.documents()}
        asked = (_asked(dated, *pair) for pair in shown)
        for read, pair in zip(read_pairs(asked, settings, held, service), shown, strict=True):
            results.append(_assisted(read, *pair, settings))
            if progress:
                progress(len(results), len(shown))
    except StoppedError as error:
        stopped, spent = str(error), error.spent
    _keep(register, results, at=at, by=by, why=f"assistant {settings.model}")
    cost = (service.calls, service.tokens) if service else (0, 0)
    return Assistance(results, len(pairs) - len(results), *cost, stopped, spent)


def _links(register: Register) -> dict[tuple[str, str], Link]:
    return {(link.from_id, link.to_id): link for link in register.links() if link.state is LinkState.SUGGESTED}


def as_machine_made(link: Link) -> Link:
    """A link as it was before an assistant read it."""
    left = [entry for entry in link.evidence if entry.get("code") == _CODE]
    if not left:
        return link
    made: Mapping[str, Any] = left[0]["machine"]
    return replace(
        link,
        relation=made["relation"],
        sure=made["sure"],
        origin=Origin.MACHINE,
        why=tuple(made["why"]),
        evidence=tuple(entry for entry in link.evidence if entry.get("code") != _CODE),
    )


def _candidates(register: Register, wanted: Candidates) -> Iterator[tuple[Link, StoredItem, StoredItem]]:
    document = register.find_document(wanted.document).id if wanted.document else None
    item = cache(register.item)
    unsure = [made for made in map(as_machine_made, _links(register).values()) if not made.sure]
    for link in sorted(unsure, key=lambda link: (-link.score, link.from_id, link.to_id)):
        source, target = item(link.from_id), item(link.to_id)
        if any(item.state is ItemState.RETIRED for item in (source, target)):
            continue
        if document in (None, source.document_id, target.document_id) and wanted.task in (None, _task(source)):
            yield link, source, target


def _task(source: StoredItem) -> Task:
    return Task.ADOPTION if source.item.kind is ItemKind.PROPOSAL else Task.CONTINUITY


def _asked(dated: Mapping[str, date | None], _: Link, source: StoredItem, target: StoredItem) -> Asked:
    ends = (entry_of(item, dated[item.document_id]) for item in (source, target))
    return Asked(_task(source).value, *ends)


def _assisted(read: Read, before: Link, source: StoredItem, target: StoredItem, settings: Settings) -> Assisted:
    outcome = read.outcome
    if not isinstance(outcome, Reading):
        voided = not isinstance(outcome, Unanswered)
        return Assisted(before, before, source, target, "", outcome.why, read.cached, voided)
    link = _link(before, outcome, settings)
    return Assisted(before, link, source, target, outcome.relation, outcome.reason, read.cached, voided=False)


def _link(before: Link, said: Reading, settings: Settings) -> Link:
    """The machine's link with what the assistant holds of it; its score stays that of the machine."""
    told = f"assistant ({settings.model}): {said.relation}: {said.reason}"
    quoted = f"assistant quotes: 「{said.first.words}」 and 「{said.second.words}」"
    evidence = {
        "code": _CODE,
        "zh": f"助理（{settings.model}）：{said.relation}：{said.reason}",
        "en": told,
        "model": settings.model,
        "relation": said.relation,
        "from": _plain(said.first),
        "to": _plain(said.second),
        "machine": {"relation": before.relation, "sure": before.sure, "why": list(before.why)},
    }
    changed: dict[str, Any] = {}
    if said.relation != NONE:
        sure = settings.sure and said.relation in STRONG
        changed = {"relation": said.relation, "origin": Origin.ASSISTANT, "sure": sure}
    return replace(before, **changed, why=(told, quoted, *before.why), evidence=(evidence, *before.evidence))


def _plain(quote: Quote) -> list[list[int]]:
    return [[span.start, span.end] for span in quote.spans]


def _keep(
    register: Register,
    results: Sequence[Assisted],
    *,
    at: datetime,
    by: str,
    why: str,
) -> None:
    """Put the links in place, those between two documents at a time; all of it is one action for `undo`.

    A link that was made anew or judged while the assistant read is left as it is now.
    """
    links, home = _links(register), dict[str, str]()
    for result in results:
        ends = result.link.from_id, result.link.to_id
        if ends in links and as_machine_made(links[ends]) == result.before:
            links[ends] = result.link
        home |= {item.id: item.document_id for item in (result.source, result.target)}
    touched = {(home[result.link.from_id], home[result.link.to_id]) for result in results}
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links.values():
        documents = _home(register, home, link.from_id), _home(register, home, link.to_id)
        if documents in touched:
            between[documents].append(link)
    made = register.linkings()
    with register.action():
        for documents in sorted(between):
            fingerprint = made.get(documents)
            register.put_links_between(documents, between[documents], fingerprint=fingerprint, at=at, by=by, why=why)


def _home(register: Register, home: dict[str, str], item_id: str) -> str:
    if item_id not in home:
        home[item_id] = register.item(item_id).document_id
    return home[item_id]
