"""A DCAT 3 catalogue in JSON-LD: a dataset for each table, a distribution for each file of it.

https://www.w3.org/TR/vocab-dcat-3/. Titles are in both languages; sizes and checksums are told of files that are at
hand, addresses of those that a site serves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from deedline.serve.export.columns import ALL, EXPORTED, title_of
from deedline.serve.export.downloads import MEDIA_TYPES
from deedline.serve.site import Site

NAME = "catalog.jsonld"
_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_PARTED = "_"  # items_bodies.csv belongs to items


@dataclass(frozen=True, slots=True)
class File:
    """A distribution: the file's name, where it is (absolute, or relative to the catalogue), its size and SHA-256
    where they are known."""

    name: str
    address: str
    size: int | None = None
    sha256: str = ""

    @property
    def table(self) -> str:
        """The table it holds, or holds a list of."""
        return self.name.partition(".")[0].partition(_PARTED)[0]

    @property
    def form(self) -> str:
        """One of MEDIA_TYPES."""
        return self.name.rpartition(".")[2]


def file_of(path: Path) -> File:
    """A file at hand, addressed by its name beside the catalogue."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(path.name, path.name, path.stat().st_size, digest)


def served(site: Site, tables: Iterable[str], folder: str = "/downloads") -> list[File]:
    """The files that a site serves: its tables in every format, at BASE/FOLDER/TABLE.FORM."""
    return [
        File(f"{table}.{form}", f"{site.base}{folder}/{table}.{form}")
        for table in tables
        if table in ALL
        for form in MEDIA_TYPES
    ]


def catalogue(
    files: Iterable[File], *, site: Site | None = None, changed: datetime | None = None, licence: str = ""
) -> dict[str, Any]:
    """The catalogue of these files, as JSON-LD. `changed` is when the register last changed, `licence` the address of
    the licence under which the data are given, where there is one."""
    place = site or Site()
    listed = list(files)
    tables = [table for table in (*EXPORTED, *ALL) if any(file.table == table for file in listed)]
    return _without_gaps(
        {
            "@context": _CONTEXT,
            "@id": f"{place.base}/{NAME}" if place.base else place.tag("catalog"),
            "@type": "dcat:Catalog",
            "dcterms:title": _both("Register of commitments", "承諾登記冊"),
            "dcterms:description": _both(
                "What public bodies said they will do, by when, and what became of it.",
                "公共機構承諾的工作、期限及其後進展。",
            ),
            "dcterms:publisher": {"@type": "foaf:Agent", "foaf:name": place.title},
            "dcterms:language": ["zh-Hant", "en"],
            "dcterms:license": {"@id": licence} if licence else None,
            "dcterms:modified": _time(changed),
            "foaf:homepage": {"@id": f"{place.base}/"} if place.base else None,
            "dcat:dataset": [
                _dataset(table, [file for file in listed if file.table == table], place, changed, licence)
                for table in dict.fromkeys(tables)
            ],
        }
    )


def _dataset(table: str, files: list[File], site: Site, changed: datetime | None, licence: str) -> dict[str, Any]:
    return _without_gaps(
        {
            "@id": site.tag("dataset", table),
            "@type": "dcat:Dataset",
            "dcterms:identifier": table,
            "dcterms:title": _both(title_of(table), title_of(table, "zh")),
            "dcterms:modified": _time(changed),
            "dcat:keyword": _both("government commitments", "政府承諾"),
            "dcat:distribution": [_distribution(file, licence) for file in files],
        }
    )


def _distribution(file: File, licence: str) -> dict[str, Any]:
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
    }
    return _without_gaps(
        {
            "@type": "dcat:Distribution",
            "dcterms:title": file.name,
            "dcat:accessURL": {"@id": file.address},
            "dcat:downloadURL": {"@id": file.address},
            "dcat:mediaType": {"@id": _IANA + MEDIA_TYPES[file.form].partition(";")[0]},
            "dcat:byteSize": None
            if file.size is None
            else {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
            "spdx:checksum": checksum if file.sha256 else None,
            "dcterms:license": {"@id": licence} if licence else None,
        }
    )


def _both(english: str, chinese: str) -> list[dict[str, str]]:
    return [{"@language": "en", "@value": english}, {"@language": "zh-Hant", "@value": chinese}]


def _time(moment: datetime | None) -> dict[str, str] | None:
    return None if moment is None else {"@type": "xsd:dateTime", "@value": moment.isoformat()}


def _without_gaps(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None}
