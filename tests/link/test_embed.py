"""Encodings: kept small, the same with and without a store, the same in any company."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from deedline.link import aside, embed
from deedline.link.aside import Aside
from deedline.link.embed import default_embedder, encode_all, packed, unpacked
from deedline.link.texts import action_patterns
from tests.link.pairs import ByCharacter


def test_what_is_packed_comes_back_nearly_whole() -> None:
    (encoding,) = ByCharacter().encode(["渡輪服務中心"])
    back = unpacked(packed(encoding))
    assert (back.ids == encoding.ids).all()
    assert np.abs(back.states - encoding.states).max() <= np.abs(encoding.states).max() / 127


def test_a_text_without_tokens_packs_too() -> None:
    (encoding,) = ByCharacter().encode([""])
    assert unpacked(packed(encoding)).states.shape == (0, ByCharacter.width)


def test_a_store_changes_nothing_but_the_work() -> None:
    store: dict[str, bytes] = {}
    first, second, alone = ByCharacter(), ByCharacter(), ByCharacter()
    texts = ["渡輪", "街燈", "渡輪"]
    kept = encode_all(first, texts, store)
    again = encode_all(second, texts, store)
    plain = encode_all(alone, texts)
    assert (first.asked, second.asked, len(store)) == (2, 0, 2)
    for text in texts:
        assert (kept[text].states == again[text].states).all()
        assert (kept[text].states == plain[text].states).all()


def test_what_memory_does_not_hold_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    held = encode_all(ByCharacter(), ["渡輪", "街燈"])
    monkeypatch.setattr(embed, "_HELD", 0)
    monkeypatch.setattr(embed, "_TOGETHER", 1)
    read = encode_all(ByCharacter(), ["渡輪", "街燈"])
    assert {text: encoding.states.tolist() for text, encoding in read.items()} == {
        text: encoding.states.tolist() for text, encoding in held.items()
    }


def test_what_is_put_aside_comes_back() -> None:
    file = Aside()
    places = [file.put(data) for data in (b"one", b"", b"three")]
    assert None not in places
    assert [file.get(place) for place in reversed(places) if place] == [b"three", b"", b"one"]


def test_where_nothing_can_be_put_aside_the_store_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(embed, "_HELD", 0)
    usual = encode_all(ByCharacter(), ["渡輪"])
    monkeypatch.setattr(aside, "TemporaryFile", refuse)
    store: dict[str, bytes] = {}
    assert (encode_all(ByCharacter(), ["渡輪"], store)["渡輪"].states == usual["渡輪"].states).all()
    assert len(store) == 1


def test_another_model_is_not_served_from_the_store() -> None:
    store: dict[str, bytes] = {}
    encode_all(ByCharacter(), ["渡輪"], store)
    other = ByCharacter()
    other.name = "another"
    encode_all(other, ["渡輪"], store)
    assert other.asked == 1


def test_kinds_of_action_are_told_apart() -> None:
    named = {pattern.name: pattern.regex for pattern in action_patterns()}
    assert named["study"].search("研究设立基金")
    assert not named["study"].search("设立基金")


class TestDefaultModel:
    @pytest.fixture(scope="class")
    @staticmethod
    def vectors() -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
        texts = ["設立渡輪服務中心", "Set up a ferry service centre", "栽種五千株樹木", "Plant five thousand trees", ""]
        encodings = encode_all(default_embedder(1), texts)
        return {text: encoding.states.mean(axis=0) for text, encoding in encodings.items() if len(encoding.ids)}

    def test_chinese_and_english_share_one_space(
        self, vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]
    ) -> None:
        def cosine(one: str, other: str) -> float:
            a, b = vectors[one], vectors[other]
            return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

        assert cosine("設立渡輪服務中心", "Set up a ferry service centre") > cosine(
            "設立渡輪服務中心", "Plant five thousand trees"
        )
        assert cosine("栽種五千株樹木", "Plant five thousand trees") > cosine(
            "栽種五千株樹木", "Set up a ferry service centre"
        )

    def test_a_text_is_encoded_alike_in_any_company(self) -> None:
        alone = default_embedder(1).encode(["設立渡輪服務中心"])[0]
        among = default_embedder(2).encode(["街燈", "設立渡輪服務中心", "栽種五千株樹木" * 40])[1]
        assert (alone.states == among.states).all()

    def test_texts_of_one_length_do_not_change_each_other(self) -> None:
        model = default_embedder(1)
        texts = [f"在第{number}區栽種樹木" for number in "一二三四五六七八九"]
        for text, encoding in zip(texts, model.encode(texts * 5), strict=False):
            assert (model.encode([text])[0].states == encoding.states).all()

    def test_a_text_beyond_the_model_s_reach_is_cut_not_refused(self) -> None:
        (encoding,) = default_embedder(1).encode(["渡輪服務" * 2000])
        assert 0 < len(encoding.ids) <= 512

    def test_the_model_is_loaded_when_a_text_is_first_encoded(self) -> None:
        program = "import sys; from deedline.link.embed import default_embedder; model = default_embedder(1); "
        program += "model.encode([]); print(model.width, 'onnxruntime' in sys.modules)"
        told = subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True).stdout
        assert told.split() == ["384", "False"]
