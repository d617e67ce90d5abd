"""One number from the icon, a foggy day on a small phone, the timer, the paper sheet, a server that dies midway."""

import re
import signal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD, fields_in
from tests.journeys.conftest import Opens
from tests.journeys.screen import Screen
from tests.serving import Browser, Served


def test_one_number_from_the_icon_takes_two_taps_and_the_digits(phone: Screen):
    # Given a tap on the icon, which opens the quick log with the keyboard on its field
    phone.goes_to("/log").is_sound()
    taps = 1 + phone.taps
    # When the digits are typed, and Save, which is in reach of the thumb, is tapped
    phone.page.keyboard.type("38.4")
    expect(phone.page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)
    phone.presses("Save")
    # Then it took two taps and four keys
    assert phone.urgencies() == ["Ring your team now"]
    assert taps + phone.taps == 2


def test_a_fever_is_logged_with_the_keyboard_alone(alice, opens: Opens):
    screen = opens(alice, "desktop").goes_to()
    # When somebody walks to the quick log, types the number where the keyboard already stands, and walks to Save
    _walks_to(screen, "Log one number")
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Enter")
    screen.page.keyboard.type("38.4")
    _walks_to(screen, "Save")
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Space")
    # Then the advice is there, and one jump over the head of the page leads to whom to call
    assert screen.urgencies() == ["Ring your team now"]
    _walks_to(screen, "Skip to the main part", within=1)
    screen.page.keyboard.press("Enter")
    _walks_to(screen, "CAR T team", within=1)


def _walks_to(screen: Screen, name: str, within: int = 40) -> None:
    for _ in range(within):
        screen.page.keyboard.press("Tab")
        if screen.page.evaluate("document.activeElement.innerText").startswith(name):
            return
    pytest.fail(f"{name} is not within {within} steps of the keyboard.")


def test_a_foggy_day_is_one_big_question_a_screen_on_a_small_phone(alice, opens: Opens):
    screen = opens(alice, "small phone").goes_to()
    screen.presses("Foggy day: one big question at a time").is_sound()
    screen.presses("Log a check-in").is_sound()
    screen.types("Temperature", "38.4").presses("Next").is_sound()
    # The prompt comes at once, and the numbers to call stay in sight
    assert screen.urgencies()[0] == "Ring your team now"
    expect(screen.page.locator(".call-bar")).to_be_in_viewport()
    screen.ticks("I feel very unwell").presses("Next").is_sound()
    assert float(screen.page.locator("input").last.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 32
    # Walking away now loses nothing
    screen.goes_to()
    assert "I feel very unwell" in screen.words
    assert screen.is_saved() == 1
    screen.presses("End the foggy day")


def test_the_timer_counts_down_and_says_when_it_is_time(alice, opens: Opens):
    # Given a temperature that is to be measured again in an hour
    screen = opens(alice, "phone")
    screen.page.clock.install()
    screen.logs(Temperature="37.6")
    left = screen.page.locator(".timer__left")
    assert re.fullmatch(r"(00:59|01:00):\d\d", left.inner_text())
    # When the hour is over
    screen.page.clock.fast_forward("01:00:05")
    # Then the page says so, in itself and in its title, and leads straight to the number
    expect(screen.page.get_by_role("status").filter(has_text="Measure again now: Temperature")).to_be_visible()
    expect(left).to_be_hidden()
    assert screen.page.title().startswith("Measure again now: Temperature")
    screen.presses("Log it: Temperature")
    assert screen.page.evaluate("document.activeElement.name") == "temperature"


def test_without_scripts_the_page_says_the_time(alice, opens: Opens):
    screen = opens(alice, "phone", java_script_enabled=False)
    screen.page.goto(alice.at("log"))
    screen.page.get_by_label("Temperature").fill("37.6")
    screen.page.get_by_role("button", name="Save", exact=True).tap()
    screen.page.wait_for_url("**/check-ins/*-*")
    assert re.search(r"Measure again: Temperature At \w+ \d\d:\d\d \(in (1 hour|59 minutes)\)", screen.words)


def test_the_paper_sheet_is_one_sheet_of_two_sides(alice, opens: Opens):
    screen = opens(alice, "desktop").goes_to("paper").is_sound()
    for paper in ("A4", "Letter"):
        assert len(re.findall(rb"/Type /Page\b", screen.page.pdf(format=paper))) == 2


def test_a_server_that_dies_between_two_steps_has_lost_nothing(house, alice):
    # Given a fever in the second step, on a server that dies the moment that it answered
    server = Served(house.settings.instance)
    browser = Browser(server.address)
    try:
        form = fields_in(browser.get("/sign-in")) | {"email": alice.email, "password": PASSWORD}
        browser.post("/sign-in", **form)
        form = fields_in(browser.get(alice.at("check-ins/steps/temperature"))) | {"temperature": "38.4"}
        browser.post(alice.at("check-ins/steps/temperature"), **form)
        step = urlsplit(browser.url).path
    finally:
        server.stop(signal.SIGKILL)
    # When another one takes its place, and the next step is sent
    server = Served(house.settings.instance)
    browser.base = server.address
    try:
        page = browser.get(step)
        assert "Ring your team now" in page
        browser.post(step, **fields_in(page) | {"pulse": "104"})
        # Then everything is there, once
        history = browser.get(alice.at("history"))
        assert "38.4" in history
        assert "104 a minute" in history
        assert history.count('class="history__entry') == 1
    finally:
        server.stop()
