"""The register: documents, items, links and judgements, kept in one file, with the history of every change.

`open_register` gives a `Register` (see `base`); the values it takes and gives are in `values`, what people hold in
`held`, and what was done in `history`.
"""

from __future__ import annotations

from deedline.model.link import Link, LinkState, Origin
from deedline.register.base import Register
from deedline.register.held import NOTHING, WRONG_KINDS, Correction, Field, Judgement, Said, Settled, Settlement
from deedline.register.history import Change, ItemChange, RowChange, Touched, Verb
from deedline.register.opening import DEFAULT_WAIT, open_register
from deedline.register.values import (
    ItemQuery,
    ItemState,
    LinkQuery,
    Order,
    Outcome,
    Problem,
    Provenance,
    Put,
    StoredDocument,
    StoredIssue,
    StoredItem,
    Watch,
)

__all__ = [
    "DEFAULT_WAIT",
    "NOTHING",
    "WRONG_KINDS",
    "Change",
    "Correction",
    "Field",
    "ItemChange",
    "ItemQuery",
    "ItemState",
    "Judgement",
    "Link",
    "LinkQuery",
    "LinkState",
    "Order",
    "Origin",
    "Outcome",
    "Problem",
    "Provenance",
    "Put",
    "Register",
    "RowChange",
    "Said",
    "Settled",
    "Settlement",
    "StoredDocument",
    "StoredIssue",
    "StoredItem",
    "Touched",
    "Verb",
    "Watch",
    "open_register",
]
