"""Alice signs in by a finger, by a code and by a link; a stranger with her password does not."""

import re

import pytest
from passlib.totp import TOTP

from tests.cast import PASSWORD
from tests.journeys.conftest import Opens
from tests.journeys.screen import Screen


@pytest.fixture
def finger(phone: Screen):
    """A finger on Alice's phone: a virtual authenticator that says yes."""
    session = phone.context.new_cdp_session(phone.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.fixture
def phone(alice, house, opens: Opens) -> Screen:
    """Alice's phone; a passkey belongs to a name, and an address in numbers is none."""
    return opens(alice, "phone", at=house.by_name())


def test_a_finger_in_place_of_a_password(phone: Screen, finger):
    phone.goes_to("/account").is_sound().presses("Add a passkey").is_sound()
    phone.presses("Make the passkey")
    assert "Your passkey is ready." in phone.words
    phone.is_sound().presses("Sign out").goes_to("/sign-in").is_sound()
    phone.presses("Use a passkey")
    assert phone.path == phone.person.at()
    phone.goes_to("/account")
    phone.tap(phone.page.get_by_role("button", name=re.compile("^Remove")))
    phone.page.get_by_text("The passkey is removed.").wait_for()
    phone.presses("Sign out").goes_to("/sign-in")
    phone.tap(phone.page.get_by_role("button", name="Use a passkey"))
    phone.page.get_by_text("The passkey did not work.").first.wait_for()
    phone.types("E-mail address", phone.person.email).types("Password", PASSWORD).presses("Sign in")
    assert phone.path == phone.person.at()


def test_a_code_after_the_password_in_the_middle_of_a_check_in(phone: Screen):
    phone.goes_to("/account").presses("Use codes from an app").is_sound()
    totp = TOTP(key=phone.page.locator(".code-secret").inner_text().replace(" ", ""), format="base32")
    phone.types("Code from the app", totp.generate().token).presses("Switch on").is_sound()
    paper = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", phone.words)
    phone.presses("I have written them down")
    phone.goes_to("check-ins/new").types("Temperature", "38.4")
    phone.context.clear_cookies()
    phone.presses("Save")
    assert phone.urgencies()
    phone.types("E-mail address", phone.person.email).types("Password", PASSWORD).presses("Sign in and save")
    assert phone.urgencies()
    phone.is_sound().types("Code from your app", paper[0]).presses("Sign in and save")
    assert "38.4" in phone.words
    assert "/check-ins/" in phone.path
