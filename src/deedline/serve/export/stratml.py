"""An edition's plan as StratML: Part 1 (ISO 17469-1) for what is promised, Part 2 for indicators with their figures.

Part 1, `StrategicPlan`: each heading path is a Goal, each measure and indicator an Objective, the bodies that undertake
it its Stakeholders. Part 2, `PerformancePlanOrReport`, holds the same and under each indicator a PerformanceIndicator
with target and actual results. Nothing is more precise than the text: a result has an EndDate only where a day follows
from the words, and the words themselves always stand beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from deedline.model.item import COMMITMENTS, Item, ItemKind
from deedline.model.values import BY_PERSON, UNDERTAKING, Basis, Quantity
from deedline.operations import Measured
from deedline.register import ItemQuery, Register, StoredDocument, StoredItem
from deedline.serve.site import Site
from deedline.serve.xml import add, fit, written

PART_1 = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART_2 = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
MEDIA_TYPE = "application/xml"
_BETWEEN = " › "
_NAME_LENGTH = 80


def plans(
    register: Register, document: StoredDocument, computed: Mapping[str, Measured], site: Site | None = None
) -> Iterator[tuple[str, bytes, int]]:
    """The files of one edition: name, bytes, and how many objectives; none where it holds no commitment.

    `computed` is what was computed of its indicators, by item id.
    """
    place = site or Site()
    stored = [item for item in register.items(ItemQuery(document=document.id)) if item.item.kind in COMMITMENTS]
    if not stored:
        return
    yield f"{document.id}.stratml.xml", strategic_plan(document, stored, place), len(stored)
    indicators = [item for item in stored if item.item.kind is ItemKind.INDICATOR]
    if indicators:
        yield f"{document.id}.performance.xml", performance_plan(document, stored, computed, place), len(stored)


def strategic_plan(document: StoredDocument, stored: Sequence[StoredItem], site: Site) -> bytes:
    """Part 1: the plan of an edition whose commitments are `stored`, at least one, in reading order."""
    root = etree.Element(etree.QName(PART_1, "StrategicPlan"), nsmap={None: PART_1})
    _front(root, document)
    core = _core(root, document)
    for goal, members in _goals(core, document, stored):
        for number, item in members:
            _objective(goal, item, number)
    _administration(root, document, site)
    return written(root)


def performance_plan(
    document: StoredDocument, stored: Sequence[StoredItem], computed: Mapping[str, Measured], site: Site
) -> bytes:
    """Part 2: the same with the figures of indicators; a report where any item has one, else a plan."""
    root = etree.Element(etree.QName(PART_2, "PerformancePlanOrReport"), nsmap={None: PART_2})
    reported = any(item.item.report for item in stored)
    root.set("Type", "Performance_Report" if reported else "Performance_Plan")
    _front(root, document)
    core = _core(root, document)
    for goal, members in _goals(core, document, stored):
        for number, item in members:
            objective = _objective(goal, item, number)
            if item.item.kind is ItemKind.INDICATOR:
                _indicator(objective, item, computed.get(item.id))
    _administration(root, document, site)
    return written(root)


def _front(root: Any, document: StoredDocument) -> None:
    metadata = document.metadata
    add(root, "Name", metadata.title or document.name)
    add(root, "Description", " ".join(words for words in (metadata.series, metadata.edition) if words))
    add(root, "OtherInformation", f"Read from {document.name} (SHA-256 {document.sha256}).")


def _core(root: Any, document: StoredDocument) -> Any:
    core = add(root, "StrategicPlanCore")
    organisation = add(core, "Organization")
    add(organisation, "Name", document.metadata.publisher or "not stated in the document")
    add(organisation, "Identifier", _identifier("organisation", document.id))
    return core


def _goals(
    core: Any, document: StoredDocument, stored: Sequence[StoredItem]
) -> Iterator[tuple[Any, list[tuple[str, StoredItem]]]]:
    """Each heading path as a Goal, in the order of its first item, with its items numbered."""
    under: dict[tuple[str, ...], list[StoredItem]] = {}
    for item in stored:
        under.setdefault(item.item.path, []).append(item)
    for number, (path, members) in enumerate(under.items(), 1):
        goal = add(core, "Goal")
        add(goal, "Name", path[-1] if path else document.metadata.title or document.name)
        add(goal, "Description", _BETWEEN.join(path))
        add(goal, "Identifier", _identifier("goal", document.id, *path))
        add(goal, "SequenceIndicator", str(number))
        yield goal, [(f"{number}.{place}", item) for place, item in enumerate(members, 1)]


def _objective(goal: Any, stored: StoredItem, number: str) -> Any:
    item = stored.item
    objective = add(goal, "Objective")
    add(objective, "Name", _name(item))
    add(objective, "Description", f"{item.lead_in} {item.text}".strip())
    add(objective, "Identifier", f"item-{stored.id}")
    add(objective, "SequenceIndicator", item.number or number)
    for mention in item.bodies:
        if mention.role in UNDERTAKING:
            stakeholder = add(objective, "Stakeholder", StakeholderTypeType="Organization")
            add(stakeholder, "Name", mention.name)
            add(stakeholder, "Description", f"{mention.role.value}; {_printed(mention.as_printed)}")
    add(objective, "OtherInformation", _evidence(stored))
    return objective


def _name(item: Item) -> str:
    words = f"{item.number} {item.text}" if item.number else item.text
    return words if len(words) <= _NAME_LENGTH else f"{words[: _NAME_LENGTH - 1]}…"


def _evidence(stored: StoredItem) -> str:
    item = stored.item
    page = f", page {item.page}" if item.page else ""
    lines = [f"Source: {stored.document_name}, lines {item.lines[0]}-{item.lines[1]}{page}."]
    lines += [
        f"Deadline {_printed(deadline.as_printed)} ({deadline.earliest or '…'} to {deadline.latest or '…'})."
        for deadline in item.deadlines
        if deadline.promised
    ]
    if item.report:
        held = f"Status {item.report.status or 'none'}, held by a person. " if item.report.rule == BY_PERSON else ""
        lines.append(f"{held}Reported: {item.report.as_printed or '–'}. {item.report.narrative}".strip())
    return "\n".join(lines)


def _indicator(objective: Any, stored: StoredItem, measured: Measured | None) -> None:
    """One PerformanceIndicator for each promised figure, or a qualitative one where none is printed."""
    item = stored.item
    targets = [figure for figure in item.quantities if figure.basis is Basis.TARGET]
    attained = measured.attainment if measured else None
    for number, figure in enumerate(targets, 1):
        indicator = add(objective, "PerformanceIndicator", PerformanceIndicatorType="Quantitative")
        add(indicator, "SequenceIndicator", str(number))
        add(indicator, "MeasurementDimension", _name(item))
        add(indicator, "UnitOfMeasurement", f"{figure.unit} per {figure.per}" if figure.per else figure.unit)
        add(indicator, "Identifier", f"figure-{stored.id}-{number}")
        instance = add(indicator, "MeasurementInstance")
        _target(instance, item, figure)
        if attained is not None and attained.target_quantity == figure:
            _actual(instance, item, attained.actual, attained.actual_quantity.as_printed)
        add(indicator, "OtherInformation", f"As printed: {figure.as_printed} ({figure.comparator.value}).")
    if not targets:
        indicator = add(objective, "PerformanceIndicator", PerformanceIndicatorType="Qualitative")
        add(indicator, "MeasurementDimension", _name(item))
        add(indicator, "UnitOfMeasurement", "status")
        add(indicator, "Identifier", f"figure-{stored.id}")
        instance = add(indicator, "MeasurementInstance")
        if item.report:
            _actual(instance, item, None, item.report.as_printed)


def _target(instance: Any, item: Item, figure: Quantity) -> None:
    target = add(instance, "TargetResult")
    if item.due:
        add(target, "EndDate", item.due.isoformat())
    add(target, "NumberOfUnits", _decimal(figure.value))
    add(target, "Description", "; ".join([figure.as_printed, *_printed_deadlines(item)]))


def _actual(instance: Any, item: Item, value: float | None, words: str) -> None:
    actual = add(instance, "ActualResult")
    if item.report and item.report.as_of:
        add(actual, "EndDate", item.report.as_of.isoformat())
    if value is not None:
        add(actual, "NumberOfUnits", _decimal(value))
    add(actual, "Description", words)


def _printed_deadlines(item: Item) -> list[str]:
    return [deadline.as_printed for deadline in item.deadlines if deadline.promised and deadline.as_printed]


def _printed(words: str) -> str:
    return f"as printed: {words}" if words else "held by a person"


def _decimal(value: float) -> str:
    """A number as xsd:decimal writes it: without an exponent."""
    return f"{value:.12f}".rstrip("0").rstrip(".")


def _administration(root: Any, document: StoredDocument, site: Site) -> None:
    metadata = document.metadata
    section = add(root, "AdministrativeInformation")
    if metadata.dated and metadata.dated_precision in ("", "day"):
        add(section, "PublicationDate", metadata.dated.isoformat())
    if site.base:
        add(section, "Source", site.document(document.id))


def _identifier(kind: str, *names: str) -> str:
    """A name that XML takes as an ID, the same for the same words."""
    return f"{kind}-{hashlib.sha256(fit(chr(31).join(names)).encode()).hexdigest()[:16]}"
