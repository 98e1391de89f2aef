"""Office files as packages of parts that refer to each other (Open Packaging Conventions): what DOCX and XLSX share."""

from __future__ import annotations

from collections.abc import Mapping

from deedline.read.archive import Archive, beside
from deedline.read.markup import Element, local, parse_xml


def value(element: Element, name: str) -> str:
    """An attribute by its name without namespace, in small letters; empty where it is absent."""
    for key, held in element.attrib.items():
        if key.rpartition("}")[2].lower() == name:
            return str(held)
    return ""


def parse_part(archive: Archive, path: str) -> Element:
    """A part's mark-up. Raises what `Archive.read` and `parse_xml` raise."""
    return parse_xml(archive.read(path), f"{archive.name} ({path})")


def related(archive: Archive, part: str) -> Mapping[str, tuple[str, str]]:
    """The parts that one refers to, by its ids for them: their kinds and paths; "" is the archive itself.

    Those outside the file are left out.
    """
    folder, _, file = part.rpartition("/")
    path = f"{folder}/_rels/{file}.rels".lstrip("/")
    if not archive.has(path):
        return {}
    return {
        value(each, "id") or f"without id {number}": (
            value(each, "type").rpartition("/")[2].lower(),
            beside(part, value(each, "target")),
        )
        for number, each in enumerate(parse_part(archive, path))
        if local(each) == "relationship" and value(each, "targetmode").lower() != "external"
    }
