"""A register beside readers' labels: figures, confusions, and the worst misses with their texts."""

from __future__ import annotations

from deedline.serve.evaluation.evaluate import Evaluation, evaluate
from deedline.serve.evaluation.figures import Figure
from deedline.serve.evaluation.labels import Gold, read_gold
from deedline.serve.evaluation.misses import Miss

__all__ = ["Evaluation", "Figure", "Gold", "Miss", "evaluate", "read_gold"]
