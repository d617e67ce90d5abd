"""What a phone kept goes when whoever it was kept for goes: signs out, leaves, is removed, or deletes their account."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from diary.domain.access import Role
from diary.extensions import db
from diary.models import MembershipRow
from tests.cast import Person
from tests.journeys.conftest import Elsewhere, Opens
from tests.journeys.pocket import ADDRESSES, KEPT, SENDS, Pocket


@pytest.fixture
def bobs(app: Flask, alice: Person, opens: Opens, elsewhere: Elsewhere) -> Pocket:
    """The phone of Bob, who helps Alice: it keeps her diary, and is away."""

    def prepare() -> Person:
        bob = Person(app, "Bob")
        bob.email = f"bob-{alice.email}"
        return bob.has_an_account().joins(alice, Role.CAREGIVER).signs_in()

    return Pocket.of(opens(elsewhere(prepare), "phone")).is_ready().is_away()


def removes_bob(alice: Person) -> None:
    with alice.app.app_context():
        found = db.session.scalars(select(MembershipRow).where(MembershipRow.diary_id == alice.diary_id)).all()
        member_id = next(each.id for each in found if each.role == Role.CAREGIVER)
    assert "Bob can no longer open this diary." in alice.logs(page=f"people/{member_id}/remove").text


def test_a_diary_that_somebody_may_not_open_any_more_leaves_their_phone(
    bobs: Pocket, alice: Person, elsewhere: Elsewhere
):
    # Given a page that is not there, of a diary that is: the phone keeps what it keeps
    bobs.is_back().goes_to("no-such-page")
    assert "There is no such page." in bobs.words
    assert bobs.page.evaluate(KEPT)[0]
    # But when he is removed, the first page of the diary that he asks for takes everything along
    elsewhere(lambda: removes_bob(alice))
    bobs.goes_to("history")
    assert "There is no such page." in bobs.words
    assert bobs.page.evaluate(KEPT)[:2] == [[], []]
    assert "/diaries/" not in bobs.page.evaluate(ADDRESSES)


def test_leaving_a_diary_takes_it_from_the_phone(bobs: Pocket):
    bobs.is_back().goes_to("leave").presses("Leave")
    assert bobs.path == "/diaries/"
    assert bobs.page.evaluate(KEPT)[:2] == [[], []]
    assert "/diaries/" not in bobs.page.evaluate(ADDRESSES)


def test_what_cannot_be_sent_any_more_says_so_until_it_is_deleted(bobs: Pocket, alice: Person, elsewhere: Elsewhere):
    # Given a fever that waits on Bob's phone, while Alice removes him
    bobs.goes_to("check-ins/new").types("Temperature", "38.4").presses("Save")
    bobs.page.wait_for_selector("text=Not sent yet.")
    elsewhere(lambda: removes_bob(alice))
    # When the connection is back, then the page says why it waits, and still what to do
    bobs.is_back().page.wait_for_selector("text=You cannot write in this diary any more.")
    assert bobs.urgencies() == ["Ring your team now"]
    # And so it does whenever he looks for the diary
    bobs.goes_to("history")
    bobs.page.wait_for_selector("text=You cannot write in this diary any more.")
    assert bobs.path == bobs.person.at("on-this-phone")
    assert bobs.urgencies() == ["Ring your team now"]
    assert not bobs.page.get_by_role("link", name="Log a check-in").is_visible()
    bobs.is_sound()
    # When he deletes it, then all else of the diary goes as well
    delete = bobs.page.locator("[data-act=delete]")
    bobs.tap(delete)
    with bobs.page.expect_navigation(url=re.compile("/diaries/(new)?$")):
        bobs.tap(delete)
    assert bobs.page.evaluate(KEPT)[:2] == [[], []]
    assert "/diaries/" not in bobs.page.evaluate(ADDRESSES)


def test_deleting_the_account_takes_everything_from_the_phone_but_the_numbers(bobs: Pocket):
    # Given something of Bob's that waits
    assert bobs.person
    bobs.goes_to("check-ins/new").types("Pulse", "999").presses("Save")
    bobs.page.wait_for_selector("text=That number looks odd.")
    # When he deletes his account, then he is asked about it first
    bobs.is_back().goes_to("/account/delete").types("Type your e-mail address", bobs.person.email)
    bobs.presses("Delete my account")
    bobs.page.wait_for_selector("text=something is not sent yet.")
    # And when he deletes it before the page listens
    bobs.goes_to("/account/delete").types("Type your e-mail address", "somebody@else.example")
    with bobs.page.expect_navigation():
        bobs.page.evaluate(SENDS)
    assert bobs.waits() == 1
    bobs.types("Type your e-mail address", bobs.person.email)
    with bobs.page.expect_navigation():
        bobs.page.evaluate(SENDS)
    # Then nothing is left of him
    assert "Your account is deleted" in bobs.words
    assert bobs.page.evaluate(KEPT) == [[], [], False]
    bobs.goes_to("/help-now")
    assert bobs.page.locator("a[href='tel:999']").is_visible()


def test_signing_out_asks_about_what_is_not_sent_and_leaves_only_the_numbers(pocket: Pocket):
    # Given something that waits while the diary cannot be reached
    pocket.is_away().goes_to("check-ins/new").types("Pulse", "999").presses("Save")
    pocket.page.wait_for_selector("text=That number looks odd.")
    # When Alice signs out
    pocket.is_back().goes_to("on-this-phone").goes_to("settings").presses("Sign out")
    # Then she is asked first
    pocket.page.wait_for_selector("text=Before you sign out: something is not sent yet.")
    pocket.is_sound()
    delete = pocket.page.locator("[data-act=delete]")
    pocket.tap(delete)
    assert delete.inner_text() == "Sure? Delete for good"
    pocket.tap(delete)
    pocket.page.wait_for_selector("text=Nothing waits on this phone.")
    pocket.goes_to("settings").presses("Sign out")
    # And then nothing of hers is on the phone but the numbers to call
    assert pocket.path == "/sign-in"
    assert pocket.page.evaluate(KEPT) == [[], [], False]
    pocket.is_away().goes_to("/help-now")
    assert pocket.page.locator("a[href='tel:999']").is_visible()
    pocket.goes_to()
    assert pocket.page.locator("a[href='tel:999']").is_visible()
    assert "Alice" not in pocket.page.content()


def test_signing_out_before_the_page_listens_leaves_only_the_numbers(pocket: Pocket):
    with pocket.page.expect_navigation():
        pocket.page.evaluate("document.querySelector('form[data-account]').submit()")  # Tells no listener.
    assert pocket.path == "/sign-in"
    assert pocket.page.evaluate(KEPT) == [[], [], False]
