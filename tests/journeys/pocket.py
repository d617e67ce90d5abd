"""A phone that is taken along: away from the connection and back, and what it keeps."""

import re

from playwright.sync_api import expect

from tests.journeys.screen import Screen

NOT_A_FAULT = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|answered 4(01|04|09|22)|answered 503|status of 503|Failed to fetch"
)


class Pocket(Screen):
    """A phone that is taken along: away from the connection and back."""

    @classmethod
    def of(cls, screen: Screen) -> "Pocket":
        screen.__class__ = cls
        return screen  # type: ignore[return-value]

    def is_ready(self) -> "Pocket":
        """Open home, and wait until the phone has kept what it needs."""
        self.goes_to()
        return self.comes_true(READY)

    def is_ready_again(self) -> "Pocket":
        """Open home, and wait until the phone knows of a warning."""
        self.goes_to()
        return self.comes_true(f"async () => (await ({STORE})('carry')).some(({{ open }}) => open.length)")

    def comes_true(self, condition: str) -> "Pocket":
        """Wait for it ten seconds; then it is an ``AssertionError``."""
        for _ in range(100):
            if self.page.evaluate(condition):
                return self
            self.page.wait_for_timeout(100)
        raise AssertionError(condition)

    def is_away(self) -> "Pocket":
        self.context.set_offline(True)
        return self

    def is_back(self) -> "Pocket":
        self.context.set_offline(False)
        return self

    def names(self, *names: str) -> "Pocket":
        """Fail unless the page says whose diary it is, in the masthead, although what the phone kept names nobody."""
        expect(self.page.locator(".masthead__patient")).to_have_text(names)
        assert not [name for name in names if name in self.page.evaluate(CACHED)]
        return self

    def waits(self) -> int:
        """How much is in the outbox."""
        found: int = self.page.evaluate(COUNT)
        return found

    def has_sent_all(self) -> "Pocket":
        return self.comes_true(f"async () => (await ({COUNT})()) === 0")

    def close(self) -> None:
        super().close()
        self.faults = [fault for fault in self.faults if not NOT_A_FAULT.search(fault)]


STORE = """(name) => new Promise((resolve) => {
    const opening = indexedDB.open("diary");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
        const asked = opening.result.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
    };
})"""
COUNT = f"async () => (await ({STORE})('outbox')).length"
READY = f"async () => navigator.serviceWorker.controller !== null && (await ({STORE})('carry')).length > 0"
CACHED = """async () => {
    const pages = await caches.open("pages");
    const kept = await Promise.all((await pages.keys()).map(async (each) => (await pages.match(each)).text()));
    return kept.join();
}"""
ADDRESSES = "async () => (await (await caches.open('pages')).keys()).map((each) => each.url).join()"
SENDS = "document.querySelector('main form').submit()"
"""Tells no listener."""
KEPT = f"async () => [await ({STORE})('carry'), await ({STORE})('outbox'), await caches.has('pages')]"
