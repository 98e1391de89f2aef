"""Where results are kept, and the page that shows them. `python -m bench.report` writes the page anew."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "bench.md"

Rows = list[list[str]]


def keep(name: str, results: Mapping[str, Any]) -> None:
    """Write one bench's results with the machine they were measured on, and the page anew."""
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "processor": platform.machine()}
    text = json.dumps({"machine": machine, "results": results}, ensure_ascii=False, indent=1)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    print(SECTIONS[name](results))


def table(head: list[str], rows: Rows) -> str:
    """A Markdown table; all columns but the first are aligned right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])


def times_section(results: Mapping[str, Any]) -> str:
    """Times found and right, a table a language."""
    parts = [
        "## Times: found and right\n",
        "Written by `sh run bench-times`: the phrases of `bench/data/times.tsv`, their answers normalised by hand; all",
        "readers in one run. *Found*: something was read as a time. *Right*: an interval read has the answer's first",
        "and last day, within the slack that a vague word allows; an open side is not judged. The phrases were",
        "written for Deedline, in the forms that the documents it reads print: they tell what each library knows of",
        "these forms, not how it does elsewhere.",
    ]
    for language, name in (("zh", "Chinese"), ("en", "English")):
        rows = [
            [who, f"{r['found']} of {r['phrases']}", f"{r['right']} of {r['phrases']}", f"{r['characters_a_second']:,}"]
            for who, r in results[language].items()
        ]
        parts += ["", table([name, "found", "right", "characters/s"], rows)]
    missed = [text for language in results.values() for text in language["deedline"]["missed"]]
    parts += [
        "",
        "Deedline misses: " + ("; ".join(f"“{text}”" for text in missed) if missed else "none of these") + ".",
    ]
    return "\n".join(parts)


def read_section(results: Mapping[str, Any]) -> str:
    """Speed and memory of reading, and of adding to a register, by the number of documents."""
    head = ["documents", "characters", "items", "seconds", "characters/s", "items/s", "CPU ms an item", "peak MB"]
    parts = [
        "## Reading and adding\n",
        f"Written by `python -m bench.read`: medians of {results['runs']} runs, each in a process of its own. The",
        f"first row is the {results['source']}; the others are excerpts of them with other words, no two alike. What",
        "an item costs is the time of all processors; peak memory counts the largest worker once for each worker.",
    ]
    for step, title in (("find", "Bytes to items, nothing kept"), ("add", "Bytes to the kept register")):
        parts += ["", f"**{title}**", "", table(head, [_read_row(row) for row in results[step]])]
    return "\n".join(parts)


def _read_row(row: Mapping[str, Any]) -> list[str]:
    return [
        f"{row['documents']:,}{' excerpts' if row['copies'] else ''}",
        f"{row['characters']:,}",
        f"{row['items']:,}",
        f"{row['seconds']:.2f}",
        f"{row['characters'] / row['seconds']:,.0f}",
        f"{row['items'] / row['seconds']:,.0f}",
        f"{1000 * row['cpu'] / max(row['items'], 1):.2f}",
        f"{row['peak_mb']:,.0f}",
    ]


_REAL = (
    "**Synthetic items**: three editions of an invented city, each carrying on a half of the one before and compared\n"
    "with it, drawn from a fixed seed (`bench/city.py`); encodings from nothing and kept in a file; one run each."
)
_STAND_IN = (
    "The same with a *stand-in* for the encoder (a fixed vector a character): what all but encoding costs. The links\n"
    "that it leads to mean nothing."
)


def link_section(results: Mapping[str, Any]) -> str:
    """Links found and right, and what finding them costs."""
    parts = [
        "## Links: found and right\n",
        "Written by `python -m bench.link`: the labels of `../shared/gold` (`dev` and `train`), strong links (`same`,",
        "`next`; `answers`, `partly`), all ways on the same candidate pairs in one run. The model is measured by folds",
        "on labels that its weights had not seen; it learns from the project's own labels too, and is not measured on",
        "them. Each way has the threshold, and the rule (all pairs above it, or each query's best alone), that suit",
        "these labels best, so that no baseline is held down. *Shown*: of the true pairs, and of the queries that have",
        "any, how many stand among (have one among) the ten likeliest of their query. Seconds are for whole documents,",
        "encoding from nothing included.",
    ]
    for task, found in results.get("labels", {}).items():
        head = [f"{task}, {found['labelled']} queries", "precision", "recall", "F1", "true shown", "queries shown", "s"]
        rows = [_way_row(name, way) for name, way in found["ways"].items()]
        parts += ["", table(head, rows), "", _shipped(found["report"])]
    if "cold" in results:
        parts += ["", _cold(results)]
    head = ["items", "links", "seconds", "CPU seconds", "CPU ms an item", "peak MB", "of it before", "load"]
    for what, title in (("items", _REAL), ("stand_in", _STAND_IN)):
        if results.get(what):
            parts += ["", title, "", table(head, [_items_row(row) for row in results[what]])]
    if "encoder" in results:
        parts += ["", _encoder(results["encoder"])]
    return "\n".join(parts)


def _way_row(name: str, way: Mapping[str, Any]) -> list[str]:
    shown = f"{way['true_shown']} of {way['true']}", f"{way['queries_shown']} of {way['queries']}"
    scored = (f"{way[key]:.2f}" for key in ("precision", "recall", "f1"))
    return [name, *scored, *shown, f"{way['seconds']:.1f}"]


def _shipped(report: Mapping[str, Any]) -> str:
    strong, stated = report["all"]["strong"], report["all"]["stated_without_review"]
    return (
        f"As shipped, held out, the project's own labels among them: strong links F1 {strong['f1']:.2f} (precision "
        f"{strong['precision']:.2f},\nrecall {strong['recall']:.2f}); stated without review: precision "
        f"{stated['precision']:.2f} ({stated['right']} of {stated['right'] + stated['wrong']}), recall "
        f"{stated['recall']:.2f}."
    )


def _cold(results: Mapping[str, Any]) -> str:
    row = results["cold"]
    return (
        f"**Linking the {results['source']}**, nothing encoded before, reading not counted (median of {row['runs']}): "
        f"{row['seconds']:.1f} s,\n{row['cpu']:.1f} s of processors, {row['peak_mb']:,.0f} MB at its peak, with "
        f"{row['load']:.1f} processes waiting to run on the machine meanwhile;\nagain with nothing changed: "
        f"{row['again']:.2f} s."
    )


def _items_row(row: Mapping[str, Any]) -> list[str]:
    return [
        f"{row['items']:,}",
        f"{row['links']:,}",
        f"{row['seconds']:.0f}",
        f"{row['cpu']:.0f}",
        f"{1000 * row['cpu'] / row['items']:.1f}",
        f"{row['peak_mb']:,.0f}",
        f"{row['before_mb']:,.0f}",
        f"{row['load']:.1f}",
    ]


def _encoder(row: Mapping[str, Any]) -> str:
    return (
        f"The encoder alone: {row['items']:,} texts of {row['tokens'] / row['items']:.0f} tokens in "
        f"{row['seconds']:.1f} s and {row['cpu']:.1f} s of processors, {row['items'] / row['cpu']:.0f} texts "
        f"a second of one processor\n(load {row['load']:.1f})."
    )


def pages_section(results: Mapping[str, Any]) -> str:
    """What each kind of page costs the server."""
    head = ["page", "kB sent", "CPU p50", "CPU p99", "clock p50", "clock p99", "first, CPU", "first, clock"]
    timed = ["work_p50", "work_p99", "clock_p50", "clock_p99", "work_first", "clock_first"]
    rows = [
        [name, f"{row['bytes'] / 1000:.1f}", *(f"{row[column]:.1f}" for column in timed)]
        for name, row in results["pages"].items()
    ]
    return "\n".join(
        [
            "## Pages: the server's time\n",
            f"Written by `python -m bench.pages`: the {results['source']}, each kind of page asked {results['times']}",
            "times of the application in one process; milliseconds. *CPU* is the time of all processors, *clock* what",
            "somebody waited, which others on the machine lengthen: at the start of this run",
            f"{results['load']:.1f} processes waited to run. The *first* answer is the one that everything is computed",
            "for; what later ones ask again is kept until the register changes.\n",
            table(head, rows),
        ]
    )


def serve_section(results: Mapping[str, Any]) -> str:
    """How fast a large register is searched and listed by the server."""
    head = ["asked", "answers", "CPU p50", "CPU p95", "CPU p99", "clock p50", "clock p95", "clock p99", "load"]
    timed = [f"{name}_p{share}" for name in ("work", "clock") for share in (50, 95, 99)]
    rows = [
        [name, f"{row['asked']:.0f}", *(f"{row[column]:.1f}" for column in timed), f"{row['load']:.1f}"]
        for name, row in results["answers"].items()
    ]
    held, files = results["memory_mb"]
    return "\n".join(
        [
            f"## A server of {results['items']:,} items\n",
            "Written by `python -m bench.serve`: synthetic items, the register "
            f"{results['register_mb']:,.0f} MB, its index of words {results['index_mb']:,.0f} MB. Each",
            "row asks the application in one process for as many answers, hardly any of which was asked for before;",
            "milliseconds. *CPU* is the time of all processors, *clock* what somebody waited, which the others on the",
            "machine lengthen: *load* processes waited to run. Half of the lists begin at a random item. Pages that",
            "would compare all items with each other say that the register is too large for them.\n",
            table(head, rows),
            f"\nThe process then held {held:,.0f} MB, {files:,.0f} of them the system's cache of files.",
        ]
    )


def formats_section(results: Mapping[str, Any]) -> str:
    """What reading each form of file costs, and the cells that come back whole, beside other readers."""
    head = ["reader", "seconds", "CPU s", "pages/s", "pages/CPU s", "peak MB", "its CPU s to ours", "its MB to ours"]
    head += ["cells whole", "other cells"]
    parts = [
        "## Files: reading and cells\n",
        f"Written by `sh run bench-formats`: text and table rows of one of the {results['source']}, set as a PDF of",
        f"{results['pages']} pages whose ends cut rows, as a Word file and as a web page; medians of {results['runs']}",
        f"runs, each a process of its own, with {results['load']:.1f} processes waiting to run on the machine.",
        "Deedline parses in a confined process, whose time and memory are counted with those of the process that asks;",
        "peaks are of programs from when they were loaded, the sum where there are several. *Cells whole*: of the",
        f"{results['cells']} cells of {results['rows']} rows that were set, those read with the same words (blanks and",
        "list marks aside); a cell that the page's end cuts counts only where it is put together. *Other cells*:",
        "words read as a cell that none was set with, as halves of cut cells are. docling finds tables in PDFs by",
        "models that it downloads when it runs: of docling only docling-parse, its engine for text, reads the PDF",
        "here, and tells no cells.",
    ]
    for form, name in (("pdf", "PDF"), ("docx", "Word file"), ("html", "web page")):
        rows = results["forms"][form]
        ours = rows["deedline"]
        shown = [_format_row(reader, row, ours, results, form) for reader, row in rows.items()]
        parts += ["", table([name, *head[1:]], shown)]
    return "\n".join(parts)


def _format_row(
    reader: str, row: Mapping[str, Any], ours: Mapping[str, Any], results: Mapping[str, Any], form: str
) -> list[str]:
    pages = [f"{results['pages'] / row[key]:.1f}" if form == "pdf" else "-" for key in ("seconds", "cpu")]
    return [
        reader,
        f"{row['seconds']:.2f}",
        f"{row['cpu']:.2f}",
        *pages,
        f"{row['peak_mb']:,.0f}",
        f"{row['cpu'] / ours['cpu']:.2f}",
        f"{row['peak_mb'] / ours['peak_mb']:.2f}",
        f"{row['right']} of {results['cells']}" if row["cells"] else "-",
        f"{row['other']:,}" if row["cells"] else "-",
    ]


def soak_section(results: Mapping[str, Any]) -> str:
    """What became of damaged files of every form."""
    ends = ["read", "refused", "limit", "parser died", "wrong"]
    rows = [
        [
            form,
            f"{row['mutants']:,}",
            *(f"{row[end]:,}" for end in ends),
            f"{1000 * row['seconds'] / row['mutants']:.0f}",
            f"{row['slowest']:.1f}",
        ]
        for form, row in results.items()
    ]
    return "\n".join(
        [
            "## Damaged files\n",
            "Written by `python -m bench.soak`: mutants of a file of each form, damaged in its elements, members,",
            "objects and streams, or its bytes; text, of excerpts of the examples and of the real documents where they",
            "lie. *Read*: every line accounted for, every quotation where it says it stands. *Refused*, *limit*: a",
            "message that names the file. *Parser died*: the PDF engine, native code, ended in its own process, and a",
            "message says so. *Wrong*: any other end, more than the time that a file is given, a file left somewhere,",
            "or a socket asked for. Times are of processors.\n",
            table(["form", "mutants", *ends, "ms a mutant", "slowest, s"], rows),
        ]
    )


SECTIONS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "read": read_section,
    "formats": formats_section,
    "times": times_section,
    "link": link_section,
    "pages": pages_section,
    "serve": serve_section,
    "soak": soak_section,
}


def page() -> str:
    """docs/bench.md, from the results as they are kept."""
    parts = ["# Measured\n\nWritten by the commands below from `bench/results/`; do not edit."]
    for name, section in SECTIONS.items():
        file = RESULTS / f"{name}.json"
        if file.exists():
            kept = json.loads(file.read_text(encoding="utf-8"))
            machine = kept["machine"]
            on = f"On {machine['cores']} cores ({machine['processor']}), Python {machine['python']}."
            parts.append(f"{section(kept['results'])}\n\n{on}")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
