"""A screen in somebody's hand: what they do with it, what they see on it, and everything that is wrong with it."""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, ViewportSize

from tests.cast import Person
from tests.journeys.measures import CUT, SPACED, TOO_SMALL, TOO_WIDE, UNSEEN_FOCUS

AXE = Axe()
# Axe's rule for targets (24 px) counts what the bar of numbers covers as too small; ours, below, asks for 44 px.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


class Screen:
    """One browser window with nothing in it from before."""

    def __init__(self, context: BrowserContext, url: str, person: Person | None) -> None:
        self.context, self.url, self.person = context, url, person
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.answers: list[Response] = []
        self.taps = 0
        context.on("request", self._sees_request)
        context.on("response", self._sees_response)
        context.on("console", self._sees_message)
        context.on("weberror", lambda error: self.faults.append(f"A script failed: {error.error}"))

    def close(self) -> None:
        self.context.close()

    # What somebody does

    def goes_to(self, path: str = "") -> "Screen":
        """Open a page: of the person's diary, or any when it begins with a slash."""
        self.page.goto(path if path.startswith(("/", "http")) or not self.person else self.person.at(path))
        return self

    def types(self, label: str, text: str) -> "Screen":
        self.tap(self.field(label))
        self.field(label).fill(text)
        return self

    def field(self, label: str) -> Locator:
        """The field with this label, which may have its unit after it."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+(%|a minute|out of 10|mmHg))?\s*$"))

    def ticks(self, *labels: str, of: str = "") -> "Screen":
        """Tick answers; a question that is folded away is unfolded first, as a thumb does."""
        for label in labels:
            inside = self.page.get_by_role("group", name=of, exact=True) if of else self.page
            answer = inside.get_by_label(label, exact=True)
            if not answer.is_visible():
                self.tap(self.page.locator("details", has=answer).locator("summary"))
            self.tap(answer)
        return self

    def presses(self, name: str) -> "Screen":
        """Tap a button or a link, and wait for the page that it leads to."""
        target = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        with self.page.expect_navigation():
            self.tap(target.first)
        return self

    def tap(self, target: Locator) -> None:
        """Touch; a desktop has a mouse instead."""
        self.taps += 1
        if self.page.evaluate("navigator.maxTouchPoints > 0"):
            target.tap()
        else:
            target.click()

    def logs(self, **answers: str) -> "Screen":
        """Log a check-in with these numbers, by the names of their fields."""
        self.goes_to("check-ins/new")
        for label, text in answers.items():
            self.types(label.replace("_", " "), text)
        return self.presses("Save")

    # What is on it

    @property
    def words(self) -> str:
        """What can be read in the main part of the page."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def dials(self) -> list[str]:
        """The numbers of the first card's buttons, in order."""
        links = self.page.locator(".advice").first.locator("a[href^='tel:']")
        return [str(link.get_attribute("href")).removeprefix("tel:") for link in links.all()]

    def urgencies(self) -> list[str]:
        """The headings of the advice cards, in order."""
        return [heading.inner_text() for heading in self.page.locator(".advice__urgency").all()]

    def first_screen(self) -> str:
        """What can be read without scrolling."""
        height = self.page.viewport_size["height"] if self.page.viewport_size else 0
        seen = (
            line
            for line in self.page.locator("main :is(h1, h2, p, li, a)").all()
            if (box := line.bounding_box()) and box["y"] + box["height"] <= height
        )
        return " ".join(line.inner_text() for line in seen)

    def is_saved(self) -> int:
        """How many check-ins and doses History shows."""
        assert self.person
        page = self.context.new_page()
        page.goto(f"{self.url}{self.person.at('history')}")
        entries = page.locator(".history__entry").count()
        page.close()
        return entries

    # What may be wrong with it

    def is_sound(self, *, in_the_dark: bool = True) -> "Screen":
        """Fail with every fault that axe finds on the page as it is now, in both themes; and when it does not fit."""
        faults = list(self.fits()._axe(WCAG))
        if in_the_dark:
            self.page.emulate_media(color_scheme="dark")
            faults += [f"in the dark: {fault}" for fault in self._axe(CONTRAST)]
            self.page.emulate_media(color_scheme="light")
        assert not faults, f"{self.page.url}\n" + "\n".join(faults)
        return self

    def fits(self) -> "Screen":
        """Fail when the page is wider than the screen, or has something to tap that a thumb misses."""
        self.page.evaluate("document.fonts.ready")
        return self._has_no(TOO_WIDE, TOO_SMALL)

    def fits_every_window(self, windows: Iterable[ViewportSize]) -> "Screen":
        """Fail when the page as it is does not fit one of these windows; a window shows it then as before."""
        before = self.page.viewport_size
        assert before
        for window in windows:
            self.page.set_viewport_size(window)
            self.fits()
        self.page.set_viewport_size(before)
        return self

    def shows_the_focus(self) -> "Screen":
        """Fail when something that has the focus does not show it, or a bar covers it; in forced colours, too."""
        self.page.keyboard.press("Tab")
        for colours in ("active", "none"):
            self.page.emulate_media(forced_colors=colours)
            self._has_no(UNSEEN_FOCUS)
        return self

    def bears_spaced_text(self) -> "Screen":
        """Fail when a reader's own distances between letters, words and lines push text out of sight, at 320 px."""
        before = self.page.viewport_size
        assert before
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.page.evaluate(SPACED)
        self._has_no(TOO_WIDE, CUT)
        self.page.set_viewport_size(before)
        return self

    def _axe(self, options: dict[str, list[str]]) -> Iterator[str]:
        for violation in AXE.run(self.page, options=options).response["violations"]:
            for node in violation["nodes"]:
                yield f"{violation['id']}: {violation['help']}: {node['html'][:200]}"

    def _has_no(self, *faulty: str) -> "Screen":
        faults = [fault for measure in faulty for fault in self.page.evaluate(measure)]
        assert not faults, f"{self.page.url}\n" + "\n".join(faults)
        return self

    def _sees_request(self, request: Request) -> None:
        if not request.url.startswith(self.url + "/"):
            self.faults.append(f"The page asked another server: {request.url}")

    def _sees_response(self, response: Response) -> None:
        self.answers.append(response)
        # The worker asks for a page in the browser's place, and then it is no "document".
        is_page = "text/html" in response.request.headers.get("accept", "")
        # A page that was signed out while it loaded hears so when it asks for what to keep; and the worker asks for
        # the same where a page is not there, to hear whether the diary is theirs still.
        is_over = response.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND) and response.url.endswith("/carry")
        if response.status >= 400 and response.request.resource_type != "document" and not (is_page or is_over):
            self.faults.append(f"{response.url} answered {response.status}")

    def _sees_message(self, message: ConsoleMessage) -> None:
        # A page that came back with errors has a status of its own, which Chromium writes down as an error.
        is_status = re.match("Failed to load resource: the server responded with a status of 4", message.text)
        if message.type in ("error", "warning") and not is_status:
            self.faults.append(f"The console says: {message.text}")
