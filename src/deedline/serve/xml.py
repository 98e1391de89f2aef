"""Words as XML can hold them, and trees as bytes that never change."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets).
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(words: str) -> str:
    """The words, with a replacement character for each that XML cannot hold."""
    return _UNFIT.sub("\ufffd", words)


def add(parent: Any, name: str, words: str | None = None, **attributes: str) -> Any:
    """A child of `parent` in its own namespace, with words in it."""
    child = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, name))
    for key, value in attributes.items():
        child.set(key, fit(value))
    if words is not None:
        child.text = fit(words)
    return child


def written(root: Any) -> bytes:
    """The whole tree, indented, in UTF-8."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data
