"""PDFs as nobody would send them: objects dropped, doubled and swapped, references led astray, streams spoiled."""

from __future__ import annotations

import re
import zlib
from random import Random

_OBJECT = re.compile(rb"(?<!\d)(\d{1,7}) 0 obj\b(.*?)\bendobj", re.S)
_STREAM = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*?)\r?\nendstream", re.S)
_REFERENCE = re.compile(rb"(?<!\d)\d{1,7} 0 R\b")
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"-99999999999999999999", b"0.0000001", b"1e9", b"null")
_FILTERS = (b"/FlateDecode", b"/LZWDecode", b"/ASCIIHexDecode", b"/ASCII85Decode", b"/RunLengthDecode", b"/DCTDecode")


def damaged_pdf(number: int, data: bytes) -> bytes:
    """Mutant `number` of a PDF: damage to its objects and their streams, to its bytes, or to both."""
    chance = Random(number)
    if chance.random() < 0.85:
        data = _damage_objects(chance, data)
    if chance.random() < 0.3:
        data = _damage_bytes(chance, data)
    return data


def written(objects: dict[int, bytes], *, root: int = 1, cross: bool = True) -> bytes:
    """A PDF of these objects, with a table of where they stand, or without one, which readers then make anew."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body.strip() + b"\nendobj\n"
    start, size = len(out), max(objects, default=0) + 1
    if cross:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start if cross else 0)
    return bytes(out)


def stream(words: bytes, entries: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<< /Length %d %s >>\nstream\n" % (len(words), entries) + words + b"\nendstream"


def objects_of(data: bytes) -> dict[int, bytes]:
    """A PDF's objects by their numbers, as far as they stand in it unpacked."""
    return {int(number): body for number, body in _OBJECT.findall(data)}


def _damage_objects(chance: Random, data: bytes) -> bytes:
    objects = objects_of(data)
    root = next((number for number, body in objects.items() if b"/Catalog" in body), 1)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        chosen = chance.choice(list(objects)) if objects else 1
        kind = chance.randrange(10)
        if kind == 0:
            objects.pop(chosen, None)
        elif kind == 1 and objects:
            objects[chosen] = objects[chance.choice(list(objects))]
        elif kind == 2:
            objects[chance.randrange(1, 200)] = objects.get(chosen, b"null")
        elif objects.get(chosen):
            objects[chosen] = _damage_body(chance, objects[chosen], list(objects), kind)
    return written(objects, root=root, cross=chance.random() < 0.8)


def _damage_body(chance: Random, body: bytes, numbers: list[int], kind: int) -> bytes:
    if (found := _STREAM.search(body)) and kind >= 6:
        return _damage_stream(chance, found[1], found[2])
    if kind <= 4:  # where it leads; to itself, too
        return _some(chance, _REFERENCE, body, lambda _: b"%d 0 R" % chance.choice([*numbers, 0, 999]))
    if kind <= 7:
        return _some(chance, _NUMBER, body, lambda _: chance.choice(_ODD_NUMBERS))
    names = _NAME.findall(body) or [b"/X"]
    return _some(chance, _NAME, body, lambda _: chance.choice([*names, b"/Pages", b"/Page", b"/Kids", b"/Font"]))


def _damage_stream(chance: Random, entries: bytes, held: bytes) -> bytes:
    """The stream unpacked where it can be, its operators and numbers spoiled, and packed some other way."""
    try:
        words = zlib.decompress(held)
    except zlib.error:
        words = held
    kind = chance.randrange(5)
    if kind == 0:
        words = _some(chance, _NUMBER, words, lambda _: chance.choice(_ODD_NUMBERS))
    elif kind == 1:
        parts = words.split()
        chance.shuffle(parts)
        words = b" ".join(parts)
    elif kind == 2:
        words = words * chance.choice((2, 30))
    elif kind == 3:
        words = words[: chance.randrange(len(words) + 1)]
    else:
        words = _damage_bytes(chance, words)
    kept = re.sub(rb"/(Filter\s*/\w+|Length\s+\d+)", b"", entries[2:-2])
    if chance.random() < 0.5:
        return stream(words, kept)
    filters = b" ".join(chance.choice(_FILTERS) for _ in range(chance.choice((1, 1, 3))))
    return stream(chance.choice((zlib.compress(words), words)), kept + b"/Filter [%s]" % filters)


def _some(chance: Random, pattern: re.Pattern[bytes], body: bytes, change: object) -> bytes:
    """One hit in three changed."""
    return pattern.sub(lambda found: change(found) if chance.random() < 0.34 else found[0], body)  # type: ignore[operator]


def _damage_bytes(chance: Random, data: bytes) -> bytes:
    if chance.random() < 0.2:
        return data[: chance.randrange(len(data) + 1)]
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)
