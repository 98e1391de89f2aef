"""Tokens' vectors, made of many texts together."""

from __future__ import annotations

import numpy as np
import pytest

from deedline.link import embed
from deedline.link.embed import Encodings, encode_all
from deedline.link.states import States, unit
from tests.link.pairs import WIDTH, ByCharacter

TEXTS = ["渡輪服務中心", "街燈", "", "栽種五千株原生樹木", "蜂箱"]
CENTRE = np.linspace(-1, 1, WIDTH, dtype=np.float32)


def alone(encoded: Encodings, number: int) -> list[list[float]]:
    found: list[list[float]] = unit(encoded[TEXTS[number]].states - CENTRE).tolist()
    return found


@pytest.mark.parametrize("kept", [0, 1, 3, 9])
@pytest.mark.parametrize("held", [0, 1 << 20])
def test_texts_have_the_same_vectors_in_any_company(kept: int, held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "_HELD", held)
    encoded = encode_all(ByCharacter(), TEXTS)
    states = States(TEXTS, encoded, CENTRE, kept)
    for chosen in ([0], [3, 1], [0, 1, 2, 3, 4], [2], [4, 0], []):
        assert [each.tolist() for each in states.of(chosen)] == [alone(encoded, number) for number in chosen]


def test_a_row_has_unit_length_and_nothing_stays_nothing() -> None:
    rows = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert np.allclose(rows, [[0.6, 0.8], [0, 0]])
