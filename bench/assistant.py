"""What a model makes of the links that Deedline is not sure of, held against readers' labels.

    DEEDLINE_ASSISTANT_URL=http://localhost:8080/v1 DEEDLINE_ASSISTANT_MODEL=NAME python -m bench.assistant [--links 20]

The variables of docs/assistant.md say who is asked. A register is made of the documents in `../shared/seeds` (or a copy
taken of `--register`), its likeliest uncertain adoption links are read by the assistant, then read again from what was
kept. Prints what came of it, and keeps nothing but the answers: they are of one model, on whatever machine it ran.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from shutil import copyfile

from bench.link_scores import GOLD
from bench.report import table
from bench.synthesise import sources
from deedline.link.labels import Case, Library, resolve
from deedline.model.link import STRONG
from deedline.operations import Assistance, Assistant, Assisted, Candidates, Source, Task, add, assist, assistant_from
from deedline.operations.comparing import entries
from deedline.operations.linking import relink
from deedline.operations.training import read_labels
from deedline.register import Register, open_register

AT = datetime(2025, 1, 1, tzinfo=UTC)
NO_LABEL = "no label"
SAID = ("answers", "partly", "related", "none")


def labels_of(register: Register) -> Mapping[tuple[str, str], Case]:
    """What readers said of a proposal against a document, by the ids of both."""
    library = Library()
    for document in register.documents():
        library.add((document.name, document.sha256[:12]), entries(register, document))
    cases = (case for folder, records in read_labels(GOLD) for case in resolve(records, library, folder))
    return {(case.query, case.targets): case for case in cases if case.task is Task.ADOPTION}


def label_of(result: Assisted, labels: Mapping[tuple[str, str], Case]) -> str:
    """The relation that readers gave a link, `none` where they looked and gave none."""
    case = labels.get((result.source.id, result.target.document_id))
    if case is None or result.target.id in case.open:
        return NO_LABEL
    return case.relations.get(result.target.id, "none")


def outcome_of(result: Assisted) -> str:
    """The relation said, or why there is none."""
    return result.said or ("void: " if result.voided else "no answer: ") + result.note


def agreement(results: Iterable[tuple[str, str]]) -> str:
    """A table of what was said of links by what readers say of them, and on how many both hold something strong."""
    counted = Counter(results)
    columns = (*SAID, NO_LABEL)
    said = sorted({one for one, _ in counted}, key=lambda one: (one not in SAID, one))
    rows = [[one, *(str(counted[one, label] or "") for label in columns)] for one in said]
    labelled = [(one, label) for one, label in counted.elements() if one in SAID and label != NO_LABEL]
    same = sum((one in STRONG) == (label in STRONG) for one, label in labelled)
    exact = sum(one == label for one, label in labelled)
    told = f"Of {len(labelled)} that both judged: {exact} alike, {same} alike in whether it is an answer at all."
    return f"{table(['said / readers', *columns], rows)}\n\n{told}"


def _make(file: Path, register: Path | None) -> None:
    if register is not None:
        copyfile(register, file)
        return
    with open_register(str(file)) as made:
        list(add(made, [Source(each) for each in sources()[1]], at=AT, by="bench"))
        relink(made, at=AT, by="bench")


def _read(register: Register, assistant: Assistant, links: int) -> tuple[Assistance, list[float]]:
    """Have the links read; the seconds that each took."""
    moments = [time.perf_counter()]
    wanted = Candidates(task=Task.ADOPTION, limit=links)
    made = assist(
        register,
        assistant,
        at=AT,
        by="bench",
        wanted=wanted,
        progress=lambda *_: moments.append(time.perf_counter()),
    )
    return made, [end - start for start, end in pairwise(moments)]


def _told(made: Assistance, seconds: list[float], labels: Mapping[tuple[str, str], Case]) -> Iterator[str]:
    fresh = [took for took, result in zip(seconds, made.results, strict=True) if not result.cached]
    yield f"{len(made.results)} links, {made.calls} calls, {made.tokens:,} tokens; {made.stopped or 'all came to'}."
    if fresh:
        yield f"Asked {len(fresh)}: median {statistics.median(fresh):.1f} s, longest {max(fresh):.1f} s."
    yield "Assistant:\n\n" + agreement((outcome_of(result), label_of(result, labels)) for result in made.results)
    judged = [result for result in made.results if result.said]
    if judged:
        machine = agreement((str(result.before.relation), label_of(result, labels)) for result in judged)
        yield "The machine's own first thought of those that the assistant judged:\n\n" + machine


def main() -> None:
    """Ask, tell what came of it, and read it again from what was kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.assistant", description="an assistant held against labels")
    parser.add_argument("--links", type=int, default=20, help="how many links to ask about")
    parser.add_argument("--register", type=Path, help="a register of the documents, to copy instead of making one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "register.db"
        assistant = assistant_from(os.environ, str(file))
        if assistant is None:
            parser.error("DEEDLINE_ASSISTANT_URL and DEEDLINE_ASSISTANT_MODEL say who is asked; docs/assistant.md")
        _make(file, given.register)
        with open_register(str(file)) as register:
            labels = labels_of(register)
            made, seconds = _read(register, assistant, given.links)
            print(f"{assistant.settings.model}\n", *_told(made, seconds, labels), sep="\n\n")
            kept = Assistant(assistant.settings, assistant.answers, None)
            again, took = _read(register, kept, len(made.results))
            same = [outcome_of(one) for one in made.results] == [outcome_of(one) for one in again.results]
            print(f"\nAgain from what was kept: {sum(took):.2f} s, {'the same' if same else 'NOT the same'}.")


if __name__ == "__main__":
    main()
