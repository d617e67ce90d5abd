"""Every page, on every screen, in both themes, with a keyboard, and on paper."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from diary.domain.access import Role
from diary.extensions import db
from diary.models import CheckInRow, DoseRow, MedicineRow, MembershipRow, PictureRow
from diary.services.password import find_account, reset_token
from tests.cast import Person
from tests.journeys.conftest import Elsewhere, Opens
from tests.journeys.screen import Screen
from tests.pictures import a_photo

PAGES = {
    "home.diary": ("",),
    "check_in.new": ("check-ins/new",),
    "check_in.outcome": ("check-ins/{check_in}",),
    "check_in.correct": ("check-ins/{check_in}/correct",),
    "check_in.withdraw": ("check-ins/{check_in}/withdraw",),
    "check_in_steps.begin": ("check-ins/steps/temperature", "check-ins/steps/rest", "check-ins/steps/one-pressure"),
    "check_in_steps.go_on": ("check-ins/{check_in}/steps/numbers", "check-ins/{check_in}/steps/one-pulse"),
    "check_in_several.new": ("check-ins/several/",),
    "check_in_several.outcome": ("{several}",),
    "log.quick": ("log",),
    "dose.new": ("doses/new",),
    "dose.outcome": ("doses/{dose}",),
    "dose.correct": ("doses/{dose}/correct",),
    "dose.withdraw": ("doses/{dose}/withdraw",),
    "medicine.show": ("medicines/",),
    "medicine.new": ("medicines/new",),
    "medicine.change": ("medicines/{medicine}/change",),
    "paper.show": ("paper",),
    "charts.show": ("charts/", "charts/?days=7"),
    "history.show": ("history",),
    "flag.close": ("flags/close",),
    "neuro_check.new": ("neuro-check/new",),
    "neuro_check.settings": ("neuro-check/settings",),
    "handwriting.show": ("handwriting/",),
    "handwriting.new": ("handwriting/new/sentence", "handwriting/new/clock"),
    "handwriting.compare": ("handwriting/{picture}",),
    "kept.phone": ("on-this-phone",),
    "kept.check_in": ("on-this-phone/check-in",),
    "kept.log": ("on-this-phone/log",),
    "kept.neuro_check": ("on-this-phone/neuro-check",),
    "rules.of_diary": ("rules",),
    "audit.show": ("audit",),
    "people.show": ("people",),
    "people.invite": ("people/invite",),
    "people.member": ("people/{member}",),
    "people.remove": ("people/{member}/remove",),
    "people.leave": ("leave",),
    "set_up.settings": ("settings",),
    "set_up.patient": ("settings/patient",),
    "set_up.numbers": ("settings/numbers",),
    "set_up.treatment": ("settings/treatment",),
    "set_up.begin": ("/diaries/new",),
    "home.people": ("/diaries/",),
    "rights.download": ("download",),
    "rights.delete": ("delete",),
    "rights.delete_account": ("/account/delete",),
    "account.show": ("/account",),
    "account.details": ("/account/details",),
    "passkey.new": ("/account/passkeys/new",),
    "code.switch_on": ("/account/codes",),
    "security.change_password": ("/password",),
    "security.verify": ("/sign-in-again",),
}
"""The pages of whoever is signed in, with a diary in use, by endpoint."""
OPEN_PAGES = {
    "security.login": ("/sign-in",),
    "reset.ask": ("/forgotten-password",),
    "reset.choose": ("{reset}", "/forgotten-password/x"),
    "invitation.show": ("{invitation}", "/invitations/x"),
    "help_now.show": ("/help-now",),
    "rules.show": ("/rules",),
    "privacy.show": ("/privacy",),
    "": ("/no-such-page",),
}
"""The pages of whoever is not."""
ELSEWHERE = {
    "account.set_up": "test_set_up.py, in a house that nobody has set up",
    "home.first": "leads to another page",
    "log.first": "leads to another page",
    "static": "files",
    "charts.trends": "a picture",
    "handwriting.image": "a picture",
    "offline.carry": "data",
    "offline.manifest": "data",
    "offline.rules": "data",
    "offline.worker": "a script",
    "rights.receipt": "a file",
}
SEVERAL = 4
"""Parts that can be visited at the same time."""
PARTS = [*({name: PAGES[name] for name in list(PAGES)[part::SEVERAL]} for part in range(SEVERAL)), OPEN_PAGES]
WINDOWS: Any = (
    {"width": 1280, "height": 900},
    {"width": 320, "height": 640},
    # 1280 × 1024 at 400 % zoom.
    {"width": 320, "height": 256},
)


@dataclass(frozen=True)
class Used:
    """Alice, and what stands for an entry of hers in ``PAGES``."""

    alice: Person
    ids: dict[str, str]


@pytest.fixture
def used(alice: Person, elsewhere: Elsewhere) -> Used:
    """Alice, with a diary in use: an open warning, a long word, a medicine, a picture, and somebody who helps."""

    def use() -> Used:
        alice.logs(temperature="37.0", systolic="122", diastolic="74", pulse="72", oxygen="97", neuro_score="10")
        alice.logs(temperature="38.4", systolic="96", diastolic="60", pulse="104", fever_medicine="antipyretic")
        alice.logs(signs_nerves="tremor", note="W" * 200)
        alice.logs(page="doses/new", medicine="steroid", status="taken", agreed="yes")
        alice.logs(page="medicines/new", name="Calpol", hours_apart="6")
        alice.logs(page="handwriting/new/sentence", picture=a_photo())
        several = alice.logs(page="check-ins/several/", **{"row-0-at_time": "00:01", "row-0-temperature": "37.2"})
        link = alice.logs(page="people/invite", role="viewer").text.split("/invitations/")[1].split("<")[0].strip()
        helper = Person(alice.app, "Erin")
        helper.email = f"erin-of-{alice.email}"
        helper.has_an_account().joins(alice, Role.CAREGIVER)
        ids = {
            "check_in": _newest(alice, CheckInRow),
            "dose": _newest(alice, DoseRow),
            "medicine": _newest(alice, MedicineRow),
            "picture": _newest(alice, PictureRow),
            "member": _newest(alice, MembershipRow),
            "several": several.request.full_path,
            "invitation": f"/invitations/{link}",
            "reset": f"/forgotten-password/{_reset_token(alice)}",
        }
        return Used(alice, ids)

    return elsewhere(use)


def _newest(alice: Person, table: Any) -> str:
    with alice.app.app_context():
        found = db.session.scalars(select(table).where(table.diary_id == alice.diary_id)).all()
        return str(found[-1].id)


def _reset_token(alice: Person) -> str:
    with alice.app.app_context():
        account = find_account(db.session, alice.email)
        assert account
        return reset_token(alice.app.config["SECRET_KEY"], account)


def test_every_page_of_the_diary_is_visited(app: Flask):
    pages = {route.endpoint for route in app.url_map.iter_rules() if "GET" in (route.methods or ())}
    assert (PAGES | OPEN_PAGES | ELSEWHERE).keys() - {""} == pages


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_every_page_is_for_everybody(used: Used, opens: Opens, part: int):
    screen = opens(None if PARTS[part] is OPEN_PAGES else used.alice, "phone with a keyboard")
    for paths in PARTS[part].values():
        for path in paths:
            screen.goes_to(path.format(**used.ids))
            assert screen.page.get_by_role("heading", level=1).count() == 1
            assert screen.page.title()
            screen.is_sound().fits_every_window(WINDOWS).shows_the_focus().bears_spaced_text()
            # Whom to call stands at the same place of each page (WCAG 3.2.6).
            if PARTS[part] is not OPEN_PAGES and not path.startswith("/"):
                assert screen.page.locator("body > :last-child").get_attribute("id") == "call"


def test_the_charts_show_a_picture_and_the_same_as_a_table(used: Used, opens: Opens):
    drawn = []
    for theme in ("light", "dark"):
        for window in ("phone", "desktop"):
            screen = opens(used.alice, window, color_scheme=theme).goes_to("charts/")
            picture = screen.page.locator("picture img")
            screen.page.evaluate("document.images[0].decode()")
            assert picture.evaluate("image => image.naturalWidth") > 0
            assert picture.get_attribute("alt")
            drawn.append(picture.evaluate("image => image.currentSrc"))
            screen.tap(screen.page.locator("details", has=screen.page.locator("table")).locator("summary"))
            table = screen.page.locator("table").inner_text()
            for value in ("38.4", "96/60", "104", "10 out of 10"):
                assert value in table
    assert len(set(drawn)) == 4


def test_a_picture_that_the_browser_has_is_not_sent_again(phone: Screen):
    phone.logs(Temperature="37.0")
    sent = []
    for _ in range(2):
        phone.goes_to("charts/")
        phone.page.evaluate("document.images[0].decode()")
        sent.append(phone.page.evaluate("performance.getEntriesByName(document.images[0].currentSrc)[0].transferSize"))
    # The second time it is asked whether the picture is the same still, and that is all.
    assert sent[0] > 3000
    assert sent[1] < 1000


@pytest.mark.parametrize("shown", ["outcome", "", "charts/", "history"])
def test_on_paper_stands_what_matters_and_no_button(used: Used, opens: Opens, shown: str):
    screen = opens(used.alice, "desktop")
    if shown == "outcome":
        screen.logs(Temperature="38.6")
    else:
        screen.goes_to(shown)
    screen.page.emulate_media(media="print", color_scheme="dark")
    assert not screen.page.locator("nav").first.is_visible()
    assert not screen.page.get_by_role("heading", name="Sign in without a password?").is_visible()
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
