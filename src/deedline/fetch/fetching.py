"""Fetching an address: redirects followed and checked one by one, size and time bounded, robots.txt kept to."""

from __future__ import annotations

import http.client
import mimetypes
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from deedline.errors import InputError, LimitError
from deedline.fetch.connecting import connect

AGENT = "Deedline"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 500 * 1024  # as RFC 9309 asks at least; what stands beyond is not read
_PIECE = 64 * 1024
_LONGEST_NAME, _LONGEST_ENDING = 200, 20  # bytes; file systems take 255
_UNSAFE = re.compile(r"[^\w.\- ]+")
_COMMANDS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be fetched: at most so many bytes in so many seconds, through so many redirects; from private
    addresses only with `private`; whatever robots.txt says only without `robots`."""

    bytes: int = 64 * 1024 * 1024
    seconds: float = 60.0
    redirects: int = 5
    private: bool = False
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What the place said of its bytes the last time, so that it need not send them again."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `final` is where redirects led; `data` is None where nothing changed since `Known`; `name`
    is fit for a file."""

    address: str
    final: str
    data: bytes | None
    name: str
    media_type: str
    etag: str
    last_modified: str


RULES = Rules()
NOTHING = Known()


def is_address(words: str) -> bool:
    """Whether words are an address on the web rather than a file."""
    return words.lower().startswith(("http://", "https://"))


def fetch(
    address: str,
    rules: Rules = RULES,
    known: Known = NOTHING,
) -> Fetched:
    """The bytes at an address.

    InputError where it is no address, cannot be reached, may not be fetched or answers with an error; LimitError where
    it is too large, too slow or redirects without end.
    """
    deadline = time.monotonic() + rules.seconds
    here = _split(address)
    for _ in range(rules.redirects + 1):
        if rules.robots:
            _ask_robots(here, rules, deadline)
        with _Answer(here, rules, deadline, _conditions(known)) as answer:
            if answer.status in _REDIRECTS:
                here = _redirected(here, answer.header("location"))
                continue
            if answer.status == 304:
                return _fetched(address, here, answer, None)
            if answer.status != 200:
                raise InputError(f"{_shown(here)}: answers {answer.status} {answer.reason}; check the address")
            return _fetched(address, here, answer, answer.read(rules.bytes))
    raise LimitError(f"{address}: redirects more than {rules.redirects} times; fetch it by hand")


