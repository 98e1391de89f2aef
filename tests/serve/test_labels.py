"""What the terminal, the pages and the reports call things."""

from __future__ import annotations

import pytest

from deedline.serve.labels import BodyName, body_named, listed, naming_bodies
from deedline.serve.words import CHINESE, ENGLISH


@pytest.mark.parametrize(
    ("body_id", "printed", "language", "named"),
    [
        ("hk/itib", "創科局", ENGLISH, BodyName("Innovation, Technology and Industry Bureau", "en", "創科局")),
        ("hk/itib", "創科局", CHINESE, BodyName("創新科技及工業局", "zh-Hant", "創科局")),
        ("hk/itib", "創新科技及工業局", CHINESE, BodyName("創新科技及工業局", "zh-Hant")),
        ("hk/itib", "", ENGLISH, BodyName("Innovation, Technology and Industry Bureau", "en")),
        ("ca/fin", "Finance", CHINESE, BodyName("Department of Finance Canada", "en", "Finance")),
        (None, "有關部門", ENGLISH, BodyName("有關部門", "")),
        ("xx/nobody", "某局", ENGLISH, BodyName("某局", "")),
    ],
)
def test_a_body_has_its_name_in_the_readers_language(
    body_id: str | None, printed: str, language: str, named: BodyName
) -> None:
    assert body_named(body_id, printed, language) == named


def test_names_that_hold_commas_stay_apart() -> None:
    assert listed(["Innovation, Technology", "Housing"], ENGLISH) == "Innovation, Technology; Housing"
    assert listed(["房屋局", "發展局"], CHINESE) == "房屋局、發展局"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("same body: 發展局", "same body: Development Bureau"),
        ("body changed from 發展局 to 房屋局", "body changed from Development Bureau to Housing Bureau"),
        ("body added: 某某局", "body added: 某某局"),
        ("same words: 發展局", "same words: 發展局"),
    ],
)
def test_sentences_that_name_bodies_name_them_for_the_reader(sentence: str, said: str) -> None:
    assert naming_bodies(sentence, ENGLISH) == said
    assert naming_bodies(sentence, CHINESE) == sentence
