"""Text in whichever encoding, or a message that says where it breaks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import DeedlineError, ReadError
from deedline.read.decode import decode, demand_words

WORDS = "在2025年內完成公共服務電子化，並推出新的市民平台。政府會繼續優化各項措施。" * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "big5hkscs", "gb18030"])
def test_the_words_come_back_from_every_encoding_in_use(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == WORDS


def test_nul_bytes_are_refused_with_their_line() -> None:
    with pytest.raises(ReadError, match=r"a\.txt, line 2: holds NUL bytes"):
        decode("一\n二\x00".encode(), "a.txt")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_clear_error(data: bytes) -> None:
    assert read_or_refused(data).startswith(("text: ", "a.txt"))


def read_or_refused(data: bytes) -> str:
    try:
        return "text: " + decode(data, "a.txt")
    except DeedlineError as error:
        return str(error)


@pytest.mark.parametrize(
    "noise", [bytes(range(1, 32)) * 9, "字\ufffd".encode() * 50, ("text " * 40 + "\x01\x02\x03\x04\x05").encode()]
)
def test_noise_is_no_text(noise: bytes) -> None:
    with pytest.raises(ReadError, match="looks like noise"):
        demand_words(decode(noise, "noise.txt"), "noise.txt")


def test_random_bytes_are_refused_in_one_way_or_another() -> None:
    for seed in range(20):
        noise = random.Random(seed).randbytes(5000)
        with pytest.raises(ReadError):
            demand_words(decode(noise, "noise.txt"), "noise.txt")


def test_figures_without_a_word_are_no_text() -> None:
    with pytest.raises(ReadError, match="holds no word"):
        demand_words("12 34 … 56\n", "figures.txt")


@pytest.mark.parametrize("text", ["一、增加房屋。\f\n二", "\ue4c6 a bullet of another font\t1", "a\x1a", "Ωμέγα"])
def test_texts_as_converters_leave_them_are_texts(text: str) -> None:
    demand_words(text, "text.txt")
