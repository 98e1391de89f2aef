"""The picture of a page → its lines of characters with places and confidence, its small discs and its rules.

The only module that knows the recognition engine (RapidOCR, with the models that its package carries). Runs inside
the confined child. Places are in points from the top left corner of the page set upright.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from deedline.read.scan_marks import find_marks

THREADS = 2  # always as many: sums in another order could turn a close call
_SIDE = 1280  # pixels of the longer side in which lines are looked for; characters are read at full size
_SEEN = 0.5  # confidence below which what was seen is taken for no words
_POOR = 0.8  # mean confidence below which the page is tried the other way round
_MOST_LEAN = 5.0  # degrees
_BULLETS = str.maketrans("·●∙・‧", "•••••")
_TALLEST = frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZbdfhkl0123456789")
_IDEOGRAPH_INK, _CAPITAL_INK, _BELOW = 0.9, 0.73, 0.08  # of a size: ink of ideographs, of capitals, below the base


def recognise(data: bytes, name: str) -> dict[str, Any]:  # noqa: ARG001
    """What a page says: `data` is a line of JSON with its width and height in points, and the picture as PNG.

    Gives width, height, `turned` (degrees, clockwise), `glyphs` [left, right, base, size, character, confidence],
    `unsure` (how many lines were seen but not read), `dots`, `rules` and `grids`.
    """
    from PIL import Image

    head, _, png = data.partition(b"\n")
    told = json.loads(head)
    picture = np_array(Image.open(io.BytesIO(png)))
    turned, picture, lines = _upright(picture)
    width, height = told["width"], told["height"]
    if turned in (90, 270):
        width, height = height, width
    scale = width / picture.shape[1]
    seen = [line for line in lines if line["sure"] >= _SEEN]
    marks = find_marks(picture, scale)
    return {
        "width": width,
        "height": height,
        "turned": turned,
        "glyphs": [glyph for line in seen for glyph in _glyphs(line, scale, marks.ink)],
        "unsure": len(lines) - len(seen),
        "dots": marks.dots,
        "rules": marks.rules,
        "grids": marks.grids,
    }


def version() -> str:
    """The engine, its version and that of how it is used here: what the reading of a page follows from."""
    from importlib.metadata import version as of

    return f"rapidocr {of('rapidocr')}, onnxruntime {of('onnxruntime')}, 1"


def np_array(image: Any) -> Any:
    """A picture as rows of grey."""
    import numpy as np

    return np.asarray(image.convert("L"))


def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # it turns single lines, some wrongly; whole pages are turned here
            "Global.text_score": 0.0,
            "Global.max_side_len": 4000,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "Det.limit_type": "max",
            "Det.limit_side_len": _SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _upright(picture: Any) -> tuple[int, Any, list[dict[str, Any]]]:
    """The page as it is to be read: how far it was turned, its picture made straight, its lines."""
    import numpy as np

    engine = _engine()
    straight = _straightened(picture)
    lines = _lines(engine, straight)
    if not lines:
        return 0, straight, lines
    best = 0, straight, lines
    if sum(line["tall"] for line in lines) > len(lines) / 2:  # lying on its side: one way or the other
        sides = [90, 270]
    elif _mean(lines) < _POOR:
        sides = [180]
    else:
        return best
    for turned in sides:
        tried = _straightened(np.ascontiguousarray(np.rot90(picture, -turned // 90)))
        found = _lines(engine, tried)
        if found and (_mean(found), turned) > (_mean(best[2]) if best[0] or turned == 180 else 0.0, 0):
            best = turned, tried, found
        if _mean(best[2]) >= _POOR and best[0]:
            break
    return best


def _mean(lines: Sequence[dict[str, Any]]) -> float:
    """The mean confidence of lines, each as often as it has characters."""
    total = sum(len(line["text"]) for line in lines)
    return sum(line["sure"] * len(line["text"]) for line in lines) / total if total else 0.0


def _lines(engine: Any, picture: Any) -> list[dict[str, Any]]:
    """The lines that the engine finds: text, confidence, box in pixels, and the box of each character."""
    import cv2

    found = engine(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    if found.txts is None or found.boxes is None:
        return []
    lines = []
    for text, sure, corners, parts in zip(found.txts, found.scores, found.boxes, found.word_results, strict=True):
        if not text.strip():
            continue
        left, top = (float(min(corner[i] for corner in corners)) for i in (0, 1))
        right, bottom = (float(max(corner[i] for corner in corners)) for i in (0, 1))
        tall = bottom - top > 1.5 * (right - left) and len(text.strip()) > 1
        box = (left, top, right, bottom)
        lines.append({"text": text, "sure": round(float(sure), 4), "box": box, "tall": tall, "parts": parts})
    return lines


def _straightened(picture: Any) -> Any:
    """The picture turned by the few degrees at which its lines lie level: where the ink of rows differs most."""
    import cv2
    import numpy as np

    scale = 800 / max(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    ink = 255 - small

    def contrast(angle: float) -> float:
        return float(np.diff(_turned(ink, angle, 0).sum(axis=1, dtype=np.float64)).var())

    coarse = max((step / 2 for step in range(int(-2 * _MOST_LEAN), int(2 * _MOST_LEAN) + 1)), key=contrast)
    lean = max((coarse + step / 10 for step in range(-4, 5)), key=contrast)
    return picture if abs(lean) < 0.15 or contrast(lean) <= 1.02 * contrast(0.0) else _turned(picture, lean, 255)


def _turned(picture: Any, angle: float, ground: int) -> Any:
    import cv2

    high, wide = picture.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return cv2.warpAffine(picture, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=ground)


def _glyphs(line: dict[str, Any], scale: float, ink: Any) -> Iterator[list[Any]]:
    """A line's characters with their places; a blank that it prints between words as one."""
    parts = _characters(line)
    size, base = _set(parts, line["box"], ink)
    level = [round(base * scale, 2), round(size * scale, 2)]
    last = line["box"][0]
    waiting = iter(parts)
    for char in line["text"].strip().translate(_BULLETS):
        if char.isspace():
            yield [round(last * scale, 2), round(last * scale, 2), *level, " ", line["sure"]]
            continue
        _, left, right = next(waiting, ("", last, last))
        yield [round(left * scale, 2), round(right * scale, 2), *level, char, line["sure"]]
        last = right


