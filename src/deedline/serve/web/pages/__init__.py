"""The pages, a module each: its `routes` and the functions that answer them.

A page reads the address strictly (`asked`), asks `operations`, and renders a template of its own name.
"""

from __future__ import annotations

from deedline.serve.web.pages import (
    adding,
    bodies,
    documents,
    downloads,
    due,
    editions,
    embeds,
    feeds,
    front,
    indicators,
    item,
    items,
    languages,
    names,
    reports,
    review,
    searching,
    submissions,
)

PAGES = (
    front,
    searching,
    editions,
    languages,
    indicators,
    due,
    bodies,
    submissions,
    names,
    items,
    item,
    documents,
    downloads,
    feeds,
    reports,
    embeds,
    review,
    adding,
)
