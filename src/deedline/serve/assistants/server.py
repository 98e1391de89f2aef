"""The tools as a server of the Model Context Protocol. It only reads, and opens the register anew for each call."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from deedline.errors import DeedlineError
from deedline.serve.assistants import answers
from deedline.serve.export.shape import Row
from deedline.serve.python.opened import OpenRegister, open_to_work
from deedline.serve.site import Site

_ABOUT = """\
Deedline keeps what governments said they would do: measures, indicators, recommendations, proposals, each with the \
words that prove it. Quote `citation.quoted` and give its document, lines and address whenever you state something \
from here. Texts are in the language of their document; searching in another language finds them by meaning. \
`no_mention` says that nothing was found to continue an item, not that it was given up. An official status and \
Deedline's own assessment are two things: give both. What `sure` is false of waits for a person."""
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
Limit = Annotated[int, Field(ge=1, le=answers.MOST, description="At most so many entries.")]
Words = Annotated[str, Field(min_length=1, max_length=500)]
Reference = Annotated[str, Field(max_length=200, description="A document: id, file name, part of its title, or year.")]
Body = Annotated[str, Field(max_length=200, description="A body: id, abbreviation, Chinese or English name.")]


def make_server(location: str, site: Site) -> MCPServer:
    """The server over the register at `location`; `site` is where its pages are published, for addresses."""
    server: MCPServer = MCPServer(
        "deedline", title="Deedline", instructions=_ABOUT, version=version("deedline"), log_level="ERROR"
    )

    def ask(question: Callable[[OpenRegister], Row]) -> dict[str, Any]:
        try:
            with open_to_work(location, create=False) as register:
                return question(register)
        except DeedlineError as error:
            raise ToolError(str(error)) from error

    _add_items(server, ask, site)
    _add_computed(server, ask, site)
    return server


Ask = Callable[[Callable[[OpenRegister], Row]], dict[str, Any]]


def _add_items(server: MCPServer, ask: Ask, site: Site) -> None:
    @server.tool(annotations=_READS)
    def search(
        words: Words, kind: str = "", body: Body = "", document: Reference = "", limit: Limit = 10
    ) -> dict[str, Any]:
        """Find items by words, ranked, and by meaning where few have the words. "…" holds an exact phrase."""
        filters = {"kind": kind, "body": body, "document": document}
        return ask(lambda register: answers.search(register, site, words, limit, filters))

    @server.tool(annotations=_READS)
    def item(item_id: Words) -> dict[str, Any]:
        """One item with its deadlines, figures, report, assessment, links and doubts."""
        return ask(lambda register: answers.item(register, site, item_id))

    @server.tool(annotations=_READS)
    def thread(item_id: Words) -> dict[str, Any]:
        """The undertaking that an item belongs to, across editions: how its words, date and standing moved."""
        return ask(lambda register: answers.thread(register, site, item_id))


def _add_computed(server: MCPServer, ask: Ask, site: Site) -> None:
    @server.tool(annotations=_READS)
    def indicators(
        disagree: bool = False,
        late: bool = False,
        done_late: bool = False,
        document: Reference = "",
        body: Body = "",
        limit: Limit = 20,
    ) -> dict[str, Any]:
        """Reported indicators: official status beside what figures bear out. `disagree`: where the two differ.

        `late`: due, and nothing reported says it is done; `done_late`: told as done upon a later day than promised.
        """
        filters = {"disagree": disagree, "late": late, "done_late": done_late, "document": document, "body": body}
        return ask(lambda register: answers.indicators(register, site, limit, filters))

    @server.tool(annotations=_READS)
    def due(within: Annotated[int, Field(ge=0, le=36500)] = 90, body: Body = "", limit: Limit = 20) -> dict[str, Any]:
        """What falls due within so many days of the newest document, or fell due and is not reported done."""
        return ask(lambda register: answers.due(register, site, within, body, limit))

    @server.tool(annotations=_READS)
    def adoption(submission: Reference, against: Reference = "", only: str = "", limit: Limit = 20) -> dict[str, Any]:
        """What became of a submission's proposals. `only`: adopted, partly, in_hand or none."""
        return ask(lambda register: answers.adoption(register, site, submission, against, only, limit))

    @server.tool(annotations=_READS)
    def compare(edition: Reference, other: Reference, only: str = "", limit: Limit = 20) -> dict[str, Any]:
        """What became of each commitment between two editions. `only`: new, continued, changed, no_mention, …"""
        return ask(lambda register: answers.compare(register, site, (edition, other), only, limit))
