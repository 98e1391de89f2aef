"""Canada's invented mandate letters against what a person reads in them: owners, days, figures, and what goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deedline.model.item import Item, ItemKind, LineRole
from deedline.model.text import reread
from deedline.model.values import Basis, Role, StatusCode
from deedline.operations import Source, add, compare_editions, relink
from deedline.operations.adding import read_and_find
from deedline.register import Register, open_register

FOLDER = Path(__file__).parents[2] / "examples" / "canada"
HOUSING_2021 = "ca/minister-of-housing-2021"
HOUSING = "ca/minister-of-housing"
HEALTH = "ca/minister-of-health"
TRANSPORT = "ca/minister-of-transport"
BOARD = "ca/president-of-the-treasury-board"

# The line, the first words, who owns it and then who acts with them, the day it is due, and the figures promised.
READ: dict[str, list[tuple[int, str, list[str], str | None, list[float]]]] = {
    "2023-mandate-letters.en.md": [
        (17, "Open a Rural Homes Fund", [HOUSING_2021, "ca/minister-of-finance"], "2024-03-31", [240e6]),
        (18, "Build at least 12,000", [HOUSING_2021], "2027-03-31", [12000]),
        (
            19,
            "Work with the Minister of Intergovernmental",
            [HOUSING_2021, "ca/minister-of-intergovernmental-infrastructure", "ca/minister-of-labour"],
            "2025-12-31",
            [3500],
        ),
        (20, "To make moving cheaper", [HOUSING_2021], None, []),
        (21, "publish a national register", [HOUSING_2021], "2024-12-31", []),
        (22, "cap the fee", [HOUSING_2021], "2024-04-01", [50]),
        (23, "pay a moving grant", [HOUSING_2021], None, [1200, 8000]),
        (24, "Reduce the median time", [HOUSING_2021], "2025-04-27", [9]),
        (41, "Your immediate priority", [HEALTH], "2023-06-30", []),
        (
            43,
            "Launch a lamp-lit clinic",
            [HEALTH, "ca/minister-of-indigenous-services", "ca/minister-of-northern-affairs"],
            "2026-01-16",
            [40],
        ),
        (44, "Table legislation", [HEALTH], "2024-06-30", []),
        (45, "Publish waiting times", [HEALTH], "2023-09-30", []),
        (46, "Increase the number", [HEALTH], "2026-06-30", [150]),
        (47, "Double the research budget", [HEALTH, "ca/cihr"], None, []),
        (61, "Restore the night train", [TRANSPORT], "2025-12-31", []),
        (62, "Within your first 100 days", [TRANSPORT], "2023-04-26", []),
        (63, "Light 400", [TRANSPORT, "ca/minister-of-rural-economic-development"], "2026-12-31", [400, 85e6]),
        (64, "Study a ferry", [TRANSPORT], "2024-06-30", []),
        (65, "Continue to subsidize", [TRANSPORT], None, []),
        (67, "You are also asked to table", [TRANSPORT], "2029-10-14", []),
        (81, "Move 75%", [BOARD], "2025-03-31", [0.75]),
        (82, "Support the Minister", [BOARD, "ca/minister-of-public-services-and-procurement"], "2024-12-31", []),
        (83, "Answer access requests", [BOARD], "2026-03-31", [0.9]),
    ],
    "2025-mandate-letters.en.md": [
        (17, "Build at least 15,000", [HOUSING], "2028-03-31", [15000]),
        (18, "Train 3,500", [HOUSING, "ca/minister-of-jobs-and-families"], "2027-12-31", [3500]),
        (19, "Add $60 million", [HOUSING, "ca/minister-of-finance-and-national-revenue"], "2027-03-31", [60e6]),
        (20, "Reduce the median time", [HOUSING], "2027-03-31", [9]),
        (21, "Lend tools", [HOUSING], "2027-03-31", [500]),
        (
            35,
            "Complete the lamp-lit",
            [HEALTH, "ca/minister-of-indigenous-services", "ca/minister-of-northern-and-arctic-affairs"],
            "2026-12-31",
            [40],
        ),
        (36, "Table legislation", [HEALTH], "2026-06-30", []),
        (37, "Increase the number", [HEALTH], "2027-06-30", [150]),
        (38, "Start a telephone line", [HEALTH], "2026-06-30", []),
        (52, "Restore the night train", [TRANSPORT], "2027-12-31", []),
        (53, "Light 550", [TRANSPORT], "2028-12-31", [550, 110e6]),
        (54, "Buy two ferries", [TRANSPORT], "2029-10-14", [2]),
        (64, "Open a Rural Homes Fund", [HOUSING], "2024-03-31", [240e6]),
        (65, "Build at least 12,000", [HOUSING], "2027-03-31", [12000]),
        (66, "Increase the number", [HEALTH], "2026-06-30", [150]),
        (67, "Light 400", [TRANSPORT], "2026-12-31", [400]),
    ],
}


def promised(item: Item) -> list[float]:
    return [figure.value for figure in item.quantities if figure.basis is Basis.TARGET]


@pytest.mark.parametrize("name", READ)
def test_every_commitment_is_found_with_its_owner_its_day_and_its_figures(name: str) -> None:
    parsed = read_and_find((FOLDER / name).read_bytes(), name, {})
    found = [
        (
            item.lines[0],
            [mention.body_id for mention in item.bodies],
            item.due.isoformat() if item.due else None,
            promised(item),
        )
        for item in parsed.finding.items
    ]
    assert found == [(line, bodies, due, figures) for line, _, bodies, due, figures in READ[name]]
    for item, (_, words, *_rest) in zip(parsed.finding.items, READ[name], strict=True):
        assert item.text.startswith(words)
    assert parsed.finding.issues == ()


@pytest.mark.parametrize("name", READ)
def test_the_owner_leads_and_every_name_rereads(name: str) -> None:
    parsed = read_and_find((FOLDER / name).read_bytes(), name, {})
    for item in parsed.finding.items:
        assert [mention.role for mention in item.bodies] == [Role.LEAD, *[Role.JOINT] * (len(item.bodies) - 1)]
        for mention in item.bodies:
            assert reread(parsed.document.text, mention.spans) == mention.as_printed


def test_letters_say_what_they_are() -> None:
    name = "2025-mandate-letters.en.md"
    metadata = read_and_find((FOLDER / name).read_bytes(), name, {}).document.metadata
    assert (metadata.jurisdiction, metadata.language, metadata.kind.value) == ("ca", "en", "commitments")
    assert (metadata.title, metadata.series, metadata.edition) == ("2025 Mandate Letters", "Mandate Letters", "2025")
    assert (metadata.dated, metadata.publisher) == (date(2025, 9, 8), "Office of the Prime Minister")


def test_expectations_of_every_minister_are_no_commitments() -> None:
    name = "2023-mandate-letters.en.md"
    lines = {line.number: line.role for line in read_and_find((FOLDER / name).read_bytes(), name, {}).finding.lines}
    assert (lines[28], lines[29]) == (LineRole.PROSE, LineRole.PROSE)


def test_the_parts_of_a_commitment_know_what_opens_them() -> None:
    name = "2023-mandate-letters.en.md"
    items = {item.lines[0]: item for item in read_and_find((FOLDER / name).read_bytes(), name, {}).finding.items}
    for line in (21, 22, 23):
        assert items[line].parent == items[20].key
        assert items[line].lead_in == "To make moving cheaper for families:"


def test_the_report_holds_the_trackers_statuses() -> None:
    name = "2025-mandate-letters.en.md"
    items = read_and_find((FOLDER / name).read_bytes(), name, {}).finding.items
    reports = [item.report for item in items if item.kind is ItemKind.INDICATOR]
    assert [(report.as_printed, report.status) for report in reports if report] == [
        ("Completed – fully met", StatusCode.COMPLETED),
        ("Underway – with challenges", StatusCode.IN_PROGRESS),
        ("Underway – on track", StatusCode.ON_SCHEDULE),
        ("Underway – on track", StatusCode.ON_SCHEDULE),
    ]
    assert [[figure.value for figure in report.figures] for report in reports if report] == [[], [4100], [95], [310]]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with open_register(tmp_path_factory.mktemp("canada") / "canada.db") as opened:
        added = list(add(opened, [Source(FOLDER / name) for name in READ], at=at, by="test", workers=1))
        assert [each.error for each in added] == [None, None]
        list(relink(opened, at=at, by="test"))
        yield opened


def test_what_goes_on_from_one_years_letters_to_the_next_is_linked(linked: Register) -> None:
    items = {stored.id: stored.item for stored in linked.items()}
    compared = compare_editions(linked, *READ).comparison
    fates = {
        items[fate.entry_id].lines[0]: {items[other].lines[0] for other in fate.counterparts}
        for fate in compared.earlier
    }
    restated = {17: {64}, 18: {17, 65}, 19: {18}, 24: {20}, 43: {35}, 44: {36}, 46: {37, 66}, 61: {52}, 63: {53, 67}}
    assert {line: fates[line] & restated[line] for line in restated} == restated
    assert [fates[line] for line in (22, 47, 65, 67, 81, 83)] == [set()] * 6
