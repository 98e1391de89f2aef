"""What assistants may ask of a register; every item comes with the words that prove it and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from deedline.errors import InputError
from deedline.model.link import VerdictCode
from deedline.operations import FateCode
from deedline.serve.export.shape import Row
from deedline.serve.python.opened import OpenRegister
from deedline.serve.site import Site

MOST = 50  # entries of one answer
QUOTED = 2_000  # characters of one quotation


def search(register: OpenRegister, site: Site, words: str, limit: int, filters: Mapping[str, Any]) -> Row:
    """Items by words and meaning, each with why it was found."""
    given = {name: value for name, value in filters.items() if value}
    found = register.search_page(words, limit=_most(limit), **given)
    titles = _titles(register)
    hits = [
        {
            **_brief(hit["item"], site, titles),
            "matched": sorted({match["field"] for match in hit["matches"]}),
            "near_in_meaning": hit["near"],
            "translated": hit["translated"],
        }
        for hit in found["hits"]
    ]
    told = {name: found[name] for name in ("total", "translated", "near", "most_words", "rendered", "notes")}
    return {**told, "items": hits}


def item(register: OpenRegister, site: Site, item_id: str) -> Row:
    """One item with its values, report, links, and where it stands."""
    whole = register.item(item_id, around=0)
    row, titles = whole["item"], _titles(register)
    return {
        **_brief(row, site, titles),
        "under": row["path"],
        "deadlines": row["deadlines"],
        "quantities": row["quantities"],
        "report": row["report"],
        "assessment": row["assessment"],
        "attainment": row["attainment"],
        "standing": whole["standing"]
        and {key: whole["standing"][key] for key in ("standing", "due", "days", "reasons")},
        "as_of": whole["as_of"],
        "links": whole["links"][:MOST],
        **_waiting(whole, titles),
        "doubts": [issue["message"] for issue in whole["issues"]],
        "evidence": [{"value": each["value"], "as_printed": each["as_printed"]} for each in whole["evidence"]],
    }


def thread(register: OpenRegister, site: Site, item_id: str) -> Row:
    """An undertaking across editions: each promise, how its date moved, where it stood."""
    found, titles = register.thread(item_id), _titles(register)
    steps = [
        {
            **_brief(step["item"], site, titles),
            **{key: step[key] for key in ("standing", "days", "moved", "follows", "reasons")},
        }
        for step in found["steps"]
    ]
    told = {key: found[key] for key in ("as_of", "slipped", "merges", "splits")}
    return {**told, "steps": steps, **_waiting(found, titles)}


def _waiting(row: Row, titles: Mapping[str, str]) -> Row:
    """The documents, by their titles, that may hold more: never compared, or changed since they were."""
    return {name: [titles.get(key, key) for key in row[name]] for name in ("uncompared", "changed")}


def indicators(register: OpenRegister, site: Site, limit: int, filters: Mapping[str, Any]) -> Row:
    """Reported indicators: the official status beside what figures and dates bear out."""
    found, titles = register.indicators(**{name: value for name, value in filters.items() if value}), _titles(register)
    shown = [
        {
            **_brief(each["item"], site, titles),
            **{key: each[key] for key in ("reported", "narrative", "attainment", "assessment")},
        }
        for each in found[: _most(limit)]
    ]
    return {"total": len(found), "of": found.total, "indicators": shown}


def due(register: OpenRegister, site: Site, within: int, body: str, limit: int) -> Row:
    """What falls due soon, or fell due and is not reported done."""
    found, titles = register.due(within=within, body=body or None), _titles(register)
    shown = [
        {**_brief(each["item"], site, titles), **{key: each[key] for key in ("standing", "days", "reasons")}}
        for each in found[: _most(limit)]
    ]
    return {"total": len(found), "items": shown}


def compare(register: OpenRegister, site: Site, editions: tuple[str, str], only: str, limit: int) -> Row:
    """What became of each commitment between two editions."""
    _demand_one_of(only, tuple(FateCode))
    found, titles = register.compare(*editions), _titles(register)
    sides = {side: found[f"{side}_items"] for side in ("earlier", "later")}
    listed = [fate for fates in sides.values() for fate in fates if not only or fate["fate"] == only]
    shown = [
        {**_brief(fate["item"], site, titles), **{key: fate[key] for key in ("fate", "counterparts", "changes")}}
        for fate in listed[: _most(limit)]
    ]
    return {
        "earlier": titles.get(found["earlier"], found["earlier"]),
        "later": titles.get(found["later"], found["later"]),
        "compared": found["compared"],
        "caution": found["caution"],
        "scope": found["scope"],
        "counts": {side: dict(Counter(fate["fate"] for fate in fates)) for side, fates in sides.items()}
        if found["compared"]
        else None,
        "total": len(listed),
        "items": shown,
    }


def adoption(register: OpenRegister, site: Site, submission: str, against: str, only: str, limit: int) -> Row:
    """What became of a submission's proposals, with the measures that show it."""
    _demand_one_of(only, tuple(VerdictCode))
    titles = _titles(register)
    reports = register.adoption(submission, against or None)
    return {"reports": [_report(register, site, report, titles, only, _most(limit)) for report in reports]}


def _report(register: OpenRegister, site: Site, report: Row, titles: Mapping[str, str], only: str, limit: int) -> Row:
    listed = [verdict for verdict in report["verdicts"] if not only or verdict["verdict"] == only]
    shown = [
        {
            **_brief(verdict["proposal"], site, titles),
            **{key: verdict[key] for key in ("verdict", "sure", "already_there")},
            "measures": [_brief(register.item(key, around=0)["item"], site, titles) for key in verdict["links"][:2]],
        }
        for verdict in listed[:limit]
    ]
    return {
        "submission": titles[report["submission"]],
        "edition": titles[report["edition"]],
        "compared": report["compared"],
        "caution": report["caution"],
        "scope": report["scope"],
        "counts": report["scopes"][0] if report["scopes"] else None,
        "total": len(listed),
        "proposals": shown,
    }


def _titles(register: OpenRegister) -> dict[str, str]:
    """What each document calls itself, with its date, by its id."""
    return {
        row["id"]: " ".join(filter(None, (row["title"] or row["name"], row["date"] and f"({row['date']})")))
        for row in register.documents()
    }


def _brief(row: Row, site: Site, titles: Mapping[str, str]) -> Row:
    """An item in brief, with its citation: its words as printed, the document, the lines, the permanent address."""
    source = row.get("source", row)
    return {
        "id": row["id"],
        "kind": row["kind"],
        "number": row["number"],
        "bodies": [body["name_zh"] for body in row["bodies"]],
        "due": row["due"],
        "citation": {
            "quoted": row["text"][:QUOTED],
            "document": titles.get(row["document_id"], row["document"]),
            "file": row["document"],
            "lines": [source["line_start"], source["line_end"]],
            "page": source["page"],
            "anchor": source["anchor"],
            "confidence": source["confidence"],
            "unsure": source["unsure"],
            "address": site.item(row["id"]),
        },
    }


def _most(limit: int) -> int:
    return max(1, min(limit, MOST))


def _demand_one_of(given: str, known: Sequence[str]) -> None:
    if given and given not in known:
        raise InputError(f"{given!r} is not one of {', '.join(known)}")
