"""Numbers as printed: Chinese, English and Arabic numerals, the three mixed, and words that are no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deedline.find.numerals import read_number
from deedline.knowledge.fold import fold

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
SCALES = ("", "萬", "億")


def section(number: int) -> str:
    """A number below 10,000 in Chinese, 零 for each gap."""
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += DIGITS[digit] + PLACES[place]
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")


def chinese(number: int) -> str:
    """A number below a trillion in Chinese, as a cheque has it."""
    words = ""
    for scale in range(2, -1, -1):
        part = number // 10_000**scale % 10_000
        if part:
            gap = "零" if words and part < 1000 else ""
            words += gap + section(part) + SCALES[scale]
    return words


ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
ONES += ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def english(number: int) -> str:
    """A number below a million in English."""
    if number < 20:
        return ONES[number - 1]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")
    base, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % base
    joint = " and " if base == 100 or rest < 100 else " "
    return f"{english(number // base)} {name}" + (joint + english(rest) if rest else "")


@settings(deadline=None)  # the first example reads the numerals
@given(st.integers(1, 10**12 - 1))
def test_a_chinese_number_reads_as_it_was_written(number: int) -> None:
    assert read_number(fold(chinese(number)), "zh") == number


@settings(deadline=None)  # the first example reads the numerals
@given(st.integers(1, 10**6 - 1))
def test_an_english_number_reads_as_it_was_written(number: int) -> None:
    assert read_number(english(number), "en") == number


@settings(deadline=None)  # the first example reads the numerals
@given(st.integers(0, 10**9), st.sampled_from([",", " ", ""]), st.integers(0, 999))
def test_an_arabic_number_reads_with_any_separator(number: int, separator: str, thousandths: int) -> None:
    words = f"{number:,}".replace(",", separator) + f".{thousandths:03}"
    assert read_number(words, "zh") == Decimal(number) + Decimal(thousandths) / 1000


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("兩", 2),
        ("十", 10),
        ("十二", 12),
        ("廿五", 25),
        ("三百", 300),
        ("一百零五", 105),
        ("二百五", 250),
        ("兩萬五", 25_000),
        ("十萬", 100_000),
        ("二〇二四", 2024),
        ("13億2,700萬", 1_327_000_000),
        ("2億5,000萬", 250_000_000),
        ("3.4億", 340_000_000),
        ("16萬億", 16 * 10**12),
        ("三億二千萬", 320_000_000),
        ("300百萬", 300_000_000),
        ("5千", 5000),
        ("百", 100),
    ],
)
def test_mixed_numerals(words: str, number: int) -> None:
    assert read_number(fold(words), "zh") == number


@pytest.mark.parametrize("words", ["", "的", "二三十", "三千千", "五萬六萬", "三個", "12abc", "一" * 200])
def test_what_is_no_number_is_not_read(words: str) -> None:
    assert read_number(fold(words), "zh") is None


@settings(deadline=None)  # the first example reads the numerals
@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(words: str) -> None:
    for language in ("zh", "en"):
        number = read_number(words, language)
        assert number is None or number >= 0
