"""Documents as nobody would send them: real and invented ones cut, spliced and spoiled; a number makes one mutant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

WINDOW = (
    3_000  # characters of a source that one mutant starts from; long enough for a table, short enough for thousands
)
LONG = 100_000_000


def mutant(number: int, sources: Sequence[str]) -> tuple[str, bytes]:
    """The name and bytes of mutant `number`: one kind of damage, or three of the small kinds on top of each other."""
    chance = Random(number)
    if number % 500 == 0:
        kind = list(HUGE)[number // 500 % len(HUGE)]
        return f"{number}-{kind}.txt", HUGE[kind](chance)
    if number % 10 == 0:
        kind = list(MONOTONOUS)[number // 10 % len(MONOTONOUS)]
        return f"{number}-{kind}.txt", MONOTONOUS[kind](chance)
    kinds = chance.sample(list(DAMAGE), chance.choice((1, 1, 1, 3)))
    data = window(chance, sources)
    for kind in kinds:
        data = DAMAGE[kind](chance, data, sources)
    return f"{number}-{'-'.join(kinds)}.{chance.choice(('txt', 'md'))}", data


def window(chance: Random, sources: Sequence[str]) -> bytes:
    source = chance.choice(sources)
    start = chance.randrange(max(1, len(source) - WINDOW))
    return source[start : start + chance.randint(100, WINDOW)].encode()


def truncate(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[start : start + chance.randrange(len(data) + 1)]


def splice(chance: Random, data: bytes, sources: Sequence[str]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + window(chance, sources) + data[at:]


def random_bytes(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    spoiled = bytearray(data)
    for _time in range(chance.randint(1, 50)):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def random_characters(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    text = list(data.decode("utf-8", "ignore"))
    odd = "\t\r\x0b\x0c\x1b\x85\u200b\u200f\u2028\u202e\ufeff\ue000\ufffd（）(){}[]<>|#-*•、。；年月日0123456789%億"
    for _time in range(chance.randint(1, 200)):
        text.insert(chance.randrange(len(text) + 1), chance.choice(odd))
    return "".join(text).encode()


def wrong_encoding(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-32", "big5", "big5hkscs", "gb18030", "utf-7", "utf-8-sig"))
    return data.decode("utf-8", "ignore").encode(encoding, "ignore")


def read_as_latin(_chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    return data.decode("latin-1").encode("utf-8")


def shuffled_lines(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return chance.choice((b"\n", b"\r\n", b"\r", b"\n\n", b"")).join(lines)


def repeated_lines(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], *[lines[at]] * chance.randint(2, 300), *lines[at:]])


def nul_bytes(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + b"\0" * chance.randint(1, 2000) + data[at:]


def deep_tags(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    tag = chance.choice((b"<ul>", b"<li>", b"<p>", b"</ul>", b"<table><tr><td>", b"<", b"<!--"))
    at = chance.randrange(len(data) + 1)
    return data[:at] + tag * chance.randint(10, 5000) + data[at:]


def shifted_figures(chance: Random, data: bytes, _: Sequence[str]) -> bytes:
    return bytes(chance.randrange(48, 58) if 48 <= byte <= 57 else byte for byte in data)


Damage = Callable[[Random, bytes, Sequence[str]], bytes]
DAMAGE: dict[str, Damage] = {
    step.__name__: step
    for step in (
        truncate,
        splice,
        random_bytes,
        random_characters,
        wrong_encoding,
        read_as_latin,
        shuffled_lines,
        repeated_lines,
        nul_bytes,
        deep_tags,
        shifted_figures,
    )
}

# One thing over and over, about a megabyte of it: what makes a careless pattern take for ever.
ONE_THING = (
    ("tabs", "\t"),
    ("spaces", " "),
    ("spaced-ideographs", "政 "),
    ("opening-brackets", "（"),
    ("closing-bodies", "（發展局）"),
    ("open-bodies", "（發展局、"),
    ("years", "2025年"),
    ("ranges", "2025年至"),
    ("fiscal-years", "2024-25"),
    ("digits", "7"),
    ("grouped-digits", "7 777 "),
    ("numerals", "一百二十"),
    ("quotes", "「"),
    ("titles", "《》"),
    ("bullets", "- \n"),
    ("indented-bullets", "    - 推出\n"),
    ("numbers", "1.1.1."),
    ("hashes", "#"),
    ("pipes", "|"),
    ("rows", "1\t推出\t發展局\t符合進度\n"),
    ("list-items", "<li>推出"),
    ("blank-lines", "\n"),
    ("bodies", "發展局"),
    ("letters", "a"),
    ("words", "by the end of "),
    ("carriage-returns", "\r"),
)


def _monotonous(unit: str) -> Callable[[Random], bytes]:
    def make(chance: Random) -> bytes:
        size = chance.choice((1_000, 30_000, 1_000_000))
        return ("- 推出" + unit * (size // len(unit.encode())) + chance.choice(("", "。\n", "（發展局）\n"))).encode()

    return make


MONOTONOUS = {name: _monotonous(unit) for name, unit in ONE_THING}

HUGE: dict[str, Callable[[Random], bytes]] = {
    "long-line": lambda chance: b"a" * LONG,
    "long-line-of-measures": lambda chance: "在2025年內推出計劃（發展局）".encode() * (LONG // 40),
    "line-within-the-limit": lambda chance: "在2025年內推出計劃（發展局）".encode() * (4_000_000 // 40),
    "many-lines": lambda chance: "- 在2025年內推出計劃（發展局）\n".encode() * (4_000_000 // 43),
    "million-tabs": lambda chance: b"1" + b"\t" * 1_000_000 + b"2\n",
    "deepest-tags": lambda chance: b"1\t" + b"<ul><li>" * 200_000 + b"\n",
}
