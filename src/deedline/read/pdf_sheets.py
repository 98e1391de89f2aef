"""A PDF's pages → glyphs, strokes and pictures with their places. With `pdf_strokes`, all that knows pypdfium2.

Places are in points from the top left corner of the page as it is shown, rotation undone; a glyph's `base` is its
baseline. Runs inside the confined child.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deedline.errors import LimitError, ReadError
from deedline.read.pdf_strokes import Frame, Stroke, strokes_of

MAX_PAGES = 5_000
MAX_GLYPHS_A_PAGE = 200_000
MAX_GLYPHS = 20_000_000
_BOLD = re.compile(r"bold|black|heavy|semibd|demi|[-,]b$|-w[6-9]\b", re.I)
_SYMBOLS = re.compile(r"wingdings|webdings", re.I)  # fonts whose letters are pictures, whatever the file calls them
_MOST_SYMBOLS = 20  # of a page that has hardly a letter
_HYPHEN = 2  # pdfium's mark for a hyphen at a line's end
_FORCE_BOLD = 1 << 18
_DAMAGED = "{name}: is no PDF that can be opened ({why}). Open it in a reader and save it anew, or add its text"


class Glyph(NamedTuple):
    """One character: left and right edge, baseline, size in points as shown, the character, whether bold; and how sure
    the machine is that recognised it, from 0 to 1, None where it was printed as a character."""

    left: float
    right: float
    base: float
    size: float
    char: str
    bold: bool
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. `pictured` is the share of it that its largest picture covers; `unread` how many glyphs name no
    character; `unsure` how many lines of a scan could not be read."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(repr=False)
    strokes: list[Stroke] = field(repr=False)
    pictured: float = 0.0
    unread: int = 0
    unsure: int = 0


def open_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The pages in order. Raises ReadError for a damaged, empty or locked file, LimitError over the limits."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data, password="")  # what is locked against changes only opens without a word
    except pdfium.PdfiumError as error:
        raise _refusal(name, str(error)) from error
    count = len(pdf)
    if count == 0:
        raise ReadError(_DAMAGED.format(name=name, why="it has no pages"))
    if count > MAX_PAGES:
        raise LimitError(f"{name}: claims {count:,} pages; up to {MAX_PAGES:,} are read. Split the file")
    total = 0
    for index in range(count):
        try:
            page = pdf[index]
        except pdfium.PdfiumError as error:
            why = f"page {index + 1} of {count} cannot be loaded"
            raise ReadError(_DAMAGED.format(name=name, why=why)) from error
        sheet = _sheet(page, index + 1, name)
        page.close()
        total += len(sheet.glyphs)
        if total > MAX_GLYPHS:
            raise LimitError(f"{name}: holds more than {MAX_GLYPHS:,} characters by page {index + 1}. Split the file")
        yield sheet
    pdf.close()


def picture(data: bytes, number: int, dots: float, longest: int) -> tuple[Any, float, float]:
    """A page drawn in grey at `dots` an inch, or fewer where its longer side would have more than `longest`; its width
    and height in points."""
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(data, password="")
    page = pdf[number - 1]
    width, height = page.get_size()
    scale = min(dots / 72, longest / max(width, height, 1.0))
    image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    page.close()
    pdf.close()
    return image, width, height


def _refusal(name: str, told: str) -> ReadError:
    if "password" in told.lower() or "security" in told.lower():
        return ReadError(f"{name}: is locked with a password. Save a copy without one, then add that")
    return ReadError(_DAMAGED.format(name=name, why="damaged or cut short"))


def _sheet(page: Any, number: int, name: str) -> Sheet:
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, page.get_rotation())
    glyphs, unread = _glyphs(page, frame, f"{name}, page {number}")
    strokes, pictured = strokes_of(page, frame)
    return Sheet(number, *frame.size, glyphs, strokes, pictured, unread)


def _glyphs(page: Any, frame: Frame, where: str) -> tuple[list[Glyph], int]:
    """The page's characters as they were drawn, upright ones only, and how many name no character."""
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_GLYPHS_A_PAGE:
        raise LimitError(f"{where}: holds {count:,} characters; up to {MAX_GLYPHS_A_PAGE:,} a page are read")
    glyphs, unread = _drawn(text, count, frame)
    text.close()
    named = [glyph for glyph in glyphs if not _is_private(glyph.char)]
    if len(glyphs) - len(named) > max(len(named), _MOST_SYMBOLS):  # a font that numbers its letters, not bullets
        return named, unread + len(glyphs) - len(named)
    return glyphs, unread


