"""A muddled sentence, seen by somebody who helps; and what the team said about it."""

from tests.journeys.screen import Screen


def test_a_caregiver_logs_muddled_words_and_is_remembered(phone: Screen):
    # When a caregiver ticks what they see
    phone.goes_to("check-ins/new").ticks("A caregiver", "Confused, muddled or not making sense").presses("Save")
    # Then it is an emergency, and nobody is to drive
    phone.is_sound()
    assert phone.urgencies()[0] == "Emergency – call now"
    assert phone.dials() == ["999", "+442079460000"]
    assert "If someone is not making sense, call for help." in phone.words
    assert "Do not drive." in phone.words
    # And the next check-in begins with the caregiver, and with nothing else filled in
    phone.goes_to("check-ins/new")
    assert phone.page.get_by_label("A caregiver", exact=True).is_checked()
    assert not phone.page.get_by_label("Confused, muddled or not making sense", exact=True).is_checked()


def test_none_of_these_and_a_sign_exclude_each_other(phone: Screen):
    phone.goes_to("check-ins/new")
    thinking = phone.page.get_by_role("group", name="Thinking, speech and sleep")
    phone.ticks("None of these", of="Thinking, speech and sleep")
    phone.ticks("Very hard to wake up")
    assert not thinking.get_by_label("None of these").is_checked()
    phone.ticks("None of these", of="Thinking, speech and sleep")
    assert not thinking.get_by_label("Very hard to wake up").is_checked()


def test_a_warning_stays_at_home_until_somebody_writes_down_what_the_team_said(phone: Screen):
    # Given a fever that was logged
    phone.logs(Temperature="38.4")
    phone.goes_to().is_sound()
    assert phone.urgencies() == ["Ring your team now"]
    # When a better number is logged, the warning stays
    phone.logs(Temperature="36.9").is_sound()
    assert phone.urgencies()[0] == "Ring your team now"
    assert phone.dials() == ["+442079460000", "999"]
    phone.goes_to()
    assert phone.urgencies() == ["Ring your team now"]
    # And when somebody writes down what they said, it leaves
    phone.presses("Write down what they said").is_sound()
    phone.types("Whom did you call or tell?", "Nurse Jo").types("What did they say?", "Come in now.")
    phone.presses("Save").is_sound()
    assert "Written down." in phone.words
    assert phone.urgencies() == []
    phone.goes_to("flags/close").is_sound()
    assert "No warning is open." in phone.words
