"""Text in whichever encoding, or a message that says where it breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import DeedlineError, ReadError
from deedline.read.decode import decode

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