def _drawn(text: Any, count: int, frame: Frame) -> tuple[list[Glyph], int]:
    """The first `count` characters of a page's text where they were drawn, and how many name no character."""
    from pypdfium2 import raw

    x, y, rect = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    styles: dict[int | None, tuple[float, bool, bool, bool]] = {}
    glyphs: list[Glyph] = []
    last: tuple[int | None, float, float] | None = None
    unread = together = 0
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        if code in (10, 13) or raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        drawn = raw.FPDFText_GetTextObject(text, i)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in styles:
            styles[key] = _style(drawn, frame)
        size, bold, upright, symbols = styles[key]
        if not upright or size <= 0:
            continue
        if not _is_character(code) or raw.FPDFText_HasUnicodeMapError(text, i) == 1:
            unread += 1
            continue
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        raw.FPDFText_GetLooseCharBox(text, i, rect)
        box = frame.box([(rect.left, rect.bottom), (rect.right, rect.top)])
        base = frame.place(x.value, y.value)[1]
        char = "-" if code == _HYPHEN else chr(code + 0xF000 if symbols and 32 < code < 256 else code)
        here = (key, x.value, y.value)
        together = together + 1 if here == last else 1
        last = here
        glyphs.append(Glyph(box.left, box.right, base, size, char, bold))
        if together > 1:
            glyphs[-together:] = _spelt(glyphs[-together:])
    return glyphs, unread


def _spelt(letters: Sequence[Glyph]) -> list[Glyph]:
    """The letters of a ligature side by side in its place: pdfium may give each of them the whole of it."""
    left = letters[0].left
    wide = (max(glyph.right for glyph in letters) - left) / len(letters)
    return [glyph._replace(left=left + n * wide, right=left + (n + 1) * wide) for n, glyph in enumerate(letters)]


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def _is_character(code: int) -> bool:
    """Whether a code is a character: no control but a tab and the hyphen's mark, no half of a pair, no stand-in."""
    if code < 32:
        return code in (_HYPHEN, 9)
    return not (0xD800 <= code < 0xE000 or 0xFFFD <= code <= 0xFFFF or code > 0x10FFFF)


def _style(drawn: Any, frame: Frame) -> tuple[float, bool, bool, bool]:
    """Size as shown, whether bold, whether it runs from left to right, whether its font holds symbols in the places of
    letters, of the characters of one text object."""
    from pypdfium2 import raw

    matrix, size = raw.FS_MATRIX(), ctypes.c_float()
    if not drawn or not raw.FPDFPageObj_GetMatrix(drawn, matrix) or not raw.FPDFTextObj_GetFontSize(drawn, size):
        return 0.0, False, False, False
    (ox, oy), (ax, ay) = frame.place(0.0, 0.0), frame.place(matrix.a, matrix.b)
    along, across = ax - ox, ay - oy
    upright = along > 0 and abs(across) <= 0.1 * along
    shown = abs(size.value) * (matrix.c**2 + matrix.d**2) ** 0.5
    font = raw.FPDFTextObj_GetFont(drawn)
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, buffer, 128)
    named = buffer.value.decode("utf-8", "replace")
    bold = bool(_BOLD.search(named)) or raw.FPDFFont_GetFlags(font) & _FORCE_BOLD != 0
    return shown, bold, upright, bool(_SYMBOLS.search(named))
