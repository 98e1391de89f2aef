"""A page taken apart, and what every page keeps to: well formed, labelled, in its language, nothing inline."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect"}


class Page(HTMLParser):
    """A page's elements, checked for being closed in order, with what the checks below look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def check_page(text: str, language: str = "en") -> Page:
    """Assert what every page keeps to, and give it taken apart."""
    page = Page(text)
    assert page.all("html")[0]["lang"] == language
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    skip = next(a for a in page.all("a") if a.get("class") == "skip")
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert sorted(set(ids)) == sorted(ids)
    assert (skip["href"] or "")[1:] in ids
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    for control in [*page.all("input"), *page.all("select"), *page.all("textarea")]:
        assert control.get("type") == "hidden" or control.get("id") in labelled or control.get("aria-label")
    described = {a["aria-describedby"] for _, a in page.elements if "aria-describedby" in a}
    assert described <= set(ids)
    for cell in page.all("th"):
        assert cell.get("scope") in ("row", "col")
    assert [script for script in page.all("script") if not (script.get("src") or "").startswith("/static/")] == [
        script for script in page.all("script") if script.get("type") == "application/ld+json"
    ]
    assert page.all("style") == page.all("iframe") == []
    assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on") or a == "style"]
    return page
