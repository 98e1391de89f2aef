"""`mcp`: the register for assistants."""

from __future__ import annotations

import click

from deedline.errors import InputError
from deedline.serve.cli.shell import Verb, settings
from deedline.serve.site import Site

_HERE = "http://127.0.0.1:8000"


@click.command("mcp", cls=Verb, epilog="\ndeedline --register city.db mcp --site https://register.example\n")
@click.option("--site", default=_HERE, show_default=True, help="Address at which the pages are, for citations.")
def tools(site: str) -> None:
    """Answer an assistant over the Model Context Protocol.

    It is started by the assistant's program, and speaks through standard input and output until these close. Its tools
    only read: search, item, thread, indicators, due, adoption, compare; each answer quotes the words that prove it.
    """
    try:
        from deedline.serve.assistants.server import make_server
    except ImportError as error:
        raise InputError("the mcp library is not installed; `pip install 'deedline[mcp]'` installs it") from error
    asked = settings()
    asked.register().close()  # whether it can be read is told now, not call by call
    make_server(asked.location, Site(base=site.rstrip("/"))).run("stdio")
