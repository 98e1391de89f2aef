"""Bytes → text: which encoding, by evidence; never with characters silently lost."""

from __future__ import annotations

import unicodedata

from deedline.errors import LimitError, ReadError

MAX_BYTES = 64 * 1024 * 1024
MAX_CHARACTERS = 5_000_000  # of one document, whatever its format: finding takes minutes, and some 200 bytes for each
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE = 256 * 1024
_NOISE = frozenset({"Cc", "Cn", "Cs"})  # not private use, where converted bullets stand
_LAID_OUT = frozenset("\t\n\v\f\r\x1a\x1c\x85")
_MOST_NOISE = 0.02  # of the characters; texts have none, bytes taken for text some tenth
_LIKELY = ["big5hkscs", "gb18030", "big5", "cp1252", "shift_jis", "euc_kr"]


def decode(data: bytes, name: str) -> str:
    """The text of a file, its lines ended by LF alone as Python reads text, so that all count the same lines.

    UTF-8 and marked UTF-16/32 are taken at their word; else the likeliest of the encodings that Chinese and English
    documents use, judged on the first 256 KiB. Raises LimitError over 64 MiB, ReadError where the bytes are no text.
    """
    if len(data) > MAX_BYTES:
        raise LimitError(
            f"{name}: {len(data):,} bytes; text files are read up to {MAX_BYTES:,}. Split the file, or convert it again"
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_plain_line_ends(_strict(data, encoding, name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _guess(data, name, error)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise ReadError(f"{name}, line {line}: holds NUL bytes, so it is no text file. Give the text or its original")
    return _with_plain_line_ends(text)


def demand_words(text: str, name: str) -> None:
    """ReadError where the text is noise: control characters and such as nobody knows, or no letter at all.

    Bytes that are no text often decode all the same; judged on the first 256 Ki characters.
    """
    sample = text[:_SAMPLE]
    noise = sum(not ch.isprintable() and unicodedata.category(ch) in _NOISE and ch not in _LAID_OUT for ch in sample)
    noise += sample.count("\ufffd")
    if noise > _MOST_NOISE * len(sample):
        raise ReadError(
            f"{name}: looks like noise, no text: {noise / len(sample):.0%} of its characters are control characters or "
            "none that are known. Give the text, or the file that it was made from"
        )
    if not any(map(str.isalpha, sample)):
        raise ReadError(f"{name}: holds no word, in no script. Give the text, or the file that it was made from")


def check_size(characters: int, name: str) -> None:
    """LimitError where a document's text is longer than is searched."""
    if characters > MAX_CHARACTERS:
        raise LimitError(
            f"{name}: holds {characters:,} characters; documents are read up to {MAX_CHARACTERS:,}. Split the file"
        )


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: marked as {encoding} but broken at byte {error.start}. Save it again as UTF-8"
        ) from error


def _guess(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_LIKELY, threshold=0.2).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    line = data.count(b"\n", 0, error.start) + 1
    raise ReadError(
        f"{name}, line {line}: not UTF-8 (byte {error.start}) and no other encoding fits. Save it as UTF-8, then add it"
    )
