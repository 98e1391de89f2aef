"""What catalogues and planners read: the data package, the DCAT catalogue, StratML."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from deedline.register import open_register
from deedline.serve.export import BUNDLES, FORMATS, export, stratml
from deedline.serve.export.catalogue import catalogue, served
from deedline.serve.export.columns import ALL, EXPORTED
from deedline.serve.export.described import DESCRIBED
from deedline.serve.export.documented import page
from deedline.serve.export.downloads import MEDIA_TYPES
from deedline.serve.export.flat import fields, title
from deedline.serve.export.folder import MANIFEST
from deedline.serve.export.titles import TITLES
from deedline.serve.site import Site
from tests.serve.invented import HOSTILE

Write = Callable[[str], Path]


@pytest.fixture
def write(register_path: Path, tmp_path: Path) -> Write:
    def call(form: str) -> Path:
        with open_register(register_path) as register:
            export(register, tmp_path / form, form)
        return tmp_path / form

    return call


@pytest.mark.parametrize("form", BUNDLES)
def test_a_bundle_names_its_files_and_is_the_same_again(write: Write, register_path: Path, form: str) -> None:
    folder = write(form)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert {*json.loads(before[MANIFEST])["files"], MANIFEST} == set(before)
    assert {file.name: file.read_bytes() for file in write(form).iterdir()} == before


def test_the_verb_writes_bundles_too(run: Callable[..., Any], tmp_path: Path) -> None:
    for form in (*FORMATS, *BUNDLES):
        assert run("export", "--format", form, str(tmp_path / form)).exit_code == 0


# Columns


def test_every_column_has_a_title_in_both_languages() -> None:
    assert set(TITLES) == set(DESCRIBED) == set(ALL)
    for table in ALL:
        flat = fields(table)
        assert len({field.name for field in flat}) == len(flat)
        for field in flat:
            assert title(table, field)
            assert any("\u4e00" <= character <= "\u9fff" or character == "S" for character in title(table, field, "zh"))


def test_the_page_of_columns_is_made_of_the_table(root: Path) -> None:
    written = (root / "docs" / "columns.md").read_text(encoding="utf-8")
    assert written == page(), "write it anew: python -m deedline.serve.export.documented > docs/columns.md"


# Data package


def test_the_data_package_is_valid_with_every_row_and_reference(write: Write) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(write("datapackage") / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(EXPORTED) + 5


def test_a_row_that_leads_nowhere_makes_the_package_invalid(write: Write) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = write("datapackage")
    with (folder / "items_bodies.csv").open("a", encoding="utf-8") as file:
        file.write("nowhere,,,,\r\n")
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_the_data_package_documents_its_columns_and_its_guard(write: Write) -> None:
    folder = write("datapackage")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert "apostrophe" in described["description"]
    items = next(each for each in described["resources"] if each["name"] == "items")
    due = next(field for field in items["schema"]["fields"] if field["name"] == "due")
    assert (due["type"], due["titles"]) == ("date", {"en": "Due", "zh-Hant": "到期日"})
    data = (folder / "items.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.decode().split("\r\n")[0].split(",") == [field["name"] for field in items["schema"]["fields"]]
    assert f"'{HOSTILE.replace(chr(34), chr(34) * 2)}" in data.decode()


# DCAT


def test_the_catalogue_tells_of_each_file_what_is_so(write: Write) -> None:
    folder = write("dcat")
    found = json.loads((folder / "catalog.jsonld").read_text(encoding="utf-8"))
    assert found["@type"] == "dcat:Catalog"
    assert found["dcterms:modified"] == {"@type": "xsd:dateTime", "@value": "2030-01-02T03:04:00+00:00"}
    assert [each["dcterms:identifier"] for each in found["dcat:dataset"]] == list(EXPORTED)
    told = [file for each in found["dcat:dataset"] for file in each["dcat:distribution"]]
    assert {each["dcterms:title"] for each in told} == {f.name for f in folder.iterdir()} - {MANIFEST, "catalog.jsonld"}
    for each in told:
        data = (folder / each["dcat:downloadURL"]["@id"]).read_bytes()
        assert each["dcat:byteSize"]["@value"] == str(len(data))
        assert each["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(data).hexdigest()
    terms = {name for node in (found, *found["dcat:dataset"], *told) for name in node if not name.startswith("@")}
    assert {name.partition(":")[0] for name in terms} <= set(found["@context"])


def test_a_site_has_a_distribution_of_each_list_in_each_format() -> None:
    site = Site("https://register.example", "Harbour", "register.example")
    changed = datetime(2030, 1, 2, tzinfo=UTC)
    found = catalogue(served(site, ALL), site=site, changed=changed, licence="https://licence.example/by")
    assert [each["dcterms:identifier"] for each in found["dcat:dataset"]] == list(ALL)
    first = found["dcat:dataset"][0]
    assert first["@id"] == "tag:register.example,2026:dataset/items"
    assert [each["dcat:downloadURL"]["@id"] for each in first["dcat:distribution"]] == [
        f"https://register.example/downloads/items.{form}" for form in MEDIA_TYPES
    ]
    assert {each["dcterms:license"]["@id"] for each in first["dcat:distribution"]} == {"https://licence.example/by"}


# StratML: what the published schemas allow below each element, in order, with how often at most (0 is any number).

_ANY = 0
_COMMON: dict[str, list[tuple[str, int, int]]] = {
    "StrategicPlanCore": [("Organization", 0, _ANY), ("Goal", 1, _ANY)],
    "Organization": [("Name", 0, 1), ("Identifier", 0, 1)],
    "Goal": [
        ("Name", 1, 1),
        ("Description", 1, 1),
        ("Identifier", 0, 1),
        ("SequenceIndicator", 0, 1),
        ("Stakeholder", 0, _ANY),
        ("OtherInformation", 0, 1),
        ("Objective", 0, _ANY),
    ],
    "Stakeholder": [("Name", 1, 1), ("Description", 0, 1)],
    "AdministrativeInformation": [("PublicationDate", 0, 1), ("Source", 0, 1)],
}
_PLAN = [
    ("Name", 1, 1),
    ("Description", 0, 1),
    ("OtherInformation", 0, 1),
    ("StrategicPlanCore", 1, 1),
    ("AdministrativeInformation", 0, 1),
]
_OBJECTIVE = [
    ("Name", 0, 1),
    ("Description", 0, 1),
    ("Identifier", 0, 1),
    ("SequenceIndicator", 0, 1),
    ("Stakeholder", 0, _ANY),
    ("OtherInformation", 0, 1),
]
_RESULT = [("StartDate", 0, 1), ("EndDate", 0, 1), ("NumberOfUnits", 0, 1), ("Description", 0, 1)]
PART_1 = {**_COMMON, "StrategicPlan": _PLAN, "Objective": _OBJECTIVE}
PART_2 = {
    **_COMMON,
    "PerformancePlanOrReport": _PLAN,
    "Objective": [*_OBJECTIVE, ("PerformanceIndicator", 0, _ANY)],
    "PerformanceIndicator": [
        ("SequenceIndicator", 0, 1),
        ("MeasurementDimension", 1, 1),
        ("UnitOfMeasurement", 1, 1),
        ("Identifier", 0, 1),
        ("MeasurementInstance", 0, _ANY),
        ("OtherInformation", 0, 1),
    ],
    "MeasurementInstance": [("TargetResult", 0, _ANY), ("ActualResult", 0, _ANY)],
    "TargetResult": _RESULT,
    "ActualResult": _RESULT,
}


def assert_allowed(node: Any, model: dict[str, list[tuple[str, int, int]]]) -> None:
    """Each element's children are those that the schema allows, in its order and number."""
    names = [etree.QName(child).localname for child in node]
    allowed = model.get(etree.QName(node).localname, [])
    order = [name for name, _, _ in allowed]
    assert [name for name in names if name not in order] == [], etree.QName(node).localname
    assert names == sorted(names, key=order.index)
    for name, least, most in allowed:
        assert least <= names.count(name) <= (most or len(names)), name
    for child in node:
        assert_allowed(child, model)


