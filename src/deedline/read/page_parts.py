"""Which parts of a web page are its document, which surround it, and which are not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from deedline.knowledge.load import common_patterns
from deedline.read.markup import Element, local

NO_WORDS = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "frame", "object", "embed", "applet", "svg", "math"}
    | {"canvas", "audio", "video", "map", "select", "option", "optgroup", "datalist", "button", "input", "textarea"}
    | {"progress", "meter", "link", "meta", "base", "source", "track", "param", "col", "colgroup", "img"}
)
_SURROUNDING_TAGS = frozenset({"nav", "footer", "aside", "dialog"})
_SURROUNDING_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "alert", "menu"}
    | {"menubar", "toolbar"}
)
_NOTES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote", "note"})
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_FEWEST_LINKS, _LINKED, _LONGEST_LINK = 4, 0.8, 40  # of a list that leads elsewhere
_MAIN_SHARE = 0.5
_BREAKING = frozenset(["p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`furniture` maps each element that surrounds the document to the rule that tells so; `hidden` are not shown;
    `layout_tables` only arrange the page."""

    furniture: Mapping[Element, str]
    hidden: frozenset[Element]
    layout_tables: frozenset[Element]


def surroundings(body: Element) -> Surroundings:
    """What surrounds the document in a page: all outside its main part where it marks one, and what the names,
    roles and links of the rest tell."""
    furniture: dict[Element, str] = {}
    hidden: set[Element] = set()
    layout: set[Element] = set()
    mains = _main_parts(body)
    above = {ancestor for main in mains for ancestor in main.iterancestors()}
    linked = _link_lists(body)
    for element in body.iter(etree.Element):
        if element is body:
            continue
        if _is_hidden(element):
            hidden.add(element)
        elif mains and element.getparent() in above and element not in above and element not in mains:
            furniture[element] = "outside-main"
        elif rule := _rule(element, linked):
            if element not in above and element not in mains:
                furniture[element] = rule
        elif local(element) == "table" and _is_layout(element):
            layout.add(element)
    return Surroundings(furniture, frozenset(hidden), frozenset(layout))


def _main_parts(body: Element) -> frozenset[Element]:
    """The elements that the page marks as its main part; a single article counts where it holds half the words."""
    mains = [e for e in body.iter(etree.Element) if local(e) == "main" or e.get("role") == "main"]
    if not mains:
        articles = list(body.iter("article"))
        if len(articles) == 1 and _length(articles[0]) >= _MAIN_SHARE * _length(body):
            mains = articles
    return frozenset(mains)


def _length(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_hidden(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _rule(element: Element, linked: frozenset[Element]) -> str:
    """The rule by which an element surrounds the document; empty where it is of it."""
    tag, role = local(element), (element.get("role") or "").lower()
    if role in _NOTES:
        return "footnote"
    if tag in _SURROUNDING_TAGS or role in _SURROUNDING_ROLES:
        return "page-part"
    rule = "links" if element in linked else "page-part" if _is_named(element, tag) else ""
    return rule if rule and next(element.iter("h1"), None) is None else ""


def _is_named(element: Element, tag: str) -> bool:
    """Whether its tag, class or id names a part that surrounds a document."""
    if tag == "header":
        return next(element.iterancestors("main", "article", "section"), None) is None
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()[:500]
    return (
        tag in _BREAKING
        and bool(names)
        and common_patterns("pages").named("surrounding").regex.search(names) is not None
    )


def _link_lists(body: Element) -> frozenset[Element]:
    """Lists, and boxes of nothing but paragraphs, that hold little but short links."""
    counts: dict[Element, tuple[int, int, int, int]] = {}  # letters, letters in links, links, longest link
    found: set[Element] = set()
    for _, element in etree.iterwalk(body, events=("end",)):
        tag = local(element)
        if not tag or tag in NO_WORDS:
            counts[element] = (0, 0, 0, 0)
            continue
        letters, in_links, links, longest = len((element.text or "").strip()), 0, 0, 0
        for child in element:
            below = counts.pop(child, (0, 0, 0, 0))
            letters += below[0] + len((child.tail or "").strip())
            in_links += below[1]
            links += below[2]
            longest = max(longest, below[3])
        if tag == "a" and element.get("href") is not None:
            in_links, links, longest = letters, links + 1, max(longest, letters)
        counts[element] = (letters, in_links, links, longest)
        if (
            tag in ("ul", "ol")
            and links >= _FEWEST_LINKS
            and in_links >= _LINKED * letters
            and longest <= _LONGEST_LINK
        ):
            found.add(element)
    return frozenset(found)


def _is_layout(table: Element) -> bool:
    """Whether a table only arranges the page: said so, of one column, or holding headings or tables."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iter("th"), None) is not None:
        return False
    if any(inner is not table for inner in table.iter("table", "h1", "h2", "h3", "h4")):
        return True
    return all(sum(local(cell) in ("td", "th") for cell in row) <= 1 for row in table.iter("tr"))