def _characters(line: dict[str, Any]) -> list[tuple[str, float, float]]:
    """The characters but blanks, each with its left and right edge in pixels; spread evenly where the engine's count
    of places is not that of its characters."""
    left, _, right, _ = line["box"]
    text = [char for char in line["text"] if not char.isspace()]
    places = [(min(x for x, _ in box), max(x for x, _ in box)) for word, _, box in line["parts"] if word.strip()]
    if len(places) != len(text) or any(len(word.strip()) != 1 for word, _, _ in line["parts"] if word.strip()):
        step = (right - left) / len(text)
        places = [(left + i * step, left + (i + 1) * step) for i in range(len(text))]
    return [(char, float(start), float(end)) for char, (start, end) in zip(text, places, strict=True)]


def _set(
    parts: Sequence[tuple[str, float, float]], box: tuple[float, float, float, float], ink: Any
) -> tuple[float, float]:
    """The size that a line is set in and its baseline, in pixels, from the ink of its characters."""
    sizes: list[float] = []
    bases: list[float] = []
    top, bottom = int(box[1]), int(box[3]) + 1
    for wide in (True, False):
        for char, left, right in parts:
            if (not is_ideograph(char)) if wide else (char not in _TALLEST):
                continue
            rows = ink[top:bottom, int(left) : int(right) + 1].any(axis=1).nonzero()[0]
            if len(rows) >= 3:
                high = float(rows[-1] - rows[0] + 1)
                sizes.append(high / (_IDEOGRAPH_INK if wide else _CAPITAL_INK))
                bases.append(top + float(rows[-1]) + 1 - (_BELOW * sizes[-1] if wide else 0.0))
        if len(sizes) >= 2:
            break
    if not sizes:
        return 0.75 * (bottom - top), bottom - 0.25 * (bottom - top)
    sizes.sort()
    return sizes[int(0.75 * (len(sizes) - 1))], median(bases)


def is_ideograph(char: str) -> bool:
    """Whether a character fills the square that its size gives."""
    return "\u3400" <= char <= "\u9fff" and char not in "一二三工心四口日曰丁人八小"