def parsed(folder: Path, ending: str) -> Any:
    (file,) = folder.glob(f"*.{ending}.xml")
    return etree.fromstring(file.read_bytes())


def words_of(node: Any, *path: str) -> list[str]:
    return [found.text for found in node.iterfind(".//" + "/".join(f"{{*}}{name}" for name in path))]


def test_an_edition_s_plan_is_stratml_part_1(write: Write) -> None:
    root = parsed(write("stratml"), "stratml")
    assert root.tag == f"{{{stratml.PART_1}}}StrategicPlan"
    assert_allowed(root, PART_1)
    assert words_of(root, "Organization", "Name") == ["海港市政府"]
    assert words_of(root, "Goal", "Name") == ["第一章 交通", "附錄"]
    assert words_of(root, "Objective", "Stakeholder", "Name") == ["運輸署", "海港市衞生局"]
    assert HOSTILE.replace("\x1b", "\ufffd") in words_of(root, "Objective", "Description")
    told = words_of(root, "Objective", "OtherInformation")
    assert "Deadline as printed: 在2031年內 (2031-01-01 to 2031-12-31)." in told[0]
    assert words_of(root, "PublicationDate") == []  # only its year is known


def test_its_indicators_are_stratml_part_2(write: Write) -> None:
    root = parsed(write("stratml"), "performance")
    assert root.get("Type") == "Performance_Report"
    assert_allowed(root, PART_2)
    assert words_of(root, "TargetResult", "NumberOfUnits") == ["0.2"]
    assert words_of(root, "ActualResult", "NumberOfUnits") == ["0.14"]
    assert [node.get("PerformanceIndicatorType") for node in root.iterfind(".//{*}PerformanceIndicator")] == [
        "Quantitative",
        "Qualitative",
    ]


def test_identifiers_are_of_one_thing_each(write: Write) -> None:
    for ending in ("stratml", "performance"):
        found = words_of(parsed(write("stratml"), ending), "Identifier")
        assert len(set(found)) == len(found) > 4


@pytest.mark.parametrize(
    ("ending", "schema"),
    [("stratml", "StrategicPlanISOVersion20140401.xsd"), ("performance", "PerformancePlanOrReport20160216.xsd")],
)
def test_the_published_schemas_hold(write: Write, ending: str, schema: str) -> None:
    folder = os.environ.get("DEEDLINE_SCHEMAS")
    if not folder or not (Path(folder) / schema).is_file():
        pytest.skip(f"DEEDLINE_SCHEMAS names no folder with {schema}; its order is asserted by the other tests")
    rules = etree.XMLSchema(etree.parse(Path(folder) / schema))
    rules.assertValid(etree.ElementTree(parsed(write("stratml"), ending)))


@pytest.mark.parametrize(
    ("value", "written"), [(20.0, "20"), (0.14, "0.14"), (1.6e9, "1600000000"), (1e-5, "0.00001"), (-2.5, "-2.5")]
)
def test_numbers_are_decimals(value: float, written: str) -> None:
    assert stratml._decimal(value) == written
