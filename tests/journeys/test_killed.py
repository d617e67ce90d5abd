"""The diary is killed, the browser is closed, and both come back as new versions: what was typed is saved, once."""

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from diary.settings import Settings
from tests.cast import Person
from tests.journeys.conftest import ARGUMENTS, CHROMIUM, WINDOWS, House, answers, wait_for
from tests.journeys.pocket import Pocket
from tests.journeys.test_offline import signs_in
from tests.serving import Served


@pytest.fixture
def served(tmp_path: Path) -> Iterator[list[Served]]:
    """A house of its own; the last of the list is the one that is being served."""
    houses = [Served(tmp_path / "instance")]
    yield houses
    houses[-1].stop()


@pytest.fixture
def house(served: list[Served], tmp_path: Path) -> House:
    port = served[0].port
    settings = Settings.from_env({"DIARY_INSTANCE": str(tmp_path / "instance"), "DIARY_PORT": str(port)})
    return House(f"http://127.0.0.1:{port}", settings, served[0].log)


@pytest.fixture
def opens_browser(chromium: Browser, house: House, alice: Person, tmp_path: Path) -> Callable[[], Pocket]:
    """A browser of Alice's that keeps what it has when it is closed."""

    def opened() -> Pocket:
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=list(ARGUMENTS),
            locale="en-GB",
            base_url=house.url,
            **WINDOWS["phone"],
        )
        pocket = Pocket(context, house.url, None)
        pocket.person = alice
        return pocket

    return opened


def test_what_was_typed_outlives_the_diary_and_the_browser(
    served: list[Served], alice: Person, opens_browser: Callable[[], Pocket], tmp_path: Path
):
    # Given a phone with an older version of the worker
    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'VERSION = "\w+"', 'VERSION = "older"', answer.text()))

    pocket = opens_browser()
    pocket.context.route("**/worker.js", older)
    signs_in(pocket, alice.email)
    pocket.is_ready()
    # When the diary is killed, and something is logged
    served[0].stop(signal.SIGQUIT)  # It drops what it is answering, and ends every process of its own.
    wait_for(lambda: not answers(served[0].port))
    assert "files-older" in pocket.page.evaluate("caches.keys()")
    pocket.goes_to("check-ins/new").types("Temperature", "38.4").types("Note", "Cold hands.").presses("Save")
    # Then the advice is there at once, and wherever she goes
    pocket.page.wait_for_selector(".advice")
    assert pocket.urgencies() == ["Ring your team now"]
    pocket.goes_to()
    pocket.page.wait_for_selector("text=Not sent yet.")
    # When the browser is closed, the diary comes back, and so does she
    pocket.close()
    served.append(Served(tmp_path / "instance", DIARY_PORT=str(served[0].port)))
    pocket = opens_browser()
    pocket.goes_to().has_sent_all()
    # Then it has gone, once, and the new worker is there
    pocket.goes_to("history")
    assert "Note: Cold hands." in pocket.words
    assert pocket.is_saved() == 1
    pocket.comes_true("async () => (await caches.keys()).some((name) => /^files-(?!older)/.test(name))")
    pocket.close()
