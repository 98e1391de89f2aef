"""Add: files that people bring are read and linked in the background, with progress, and summed up."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message

from deedline.errors import InputError
from deedline.serve.web.asked import demand_known, read_words
from deedline.serve.web.bringing import Brought, Errand, Errands
from deedline.serve.web.choosing import reviewer_of
from deedline.serve.web.opened import demand_writable
from deedline.serve.web.rendering import page

MOST_FILES = 50
MOST_BYTES = 64 * 1024 * 1024  # of one file, as readers take
MOST_TOGETHER = 4 * MOST_BYTES
_FIELDS = ("title", "publisher", "date", "kind", "language")
_PIECE = 1024 * 1024
_LONGEST_NAME = 150  # bytes: file systems take 255, and what reads it may add to it
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def add_page(request: Request) -> Response:
    """The form, and what was brought before."""
    demand_known(request.query_params)
    demand_writable(request, reading=True)
    return page(request, "add.html", errands=_errands(request).latest(), reviewer=reviewer_of(request))


async def bring(request: Request) -> Response:
    """Take files and begin to read them."""
    demand_writable(request)
    _errands(request).demand_room()
    folder = Path(tempfile.mkdtemp(prefix="deedline-"))
    try:
        async with _bounded(request).form(max_files=MOST_FILES, max_fields=20, max_part_size=10_000) as form:
            given = {name: words for name in _FIELDS if (words := read_words(form, name))}
            files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
            if not files:
                raise InputError("no file was chosen; go back and choose one or more")
            paths = [await _keep_file(folder, number, file) for number, file in enumerate(files)]
            by = read_words(form, "by") or reviewer_of(request) or "pages"
        errand = _errands(request).begin(Brought(folder, tuple(paths), given if len(paths) == 1 else {}, by))
    except BaseException:
        await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
        raise
    return RedirectResponse(f"/add/{errand}", status_code=303)


def _bounded(request: Request) -> Request:
    """The request, which ends in HTTPException (413) where it brings more than MOST_TOGETHER."""
    left = MOST_TOGETHER

    async def receive() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, "These files are too large to be brought together. Bring them one by one.")
        return message

    return Request(request.scope, receive)


async def _keep_file(folder: Path, number: int, file: UploadFile) -> Path:
    """A file's bytes in a folder of their own, so that its name is kept and leads nowhere else."""
    name = _name_of(file.filename or "")
    into = folder / str(number)
    into.mkdir()
    path, size = into / name, 0
    with path.open("wb") as out:
        while piece := await file.read(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise HTTPException(413, f"{name}: larger than {MOST_BYTES // 1024 // 1024} MB; split it")
            out.write(piece)
    return path


def _name_of(given: str) -> str:
    """A name of no folder, its end where it is longer than file systems take."""
    name = _UNFIT.sub("", Path(given.replace("\\", "/")).name)
    short = name.encode("utf-8", "replace")[-_LONGEST_NAME:].decode("utf-8", "ignore")
    return short if short.strip(". ") else "file"


def errand_page(request: Request) -> Response:
    """How far it is; when done, what was found and what is in doubt."""
    errand = _errand(request)
    answer = page(request, "errand.html", errand=errand)
    if not errand.done:
        answer.headers["Refresh"] = "3"  # without scripts
    return answer


def errand_state(request: Request) -> Response:
    """How far it is, for the script on its page."""
    errand = _errand(request)
    return JSONResponse({"done": errand.done, "stage": errand.stage, "count": errand.count, "total": errand.total})


def _errand(request: Request) -> Errand:
    demand_writable(request, reading=True)
    errand = _errands(request).get(request.path_params["number"])
    if errand is None:
        raise HTTPException(404)
    return errand


def _errands(request: Request) -> Errands:
    errands: Errands = request.app.state.errands
    return errands


routes = [
    Route("/add", add_page),
    Route("/add", bring, methods=["POST"]),
    Route("/add/{number:int}", errand_page),
    Route("/add/{number:int}/state", errand_state),
]
