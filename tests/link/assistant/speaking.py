"""A service of the chat-completions protocol on loopback: says what it is told to say, remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Handler = BaseHTTPRequestHandler
Say = Callable[[Handler, Mapping[str, Any]], None]


@dataclass(slots=True)
class Town:
    """The service: `say` in turn, its last for ever. `bodies` and `headers` are of the requests that came."""

    say: list[Say]
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def speaking(*say: Say) -> Iterator[Town]:
    """The service while it runs."""
    town = Town(list(say))

    class Spoken(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            town.bodies.append(body)
            town.headers.append(dict(self.headers.items()))
            said = town.say.pop(0) if len(town.say) > 1 else town.say[0]
            try:
                said(self, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Spoken)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    town.url = f"http://127.0.0.1:{server.server_port}/v1/chat/completions"
    try:
        yield town
    finally:
        town.closing.set()
        server.shutdown()
        server.server_close()


def send(handler: Handler, data: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(data)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def completion(content: object, **more: Any) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop", **more}
    return json.dumps({"choices": [choice], "usage": {"total_tokens": 100}}).encode()


def text(content: object, **more: Any) -> Say:
    """Says a completion of this content."""
    return lambda handler, _: send(handler, completion(content, **more))


def status(code: int, **headers: str) -> Say:
    """Answers with a status."""
    return lambda handler, _: send(handler, b"{}", code, **headers)


def raw(data: bytes) -> Say:
    """Says these bytes as its whole body."""
    return lambda handler, _: send(handler, data)


def said(relation: str, first: str, second: str, reason: str = "both say it") -> str:
    """An answer as it is asked for."""
    return json.dumps(
        {"relation": relation, "first_words": first, "second_words": second, "reason": reason}, ensure_ascii=False
    )
