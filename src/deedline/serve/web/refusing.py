"""What people read instead of a page that cannot be: what happened, and what to do next, in their language."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deedline.errors import BusyError, InputError, NotFoundError, TooLargeError
from deedline.serve.web.headers import safe_headers
from deedline.serve.web.rendering import language_for, page
from deedline.serve.words import words
from deedline.serve.words.said import say

# By status: a title, and what to do next; message ids of `words/*/web-refused.po`.
SAID = {
    400: ("This cannot be asked", "Mend what is named above in the address or the form, or begin anew."),
    403: ("Not allowed here", "Reading needs no permission; only changes do."),
    404: ("Nothing is here", "Look whether the address is whole, or search for what you want."),
    405: ("This address does not take that", "Open the page that the form or link belongs to, and use it there."),
    413: ("Too large", "Bring less at once, or split the file."),
    422: ("This cannot be understood", "Go back, mend what is named above, and send it again."),
    500: ("Fault", "Try again; if it comes back, report the address of this page."),
    501: ("Not offered", "Ask for one of the forms that the page offers."),
    503: ("Not ready", "Try again in a moment."),
}
_OTHER = ("This cannot be answered", "Go back, or begin anew from the overview.")


async def refused(request: Request, error: Exception) -> Response:
    """A page for an address or a method that there is not, or that may not be used."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    detail = error.detail if isinstance(error, HTTPException) else ""
    answer = _answer(request, status, "" if detail == HTTPStatus(status).phrase else detail)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def troubled(request: Request, error: Exception) -> Response:
    """A page for an error that Deedline raised on purpose: what happened, and what to do."""
    known = ((NotFoundError, 404), (InputError, 400), (BusyError, 503))
    status = next((code for kind, code in known if isinstance(error, kind)), 503)
    gettext = words(language_for(request)).gettext
    if isinstance(error, TooLargeError):
        title = gettext("This register is too large for this page")
        message = gettext("It would compare more items with each other than fit into memory while you wait.")
        return page(request, "error.html", status, title=title, message=message, code=status, next_step="", lists=True)
    return _answer(request, status, str(error))


async def failed(request: Request, __: Exception) -> Response:
    """A page for a fault of Deedline's own; the details go to the log, not to the reader."""
    answer = _answer(request, 500, "A fault of Deedline's own, not of your request.")
    answer.headers.update(safe_headers(request.url.path))  # no middleware sees what is answered to a fault
    return answer


def _answer(request: Request, status: int, message: str) -> Response:
    language = language_for(request)
    gettext = words(language).gettext
    title, next_step = map(gettext, SAID.get(status, _OTHER))
    said = say(message, language)
    return page(request, "error.html", status, title=title, code=status, message=said, next_step=next_step)
