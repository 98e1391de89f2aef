"""A place on the web that behaves as it is told, on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Place:
    """Answers by path, and the paths that were asked for with their headers."""

    answers: dict[str, Answer]
    address: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def gives(data: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with these bytes; header names are written with underscores."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def drips(head: bytes, every: float) -> Answer:
    """Send one byte now and then, without end."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(10_000):
            time.sleep(every)
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return

    return answer


@contextmanager
def place(**answers: Answer) -> Iterator[Place]:
    """A running place; `robots` answers for robots.txt, every other name for its own path."""
    here = Place({("/robots.txt" if name == "robots" else f"/{name}"): answer for name, answer in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, dict(self.headers.items())))
            here.answers.get(self.path.partition("?")[0], gives(b"", 404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
