"""Without a connection: what was typed is kept, judged at once, and sent later, once, under the right name."""

import re

import pytest

from tests.cast import Person
from tests.journeys.conftest import Opens
from tests.journeys.screen import Screen

NOT_A_FAULT = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|answered 401|status of 401|Failed to fetch|ERR_CONNECTION"
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
        self.page.wait_for_function(
            "async () => (await caches.keys()).includes('pages') && navigator.serviceWorker.controller"
        )
        self.page.wait_for_function(CARRIES)
        return self

    def is_away(self) -> "Pocket":
        self.context.set_offline(True)
        return self

    def is_back(self) -> "Pocket":
        self.context.set_offline(False)
        return self

    def waits(self) -> int:
        """How much is in the outbox."""
        found: int = self.page.evaluate(COUNT)
        return found

    def has_sent_all(self) -> "Pocket":
        self.page.wait_for_function(f"async () => (await ({COUNT})()) === 0")
        return self

    def close(self) -> None:
        self.faults = [fault for fault in self.faults if not NOT_A_FAULT.search(fault)]
        super().close()


STORE = """(name) => new Promise((resolve) => {
    const opening = indexedDB.open("diary");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
        const asked = opening.result.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
    };
})"""
CARRIES = f"async () => (await ({STORE})('carry')).length > 0"
COUNT = f"async () => (await ({STORE})('outbox')).length"


@pytest.fixture
def pocket(alice: Person, opens: Opens) -> Pocket:
    """Alice's phone, ready to be taken along."""
    return Pocket.of(opens(alice, "phone")).is_ready()


def test_a_fever_is_judged_with_no_connection_and_sent_once_when_it_is_back(pocket: Pocket):
    # Given a phone without a connection
    pocket.is_away().goes_to("check-ins/new")
    assert "No connection." in pocket.words
    assert "Alice" not in pocket.page.content()
    pocket.is_sound()
    # When a fever is logged
    pocket.types("Temperature", "38.4").presses("Save")
    pocket.page.wait_for_selector(".advice")
    # Then the advice is the diary's own, with the numbers, marked as not sent
    assert pocket.urgencies() == ["Ring your team now"]
    assert pocket.dials() == ["+442079460000", "999"]
    assert "You have a fever. Ring your team now, even if you feel fine." in pocket.words
    assert "Not sent yet." in pocket.words
    assert "What could not be checked" in pocket.words
    assert "38.4" not in pocket.page.url
    pocket.is_sound()
    # And it goes by itself, once
    pocket.is_back().has_sent_all()
    pocket.page.wait_for_selector("text=Sent and saved.")
    assert pocket.is_saved() == 1
    pocket.goes_to()
    assert pocket.urgencies() == ["Ring your team now"]
