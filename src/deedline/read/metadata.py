"""What a document says of itself: title, publisher, date, series, edition, kind. Each guess is marked as one."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from deedline.errors import InputError
from deedline.knowledge.fold import fold, passage_of
from deedline.knowledge.load import (
    Jurisdiction,
    jurisdiction,
    jurisdictions,
    language_patterns,
    languages_of,
    layered_patterns,
)
from deedline.model.document import LISTED, YEARS, Block, BlockKind, DocumentKind, Metadata

_FRONT_BLOCKS = 40
_FRONT_CHARACTERS = 6000
_SAMPLE = 50_000
_STEADY = 2  # promises of one year that make it more than a slip
_ENTRIES_TO_JUDGE = 5
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
ANYWHERE = "anywhere"  # the place of a document that shows none
FIELDS = ("title", "publisher", "date", "series", "edition", "kind", "language", "jurisdiction")


def describe(text: str, blocks: Sequence[Block], given: Mapping[str, str], name: str) -> Metadata:
    """What the text says of itself, with what the user gives put over it.

    `given` may hold any of FIELDS; `date` is YYYY, YYYY-MM or YYYY-MM-DD. Raises InputError naming `name` where a
    field is unknown or its value cannot be understood.
    """
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise InputError(f"{name}: a document has no field {', '.join(unknown)}; it has {', '.join(FIELDS)}")
    if given.get("language") and given["language"] not in languages_of("metadata"):
        known = ", ".join(languages_of("metadata"))
        raise InputError(f"{name}: the language {given['language']!r} is not read; there is {known}")
    language = given.get("language") or _language(text)
    place = given.get("jurisdiction") or _place(text)
    front = _front(blocks)
    guess = _read_front(front, language, jurisdiction(place or ANYWHERE))
    dated, precision = _given_date(given["date"], name) if given.get("date") else _front_date(guess)
    if dated is None:
        dated, precision = _promised_year(text, language)
    title = given.get("title") or _title(front, guess)
    edition = given.get("edition") or (str(dated.year) if dated else "")
    kind = _kind(given["kind"], name) if given.get("kind") else _guess_kind(guess, blocks)
    settled = {field for field, value in given.items() if value}
    read = {"title": title, "publisher": guess.get("publisher", ""), "date": dated, "kind": kind, "edition": edition}
    guessed = {field for field, value in {**read, "language": language, "jurisdiction": place}.items() if value}
    return Metadata(
        title=title,
        publisher=given.get("publisher") or guess.get("publisher", ""),
        dated=dated,
        dated_precision=precision,
        series=given.get("series", "") or _series(title),
        edition=edition,
        kind=kind,
        language=language,
        jurisdiction=place,
        guessed=frozenset(guessed - settled),
    )


def parse_date(words: str, name: str) -> tuple[date, str]:
    """A date as the user writes it (YYYY, YYYY-MM, YYYY-MM-DD): its first day and its precision."""
    return _given_date(words, name)


def _given_date(words: str, name: str) -> tuple[date, str]:
    parts = words.strip().replace("/", "-").replace(".", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        if not 1 <= len(numbers) <= 3:
            raise ValueError
        if numbers[0] not in YEARS:
            raise ValueError
        return date(*[*numbers, 1, 1][:3]), ("year", "month", "day")[len(numbers) - 1]
    except ValueError as error:
        raise InputError(
            f"{name}: {words!r} is no date of {YEARS[0]} to {YEARS[-1]}; write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from error


def _kind(words: str, name: str) -> DocumentKind:
    try:
        return DocumentKind(words)
    except ValueError as error:
        raise InputError(f"{name}: {words!r} is no kind of document; it is {' or '.join(DocumentKind)}") from error


def _language(text: str) -> str:
    sample = text[:_SAMPLE]
    letters = sum(ch.isascii() and ch.isalpha() for ch in sample)
    return "zh" if len(_IDEOGRAPHS.findall(sample)) * 4 > letters else "en"


def _place(text: str) -> str:
    """The jurisdiction whose own words stand most often in the text; empty where none does."""
    sample = fold(text[: 4 * _SAMPLE])

    def hits(place: Jurisdiction) -> int:
        return sum(sample.count(fold(word)) for word in place.detect)

    ranked = sorted(((hits(place), place.id) for place in jurisdictions()), key=lambda pair: (-pair[0], pair[1]))
    return ranked[0][1] if ranked and ranked[0][0] else ""


def place_of(metadata: Metadata) -> Jurisdiction:
    """The jurisdiction of a document; where none is known, "anywhere", which knows no bodies and no terms."""
    return jurisdiction(metadata.jurisdiction or ANYWHERE)


def _front(blocks: Sequence[Block]) -> list[str]:
    """The words of the first pages, a block each, shown form."""
    front: list[str] = []
    length = 0
    for block in blocks[:_FRONT_BLOCKS]:
        if block.kind in (BlockKind.FURNITURE, BlockKind.ROW):
            continue
        front.append(block.marker + block.text.text if block.kind is BlockKind.NUMBERED else block.text.text)
        length += len(block.text)
        if length > _FRONT_CHARACTERS:
            break
    return front


def _read_front(front: Sequence[str], language: str, place: Jurisdiction) -> dict[str, str]:
    """The first hit of each thing that a pattern gives, in reading order; of one block the place's own come first."""
    found: dict[str, str] = {}
    patterns = [pattern for file in layered_patterns(place, language, "metadata") for pattern in file.patterns]
    for words in front:
        matching = passage_of(words[:600])
        for pattern in patterns:
            gives = pattern.data["gives"]
            match = pattern.regex.search(matching.matching.text) if gives not in found else None
            if match is None:
                continue
            groups = match.groupdict()
            if "year" in groups:
                month = groups.get("month") or str(_MONTHS.get((groups.get("month_name") or "").lower(), ""))
                found[gives] = "-".join(part for part in (groups["year"], month, groups.get("day") or "") if part)
            else:
                group = "publisher" if groups.get("publisher") else 0
                found[gives] = matching.quote(match.start(group), match.end(group))[0]
    return found


