"""A report as Markdown: tables with pipes, notes as footnotes, a chart as its words and its table."""

from __future__ import annotations

import re

from deedline.serve.reports.paper import Block, Figure, Heading, Paper, Paragraph, Table

_MARKS = re.compile(r"[\\`*_{}\[\]<>|~$]")
_LINE_MARKS = re.compile(r"^(\s*)([-+#=]|\d{1,9}[.)])")
_ENTITY = re.compile(r"&(?=[#\w])")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: no mark, tag or link of its own is obeyed."""
    text = _ENTITY.sub("&amp;", text)
    text = _MARKS.sub(lambda mark: "\\" + mark[0], text)
    return _LINE_MARKS.sub(lambda mark: mark[1] + mark[2][:-1] + "\\" + mark[2][-1], text)


def write_markdown(paper: Paper) -> bytes:
    """The report in UTF-8."""
    notes: list[str] = []
    parts = [f"# {escaped(paper.title)}", escaped(paper.subtitle)]
    parts.extend(_block(block, notes) for block in paper.blocks)
    parts.extend(f"[^{number}]: {escaped(note)}" for number, note in enumerate(notes, 1))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block, notes: list[str]) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        text = escaped(block.text) + _marks(block.notes, notes)
        return f"> {text}" if block.caution else text
    if isinstance(block, Figure):
        return f"*{escaped(block.alternative)}*\n\n{_table(block.table, notes)}"
    return _table(block, notes)


def _marks(texts: tuple[str, ...], notes: list[str]) -> str:
    """Marks of notes, each text once."""
    for text in texts:
        if text not in notes:
            notes.append(text)
    return "".join(f"[^{notes.index(text) + 1}]" for text in texts)


def _table(table: Table, notes: list[str]) -> str:
    caption = f"**{escaped(table.caption)}**{_marks(table.notes, notes)}"
    heads = [_cell(column.head) for column in table.columns]
    rules = ["---:" if column.figures else "---" for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in (heads, rules, *rows)]
    return "\n".join((caption, "", *lines))


def _cell(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.splitlines()) or " "
