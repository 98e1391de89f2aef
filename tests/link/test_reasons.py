"""The sentences of reasons: the same ones, filled in alike, in every language that they are kept in."""

from __future__ import annotations

import tomllib
from importlib import resources
from string import Formatter
from typing import Any

from deedline.link.reasons import Reason, as_evidence, in_words, told
from deedline.model.text import Span


def tables() -> dict[str, Any]:
    file = resources.files("deedline.knowledge.link").joinpath("reasons.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_every_sentence_is_there_in_every_language_with_the_same_gaps() -> None:
    held = tables()
    lists = held.pop("lists")
    (languages,) = {tuple(forms) for forms in (*held.values(), *lists.values())}
    assert {"zh", "en"} <= set(languages)
    for name, forms in held.items():
        gaps = {tuple(sorted({gap for _, gap, _, _ in Formatter().parse(form) if gap})) for form in forms.values()}
        assert len(gaps) == 1, name
        assert gaps != {()}, name


def test_several_words_are_listed_as_the_language_does() -> None:
    assert told("words", words=["渡輪", "碼頭"]) == {
        "zh": "用字相同：「渡輪」、「碼頭」",
        "en": "same words: 渡輪; 碼頭",
    }


def test_braces_in_a_text_stay_as_they_are() -> None:
    assert told("name", name="{days}")["en"] == "both name {days}"
    assert told("words", words=["{", "}"])["en"] == "same words: {; }"


def test_a_reason_is_kept_with_its_words_in_each_language() -> None:
    reason = Reason("name", told("name", name="渡輪"), (Span(1, 3),), (Span(4, 6),))
    assert in_words([reason]) == ("both name 渡輪",)
    (kept,) = as_evidence([reason])
    assert kept == {"code": "name", "zh": "同提「渡輪」", "en": "both name 渡輪", "from": [[1, 3]], "to": [[4, 6]]}
