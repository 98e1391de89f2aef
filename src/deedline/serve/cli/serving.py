"""`serve`: the register as pages."""

from __future__ import annotations

import socket
import sys
from threading import Event, Thread

import click

from deedline.errors import InputError
from deedline.serve.cli.output import print_json
from deedline.serve.cli.shell import Verb, say, settings

_HERE = ("127.0.0.1", "::1", "localhost")


@click.command(cls=Verb, epilog="\ndeedline serve\ndeedline --register city.db serve --port 8080\n")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at; 0.0.0.0 is every one.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--site", default="", help="Address at which others see the pages, as https://register.example.")
@click.option(
    "--writable/--read-only",
    default=None,
    help="Whether people may judge and add through the pages; by default only on this machine's own addresses.",
)
def serve(host: str, port: int, site: str, writable: bool | None) -> None:
    """Show the register as pages in a browser, until Ctrl-C.

    The pages ask nobody who they are: with another --host than this machine's own, whoever reaches the port reads the
    register, and with --writable changes it. The API is at /api/v1.
    """
    import uvicorn

    from deedline.operations.readying import keep_ready
    from deedline.serve.collecting import spare_what_stays
    from deedline.serve.web import make_app
    from deedline.serve.web.bounded import MOST_ITEMS

    spare_what_stays()
    asked = settings()
    asked.register().close()  # whether it can be read is told now, not page by page
    may_write = host in _HERE if writable is None else writable
    with _listen(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
        if asked.as_json:
            print_json({"address": address})
        elif not asked.quiet:
            click.echo(f"{asked.location} is at {address}  (Ctrl-C stops)")
            if host not in _HERE:
                what = "read and change" if may_write else "read"
                say(f"Whoever reaches this port can {what} the register; the pages ask for no password.")
        sys.stdout.flush()
        hosts = _HERE if host in _HERE else ("*",)
        app = make_app(asked.location, hosts=hosts, writable=may_write, site=site)
        ready = {"most": MOST_ITEMS}
        Thread(target=keep_ready, args=(asked.location, Event()), kwargs=ready, daemon=True).start()
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A socket at the address, or an InputError that says why not."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise InputError(f"{host} port {port}: {error.strerror}; choose another --port or --host") from error
    return listener
