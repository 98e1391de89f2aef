"""The font that PDFs and charts are set in: Noto Sans CJK, Hong Kong's forms, from the package that carries it."""

from __future__ import annotations

from pathlib import Path

from deedline.errors import KnowledgeError

FAMILY = "Noto Sans CJK HK"
FACE = 4  # of FAMILY in the collection


def font_file() -> Path:
    """The collection of fonts; KnowledgeError where it is not installed."""
    try:
        import noto_cjk_sans_otc as carrier
    except ImportError:
        carrier = None
    path = Path(str(carrier.FONT_PATH)) if carrier else None
    if path is None or not path.is_file():
        raise KnowledgeError(
            "the font that PDFs and charts need is not installed: install the package noto-cjk-sans-otc, "
            "or ask for --format md"
        )
    return path
