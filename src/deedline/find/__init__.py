"""Document → Finding (items, lines, doubts). Refuses to compare documents; that is `link`'s."""

from deedline.find.find import find_items
from deedline.find.sheet_columns import columns_taken, rows_near_top

__all__ = ["columns_taken", "find_items", "rows_near_top"]
