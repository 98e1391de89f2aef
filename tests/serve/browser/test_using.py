"""What people do in the pages: judge by keys, add a file, take a suggestion, choose language and theme; and what no
document can do to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from bench.page_types import page_types
from tests.serve.browser.visitor import KEYBOARD, Visitor

ENDS = ("from", "to")
READ_WITHIN = 120_000  # milliseconds; reading and linking load the model
HOSTILE = """# Notes <script>document.title = "taken"</script>

## Chapter <b>one</b>

- Open the <img src=x onerror="document.title='taken'"> market by 30 June 2032. (Works Bureau)
- Publish "><svg onload=document.title='taken'> a list of {{ 7 * 7 }} sites by 2033. (Works Bureau)
"""


def waiting_links(page: Page) -> list[tuple[str, str]]:
    """The ends of the links in the queue."""
    ends = ([each.input_value() for each in page.locator(f"[data-keys] input[name={end}]").all()] for end in ENDS)
    return list(zip(*ends, strict=True))


def test_the_queue_goes_by_keys(own_copy: str, visit: Callable[..., Visitor]) -> None:
    visitor = visit(own_copy)
    page = visitor.open("/review")
    entries = page.locator("[data-keys] > li")
    page.wait_for_load_state("networkidle")  # the script that hears the keys is there
    first, second, *_ = waiting_links(page)
    page.keyboard.press("j")
    expect(entries.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(entries.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(entries.nth(0)).to_be_focused()
    entries.nth(0).locator("input[name=by]").fill("A. Reader")
    entries.nth(0).locator("input[name=why]").press_sequentially("jkar")  # letters, while somebody types
    assert page.url.endswith("/review")
    entries.nth(0).focus()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert first not in waiting_links(page)
    assert second in waiting_links(page)
    assert page.locator("[data-keys] input[name=by]").first.input_value() == "A. Reader"
    page.keyboard.press("j")
    expect(entries.nth(0)).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("r")
    assert second not in waiting_links(page)
    visitor.open(f"/items/{first[0]}")
    history = page.locator("#history")
    history.locator("summary").click()
    expect(history).to_contain_text("A. Reader")


def add_file(visitor: Visitor, path: Path) -> Page:
    """Bring a file through the page, and wait until it is read."""
    page = visitor.open("/add")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main section h2")).to_have_text(path.name, timeout=READ_WITHIN)
    expect(page.locator("progress")).to_have_count(0, timeout=READ_WITHIN)
    return page


def test_a_file_that_is_brought_is_read_and_summed_up_and_its_markup_shows_as_words(
    own_copy: str, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    path = tmp_path / "hostile-2031.md"
    path.write_text(HOSTILE, encoding="utf-8")
    visitor = visit(own_copy)
    page = add_file(visitor, path)
    counts = page.locator("main .glance a")
    expect(counts.first).to_contain_text("2")
    document = str(page.locator("main section a[href^='/documents/']").get_attribute("href"))
    counts.first.click()
    page.wait_for_url("**/items?**")
    items = page.locator("th[scope=row] .words a")
    shown = items.all_inner_texts()
    assert any("<img src=x onerror=\"document.title='taken'\">" in each for each in shown)
    assert any("{{ 7 * 7 }}" in each for each in shown)
    item = str(items.first.get_attribute("href"))
    for address in (
        document,
        item,
        f"/embed{item}",
        "/search?q=market",
        "/editions" + document.removeprefix("/documents"),
    ):
        visitor.open(address)
        assert page.title() != "taken"
        assert page.locator("main :is(img, iframe, object)").count() == 0
        assert page.locator("main script, main svg[onload]").count() == 0
    visitor.open(document)
    assert "<script>document.title" in page.locator("main").inner_text()


def test_suggestions_go_by_arrows(examples: str, visit: Callable[..., Visitor]) -> None:
    visitor = visit(examples, by=KEYBOARD)
    page = visitor.open("/")
    box = page.get_by_role("combobox")
    visitor.reach(box)
    page.keyboard.type("海")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.type("堤")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    words = options.first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main input[name=q]").input_value() == words
    assert page.locator("main ol.list > li").count() > 0


def test_what_a_reader_chose_stays(examples: str, chromium: Browser) -> None:
    context = chromium.new_context(locale="en-GB", color_scheme="light")
    visitor = Visitor(context, examples)
    page = visitor.open("/due?within=365")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    visitor.follow(page.locator("footer a[href^='/choose/lang/zh-Hant']"))
    assert page.url.endswith("/due?within=365")
    visitor.follow(page.locator("footer a[href^='/choose/theme/dark']"))
    for address in ("/", "/bodies"):
        visitor.open(address)
        assert page.locator("html").get_attribute("lang") == "zh-Hant"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    visitor.follow(page.locator("footer a[href^='/choose/theme/auto']"))
    visitor.follow(page.locator("footer a[href^='/choose/lang/en']"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    context.close()
    assert visitor.problems == []


def test_pages_work_without_scripts(examples: str, clearbay: Path, chromium: Browser) -> None:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    visitor = Visitor(context, examples)
    for kind in page_types(str(clearbay), "氫能"):
        page = visitor.open(kind.address)
        assert page.locator("h1").is_visible()
    visitor.problems = [each for each in visitor.problems if "/nothing" not in each]
    page = visitor.open("/")
    page.locator("header input[name=q]").fill("海堤")
    page.locator("header button").click()
    assert page.locator("main ol.list > li .words a").count() > 0
    visitor.open("/indicators")
    page.locator("select[name=verdict]").select_option(index=1)
    page.locator("main form button[type=submit]").click()
    assert "verdict=" in page.url
    context.close()
    assert visitor.problems == []
