"""From the link in the terminal to the first check-in."""

from tests.cast import PASSWORD
from tests.journeys.conftest import House, Opens, link_in


def test_a_caregiver_sets_the_diary_up_and_logs_the_first_check_in(new_house: House, opens: Opens):
    # Given a house that nobody has set up, and a caregiver who reads its terminal
    screen = opens(None, "phone", at=new_house, timezone_id="Europe/London")
    screen.goes_to("/").is_sound()
    assert "Open the link that the terminal printed" in screen.words
    # When they open the link and answer the four pages
    screen.goes_to(link_in(new_house.printed)).is_sound()
    assert "Step 1 of 4" in screen.words
    screen.types("Your name", "Bob").types("Your e-mail address", "bob@example.org").types(
        "Choose a password", PASSWORD
    )
    screen.presses("Go on").is_sound()
    assert "Step 2 of 4" in screen.words
    assert screen.field("Time zone").input_value() == "Europe/London"
    screen.types("The patient’s name", "Alice").types("Date of birth", "1957-05-17").presses("Go on").is_sound()
    assert "Step 3 of 4" in screen.words
    assert screen.field("Emergency number").input_value() == "999"
    screen.types("Name of your care team", "CAR T team").types("Their 24-hour phone number", "+44 20 7946 0000")
    screen.presses("Go on").is_sound()
    assert "Step 4 of 4" in screen.words
    screen.presses("Save").is_sound()
    assert "Nothing is logged yet." in screen.words
    # Then the first check-in can be logged at once
    screen.presses("Log one number").types("Temperature", "36.8").presses("Save").is_sound()
    assert "No warning sign found in what you typed. If you are worried, ring your team." in screen.words
    assert "You did not log these." in screen.words
    # And the link is used up, on whatever phone
    other = opens(None, "phone", at=new_house).goes_to(link_in(new_house.printed))
    assert "There is no such page." in other.words


def test_until_the_numbers_are_there_every_page_asks_for_them(new_house: House, opens: Opens):
    screen = opens(None, "phone", at=new_house, timezone_id="Europe/London")
    screen.goes_to(link_in(new_house.printed))
    screen.types("Your name", "Bob").types("Your e-mail address", "bob@example.org").types(
        "Choose a password", PASSWORD
    )
    screen.presses("Go on").types("The patient’s name", "Alice").types("Date of birth", "1957-05-17").presses("Go on")
    diary = screen.path.removesuffix("settings/numbers")
    for page in ("", "check-ins/new", "charts/", "history", "settings"):
        screen.goes_to(diary + page).is_sound()
        assert "Two phone numbers are missing." in screen.words
