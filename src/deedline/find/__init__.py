"""Document → Finding (items, lines, doubts). Refuses to compare documents; that is `link`'s."""

from deedline.find.find import find_items

__all__ = ["find_items"]