class _Answer:
    """One request and its answer, closed at the end of its `with` block."""

    def __init__(self, address: SplitResult, rules: Rules, deadline: float, headers: Mapping[str, str]) -> None:
        self._address, self._rules, self._deadline, self._headers = address, rules, deadline, headers

    def __enter__(self) -> _Answer:
        self._connection = connect(self._address, private=self._rules.private, seconds=self._left())
        # each byte of a head may come late; however slowly a place answers, its time ends
        self._end = threading.Timer(self._left(), self._connection.sock.shutdown, [socket.SHUT_RDWR])
        self._end.daemon = True
        self._end.start()
        path = urlunsplit(("", "", self._address.path or "/", self._address.query, ""))
        try:
            self._connection.request("GET", path, headers=dict(self._headers))
            self._response = self._connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            self.__exit__()
            self._left()
            raise InputError(f"{_shown(self._address)}: broke off ({error!r}); try later") from error
        self.status, self.reason = self._response.status, self._response.reason
        return self

    def __exit__(self, *_: object) -> None:
        self._end.cancel()
        self._connection.close()

    def header(self, name: str) -> str:
        """A header's words without control characters; empty where it is not there."""
        return _COMMANDS.sub(" ", self._response.getheader(name) or "").strip()[:2000]

    def read(self, most: int, *, cut: bool = False) -> bytes:
        """The body, of `most` bytes at most; of a larger one the first ones if `cut`, else LimitError."""
        if self.header("content-encoding").lower() not in ("", "identity"):
            raise InputError(f"{_shown(self._address)}: came packed, which was not asked for; fetch it by hand")
        pieces, size = [], 0
        try:
            while piece := self._response.read1(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > most and cut:
                    return b"".join(pieces)[:most]
                if size > most:
                    raise LimitError(
                        f"{_shown(self._address)}: larger than {most:,} bytes; fetch it by hand and split it"
                    )
                self._left()
        except (OSError, http.client.HTTPException) as error:
            self._left()
            raise InputError(f"{_shown(self._address)}: broke off ({error!r}); try later") from error
        self._left()
        if self._response.length:
            raise InputError(
                f"{_shown(self._address)}: broke off {self._response.length} bytes before its end; try later"
            )
        return b"".join(pieces)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            seconds = f"{self._rules.seconds:g} seconds"
            raise LimitError(f"{_shown(self._address)}: took longer than {seconds}; fetch it by hand")
        return left


def _split(address: str) -> SplitResult:
    """An address taken apart; InputError where it is none that can be fetched."""
    try:
        parts = urlsplit(address.strip())
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or _COMMANDS.search(address.strip()):
        raise InputError(f"{address[:200]!r}: is no address that can be fetched; it begins with https://")
    if parts.username or parts.password:
        raise InputError(f"{parts.hostname}: an address with a name or password in it is not fetched; leave them out")
    safe = "/%:@!$&'()*+,;=~-._"
    return parts._replace(path=quote(parts.path, safe=safe), query=quote(parts.query, safe=safe + "?"), fragment="")


def _redirected(here: SplitResult, location: str) -> SplitResult:
    if not location:
        raise InputError(f"{_shown(here)}: redirects to nowhere; check the address")
    there = _split(urljoin(urlunsplit(here), location))
    if here.scheme == "https" and there.scheme == "http":
        raise InputError(f"{_shown(here)}: redirects to {_shown(there)}, which is not encrypted; fetch that by hand")
    return there


def _ask_robots(address: SplitResult, rules: Rules, deadline: float) -> None:
    """InputError where the place's robots.txt forbids; where there is none, everything is permitted (RFC 9309)."""
    place = address._replace(path="/robots.txt", query="")
    if address.path == place.path:
        return
    here = place
    for _ in range(rules.redirects + 1):
        with _Answer(here, rules, deadline, _conditions(NOTHING)) as answer:
            if answer.status in _REDIRECTS:
                here = _redirected(here, answer.header("location"))
                continue
            if answer.status >= 500:
                raise InputError(f"{_shown(place)}: answers {answer.status}, so nobody may fetch there; try later")
            if answer.status != 200:
                return
            lines = answer.read(_ROBOTS_BYTES, cut=True).decode("utf-8", "replace").splitlines()
        parser = RobotFileParser()
        parser.parse(lines)
        if not parser.can_fetch(AGENT, urlunsplit(address)):
            raise InputError(f"{_shown(address)}: its robots.txt asks programs not to fetch it; fetch it by hand")
        return


def _conditions(known: Known) -> dict[str, str]:
    headers = {"User-Agent": f"{AGENT} (reads published documents)", "Accept": "*/*", "Accept-Encoding": "identity"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _fetched(address: str, here: SplitResult, answer: _Answer, data: bytes | None) -> Fetched:
    media_type = answer.header("content-type").partition(";")[0].lower()
    return Fetched(
        address=address,
        final=urlunsplit(here),
        data=data,
        name=_name(here, answer.header("content-disposition"), media_type),
        media_type=media_type,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
    )


def _name(address: SplitResult, disposition: str, media_type: str) -> str:
    """A name for a file: what the place calls it, else the end of its path, with an ending that tells its kind."""
    name = _told(disposition) or unquote(PurePosixPath(address.path).name) or (address.hostname or "page")
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip("._ ") or "page"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = plain, (mimetypes.guess_extension(media_type) or ".txt")[1:]
    room = _LONGEST_NAME - len(ending.encode()) - 1
    return f"{stem.encode()[:room].decode('utf-8', 'ignore').rstrip(' .') or 'page'}.{ending}"


def _told(disposition: str) -> str:
    """The name in a header; empty where it holds none, or one in an encoding that nobody reads."""
    told = Message()
    told["content-disposition"] = disposition or "inline"
    try:
        return told.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        return ""


def _shown(address: SplitResult) -> str:
    return urlunsplit(address)[:300]
