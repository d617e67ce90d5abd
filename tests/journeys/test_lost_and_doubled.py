"""Nothing that was typed is lost, and nothing is saved twice."""

from tests.cast import PASSWORD
from tests.journeys.screen import Screen


def test_a_session_that_expired_in_the_middle_loses_nothing(phone: Screen):
    # Given a check-in that is being filled in while the session goes
    phone.goes_to("check-ins/new").types("Temperature", "38.4").types("Note", "Cold hands.").ticks("Shaking chills")
    kept = [cookie for cookie in phone.context.cookies() if cookie["name"] == "help_now"]
    phone.context.clear_cookies()
    phone.context.add_cookies(kept)
    # When it is sent
    phone.presses("Save").is_sound()
    # Then the advice comes before the sign-in, with the numbers that the phone keeps
    assert phone.urgencies()[0] in ("Ring your team now", "Emergency – call now")
    assert set(phone.dials()) == {"+442079460000", "999"}
    assert "Not saved yet." in phone.words
    assert "38.4" not in phone.page.url
    # And signing in saves it, once
    assert phone.person
    phone.types("E-mail address", phone.person.email).types("Password", "a wrong password").presses("Sign in and save")
    assert phone.urgencies()[0] in ("Ring your team now", "Emergency – call now")
    phone.is_sound().types("Password", PASSWORD).presses("Sign in and save")
    assert "Temperature: 38.4 °C" in phone.words
    assert "Shaking chills" in phone.words
    assert "Note: Cold hands." in phone.words
    assert phone.is_saved() == 1


def test_a_double_tap_on_save_is_one_check_in(phone: Screen):
    phone.goes_to("check-ins/new").types("Temperature", "38.4")
    phone.page.get_by_role("button", name="Save", exact=True).dblclick()
    phone.page.wait_for_url("**/check-ins/*-*")
    assert phone.urgencies() == ["Ring your team now"]
    assert phone.is_saved() == 1


def test_back_and_forward_after_saving_lose_and_double_nothing(phone: Screen):
    # Given a fever that was saved
    phone.goes_to().presses("Log one number").types("Temperature", "38.4").presses("Save")
    outcome = phone.page.url
    # When Alice goes back and saves again, whatever her browser has kept of the form
    phone.page.go_back()
    phone.page.wait_for_timeout(4100)  # Until then a second tap counts as one.
    phone.presses("Save")
    # Then there is one check-in, and what she was told is still one step away
    assert phone.is_saved() == 1
    phone.goes_to(outcome).page.reload()
    assert phone.urgencies() == ["Ring your team now"]
    assert phone.is_saved() == 1


def test_a_fresh_page_holds_no_number_of_the_last_one(phone: Screen):
    phone.logs(Temperature="38.4", Pulse="90")
    phone.goes_to("check-ins/new")
    for label in ("Temperature", "Pulse", "Top number", "Oxygen level", "Note"):
        assert phone.field(label).input_value() == ""
    assert "Last: 38.4 °C" in phone.words
    assert phone.page.locator("main :checked").count() == 2  # Who answers, and the unit.


def test_a_check_in_is_corrected_and_withdrawn_and_stays_in_history(phone: Screen):
    # Given a check-in with a slip
    phone.logs(Temperature="37.4").presses("Correct or withdraw it").is_sound()
    # When it is corrected
    phone.types("Temperature", "38.4").presses("Save")
    assert phone.urgencies() == ["Ring your team now"]
    # And then withdrawn
    phone.presses("Correct or withdraw it").presses("Withdraw this check-in").is_sound()
    phone.presses("Withdraw it").is_sound()
    # Then both versions are in history, struck through, and the warning is still open
    assert "Withdrawn. It stays in History, struck through." in phone.words
    assert "Corrected later" in phone.words
    assert "Withdrawn by Alice" in phone.words
    assert phone.page.locator("s", has_text="Temperature").all_inner_texts() == [
        "Temperature: 38.4\u00a0°C",
        "Temperature: 37.4\u00a0°C",
    ]
    phone.goes_to()
    assert phone.urgencies() == ["Ring your team now"]


def test_the_numbers_to_call_are_there_after_signing_out(phone: Screen):
    phone.goes_to().presses("Sign out").is_sound()
    phone.goes_to("/help-now").is_sound()
    assert phone.page.locator("a[href='tel:999']").is_visible()
    assert phone.page.locator("a[href='tel:+442079460000']").is_visible()
    assert "Alice" not in phone.page.content()
    phone.presses("Forget this phone").is_sound()
    assert "This phone does not know your numbers." in phone.words
