"""The interface's own words in each language: English message ids, one catalogue of `.po` files a language.

What documents say is never translated here; it is shown as printed.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO

ENGLISH = "en"
CHINESE = "zh-Hant"
LANGUAGES = (CHINESE, ENGLISH)
_FOLDERS = {CHINESE: "zh_Hant"}


@cache
def words(language: str) -> GNUTranslations:
    """The catalogue of one of LANGUAGES: its `gettext` and `ngettext` give a message's words.

    A message without a translation is given in English.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    if language == ENGLISH:
        return _plain()
    first: GNUTranslations | None = None
    for path in sorted(files(__name__).joinpath(_FOLDERS[language]).iterdir(), key=lambda each: each.name):
        if not path.name.endswith(".po"):
            continue
        compiled = BytesIO()
        with path.open("rb") as lines:
            write_mo(compiled, read_po(lines, locale=_FOLDERS[language]))
        compiled.seek(0)
        read = GNUTranslations(compiled)
        if first is None:
            first = read
        else:
            first.add_fallback(read)
    return first or _plain()


def _plain() -> GNUTranslations:
    """A catalogue that gives every message back; `ngettext` by the English plural."""
    compiled = BytesIO()
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    write_mo(compiled, Catalog(locale=ENGLISH))
    compiled.seek(0)
    return GNUTranslations(compiled)


def choose_language(asked: str) -> str:
    """The language to speak for an Accept-Language header: the first of LANGUAGES that it wants, English otherwise.

    Any form of Chinese is answered in Traditional Chinese.
    """
    wanted = sorted(filter(None, map(_weighed, asked[:500].split(","))), key=lambda each: -each[1])
    for tag, _ in wanted:
        if tag.split("-")[0] in ("zh", "yue"):
            return CHINESE
        if tag.split("-")[0] == ENGLISH:
            return ENGLISH
    return ENGLISH


def _weighed(part: str) -> tuple[str, float] | None:
    tag, _, weight = part.strip().lower().partition(";q=")
    try:
        quality = float(weight) if weight else 1.0
    except ValueError:
        return None
    return (tag, quality) if tag and quality > 0 else None
