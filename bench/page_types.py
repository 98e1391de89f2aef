"""Every kind of page with one address of it in a given register, and what it is for: for benches, tests and docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_WORDS = {
    "front": ("Overview", "What to know first: the newest edition in figures, where report and figures disagree, "
              "what falls due next. Everything else is one step from here."),
    "editions": ("Editions", "All editions in the register, and what became of the one before in each."),
    "edition": ("One edition", "Its items under their headings, narrowed by chapter, body, due day, status or by what "
                "they continue. The address holds what was chosen, so it can be sent on."),
    "compare": ("Two editions compared", "Each undertaking in both wordings, side by side, with the changed words "
                "marked; what is new, and what is no longer mentioned."),
    "item": ("One item", "The words as printed with times, bodies, figures and names marked, the lines they stand on, "
             "the same undertaking in other editions, links with their reasons, and how to cite it."),
    "indicators": ("Indicators", "The official status beside what the printed figures and dates bear out; those that "
                   "missed their date, with what the government said."),
    "due": ("Due", "What falls due next, and what fell due without a report that it is done."),
    "calendar": ("Due, as a calendar", "The months of a year with what falls due in each."),
    "bodies": ("Bodies", "Who owns how much, and where it stands."),
    "body": ("One body", "What it owns, the most pressing first, what moved, and the bodies before and after it."),
    "submissions": ("Submissions", "What others asked of the government."),
    "submission": ("One submission", "What became of every proposal, with the measures that show it and with "
                   "denominators; what the machine is not sure of is marked."),
    "names": ("Names", "Schemes, plans, laws and committees that documents name."),
    "name": ("One name", "Every item that mentions it, oldest first."),
    "items": ("All items", "Every item of the register as a list, with filters."),
    "search": ("Search", "Items by their words or by what they mean, in both scripts and languages; each says why it "
               "was found."),
    "documents": ("Documents", "What the register was read from."),
    "document": ("One document", "The text line by line, with what each line became: where every citation leads."),
    "review": ("Review: links", "Links that the machine is not sure of, for a person to judge: by keys J, K, A and R, "
               "or by the buttons."),
    "doubts": ("Review: reading", "Lines that may have been read wrongly, for a person to settle."),
    "card": ("Card", "One item as others show it on their own pages."),
    "error": ("Nothing there", "What an address that does not exist answers."),
    "add": ("Add a document", "Files to read, by choosing or dropping them; how far it is shows while they are read."),
}  # fmt: skip


NAMES = tuple(_WORDS)


@dataclass(frozen=True, slots=True)
class PageType:
    """A kind of page: its name, the address of one, its title and what people find there."""

    name: str
    address: str
    title: str
    purpose: str


def page_types(location: str, words: str) -> tuple[PageType, ...]:
    """A page of each kind in the register at `location`: the fullest where there are several.

    `words` are what the search looks for. Kinds of which the register holds none are left out.
    """
    addresses = _addresses(location, words)
    return tuple(
        PageType(name, addresses[name], title, purpose)
        for name, (title, purpose) in _WORDS.items()
        if name in addresses
    )


def _addresses(location: str, words: str) -> dict[str, str]:
    from deedline import operations
    from deedline.register import open_register

    with open_register(location, create=False) as register, register.snapshot():
        seen = operations.overview(register)
        known = operations.scene(register)
        owned = max(operations.owners(register)[1], key=lambda each: len(each.undertakings), default=None)
        named = max(operations.names(register).by_key.values(), key=lambda each: len(each.entries), default=None)
    found = {name: "/" if name == "front" else f"/{name}" for name in _WORDS}
    found |= {
        "calendar": "/due/calendar",
        "search": f"/search?q={quote(words)}",
        "doubts": "/review?what=reading",
        "error": "/nothing",
    }
    found |= _single(seen, known)
    found |= {"body": f"/bodies/{quote(owned.body_id)}"} if owned else {}
    found |= {"name": f"/names/one?name={quote(named.name)}"} if named else {}
    return {name: address for name, address in found.items() if name not in _SINGLE or address.count("/") > 1}


_SINGLE = ("edition", "compare", "item", "body", "submission", "name", "document", "card")


def _single(seen: Any, known: Any) -> dict[str, str]:
    """Pages of one document or item: the newest edition, the largest submission, the longest history."""
    found: dict[str, str] = {}
    for glance in reversed(seen.editions):  # the newest comes last, and stays
        found["edition"] = f"/editions/{glance.edition.id}"
        if glance.earlier is not None:
            found["compare"] = f"/editions/{glance.earlier.id}/compare/{glance.edition.id}"
    size = {document.id: sum(document.items.values()) for document in known.documents.values()}
    if seen.submissions:
        found["submission"] = "/submissions/" + max((each.id for each in seen.submissions), key=size.__getitem__)
    if size:
        found["document"] = "/documents/" + max(size, key=size.__getitem__)
    reported = [step for thread in known.threads for step in thread.steps if step.entry.item.report and step.follows]
    longest = sorted(known.threads, key=lambda thread: -len(thread.steps))
    entries = [step.entry for step in reported] + [thread.steps[-1].entry for thread in longest[:1]]
    for entry in entries[:1]:
        found |= {"item": f"/items/{entry.id}", "card": f"/embed/items/{entry.id}"}
    return found
