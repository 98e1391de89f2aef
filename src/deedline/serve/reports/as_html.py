"""A report as one HTML page that needs nothing beside it: its style and its charts are inside, no script is."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from deedline.serve.reports.charts import svg
from deedline.serve.reports.paper import Chart, Figure, Paper, Paragraph, Table

if TYPE_CHECKING:
    from jinja2 import Environment


def write_html(paper: Paper) -> bytes:
    """The page in UTF-8; every text of the report is escaped."""
    from markupsafe import Markup

    notes = notes_of(paper)
    style = files(__package__).joinpath("templates", "report.css").read_text(encoding="utf-8")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            paper=paper,
            blocks=[
                (place, {"kind": type(block).__name__, "value": block}) for place, block in enumerate(paper.blocks, 1)
            ],
            notes=notes,
            number=lambda text: notes.index(text) + 1,
            picture=_picture,
            style=Markup(style),  # our own file
        )
    )
    return page.encode()


def notes_of(paper: Paper) -> list[str]:
    """The notes of a report in the order in which it calls on them, each text once."""
    found: dict[str, None] = {}
    for block in paper.blocks:
        holder = block.table if isinstance(block, Figure) else block
        if isinstance(holder, Paragraph | Table):
            found.update(dict.fromkeys(holder.notes))
    return list(found)


def _picture(chart: Chart) -> str:
    return b64encode(svg(chart)).decode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("deedline.serve.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
