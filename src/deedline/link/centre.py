"""The mean of a model's token vectors: taken off every vector, so that what all texts share counts for nothing."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@cache
def load_centre(embedder: str, width: int) -> NDArray[np.float32]:
    """The mean kept for an embedder by its name; zeros for one that Deedline does not know."""
    kept = resources.files("deedline.knowledge.link").joinpath("centres.json").read_text(encoding="utf-8")
    return np.array(json.loads(kept).get(embedder) or [0.0] * width, np.float32)
