"""The main path of finding: a document's blocks → items with all they carry, every line accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deedline.find.accounting import Account, account_lines
from deedline.find.commitments import find_commitments, names_owners
from deedline.find.draft import Draft, with_distinct_keys
from deedline.find.indicators import find_indicators
from deedline.find.measures import find_measures
from deedline.find.numeric_days import doubts_of_days
from deedline.find.outline import Placed, trace_outline
from deedline.find.scans import doubts_of_scans, with_confidence
from deedline.find.sheets import find_in_sheets, is_sheet
from deedline.find.submissions import entry_rules, find_proposals, heading_levels, submission_layout
from deedline.find.values import read_values
from deedline.knowledge.layouts import heading_rules
from deedline.knowledge.load import Jurisdiction
from deedline.model.columns import ColumnMap
from deedline.model.document import Document, DocumentKind
from deedline.model.item import Finding, Issue, Line, LineRole


def find_items(document: Document, place: Jurisdiction, known: Sequence[ColumnMap] = ()) -> Finding:
    """Every item of a document, every line that is not empty, every doubt.

    A submission yields recommendations and proposals; any other document measures and indicators. A spreadsheet has an
    item a row; `known` is what people said of its columns. InputError where none of them is known to hold the text.
    """
    if is_sheet(document):
        return find_in_sheets(document, place, known)
    if document.metadata.kind is DocumentKind.SUBMISSION:
        placed, drafts, given = _find_asked(document)
    else:
        placed, drafts, given = _find_promised(document, place)
    drafts = with_distinct_keys(sorted(drafts, key=lambda draft: draft.item.spans[0].start))
    items = with_confidence((read_values(draft, document, place) for draft in drafts), document)
    lines = account_lines(document, _accounts(placed, drafts), given)
    issues = (*(issue for draft in drafts for issue in draft.issues), *doubts_of_days(items))
    return Finding(items, lines, (*issues, *doubts_of_scans(document, items), *_doubts(document, drafts)))


def _find_asked(document: Document) -> tuple[tuple[Placed, ...], tuple[Draft, ...], Mapping[int, Line]]:
    """A submission's recommendations and proposals."""
    layout = submission_layout(document.blocks)
    placed = trace_outline(document.blocks, document.metadata.language, heading_levels(layout), entry_rules(layout))
    return placed, find_proposals(placed, layout, document.metadata.language, document.text), {}


def _find_promised(
    document: Document, place: Jurisdiction
) -> tuple[tuple[Placed, ...], tuple[Draft, ...], Mapping[int, Line]]:
    """A public body's measures and indicators."""
    used = {block.rule for block in document.blocks}
    placed = trace_outline(document.blocks, document.metadata.language, heading_rules(place, used))
    indicators = find_indicators(placed, document, place)
    find_own = find_commitments if names_owners(placed, place) else find_measures
    return placed, (*find_own(placed, document, place), *indicators.drafts), indicators.lines


def _accounts(placed: Sequence[Placed], drafts: Sequence[Draft]) -> list[Account]:
    """What each block became: its role in the outline, an item's where one stands on its lines, else prose."""
    on_line: dict[int, list[str]] = {}
    for draft in drafts:
        for number in range(draft.item.lines[0], draft.item.lines[1] + 1):
            on_line.setdefault(number, []).append(draft.item.key)
    accounts: list[Account] = []
    for place in placed:
        block = place.block
        keys = tuple(dict.fromkeys(k for n in range(block.lines[0], block.lines[1] + 1) for k in on_line.get(n, ())))
        if place.role is not None:
            accounts.append(Account(block, place.role, place.rule))
        elif keys:
            accounts.append(Account(block, LineRole.ITEM, place.rule, keys))
        else:
            accounts.append(Account(block, LineRole.PROSE, place.rule))
    return accounts


def _doubts(document: Document, drafts: Sequence[Draft]) -> list[Issue]:
    """Doubts about the document as a whole."""
    if drafts:
        return []
    kind = document.metadata.kind.value
    message = f"no item was found in this document, read as {kind}; if that is wrong, say so with edit-document --kind"
    return [Issue("no-items", message, (), 1)]
