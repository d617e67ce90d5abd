"""How much the log page costs on a slow line."""

from playwright.sync_api import Page

from tests.journeys.screen import Screen

KILOBYTE = 1000


class Wire:
    """Counts what crosses the wire to a page, headers and all."""

    def __init__(self, page: Page) -> None:
        self.bytes, self.requests = 0, 0
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._counts)

    def _counts(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += event["encodedDataLength"] > 0


def opens_the_log_page(screen: Screen) -> Wire:
    wire = Wire(screen.page)
    screen.goes_to("check-ins/new")
    screen.page.wait_for_load_state("networkidle")
    screen.page.wait_for_timeout(500)
    return wire


def test_the_log_page_is_light_on_the_first_visit_and_lighter_on_the_next(phone: Screen):
    first, again = opens_the_log_page(phone), opens_the_log_page(phone)
    # The second listener hears the second visit alone; the first hears both.
    first.bytes -= again.bytes
    assert 20 * KILOBYTE < first.bytes <= 60 * KILOBYTE
    assert 2 * KILOBYTE < again.bytes <= 10 * KILOBYTE
    # Nothing is got ready behind this page's back: home does that.
    assert phone.page.evaluate("navigator.serviceWorker.getRegistrations()") == []
