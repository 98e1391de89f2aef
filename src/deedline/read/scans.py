"""Scanned pages and image files → text and blocks, each with the confidence of the engine that read it.

Every page is drawn, recognised and laid out in confined processes (`scan_pictures`, `scan_words`, `scan_layout`), a
page at a time and each held to limits of its own. What was recognised is kept by the page's pixels and the engine's
version, where `keeping_readings` gives a place to keep it in, so that the same page reads the same and at once.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any

from deedline.errors import LimitError, ReadError
from deedline.read.confined import Limits, parse_confined
from deedline.read.reading import Reading

MOST_PAGES = 500  # recognised of one file
MAX_BYTES = 256 * 1024 * 1024
_A_PAGE = Limits(memory=4 * 1024**3, output=64 * 1024**2, cpu=300, seconds=420.0, files=256)
_A_PICTURE = Limits(output=96 * 1024**2)
_INSTALL = 'reading scans takes "pip install deedline[ocr]"; or recognise the text with another tool, then add that'

Keeping = Callable[[], AbstractContextManager[MutableMapping[str, bytes]]]
_keeping: ContextVar[Keeping | None] = ContextVar("keeping", default=None)


@contextmanager
def keeping_readings(keep: Keeping) -> Iterator[None]:
    """While it lasts, what is recognised is kept in what `keep` opens, which is opened only where a scan turns up."""
    token = _keeping.set(keep)
    try:
        yield
    finally:
        _keeping.reset(token)


@cache
def engine() -> str:
    """The engine and its version; empty where the extra is not installed."""
    from importlib.util import find_spec

    if any(find_spec(module) is None for module in ("rapidocr", "onnxruntime", "cv2", "PIL")):
        return ""
    from deedline.read.scan_words import version

    return version()


def refusal(pages: Sequence[int], name: str) -> ReadError:
    """What is said of a file whose pages are all scanned where nothing reads them."""
    return ReadError(f"{name}: {listed(pages)} scanned, with no text in the file; {_INSTALL}")


def read_pages(data: bytes, name: str, pages: Sequence[int]) -> list[dict[str, Any]]:
    """What a PDF prints, the named pages recognised. Raises as `parse_confined` does, LimitError over MOST_PAGES."""
    if len(pages) > MOST_PAGES:
        raise LimitError(f"{name}: {len(pages):,} pages are scanned; up to {MOST_PAGES} are read. Split the file")
    found = dict(_recognised(data, name, "of_pdf", pages))
    return _laid_out(found, data, name)


def read_image(data: bytes, name: str) -> Reading:
    """The text and blocks of an image file, PNG, JPEG or TIFF, a page or many.

    Raises ReadError where it is damaged, holds no words or nothing is installed to read it with, LimitError over the
    limits of bytes, pixels, pages, memory and time.
    """
    from deedline.read.pdf import compose

    if len(data) > MAX_BYTES:
        raise LimitError(f"{name}: {len(data):,} bytes; images are read up to {MAX_BYTES:,}. Split the file")
    if not engine():
        raise ReadError(f"{name}: is a picture; {_INSTALL}")
    found = dict(_recognised(data, name, "of_image", [1]))
    pages = _laid_out(found, b"", name)
    return compose(pages)


def _laid_out(found: dict[int, dict[str, Any]], data: bytes, name: str) -> list[dict[str, Any]]:
    head = json.dumps(found, separators=(",", ":")).encode()
    form = "PDF" if data else "image"
    pieces: list[dict[str, Any]] = parse_confined("deedline.read.scan_layout:parse", head + b"\n" + data, name, form)
    return pieces


def _recognised(data: bytes, name: str, drawer: str, pages: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each page with what is recognised on it; of an image file all that it holds, whatever `pages` says."""
    waiting = list(pages)
    keep = _keeping.get()
    with keep() if keep else nullcontext({}) as kept:
        for done, number in enumerate(waiting, 1):
            drawn = _drawn(data, name, drawer, number)
            if done == 1 and drawn.get("pages", 1) > 1:
                waiting.extend(range(2, drawn["pages"] + 1))
            yield number, _page(drawn, f"{name}, page {number}", kept)
            _show_progress(name, done, len(waiting))


def _drawn(data: bytes, name: str, drawer: str, number: int) -> dict[str, Any]:
    given = f"{number}\n".encode() + data
    drawn: dict[str, Any] = parse_confined(f"deedline.read.scan_pictures:{drawer}", given, name, "picture", _A_PICTURE)
    return drawn


def _page(drawn: dict[str, Any], where: str, kept: MutableMapping[str, bytes]) -> dict[str, Any]:
    """What is recognised on a drawn page, or was when it was read before."""
    key = f"{drawn['hash']} {engine()}"
    page: dict[str, Any]
    if key in kept:
        page = json.loads(kept[key])
        return page
    head = json.dumps({"width": drawn["width"], "height": drawn["height"]}).encode()
    given = head + b"\n" + base64.b64decode(drawn["png"])
    page = parse_confined("deedline.read.scan_words:recognise", given, where, "scan", _A_PAGE)
    kept[key] = json.dumps(page, separators=(",", ":"), ensure_ascii=False).encode()
    return page


def _show_progress(name: str, done: int, all_pages: int) -> None:
    """A line on a terminal that is there to be read; recognising takes seconds a page."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{name}: {done} of {all_pages} scanned pages read" + ("\n" if done == all_pages else ""))
        sys.stderr.flush()


def listed(numbers: Sequence[int]) -> str:
    """ "page 3 is", "pages 1-4 and 9 are"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ["-".join(map(str, run)) for run in runs]
    told = ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else shown[0]
    return f"page {told} is" if len(numbers) == 1 else f"pages {told} are"
