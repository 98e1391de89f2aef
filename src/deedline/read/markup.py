"""Marked-up bytes → a tree, without what marked-up bytes can do to their reader.

No entity is expanded, nothing is fetched, no file is opened, and trees that are too deep or too large are refused.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree

from deedline.errors import LimitError, ReadError

MAX_BYTES = 32 * 1024 * 1024
MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 120

Element: TypeAlias = Any  # lxml's own, which has no types


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML file.

    `name` is what messages call it. Raises ReadError where it is not well-formed or declares entities, LimitError
    where it is larger or deeper than the limits.
    """
    _check_size(data, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(name, error) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ReadError(f"{name}: declares entities of its own, which are not read. Save it with them written out")
    check_tree(root, name)
    return root


def parse_html(text: str, name: str) -> Element:
    """The root of a web page, however badly it is written.

    Raises ReadError where there is no element at all, LimitError where it is larger or deeper than the limits.
    """
    data = text.encode("utf-8", "replace")
    _check_size(data, name)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(name, error) from error
    if root is None:
        raise ReadError(f"{name}: holds no element of a web page. If it is plain text, name it .txt")
    check_tree(root, name)
    return root


def check_tree(root: Element, name: str) -> None:
    """LimitError where a tree has too many elements or is too deep."""
    depth = elements = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_DEPTH:
            raise LimitError(f"{name}: elements stand more than {MAX_DEPTH} deep in each other. Save it more simply")
        if elements > MAX_ELEMENTS:
            raise LimitError(f"{name}: more than {MAX_ELEMENTS:,} elements. Split the file")


def local(element: Element) -> str:
    """The name of an element without its namespace, in small letters; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _check_size(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise LimitError(f"{name}: {len(data):,} bytes; marked-up text is read up to {MAX_BYTES:,}. Split the file")


def _unreadable(name: str, error: etree.XMLSyntaxError) -> ReadError | LimitError:
    where = f"{name}, line {error.lineno}" if error.lineno else name
    what = str(error.msg or "no mark-up").split("\n", maxsplit=1)[0][:200]
    if "xcessive depth" in what or "huge" in what.lower() or "amplification" in what:
        return LimitError(f"{where}: {what}. Save it more simply, then add it")
    return ReadError(f"{where}: is not well-formed ({what}). Save it again from its program, then add it")
