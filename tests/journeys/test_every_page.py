"""Every page, on every screen, in both themes, and on paper."""

import pytest

from tests.cast import Person
from tests.journeys.conftest import WINDOWS, Elsewhere, Opens
from tests.journeys.screen import Screen

PAGES = (
    "",
    "check-ins/new",
    "check-ins/steps/temperature",
    "check-ins/steps/rest",
    "check-ins/steps/one-pressure",
    "check-ins/several/",
    "log",
    "medicines/",
    "medicines/new",
    "paper",
    "charts/",
    "charts/?days=7",
    "history",
    "settings",
    "settings/patient",
    "settings/numbers",
    "settings/treatment",
    "people",
    "people/invite",
    "leave",
    "flags/close",
    "neuro-check/new",
    "neuro-check/settings",
    "handwriting/",
    "handwriting/new/sentence",
    "doses/new",
    "rules",
    "audit",
    "download",
    "delete",
    "/account/delete",
    "/privacy",
    "/account",
    "/password",
    "/help-now",
    "/diaries/",
    "/invitations/x",
    "/no-such-page",
)
"""The pages of a diary that is in use; the journeys visit the others."""


@pytest.fixture
def used(alice: Person, elsewhere: Elsewhere) -> Person:
    """Alice, with a diary in use: an open warning, a long word and a medicine."""

    def use() -> None:
        alice.logs(temperature="37.0", systolic="122", diastolic="74", pulse="72", oxygen="97", neuro_score="10")
        alice.logs(temperature="38.4", systolic="96", diastolic="60", pulse="104", fever_medicine="antipyretic")
        alice.logs(signs_nerves="tremor", note="W" * 200)
        alice.logs(page="doses/new", medicine="steroid", status="taken", agreed="yes")
        alice.logs(page="medicines/new", name="Calpol", hours_apart="6")

    elsewhere(use)
    return alice


@pytest.mark.parametrize("window", WINDOWS)
def test_every_page_fits_every_screen(used: Person, opens: Opens, window: str):
    screen = opens(used, window)
    for page in PAGES:
        screen.goes_to(page).fits()
        assert screen.page.get_by_role("heading", level=1).count() == 1


def test_axe_finds_nothing_on_any_page_in_either_theme(used: Person, opens: Opens):
    screen = opens(used, "phone")
    for page in PAGES:
        screen.goes_to(page).is_sound()
        assert screen.page.title()


def test_the_charts_show_a_picture_and_the_same_as_a_table(used: Person, opens: Opens):
    drawn = []
    for theme in ("light", "dark"):
        for window in ("phone", "desktop"):
            screen = opens(used, window, color_scheme=theme).goes_to("charts/")
            picture = screen.page.locator("picture img")
            screen.page.wait_for_function("document.images[0].complete")
            assert picture.evaluate("image => image.naturalWidth") > 0
            assert picture.get_attribute("alt")
            drawn.append(picture.evaluate("image => image.currentSrc"))
            table = screen.page.locator("table").inner_text()
            for value in ("38.4", "96/60", "104", "10 out of 10"):
                assert value in table
    assert len(set(drawn)) == 4


def test_a_picture_that_the_browser_has_is_not_sent_again(phone: Screen):
    phone.logs(Temperature="37.0")
    for _ in range(2):
        phone.goes_to("charts/")
        phone.page.wait_for_function("document.images[0].complete")
    pictures = [answer for answer in phone.answers if "trends.svg" in answer.url]
    assert [answer.status for answer in pictures] == [200, 304]


@pytest.mark.parametrize("shown", ["outcome", "charts/", "history"])
def test_on_paper_stands_what_matters_and_no_button(used: Person, opens: Opens, shown: str):
    screen = opens(used, "desktop")
    if shown == "outcome":
        screen.logs(Temperature="38.6")
    else:
        screen.goes_to(shown)
    screen.page.emulate_media(media="print", color_scheme="dark")
    assert not screen.page.locator("nav").first.is_visible()
    assert not screen.page.get_by_role("button", name="Sign out").is_visible()
    for part in screen.page.locator("main, .advice__alert, .advice__says, th, .history__entry").all():
        colour, ground = part.evaluate("part => [getComputedStyle(part).color, getComputedStyle(part).backgroundColor]")
        assert sum(map(int, colour[4:-1].split(",")[:3])) < 200, f"{colour} is too light for paper"
        assert ground in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    for picture in screen.page.locator("picture img").all():
        assert "theme=light" in picture.evaluate("image => image.currentSrc")
    for number in screen.page.locator(".call-bar .call-button__number").all():
        assert number.is_visible()
    assert "This app does not diagnose." in screen.page.locator("footer").inner_text()


def test_the_log_page_is_small_and_comes_once(phone: Screen):
    # Given a first visit, which brings everything
    phone.goes_to("check-ins/new")
    phone.page.wait_for_load_state("networkidle")
    first = {answer.url: answer for answer in phone.answers}
    # When the page is opened again
    phone.answers.clear()
    phone.goes_to("check-ins/new")
    phone.page.wait_for_load_state("networkidle")
    # Then nothing but the page itself crosses the wire
    again = [answer for answer in phone.answers if answer.request.sizes()["responseBodySize"] > 0]
    assert [answer.request.resource_type for answer in again] == ["document"]
    assert len(first) <= 10
