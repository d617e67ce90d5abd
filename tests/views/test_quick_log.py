"""One number from the home screen; what is to be measured again; and what may be hidden."""

from datetime import timedelta

import pytest

from tests.pages import all_of_class, main_words, tree_of, urgencies, words


def timers(page):
    return [words(section) for section in all_of_class(page, "timer")]


def test_whoever_may_not_log_sees_when_and_no_button(alice, vera):
    alice.logs(oxygen="91")
    assert "Log it" in timers(alice.opens())[0]
    (seen,) = timers(vera.opens())
    assert "Measure again" in seen
    assert "Log it" not in seen


def test_the_icon_leads_to_the_one_number_of_the_readers_diary(alice, charlie, vera):
    assert alice.client.get("/log").location == alice.at("log")
    assert vera.client.get("/log").location == "/", "somebody who may not log begins at the first page"
    page = alice.opens("log")
    first = next(e for e in tree_of(page).iter("input") if e.get("type") != "hidden" and e.get("type") != "submit")
    assert (first.get("name"), first.get("autofocus") is not None) == ("temperature", True)


@pytest.mark.parametrize(
    ("what", "name"), [("pulse", "pulse"), ("blood_pressure", "systolic"), ("nonsense", "temperature")]
)
def test_it_asks_first_for_the_number_that_is_wanted(alice, what, name):
    page = alice.opens(f"log?what={what}")
    focused = [e.get("name") for e in tree_of(page).iter("input") if e.get("autofocus") is not None]
    assert focused == [name]


def test_it_saves_one_number_and_shows_what_it_means(alice):
    assert urgencies(alice.logs(page="log", temperature="38.4")) == ["call"]
    page = alice.logs(page="log", temperature="100.4", pulse="80")
    assert page.status_code == 422
    assert urgencies(page)
    assert 'value="80"' in page.text


def test_what_a_rule_asks_for_again_stands_on_home_until_it_was_measured(alice, clock):
    # Given a temperature that is to be measured again
    page = alice.logs(temperature="37.6")
    assert "Measure again: Temperature" in timers(page)[0]
    assert "9:00" in timers(alice.opens())[0]
    assert alice.at("log?what=temperature") in page.text
    # When the time has come
    clock.shift(timedelta(hours=2))
    (due,) = timers(alice.opens())
    assert "Measure again now: Temperature" in due
    assert "It was due at" in due
    # Then another number is no answer
    alice.logs(page="log?what=pulse", pulse="70")
    assert timers(alice.opens())
    # And the number that was asked for is
    alice.logs(page="log?what=temperature", temperature="36.8")
    assert not timers(alice.opens())


def test_a_reading_that_is_asked_for_at_once_is_due_although_its_warning_stays_open(alice):
    page = alice.logs(page="log", oxygen="92")
    assert "Measure again now: Oxygen" in timers(page)[0]
    page = alice.logs(page="log", oxygen="96")
    assert not timers(page)
    assert urgencies(alice.opens()) == ["call"]


def test_home_says_until_when_a_medicine_may_hide_a_fever(alice, clock):
    assert "A fever may be hidden" not in main_words(alice.opens())
    alice.logs(page="doses/new", medicine="antipyretic", agreed="yes", at_time="07:30")
    alice.logs(page="doses/new", medicine="steroid", at_time="07:00")
    lines = [words(line) for line in all_of_class(alice.opens(), "masking")]
    assert [line[:46] for line in lines] == [
        "A fever may be hidden until Tue 07:00, because",
        "A fever may be hidden until Sat 15:30, because",
    ]
    clock.shift(timedelta(hours=12))
    assert len(all_of_class(alice.opens(), "masking")) == 1


def test_a_missed_dose_hides_nothing(alice):
    alice.logs(page="doses/new", medicine="steroid", status="missed")
    assert "A fever may be hidden" not in main_words(alice.opens())
