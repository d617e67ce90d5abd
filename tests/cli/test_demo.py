"""``diary demo``: an invented person, labelled as a sample on every page, apart from anybody's own diary."""

import re
import signal

import pytest

from tests.cast import fields_in
from tests.serving import Browser, Served


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    house = Served(folder, "demo")
    house.folder = folder
    yield house
    house.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def visitor(demo):
    """Somebody who signed in with the password that was printed."""
    browser = Browser(demo.address)
    line = next(line for line in demo.lines if line.startswith("Sign in as"))
    email, password = re.fullmatch(r"Sign in as (\S+), or as \S+, with the password (\S+)", line).groups()
    page = browser.post("/sign-in", **fields_in(browser.get("/sign-in")) | {"email": email, "password": password})
    assert "Treatment day 21" in page
    browser.home = browser.url
    return browser


@pytest.mark.parametrize("path", ["", "check-ins/new", "history", "charts/", "settings", "doses/new", "flags/close"])
def test_it_labels_every_page_as_a_sample(visitor, path):
    page = visitor.get(visitor.home + path)
    assert visitor.status == 200
    assert "Sample diary." in page
    assert "This is an invented person." in page


def test_it_labels_the_pages_before_sign_in_too(demo):
    for path in ("/sign-in", "/help-now", "/nothing"):
        assert "Sample diary." in Browser(demo.address).get(path)


def test_it_has_three_weeks_to_show(visitor):
    page = visitor.get(visitor.home + "charts/?days=30")
    assert page.count("<tr") > 40
    assert "°C" in page


def test_it_keeps_out_of_the_real_diary(demo):
    assert not (demo.folder / "diary.sqlite").exists()
    assert (demo.folder / "demo" / "diary.sqlite").exists()


def test_it_has_a_password_of_its_own_each_time(demo, tmp_path):
    other = Served(tmp_path, "demo")
    try:
        told = [next(line for line in house.lines if line.startswith("Sign in as")) for house in (demo, other)]
    finally:
        other.stop()
    passwords = [line.split()[-1] for line in told]
    assert passwords[0] != passwords[1]
    assert all(len(password) >= 12 for password in passwords)
