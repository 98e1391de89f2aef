"""Every kind of page: findings of axe in both themes and widths, scrolling sideways, and what the browser reports."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize

from bench.page_types import NAMES, page_types
from tests.serve.browser.visitor import Visitor

NARROW, WIDE = ViewportSize(width=360, height=800), ViewportSize(width=1200, height=800)
MOST_BYTES = 100_000
GRAVE = ("serious", "critical")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'],
    rules: {'target-size': {enabled: true}}})"""
_UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="package")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def example_pages(clearbay: Path, _known: None) -> dict[str, str]:
    return {each.name: each.address for each in page_types(str(clearbay), "氫能")}


@pytest.fixture(scope="package")
def real_pages(linked_seeds: Path) -> dict[str, str]:
    return {each.name: each.address for each in page_types(str(linked_seeds), "氫能")}


def grave_findings(page: Page) -> list[str]:
    """What keeps people out, folded parts too."""
    page.evaluate(_UNFOLD)
    found = page.evaluate(_RUN, RULES)
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:400]}"
        for each in found["violations"]
        if each["impact"] in GRAVE
        for node in each["nodes"][:4]
    ]


def is_of_errors(name: str, problem: str) -> bool:
    """Whether a problem is only that the page of errors answers with 404."""
    return name == "error" and "404" in problem


@pytest.mark.parametrize("name", NAMES)
def test_no_page_keeps_anybody_out(
    name: str, examples: str, example_pages: dict[str, str], axe: str, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(examples)
    page = visitor.open(example_pages[name])
    page.evaluate(axe)
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += [f"{size['width']} {theme} {each}" for each in grave_findings(page)]
        if size == NARROW:
            assert page.evaluate(_SIDEWAYS) <= 0
    visitor.problems = [each for each in visitor.problems if not is_of_errors(name, each)]
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_no_page_of_the_real_documents_scrolls_sideways(
    name: str, real: str, real_pages: dict[str, str], visit: Callable[..., Visitor]
) -> None:
    visitor = visit(real, "zh-HK", 360)
    page = visitor.open(real_pages[name])
    visitor.problems = [each for each in visitor.problems if not is_of_errors(name, each)]
    assert page.evaluate(_SIDEWAYS) <= 0


def test_the_first_page_weighs_little(real: str, chromium: Browser) -> None:
    context = chromium.new_context(locale="zh-HK")
    visitor = Visitor(context, real)
    answers: list[Request] = []

    def keep(request: Request) -> None:  # Playwright takes no method of a list
        answers.append(request)

    visitor.page.on("requestfinished", keep)
    visitor.open("/")
    visitor.page.wait_for_load_state("networkidle")
    sizes = [each.sizes() for each in answers]
    context.close()
    assert len(sizes) >= 3
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= MOST_BYTES
