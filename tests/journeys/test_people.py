"""Somebody is let in by a link, helps, and is let in no longer."""

from uuid import uuid4

import pytest

from diary.domain.access import Role
from tests.cast import PASSWORD, Person
from tests.journeys.conftest import Elsewhere, Opens
from tests.journeys.screen import Screen


def test_alice_lets_bob_in_and_out_again(phone: Screen, opens: Opens):
    # Given Alice, who makes a link for a caregiver on her phone
    phone.goes_to("settings").presses("Invite and change people").presses("Invite somebody")
    phone.tap(phone.page.get_by_role("radio", name="Caregiver"))
    phone.presses("Make the link").is_sound()
    picture = phone.page.get_by_role("img", name="The link as a QR code").locator("svg")
    assert picture.bounding_box()["width"] > 200, "big enough for a camera"
    link = phone.page.locator(".secret-link").inner_text()
    # When Bob opens it on his own phone and makes an account
    bobs = opens(None, "phone")
    bobs.goes_to(link).is_sound()
    assert "Alice invites you to a diary" in bobs.words
    bobs.types("Your name", "Bob").types("Your e-mail address", f"bob-{uuid4()}@example.org")
    bobs.types("Choose a password", PASSWORD).presses("Make my account and accept")
    # Then he is in, logs for her, and is asked as a caregiver
    assert "You can now open this diary." in bobs.words
    bobs.presses("Log a check-in").presses("All on one page")
    assert bobs.page.get_by_label("A caregiver", exact=True).is_checked()
    bobs.types("Temperature", "38.4").presses("Save")
    assert bobs.urgencies()[0] == "Ring your team now"
    outcome = bobs.path
    # And Alice reads that it was him
    phone.goes_to("history")
    assert "answered by the caregiver, logged by Bob (caregiver)" in phone.words
    # When she removes him, then there is no such diary for him
    phone.goes_to("people").presses("Change Bob").is_sound().presses("Remove Bob").is_sound().presses("Remove")
    assert "Bob can no longer open this diary." in phone.words
    bobs.goes_to(outcome)
    assert "There is no such page." in bobs.words
    bobs.goes_to(link)
    assert "This link does not work" in bobs.words


@pytest.mark.parametrize("window", ["phone", "small phone", "desktop"])
def test_bob_sees_who_needs_him_first(alice: Person, opens: Opens, elsewhere: Elsewhere, window: str):
    # Given Bob, who helps two people, and one of them has a fever
    def prepare() -> Person:
        dora, bob = Person(alice.app, "Dora"), Person(alice.app, "Bob")
        for person in (dora, bob):
            person.email = f"{person.name}-{uuid4()}@example.org"
            person.has_an_account()
        bob.joins(dora.has_a_diary(), Role.VIEWER).joins(alice, Role.CAREGIVER).signs_in()
        alice.logs(temperature="38.4")
        return bob

    screen = opens(elsewhere(prepare), window)
    # When he opens the diary
    screen.goes_to("/").fits()
    if window == "phone":
        screen.is_sound()
    # Then she comes first, with what to do, and one tap calls her team
    assert screen.path == "/diaries/"
    names = [name.inner_text() for name in screen.page.locator(".person__name").all()]
    assert names == ["Alice", "Dora"]
    first, second = (card.inner_text() for card in screen.page.locator(".person").all())
    assert "You have a fever." in first
    assert "Nothing is logged yet." in second
    assert screen.page.locator(".person").first.locator("a[href^='tel:']").count() == 1
    # And one tap logs for her; for Dora, whose viewer he is, there is no such button
    assert "Log a check-in" not in second
    screen.presses("Log a check-in Alice")
    assert screen.path == alice.at("check-ins/steps/feel")
