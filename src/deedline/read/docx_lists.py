"""Word's styles and lists: what heading a paragraph is, and which number or glyph is printed before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deedline.knowledge.fold import fold
from deedline.knowledge.load import common_patterns
from deedline.read.markup import Element, local
from deedline.read.package import value
from deedline.read.page_lists import RULES, printed_number

_LEVELS = 9
_MOST_STYLES = 20  # that are based on one another
_STYLES = {
    "lowerletter": "lower-alpha",
    "upperletter": "upper-alpha",
    "lowerroman": "lower-roman",
    "upperroman": "upper-roman",
    "chinesecounting": "cn",
    "chinesecountingthousand": "cn",
    "taiwanesecounting": "cn",
    "taiwanesecountingthousand": "cn",
    "japanesecounting": "cn",
    "ideographdigital": "cn",
    "ideographtraditional": "stem",
}
_PLACE = re.compile(r"%([1-9])")
OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, the style that it is based on, and what it says of heading and list."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    number: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is printed: `text` has %1 to %9 where the numbers of the levels go."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    bullet: bool = False
    none: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What is printed before a list's paragraph: `rule` is the marker rule that its style of numbers has."""

    text: str
    level: int
    bullet: bool
    rule: str = ""


@dataclass(slots=True)
class Lists:
    """The lists of a document, with the numbers that they have come to."""

    styles: Mapping[str, Style]
    levels: Mapping[str, Mapping[int, ListLevel]]
    numbers: Mapping[str, tuple[str, Mapping[int, int]]]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def chain(self, style: str) -> Iterator[Style]:
        """A style and those that it is based on, nearest first."""
        for _ in range(_MOST_STYLES):
            found = self.styles.get(style)
            if found is None:
                return
            yield found
            style = found.based_on

    def heading(self, style: str) -> int:
        """The heading level of a style, from 1; 0 where it is none."""
        patterns = common_patterns("styles")
        for each in self.chain(style):
            if each.outline is not None:
                return each.outline + 1 if each.outline < _LEVELS else 0
            name = fold(each.name)
            if found := patterns.named("heading").regex.search(name):
                return int(found["level"])
            if patterns.named("title").regex.search(name):
                return 1
        return 0

    def is_contents(self, style: str) -> bool:
        """Whether a style is that of a table of contents."""
        named = common_patterns("styles").named("contents").regex
        return any(named.search(fold(each.name)) for each in self.chain(style))

    def mark(self, number: str, level: int | None, style: str) -> Mark | None:
        """What is printed before the next paragraph of a list, by its own list or its style's; None where nothing."""
        if not number:
            inherited = next((each for each in self.chain(style) if each.number), None)
            if inherited is None:
                return None
            number, level = inherited.number, inherited.level if level is None else level
        abstract, starts = self.numbers.get(number, ("", {}))
        level = min(max(level or 0, 0), _LEVELS - 1)
        here = self.levels.get(abstract, {}).get(level)
        if here is None or here.none:
            return None
        if here.bullet:
            return Mark(here.text, level, True)
        counts = self._count(number, abstract, level, starts)
        shapes = self.levels[abstract]

        def place(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            shape = shapes.get(at, here)
            return printed_number(counts[at] or shape.start, shape.style)

        several = len(_PLACE.findall(here.text)) > 1
        rule = "decimal" if several else RULES.get(here.style, "lettered")
        return Mark(_PLACE.sub(place, here.text).strip(), level, False, rule)

    def _count(self, number: str, abstract: str, level: int, starts: Mapping[int, int]) -> list[int | None]:
        """The numbers of all levels, this one's moved on and the inner ones begun anew."""
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        before = counts[level]
        first = self.levels[abstract][level].start
        if level in starts and (number, level) not in self.begun:
            self.begun.add((number, level))
            counts[level] = starts[level]
        else:
            counts[level] = first if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return counts


def read_lists(styles: Element | None, numbering: Element | None) -> Lists:
    """The lists of a document from its parts on styles and on numbering, either of which may be absent."""
    held = {value(each, "styleid"): _style(each) for each in _children(styles, "style")}
    levels: dict[str, dict[int, ListLevel]] = {}
    linked: dict[str, str] = {}
    for each in _children(numbering, "abstractnum"):
        own = value(each, "abstractnumid")
        levels[own] = {_whole(value(level, "ilvl")): _level(level) for level in _children(each, "lvl")}
        if link := _said(each, "stylelink"):
            linked[link] = own
    for each in _children(numbering, "abstractnum"):
        link = _said(each, "numstylelink")
        if link in linked and not levels[value(each, "abstractnumid")]:
            levels[value(each, "abstractnumid")] = levels[linked[link]]
    numbers: dict[str, tuple[str, Mapping[int, int]]] = {}
    for each in _children(numbering, "num"):
        starts = {
            _whole(value(override, "ilvl")): _whole(_said(override, "startoverride"), 1)
            for override in _children(each, "lvloverride")
            if _said(override, "startoverride")
        }
        numbers[value(each, "numid")] = (_said(each, "abstractnumid"), starts)
    return Lists(held, levels, numbers)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of a name, and its first child of the next name, and so on; None where one is absent."""
    for name in names:
        element = next(iter(_children(element, name)), None)
    return element


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (each for each in (() if element is None else element) if local(each) == name)


def _said(element: Element | None, *names: str) -> str:
    found = child(element, *names)
    return "" if found is None else value(found, "val")


def _whole(printed: str, otherwise: int = 0) -> int:
    return int(printed) if re.fullmatch(r"\d{1,6}", printed, re.ASCII) else otherwise


def _style(style: Element) -> Style:
    outline, level = _said(style, "ppr", "outlinelvl"), _said(style, "ppr", "numpr", "ilvl")
    return Style(
        _said(style, "name"),
        _said(style, "basedon"),
        _whole(outline) if outline else None,
        _said(style, "ppr", "numpr", "numid"),
        _whole(level) if level else None,
    )


def _level(level: Element) -> ListLevel:
    form = _said(level, "numfmt").lower() or "decimal"
    return ListLevel(
        _STYLES.get(form, "decimal"),
        _said(level, "lvltext"),
        _whole(_said(level, "start"), 1),
        form == "bullet",
        form == "none" and not _PLACE.search(_said(level, "lvltext")),
    )
