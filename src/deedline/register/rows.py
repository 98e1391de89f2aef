"""Model values to rows of the tables and back. A row is a dict of all its columns but the file's own row number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deedline.knowledge.fold import passage_of
from deedline.model.document import Metadata
from deedline.model.item import Issue, Item, ItemKind, Line
from deedline.model.link import Link, LinkState, Origin
from deedline.model.text import Span
from deedline.register.codec import decoder, encode, to_json
from deedline.register.held import Correction, Settled, Settlement
from deedline.register.values import ItemState, StoredIssue, StoredItem

Row = dict[str, Any]

_IN_COLUMNS = ("key", "kind", "number", "part", "batch", "parent", "text", "due", "lines", "page")
_SAME = ("key", "kind", "number", "part", "batch", "parent", "text", "due", "page")


def folded(*texts: str) -> str:
    """What a search reads of some texts: width, script and letter case folded, no white space beside ideographs."""
    return "\n".join(passage_of(text).matching.text.casefold() for text in texts if text).replace("\x00", " ")


def item_row(item_id: str, document_id: str, position: int, item: Item) -> Row:
    """An item as its row, present."""
    data = encode(item)
    detail = {name: value for name, value in data.items() if name not in _IN_COLUMNS}
    report = item.report
    return {
        "id": item_id,
        "document_id": document_id,
        "state": ItemState.PRESENT.value,
        "position": position,
        **{name: data.get(name) for name in _SAME},
        "status": report.status.value if report and report.status else None,
        "line_start": item.lines[0],
        "line_end": item.lines[1],
        "bodies": " ".join(sorted({mention.body_id for mention in item.bodies if mention.body_id})),
        "detail": to_json(detail),
        "folded": folded(item.text, item.lead_in, report.narrative if report else ""),
        "as_read": None,
    }


def read_row(row: Mapping[str, Any]) -> Row:
    """The row that reading alone gives, without what people hold."""
    bare = dict(row)
    return {**bare, **json.loads(bare["as_read"]), "as_read": None} if bare["as_read"] is not None else bare


def item_from(row: Mapping[str, Any]) -> Item:
    """The item that a row keeps."""
    data = json.loads(row["detail"])
    data.update((name, row[name]) for name in _SAME)
    data["lines"] = (row["line_start"], row["line_end"])
    item: Item = decoder(Item)(data)
    return item


def stored_item(row: Mapping[str, Any], corrections: tuple[Correction, ...] = ()) -> StoredItem:
    """An item from its row joined with its document's name and its parent's id, with what people hold of it."""
    return StoredItem(
        id=row["id"],
        document_id=row["document_id"],
        document_name=row["document_name"],
        state=ItemState(row["state"]),
        position=row["position"],
        parent_id=row["parent_id"],
        item=item_from(row),
        read=item_from(read_row(row)) if corrections else None,
        corrections=corrections,
    )


def issue_rows(document_id: str, issues: tuple[Issue, ...]) -> dict[str, Row]:
    """Issues as rows by id; an id follows from what the issue says, and from which one it is of several alike."""
    rows: dict[str, Row] = {}
    for issue in issues:
        copies = 0
        content = to_json([document_id, issue.code, issue.message, issue.line, issue.item, encode(issue.spans)])
        while (issue_id := short_hash(f"{content}{copies or ''}")) in rows:
            copies += 1
        rows[issue_id] = {
            "id": issue_id,
            "document_id": document_id,
            "code": issue.code,
            "message": issue.message,
            "line": issue.line,
            "item_key": issue.item,
            "spans": to_json(encode(issue.spans)),
            "settlement": None,
        }
    return rows


def stored_issue(row: Mapping[str, Any]) -> StoredIssue:
    """An issue from its row joined with its document's name, its item's id and how it was settled."""
    spans: tuple[Span, ...] = decoder(tuple[Span, ...])(json.loads(row["spans"]))
    issue = Issue(row["code"], row["message"], spans, row["line"], row["item_key"])
    settlement = None
    if row["settlement"] is not None:
        at = datetime.fromisoformat(row["at"])
        settlement = Settlement(Settled(row["state"]), at, row["by"], row["why"])
    return StoredIssue(row["id"], row["document_id"], row["document_name"], row["item_id"], issue, settlement)


def lines_to_bytes(lines: tuple[Line, ...]) -> bytes:
    """The account of a document's lines, for a blob."""
    return to_json([[line.number, line.role.value, line.rule, list(line.items)] for line in lines]).encode()


def lines_from_bytes(data: bytes, ids: Mapping[str, str]) -> tuple[Line, ...]:
    """The way back; `ids` turns item keys into ids."""
    of_role = decoder(Line)
    return tuple(
        of_role({"number": number, "role": role, "rule": rule, "items": [ids.get(key, key) for key in keys]})
        for number, role, rule, keys in json.loads(data)
    )


def metadata_from(text: str) -> Metadata:
    """Metadata as its JSON keeps it."""
    metadata: Metadata = decoder(Metadata)(json.loads(text))
    return metadata


def link_row(link: Link) -> Row:
    """A link as its row."""
    return {
        "id": f"{link.from_id} {link.to_id}",
        "from_id": link.from_id,
        "to_id": link.to_id,
        "relation": link.relation,
        "score": float(link.score),
        "origin": link.origin.value,
        "state": link.state.value,
        "why": to_json(list(link.why)),
        "evidence": to_json([dict(entry) for entry in link.evidence]),
        "sure": int(link.sure),
    }


def link_from(row: Mapping[str, Any]) -> Link:
    """The link that a row keeps."""
    return Link(
        from_id=row["from_id"],
        to_id=row["to_id"],
        relation=row["relation"],
        score=row["score"],
        origin=Origin(row["origin"]),
        state=LinkState(row["state"]),
        why=tuple(json.loads(row["why"])),
        evidence=tuple(json.loads(row["evidence"])),
        sure=bool(row["sure"]),
    )


def short_hash(content: str) -> str:
    """Sixteen hex digits that stand for some text: ids of items and issues."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def kind_counts(pairs: Mapping[str, int]) -> dict[ItemKind, int]:
    """Counts by kind, every kind named."""
    return {kind: pairs.get(kind.value, 0) for kind in ItemKind}
