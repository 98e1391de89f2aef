"""A page from its template, in the reader's language and theme. `page` is what every page ends in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from deedline import operations
from deedline.model.document import Metadata
from deedline.model.values import Mention
from deedline.serve.labels import body_named, label, naming_bodies, numbered, when
from deedline.serve.places import anchored
from deedline.serve.web.addresses import body_address, with_parameters
from deedline.serve.web.opened import opened
from deedline.serve.words import ENGLISH, LANGUAGES, choose_language, words
from deedline.serve.words.said import say

THEMES = ("light", "dark")
_LANGUAGES = {"zh": "zh-Hant", "": "zh-Hant"}


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page that `template` makes of `context`; `here` in it names the entry of the menu that is current."""
    language = language_for(request)
    text = (
        _environment(language)
        .get_template(template)
        .render(
            request=request,
            language=language,
            tongue=tongue_for(request),
            theme=theme_for(request),
            precision_at=lambda day: _precision_at(request, day),
            writable=bool(getattr(request.app.state, "writable", False)),
            **context,
        )
    )
    answer = HTMLResponse(text, status_code=status)
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.headers["Content-Language"] = language
    return answer


def _precision_at(request: Request, day: date) -> str:
    """How exactly a day is known for which a page stands: as asked for, else as the newest document prints its own."""
    if request.query_params.get("as_of"):
        return "day"
    with opened(request) as register:
        return operations.precision_of(register) if day == operations.newest_day(register) else "day"


def language_for(request: Request) -> str:
    """The language that the reader chose (in the address, else earlier), else the one that the browser asks for."""
    for chosen in (request.query_params.get("lang"), request.cookies.get("lang")):
        if chosen in LANGUAGES:
            return str(chosen)
    return choose_language(request.headers.get("accept-language", ""))


def tongue_for(request: Request) -> str:
    """The language in which the reader is best served with documents, as these name it: "zh" or "en"."""
    return language_for(request).split("-")[0]


def theme_for(request: Request) -> str:
    """The theme that the reader chose; empty where the browser's own wish stands."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def language_of(metadata: Metadata) -> str:
    """The language tag of a document's words."""
    return _LANGUAGES.get(metadata.language, metadata.language)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("deedline.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = words(language)
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    plain = cache(lambda message: Markup(catalogue.gettext(message)))  # hundreds of times a page: looked up once
    environment.globals.update(
        _=lambda message, **values: plain(message) % values,
        language_of=language_of,
        anchored=lambda item, document: anchored(item, document, language),
        body_address=body_address,
        body_named=lambda body_id, printed="": body_named(body_id, printed, language),
        with_parameters=with_parameters,
        languages=LANGUAGES,
        stop=". " if language == ENGLISH else "。",
    )
    environment.filters.update(
        when=when,
        numbered=numbered,
        say=lambda sentence: naming_bodies(say(sentence, language), language),
        label=lambda code, count=1: label(code, language, count),
        day=lambda value: day(value, language),
        month=lambda value: month(value, language),
        moment=lambda value: moment(value, language),
        share=share,
        whole_share=lambda value: f"{value:.0%}",
        figure=figure,
        unique_bodies=unique_bodies,
    )
    return environment


def day(value: date | None, language: str) -> str:
    """A day as people write it in a language: 31 December 2024, 2024年12月31日; empty for none."""
    from babel.dates import format_date

    if value is None:
        return ""
    return format_date(value, "long", locale="zh_Hant_HK" if language != "en" else "en_GB")


def month(value: date, language: str) -> str:
    """A month as people write it: December 2024, 2024年12月."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", value, locale="zh_Hant_HK" if language != "en" else "en_GB")


def moment(value: datetime, language: str) -> str:
    """A day and the time of it, in the zone that it was recorded in."""
    return f"{day(value.date(), language)} {value:%H:%M}"


def share(value: float | None) -> str:
    """A ratio in per cent, as exactly as it helps: 93%, 93.4%; empty for none."""
    return "" if value is None else f"{value * 100:.1f}".rstrip("0").rstrip(".") + "%"


def figure(value: float | None, unit: str = "") -> str:
    """A figure with its unit: ratios in per cent, groups of three parted by commas."""
    if value is None:
        return ""
    return share(value) if unit == "ratio" else f"{value:,.10g} {unit}".rstrip()


def unique_bodies(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of bodies, each body once; one that nobody knows by its name."""
    return list({mention.body_id or mention.name: mention for mention in reversed(list(mentions))}.values())[::-1]
