"""How a report speaks: in one language, its figures and days written one way, its documents cited by letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from string import ascii_uppercase

from deedline.model.body import Body
from deedline.model.entry import Entry
from deedline.model.item import Item
from deedline.model.values import Role
from deedline.operations.reporting import known_body
from deedline.register import StoredDocument
from deedline.serve.labels import body_named, label, listed, when
from deedline.serve.places import anchored, recognised
from deedline.serve.reports.paper import LABELS, Block, Column, Heading, Paper, Paragraph, Table
from deedline.serve.words import CHINESE, words

_TAGS = {CHINESE: "zh-HK", "zh": "zh-HK"}


def tongue(document: StoredDocument) -> str:
    """The language tag of a document's words."""
    return _TAGS.get(document.metadata.language, document.metadata.language)


def titled(document: StoredDocument) -> str:
    """A document's title and the day from which it dates; its file's name where it prints no title."""
    name, day = document.metadata.title or document.name, when(document.metadata)
    return f"{name} ({day})" if day else name


class Voice:
    """The words of one report in `language` (one of `words.LANGUAGES`), and the documents that it has cited so far."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.tag = _TAGS.get(language, language)
        self._catalogue = words(language)
        self._letters: dict[str, str] = {}
        self._cited: list[StoredDocument] = []
        self._named: dict[str, str] = {}

    def say(self, message: str, **values: object) -> str:
        """A message of the catalogue, its %(name)s filled; whole numbers with separators."""
        said = self._catalogue.pgettext("report", message)
        filled = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        return said % filled if values else said

    def many(self, one: str, several: str, number: int, **values: object) -> str:
        """`say` of a message that speaks of `number` things: `one` of a single one, else `several`."""
        said = self._catalogue.npgettext("report", one, several, number)
        return said % {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}

    def label(self, code: str) -> str:
        """What a code of the model is called."""
        return label(code, self.language)

    def body(self, body: Body) -> str:
        """A body's name in the report's language where it has one."""
        return body_named(body.id, body.name_zh or body.name_en, self.language).words

    def named(self, body_id: str) -> str:
        """The name of the body that has that id."""
        if body_id not in self._named:
            self._named[body_id] = self.body(known_body(body_id))
        return self._named[body_id]

    def bodies(self, item: Item) -> str:
        """Those that undertake an item, by name; as printed where they are nobody known."""
        mine = [each for each in item.bodies if each.role is not Role.MENTIONED]
        return self.listed(dict.fromkeys(self.named(each.body_id) if each.body_id else each.name for each in mine))

    def listed(self, names: Iterable[str]) -> str:
        """Several names as one text."""
        return listed(names, self.language)

    # Evidence

    def letter(self, document: StoredDocument) -> str:
        """The letter that stands for a document throughout the report."""
        if document.id not in self._letters:
            number = len(self._cited)
            turns, place = divmod(number, len(ascii_uppercase))
            self._letters[document.id] = ascii_uppercase[place] + (str(turns) if turns else "")
            self._cited.append(document)
        return self._letters[document.id]

    def cite(self, document: StoredDocument, item: Item) -> str:
        """Where an item stands: "A:1848", "A:12-14, p. 3", "A:9, cell B7"; and how surely it was read from a scan."""
        first, last = item.lines
        lines = str(first) if first == last else f"{first}–{last}"
        page = ", " + self.say("p. %(page)s", page=str(item.page)) if item.page is not None else ""
        more = (anchored(item, document, self.language), recognised(item, self.language))
        return f"{self.letter(document)}:{lines}{page}" + "".join(f", {words}" for words in more if words)

    def counted(self, document: StoredDocument, entries: Sequence[Entry]) -> str:
        """The note of a count: of which document, from which line to which."""
        if not entries:
            return self.say("Counted in %(letter)s.", letter=self.letter(document))
        first = min(entry.item.lines[0] for entry in entries)
        last = max(entry.item.lines[1] for entry in entries)
        return self.many(
            "Counted in %(letter)s, lines %(first)s to %(last)s: %(count)s item.",
            "Counted in %(letter)s, lines %(first)s to %(last)s: %(count)s items.",
            len(entries),
            letter=self.letter(document),
            first=str(first),
            last=str(last),
            count=len(entries),
        )

    def sources(self) -> tuple[Heading, Paragraph, Table]:
        """The documents that the report cites, as its last part."""
        rows = tuple(
            (
                self.letter(document),
                document.metadata.title or document.name,
                when(document.metadata),
                document.name,
                f"{document.sha256[:32]}\n{document.sha256[32:]}",
            )
            for document in self._cited
        )
        columns = (
            Column("", 0.4),
            Column(self.say("Title"), 2.2),
            Column(self.say("Date"), 0.9),
            Column(self.say("File"), 1.8),
            Column("SHA-256", 2.6),
        )
        text = self.say(
            "A letter and a number say where words stand: A:12 is line 12 of document A, as Deedline read it. Words of "
            "documents are shown as printed."
        )
        return Heading(self.say("Sources")), Paragraph(text), Table(self.say("Documents cited"), columns, rows)

    def paper(self, title: str, subtitle: str, as_of: date, blocks: Sequence[Block], *, wide: bool = False) -> Paper:
        """The whole report, its sources at the end."""
        first, second, third = (self.say(text) for text in LABELS)
        whole = (*blocks, *self.sources())
        return Paper(title, subtitle, self.tag, as_of, whole, (first, second, third), wide)
