"""One request over HTTP, bounded in time and in bytes. The only module of Deedline that calls out to a service.

Redirects are not followed and proxies are not used: a request, and the key in it, go to the configured host alone.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from deedline.errors import DeedlineError

MOST_BYTES = 1 << 20  # of an answer
_CHUNK = 1 << 16


class UnreachableError(DeedlineError):
    """No whole answer came: refused, cut off, too slow. The message says which. Worth another try."""


class LateError(UnreachableError):
    """The time that one request may take is over."""


class TooLargeError(DeedlineError):
    """The answer was longer than MOST_BYTES and was not read to its end."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a service answered; `headers` in lower case."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Response:
    """Send a request and read the whole answer within `seconds`, or raise UnreachableError or TooLargeError."""
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, seconds)
    limit = _Limit(seconds)
    try:
        with limit:
            connection.connect()
            limit.socket = connection.sock
            connection.request("POST", parts.path, body, dict(headers))
            answer = connection.getresponse()
            data = _read(answer)
    except (OSError, UnicodeError, http.client.HTTPException) as error:
        late = limit.passed or isinstance(error, TimeoutError)
        raise (_late(seconds) if late else UnreachableError(_told(error))) from error
    finally:
        connection.close()
    if limit.passed:
        raise _late(seconds)
    return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, data)


def _late(seconds: float) -> LateError:
    return LateError(f"no answer within {seconds:g} s")


def _told(error: Exception) -> str:
    if isinstance(error, http.client.HTTPException):
        return "its answer breaks off or is no HTTP"
    return f"it cannot be reached ({getattr(error, 'strerror', None) or type(error).__name__})"


def _connection(scheme: str, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _read(answer: http.client.HTTPResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read(_CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            raise TooLargeError(f"its answer is longer than {MOST_BYTES:,} bytes")
        parts.append(part)
    if answer.length:  # what was announced and did not come
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)


class _Limit:
    """Ends a connection after so long: a service that sends a byte now and then would outlast a socket's time-out."""

    def __init__(self, seconds: float) -> None:
        self.socket: socket.socket | None = None
        self.passed = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        if self.socket is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)  # beneath TLS, which is not safe to end here
