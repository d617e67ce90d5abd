"""A real diary served by ``diary serve``, and people who hold a real Chromium in their hands."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from diary.app import create_app
from diary.domain.treatment import Baseline, CarePlan, Infusion
from diary.extensions import db, limiter
from diary.settings import Settings
from tests.cast import Person
from tests.databases import POSTGRESQL, postgresql_database
from tests.journeys.pocket import Pocket
from tests.journeys.screen import Screen
from tests.secrets import secrets_in

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WINDOWS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "small phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
    # 1280 × 1024 at 400 % zoom.
    "magnified": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "phone with a keyboard": {"viewport": {"width": 390, "height": 844}},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass(frozen=True)
class House:
    """A diary that is being served: where, from which settings, and what its terminal shows."""

    url: str
    settings: Settings
    terminal: Path

    @property
    def printed(self) -> str:
        """What the terminal shows so far: the address, and whatever the server did not expect."""
        return self.terminal.read_text()

    def by_name(self) -> "House":
        """The same house under the name that this machine has for itself: passkeys belong to names."""
        return replace(self, url=self.url.replace("127.0.0.1", "localhost"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip("There is no Chromium here. Install the system's package chromium to run the journeys.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house of all journeys; each has a diary of its own in it."""
    yield from _served(tmp_path_factory.mktemp("house"), "journeys")


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[House]:
    """A house that nobody has set up."""
    yield from _served(tmp_path, "new_house")


def _served(folder: Path, purpose: str) -> Iterator[House]:
    if POSTGRESQL:
        with postgresql_database(purpose) as address:
            yield from _served_on(folder, address)
    else:
        yield from _served_on(folder, None)


def _served_on(folder: Path, address: str | None) -> Iterator[House]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {"DIARY_INSTANCE": str(folder), "DIARY_PORT": str(port)}
    if address:
        environ["DIARY_DATABASE_URL"] = address
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIARY_")}
    command = [sys.executable, "-m", "diary", "serve"]
    terminal = folder / "terminal"
    with (
        terminal.open("w") as shown,
        subprocess.Popen(command, env=kept | environ, stdout=shown, stderr=subprocess.STDOUT) as server,
    ):
        try:
            wait_for(lambda: answers(port))
            yield House(f"http://127.0.0.1:{port}", Settings.from_env(environ), terminal)
        finally:
            server.terminate()
            server.wait()
            assert secrets_in(terminal.read_text()) == []


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("The diary was not served within 30 seconds.")


@pytest.fixture
def settings(house: House) -> Settings:
    """The served house's own settings: what a test prepares in its database, the server serves."""
    return house.settings


Elsewhere = Callable[[Callable[[], Any]], Any]


@pytest.fixture(scope="package")
def elsewhere() -> Iterator[Elsewhere]:
    """Do something in a thread of its own: the browser keeps an event loop in this one, and Flask wants none there."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda act: thread.submit(act).result()


@pytest.fixture
def app(settings: Settings, elsewhere: Elsewhere) -> Iterator[Flask]:
    """The served house once more, in this process, to prepare its database."""

    def build() -> Flask:
        app = create_app(settings)
        # The server reads the cost of a password's hash from the hash; here the least will do.
        app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
        return app

    def leave() -> None:
        with app.app_context():
            db.engine.dispose()

    app = elsewhere(build)
    yield app
    elsewhere(leave)


@pytest.fixture
def alice(app: Flask, elsewhere: Elsewhere) -> Person:
    """The patient, five days after the infusion: with a diary, and signed in."""
    person = Person(app, "Alice")
    person.email = f"alice-{uuid4()}@example.org"
    infused_on = (datetime.now(UTC) - timedelta(days=5)).date()
    plan = CarePlan(profile="standard", infusions=(Infusion(infused_on, "Sample-cel"),), baseline=Baseline())
    limiter.reset()
    return elsewhere(lambda: person.has_an_account().has_a_diary(care_plan=plan).signs_in())


Opens = Callable[..., Screen]


@pytest.fixture
def opens(chromium: Browser, house: House) -> Iterator[Opens]:
    """Put a screen into somebody's hand: ``opens(alice, "phone")``; with nobody, one that is not signed in."""
    screens: list[Screen] = []

    def open_screen(
        person: Person | None = None, window: str = "phone", at: House = house, **options: object
    ) -> Screen:
        context = chromium.new_context(locale="en-GB", base_url=at.url, **WINDOWS[window], **options)
        if person:
            cookies = person.client._cookies.values()  # The test client offers no public list of its cookies.
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": at.url} for cookie in cookies])
        context.set_default_timeout(10_000)
        screens.append(Screen(context, at.url, person))
        return screens[-1]

    yield open_screen
    for screen in screens:
        screen.close()
    faults = [fault for screen in screens for fault in screen.faults]
    assert not faults, "\n".join([*faults, house.printed[-5000:]])


@pytest.fixture
def phone(alice: Person, opens: Opens) -> Screen:
    """Alice's phone, signed in."""
    return opens(alice, "phone")


@pytest.fixture
def pocket(alice: Person, opens: Opens) -> Pocket:
    """Alice's phone, ready to be taken along."""
    return Pocket.of(opens(alice, "phone")).is_ready()


def link_in(printed: str) -> str:
    """The address that the terminal printed."""
    found = re.search(r"http://\S+", printed)
    assert found, printed
    return found[0]
