"""A scanned page or an image file → pictures of pages in grey, each with its size in points and a hash of its pixels.

Runs inside the confined child. What image files hold is bounded before it is decoded: pixels and pages.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from typing import Any

from deedline.errors import LimitError, ReadError
from deedline.read.pdf_sheets import picture

DPI = 200
MOST_PIXELS = 120_000_000  # of one image as stored: an A4 page at 1,000 dpi
MOST_FRAMES = 500
_LONGEST = 4000  # pixels that a picture keeps along its longer side
_FORMS = ("PNG", "JPEG", "TIFF")
_LEAST_DPI, _MOST_DPI = 50, 2400
_A4_HEIGHT = 842.0  # points, taken where an image does not say at how many dots an inch it was scanned
_DAMAGED = "{name}: is no image that can be read ({why}). Open it in a viewer and save it anew as PNG or TIFF"


def of_pdf(data: bytes, name: str) -> dict[str, Any]:
    """The picture of one page: `data` is its number in digits, a line end, and the PDF."""
    number, _, pdf = data.partition(b"\n")
    image, width, height = picture(pdf, int(number), DPI, _LONGEST)
    return _told(image, int(number), width, height, name)


def of_image(data: bytes, name: str) -> dict[str, Any]:
    """The picture of one page of an image file, with `pages`, how many it has: `data` begins as `of_pdf` has it.

    Raises ReadError where it is damaged or cut short, LimitError where it holds too many pixels or pages.
    """
    number, _, held = data.partition(b"\n")
    try:
        return _frame(held, int(number), name)
    except (MemoryError, ReadError, LimitError):
        raise
    except Exception as error:  # damaged files break decoders in many ways
        raise ReadError(_DAMAGED.format(name=name, why="damaged or cut short")) from error


def _frame(held: bytes, number: int, name: str) -> dict[str, Any]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the bound below speaks for itself
    with Image.open(io.BytesIO(held), formats=_FORMS) as image:
        pages = int(getattr(image, "n_frames", 1))
        if pages > MOST_FRAMES:
            raise LimitError(f"{name}: holds {pages:,} pages; images are read up to {MOST_FRAMES}. Split the file")
        image.seek(number - 1)
        wide, high = image.size
        if wide * high > MOST_PIXELS:
            raise LimitError(
                f"{name}: page {number} is {wide:,} by {high:,} pixels; up to {MOST_PIXELS:,} in all are read. "
                "Save it at 200 to 300 dots an inch"
            )
        dots = _dots(image)
        shown = ImageOps.exif_transpose(image)
        width, height = (edge * 72.0 / dots for edge in shown.size) if dots else _assumed(*shown.size)
        wanted = min(1.0, DPI / dots if dots else 1.0, _LONGEST / max(shown.size))
        grey = _flat(shown)
        if wanted < 1.0:
            size = (max(1, round(grey.width * wanted)), max(1, round(grey.height * wanted)))
            grey = grey.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _told(grey, number, width, height, name) | {"pages": pages}


def _dots(image: Any) -> float:
    """Dots an inch as the file says; 0 where it says none that a scanner would."""
    told = image.info.get("dpi", (0, 0))
    dots = float(told[0]) if isinstance(told, tuple) and told else 0.0
    return dots if _LEAST_DPI <= dots <= _MOST_DPI and dots not in (72.0, 96.0) else 0.0


def _assumed(wide: int, high: int) -> tuple[float, float]:
    """The size of an A4 page's longer side, so that sizes of letters come out near those printed."""
    scale = _A4_HEIGHT / max(wide, high)
    return wide * scale, high * scale


def _flat(image: Any) -> Any:
    """In grey, on white where the image lets what lies below it show."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    if image.mode.startswith(("I", "F")):  # sixteen bits a pixel or more
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("L")


def _told(image: Any, number: int, width: float, height: float, name: str) -> dict[str, Any]:
    if min(image.size) < 1:
        raise ReadError(_DAMAGED.format(name=name, why="a page without a size"))
    digest = hashlib.sha256(json.dumps([image.size, width, height]).encode())
    digest.update(image.tobytes())
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return {
        "page": number,
        "width": round(width, 2),
        "height": round(height, 2),
        "hash": digest.hexdigest(),
        "png": base64.b64encode(written.getvalue()).decode("ascii"),
    }
