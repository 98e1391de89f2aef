"""What stages say is said in the reader's language: every reason, change, scope and doubt that is met."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from deedline import operations
from deedline.operations.ordering import is_edition, is_submission
from deedline.register import Register, open_register
from deedline.serve.words import CHINESE, ENGLISH
from deedline.serve.words.said import is_known, say


def sentences(register: Register) -> Iterator[str]:
    """Every sentence of a stage that a page may show of a register."""
    known = operations.scene(register)
    for followed in operations.standings(known):
        yield from followed.standing.reasons
    for measured in operations.measured(register, known):
        yield from measured.assessment.reasons if measured.assessment else ()
    for issue in operations.open_issues(register):
        yield issue.issue.message
    documents = list(known.documents.values())
    for one, other in combinations(filter(is_edition, documents), 2):
        if one.metadata.language != other.metadata.language:
            continue  # two languages are laid side by side, not compared
        found = operations.compare_editions(register, one.id, other.id).comparison
        yield found.scope
        for fate in (*found.earlier, *found.later):
            yield from fate.changes
    for submission in filter(is_submission, documents):
        yield from (report.scope for report in operations.adoption(register, submission.id))


def test_every_sentence_of_the_examples_is_known(clearbay: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEDLINE_KNOWLEDGE", str(root / "examples/knowledge"))
    with open_register(clearbay) as register:
        found = {sentence for sentence in sentences(register) if sentence}
    assert len(found) > 20
    assert [sentence for sentence in found if not is_known(sentence)] == []


def test_every_sentence_of_the_real_documents_is_known(linked_seeds: Path) -> None:
    with open_register(linked_seeds) as register:
        found = {sentence for sentence in sentences(register) if sentence}
    assert len(found) > 100
    assert [sentence for sentence in found if not is_known(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "chinese"),
    [
        ("due 2024-12-31, in 76 days", "期限 2024-12-31，尚餘 76 天"),
        ("reported as “due 2024, in 3 days” on 2024-10-16", "2024-10-16 報告為「due 2024, in 3 days」"),
        (
            "printed '資務局': read as 商務局 (x/y), the one name that is nearly the same. Accept or correct it",
            "印作「資務局」：讀作 商務局 (x/y)，是唯一幾乎相同的名稱。請確認或更正",
        ),
        (
            "due 2024-06-30, 108 days before 2024-10-16; no words of the report say it is done; not held against each "
            "other: the promise is for each year, and the report counts since 2023-01-01",
            "期限 2024-06-30，比 2024-10-16 早 108 天；報告文字未說已完成；兩個數字不作比較：承諾按每年計，報告由 "
            "2023-01-01 起累計",
        ),
        (
            "the report tells it as done: “已完成”; not held against each other: the report tells its figure as still "
            "ahead",
            "報告文字說已完成：「已完成」；兩個數字不作比較：報告的數字尚待實現",
        ),
        ("nobody ever said this", "nobody ever said this"),
    ],
)
def test_what_was_filled_in_is_kept(sentence: str, chinese: str) -> None:
    assert say(sentence, CHINESE) == chinese
    assert say(sentence, ENGLISH) == sentence


@pytest.mark.parametrize("number", ["1 days", "due 2024-10-16, in 1 days", "2024-10-16 (1 days later)"])
def test_one_of_a_thing_is_not_several(number: str) -> None:
    assert say(number, ENGLISH) == number.replace("1 days", "1 day")


@pytest.mark.parametrize("sentence", ["in 21 days", "in 0.1 days", "1,001 days ago", "v1 days"])
def test_other_numbers_stay(sentence: str) -> None:
    assert say(sentence, ENGLISH) == sentence


def test_errors_are_said_with_what_was_filled_in() -> None:
    told = "paper.txt: larger than 64 MB; split it"
    assert say(told, CHINESE) == "paper.txt：大於 64 MB；請分拆檔案"
    busy = "/data/city.db: another process is writing to this register; try again when it is done"
    assert say(busy, CHINESE) == "/data/city.db：另有程序正在寫入登記冊；請待它完成再試"
    figure = "'much' is no figure; write it as 20% or 45 km, in digits"
    assert say(figure, CHINESE) == "'much' 不是數字；請用數字寫成 20% 或 45 km"
