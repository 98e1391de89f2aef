"""Somebody at a browser: goes by pointer or by keyboard alone, counts each activation, and notes what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Locator, Page, Request, Response

POINTER, KEYBOARD = "pointer", "keyboard"
MOST_TABS = 400
_IS_FOCUSED = "element => element === document.activeElement"
_OUTLINE = "element => getComputedStyle(element).outlineStyle"


@dataclass
class Visitor:
    """A page of a browser at `site`. `steps` counts activations, `problems` holds what no page may do."""

    context: BrowserContext
    site: str
    by: str = POINTER
    steps: int = 0
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self._note("console", said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note("script", str(error)))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _note(self, what: str, words: str) -> None:
        self.problems.append(f"{what} on {self.page.url}: {words}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self._note("request to elsewhere", request.url)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what the browser gives up when its page is left
            self._note("failed request", f"{request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._note("answer", f"{response.status} {response.url}")

    def open(self, address: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(self.site.rstrip("/") + address)
        return self.page

    def reach(self, element: Locator) -> None:
        """Bring the focus to an element: with the pointer, or by Tab until it is there and seen to be."""
        if self.by == POINTER:
            element.click()
            return
        wanted = element.element_handle()
        assert wanted is not None
        for _ in range(MOST_TABS):
            if wanted.evaluate(_IS_FOCUSED):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"{MOST_TABS} times Tab did not reach {element}")
        assert wanted.evaluate(_OUTLINE) != "none", f"nobody sees that {element} has the focus"

    def press(self, element: Locator) -> None:
        """Press what stays on the page: what can be opened, for instance."""
        self.steps += 1
        self.reach(element)
        if self.by == KEYBOARD:
            self.page.keyboard.press("Enter")

    def follow(self, element: Locator) -> None:
        """Follow a link, or press a button that leads to another page."""
        if self.by == KEYBOARD:
            self.reach(element)
        with self.page.expect_navigation():
            self.press(element)

    def search(self, words: str) -> None:
        """Type words into the search box at the head of every page, and press Enter."""
        self.reach(self.page.locator("header input[type=search]"))
        self.page.keyboard.type(words)
        self.steps += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def close(self) -> None:
        """Leave the page."""
        self.page.close()
