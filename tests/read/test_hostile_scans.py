"""Scans and images that mean harm, and damaged ones, end in blocks or in a message that names them.

Pages are drawn as ever, in children with their limits; what is drawn counts as recognised blank, as recognising takes
seconds a page and only ever sees a picture of bounded size. One shape is recognised in full.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from io import BytesIO

import pytest

from deedline.errors import InputError
from deedline.read import confined, read_document, scans
from tests import forked
from tests.read.hostile import pdf
from tests.soak.mutate_pdf import damaged_pdf, stream

pytestmark = [
    pytest.mark.skipif(not scans.engine(), reason="rapidocr is absent (pip install deedline[ocr])"),
    pytest.mark.skipif(sys.platform != "linux", reason="children by fork and their walls are Linux's"),
]
MUTANTS = 20
OVER_ALL = b"q 612 0 0 792 0 0 cm /X Do Q"


class _Blank(MutableMapping[str, bytes]):
    """Holds a page without words for every picture, and how many were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getitem__(self, key: str) -> bytes:
        self.asked.append(key)
        page = {"width": 612.0, "height": 792.0, "turned": 0, "glyphs": [], "unsure": 0}
        return json.dumps(page | {"dots": [], "rules": [], "grids": []}).encode()

    def __contains__(self, key: object) -> bool:
        return True

    def __setitem__(self, key: str, value: bytes) -> None:
        raise AssertionError(key)

    __delitem__ = __setitem__  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Blank]:
    import PIL.Image  # noqa: F401 - so that each child need not
    import pypdfium2  # noqa: F401

    monkeypatch.setattr(confined, "run_child", forked.run_child)
    store = _Blank()

    @contextmanager
    def keep() -> Iterator[_Blank]:
        yield store

    with scans.keeping_readings(keep):
        yield store


def _scan(entries: bytes, held: bytes, words: bytes = OVER_ALL, page: bytes = b"", images: int = 1) -> bytes:
    """A page that is one picture, or many, with these entries and bytes."""
    picture = stream(held, b"/Type /XObject /Subtype /Image " + entries)
    return pdf(words, page=page, extra={6 + n: picture for n in range(images)})


def _grey(wide: int, high: int, bits: int = 8) -> bytes:
    return b"/Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent %d" % (wide, high, bits)


def _packed(wide: int, high: int, bits: int = 8) -> tuple[bytes, bytes]:
    return _grey(wide, high, bits) + b" /Filter /FlateDecode", zlib.compress(bytes(wide * high * bits // 8))


def _jpeg(kept: float) -> bytes:
    from PIL import Image

    held = BytesIO()
    Image.effect_noise((400, 500), 60).save(held, "JPEG")
    return held.getvalue()[: int(len(held.getvalue()) * kept)]


def _png(wide: int, high: int) -> bytes:
    """A PNG that claims this size and holds hardly a pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def _tiff_in_a_circle() -> bytes:
    """A TIFF whose list of pages leads back to its first."""
    tags = [(256, 4, 1), (257, 4, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 0), (278, 4, 1), (279, 4, 1)]
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + body + struct.pack("<I", 8)


TINY = b" ".join(b"q 8 0 0 8 %d %d cm /X Do Q" % (8 * (n % 76), 8 * (n // 76)) for n in range(7000))
SHAPES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "twenty thousand by twenty thousand": ("a.pdf", lambda: _scan(*_packed(20_000, 20_000, 1))),
    "a claim of a thousand million pixels": ("a.pdf", lambda: _scan(_grey(2_000_000_000, 2_000_000_000), b"\0" * 99)),
    "sizes below nothing": ("a.pdf", lambda: _scan(_grey(-5, -5), b"\0" * 99)),
    "a page the size of a town": ("a.pdf", lambda: _scan(*_packed(9, 9), page=b"/MediaBox [0 0 9999999 9999999]")),
    "a page as thin as a hair": ("a.pdf", lambda: _scan(*_packed(9, 9), page=b"/MediaBox [0 0 9999999 0.001]")),
    "a page without a size": ("a.pdf", lambda: _scan(*_packed(9, 9), page=b"/MediaBox [0 0 0 0]")),
    "one pixel": ("a.pdf", lambda: _scan(*_packed(1, 1))),
    "seven thousand pictures": ("a.pdf", lambda: _scan(*_packed(2, 2), words=OVER_ALL + b" " + TINY)),
    "a JPEG cut short": ("a.pdf", lambda: _scan(_grey(400, 500) + b" /Filter /DCTDecode", _jpeg(0.4))),
    "a JPEG of other sizes": ("a.pdf", lambda: _scan(_grey(40_000, 50_000) + b" /Filter /DCTDecode", _jpeg(1))),
    "a JBIG2 of nothing": ("a.pdf", lambda: _scan(_grey(400, 500, 1) + b" /Filter /JBIG2Decode", b"\0\0\0\1\x30" * 9)),
    "a JPEG 2000 cut short": (
        "a.pdf",
        lambda: _scan(_grey(4, 4) + b" /Filter /JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n"),
    ),
    "a fax without an end": (
        "a.pdf",
        lambda: _scan(_grey(9999, 9999, 1) + b" /Filter /CCITTFaxDecode", b"\xff" * 9999),
    ),
    "a PNG that claims the world": ("a.png", lambda: _png(2**31 - 1, 2**31 - 1)),
    "a PNG of hardly a pixel": ("a.png", lambda: _png(3000, 3000)),
    "a TIFF in a circle": ("a.tiff", _tiff_in_a_circle),
}


def _met(name: str, data: bytes) -> str:
    """The message that reading ends in; empty where it is read."""
    try:
        read_document(data, name)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("shape", SHAPES)
def test_a_scan_that_means_harm_is_read_or_refused_in_words(shape: str, blank: _Blank) -> None:
    name, make = SHAPES[shape]
    told = _met(name, make())
    assert told == "" or re.match(rf"{re.escape(name)}(, page 1)?: \S", told), told
    assert len(blank.asked) <= 1


@pytest.mark.parametrize("shape", [shape for shape, (name, _) in SHAPES.items() if name == "a.pdf"])
@pytest.mark.usefixtures("blank")
def test_what_is_drawn_of_a_scan_is_bounded(shape: str) -> None:
    from PIL import Image

    drawn: dict[str, str] = {}
    with suppress(InputError):  # whose message the test above holds
        drawn = scans._drawn(SHAPES[shape][1](), "a.pdf", "of_pdf", 1)
    if drawn:
        with Image.open(BytesIO(base64.b64decode(drawn["png"]))) as picture:
            assert 0 < min(picture.size) <= max(picture.size) <= 4001


def test_a_scan_without_words_is_recognised_to_its_end() -> None:
    assert re.match(r"a\.pdf: \S", _met("a.pdf", SHAPES["one pixel"][1]()))


def test_damaged_scans_are_read_or_refused_in_words(blank: _Blank) -> None:
    whole = _scan(_grey(400, 500) + b" /Filter /DCTDecode", _jpeg(1))
    told = [_met("a.pdf", damaged_pdf(number, whole)) for number in range(MUTANTS)]
    assert [each for each in told if each and not re.match(r"a\.pdf(, page 1)?: \S", each)] == []
    assert 0 < len(blank.asked) < MUTANTS  # some are drawn, some cannot be