def _front_date(guess: Mapping[str, str]) -> tuple[date | None, str]:
    for precision in ("day", "month", "year"):
        if precision in guess:
            try:
                return _given_date(guess[precision], "front page")
            except InputError:
                continue
    return None, ""


def _promised_year(text: str, language: str) -> tuple[date | None, str]:
    """The first year that the text promises things for, which is the year in which it speaks or the next."""
    pattern = language_patterns(language, "metadata").named("promised-year")
    years = Counter(
        int(match["year"]) for match in pattern.regex.finditer(passage_of(text[: 10 * _SAMPLE]).matching.text)
    )
    steady = sorted(year for year, count in years.items() if count >= _STEADY)
    return (date(steady[0], 1, 1), "year") if steady else (None, "")


def _guess_kind(guess: Mapping[str, str], blocks: Sequence[Block]) -> DocumentKind:
    """Entries that mostly close with a parenthesis name who will act: a public body's own; else what the front says."""
    entries = [block for block in blocks if block.kind in LISTED]
    closed = sum(fold(block.text.text).rstrip("。.;；").endswith(")") for block in entries)
    if len(entries) >= _ENTRIES_TO_JUDGE and closed >= 0.5 * len(entries):
        return DocumentKind.COMMITMENTS
    if "submission" in guess:
        return DocumentKind.SUBMISSION
    return DocumentKind.COMMITMENTS if "commitments" in guess else DocumentKind.UNKNOWN


def _title(front: Sequence[str], guess: Mapping[str, str]) -> str:
    """The front block that names the year of its title, else the first that is short and no sentence."""
    for words in front[:12]:
        if guess.get("year", "-") in words and len(words) <= 60:
            return words
    return next((words for words in front[:12] if _titular(words)), "")


def _titular(words: str) -> bool:
    return 4 <= len(words) <= 60 and not words.endswith(("。", ".")) and not words.startswith(("“", "「", "『", '"'))


def _series(title: str) -> str:
    """The title without its year: what recurs from edition to edition."""
    return re.sub(
        r"\s{2,}", " ", re.sub(r"(?:19|20)\d\d(?:\s?[-–至/]\s?(?:20)?\d\d)?\s?(?:年度|年)?", "", title)
    ).strip()
