"""Rows of two editions of one publication in two languages: what stands beside what, and where they differ."""

from __future__ import annotations

from deedline.model.pairing import Discrepancy, ItemPair, Printed
from deedline.operations.pairing import Languages
from deedline.serve.export.shape import Row


def languages_row(found: Languages) -> Row:
    """Two editions in two languages: counts that differ, discrepancies, pairs, and what has no counterpart."""
    return {
        "one": found.one.id,
        "other": found.other.id,
        "languages": [found.one.metadata.language, found.other.metadata.language],
        "recognised": found.recognised,
        "counts": {kind.value: list(both) for kind, both in found.found.counts.items()},
        "discrepancies": [discrepancy_row(each, found) for each in found.found.discrepancies],
        "pairs": [pair_row(pair) for pair in found.found.pairs],
        "only_one": list(found.found.only_one),
        "only_other": list(found.found.only_other),
    }


def pair_row(pair: ItemPair) -> Row:
    """Items that stand beside each other; two of one edition where the other prints them as one."""
    return {
        "one": list(pair.one),
        "other": list(pair.other),
        "score": pair.score,
        "sure": pair.sure,
        "discrepancies": len(pair.discrepancies),
    }


def discrepancy_row(discrepancy: Discrepancy, found: Languages) -> Row:
    """One thing in which the editions differ, with the words and lines of both."""
    return {
        "code": discrepancy.code.value,
        "what": discrepancy.what,
        "sure": discrepancy.sure,
        "one": _printed(discrepancy.one, found),
        "other": _printed(discrepancy.other, found),
    }


def _printed(printed: Printed | None, found: Languages) -> Row | None:
    if printed is None:
        return None
    first, last = found.lines(printed)
    return {
        "item": printed.item_id,
        "document": found.entries[printed.item_id].document_id,
        "words": printed.words or None,
        "line_start": first,
        "line_end": last,
        "spans": [[span.start, span.end] for span in printed.spans],
    }
