"""A check-in in steps: each is saved and judged at once, and all of them are one entry."""

from datetime import timedelta

import pytest

from diary.models import CheckInRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import all_of_class, errors, main_words, urgencies
from tests.views.conftest import NOW
from tests.views.test_flags import closes, flags


def takes(person, path="check-ins/steps/feel", **answers):
    """Answer one step; the answer is the next."""
    return person.logs(page=path, **answers)


def path_of(person, page):
    return page.request.path.removeprefix(person.at())


def test_every_step_is_saved_and_judged_and_all_are_one_entry(app, alice):
    # Given a check-in in steps
    page = takes(alice, signs_general="none")
    assert "Step 2 of 6" in main_words(page)
    # When a fever is typed in the second
    page = takes(alice, path_of(alice, page), temperature="38.4", fever_medicine="none")
    # Then its prompt stands on top of the third
    assert "Step 3 of 6" in main_words(page)
    assert urgencies(page) == ["call"]
    assert page.text.index("You have a fever") < page.text.index("Step 3 of 6")
    # And what comes after it is judged together with it; the prompt that was seen is small
    page = takes(alice, path_of(alice, page), systolic="118", diastolic="70", pulse="80", oxygen="97")
    assert "Step 4 of 6" in main_words(page)
    assert all_of_class(page, "advice--small")
    page = takes(alice, path_of(alice, page), signs_thinking="confused")
    assert urgencies(page)[0] == "emergency"
    page = takes(alice, path_of(alice, takes(alice, path_of(alice, page))), note="Cold hands.")
    # And the last step shows all that it led to
    assert urgencies(page)[0] == "emergency"
    for line in ("Temperature: 38.4 °C", "Blood pressure: 118/70 mmHg", "Confused", "Note: Cold hands.", "Saved."):
        assert line in main_words(page).replace("\u00a0", " ")
    # And History and the charts have one entry, of the moment of the first step
    history = alice.opens("history")
    assert len(all_of_class(history, "history__entry")) == 1
    assert "correct" not in main_words(history).lower().replace("correct sat", "")
    assert main_words(alice.opens("charts/")).count("38.4") == 1
    assert len({row.at for row in rows(app, CheckInRow)}) == 1


def test_a_step_sent_twice_is_stored_once_and_leads_on_all_the_same(app, alice):
    first = fields_of(alice.opens("check-ins/steps/temperature")) | {"temperature": "38.4"}
    pages = [alice.client.post(alice.at("check-ins/steps/temperature"), data=first) for _ in range(2)]
    assert pages[0].location == pages[1].location
    second = fields_of(alice.client.get(pages[0].location)) | {"pulse": "80"}
    nexts = [alice.client.post(pages[0].location, data=second).location for _ in range(2)]
    assert nexts[0] == nexts[1]
    assert count(app, CheckInRow) == 2
    assert len(all_of_class(alice.opens("history"), "history__entry")) == 1


def test_going_back_keeps_every_answer_and_what_was_said_since(app, alice):
    page = takes(alice, "check-ins/steps/temperature", temperature="37.2", temperature_site="ear")
    old = path_of(alice, page)
    stale = old.replace("/numbers", "/temperature")
    kept_by_the_browser = fields_of(alice.opens(stale)) | {"temperature": "38.4"}
    page = takes(alice, old, pulse="80")
    # Back by the page's link: the answers are there
    back = alice.opens(path_of(alice, page).replace("/head", "/temperature"))
    assert fields_of(back)["temperature"] == "37.2"
    assert fields_of(back)["temperature_site"] == "ear"
    # Back by the browser, to a page that knew nothing of the pulse: it is not lost
    page = alice.client.post(alice.at(stale), data=kept_by_the_browser, follow_redirects=True)
    assert urgencies(page) == ["call"]
    page = alice.opens(path_of(alice, page).replace("/steps/numbers", ""))
    assert "Temperature: 38.4" in main_words(page)
    assert "Pulse: 80" in main_words(page)


@pytest.mark.parametrize("step", ["temperature", "one-medicine"])
def test_going_back_to_a_medicine_and_on_again_asks_nobody_to_ring_again(app, alice, clock, step):
    # Given a medicine that was ticked in the middle of a minute, whose warnings somebody has answered
    clock.move_to(NOW + timedelta(seconds=42))
    page = takes(alice, f"check-ins/steps/{step}", fever_medicine="nsaid")
    page = takes(alice, path_of(alice, page).rpartition("/")[0] + "/numbers", systolic="85", diastolic="50")
    assert "B2" in flags(app)
    closes(alice)
    before = count(app, CheckInRow)
    # When the step is opened again and sent as it is
    takes(alice, path_of(alice, page).rpartition("/")[0] + f"/{step}")
    # Then it says nothing new
    assert flags(app) == []
    assert count(app, CheckInRow) == before


def test_an_answer_that_is_taken_back_is_unknown_again(alice):
    page = takes(alice, "check-ins/steps/head", signs_thinking="none")
    back = path_of(alice, page).replace("/chest", "/head")
    page = alice.client.post(alice.at(back), data=fields_of(alice.opens(back)) | {"signs_thinking": []})
    outcome = alice.client.get(page.location.replace("/steps/chest", ""))
    assert "Nothing was filled in." in main_words(outcome)


def test_steps_without_an_answer_save_nothing_and_keep_who_and_when(app, alice):
    page = takes(alice, by="caregiver", on_date="2026-03-13", at_time="21:00")
    assert count(app, CheckInRow) == 0
    page = takes(alice, path_of(alice, page) + "?" + page.request.query_string.decode(), temperature="38.4")
    (row,) = rows(app, CheckInRow)
    assert (row.by, row.at.isoformat()) == ("caregiver", "2026-03-13T21:00:00+00:00")
    for _ in range(4):
        page = takes(alice, path_of(alice, page))
    assert "What you logged" in main_words(page)
    assert count(app, CheckInRow) == 1, "a step that says nothing new writes nothing"


def test_a_step_that_comes_hours_later_is_a_check_in_of_its_own(app, alice, clock):
    page = takes(alice, "check-ins/steps/temperature", temperature="37.2")
    left_open = path_of(alice, page)
    form = fields_of(page) | {"pulse": "80"}
    clock.shift(timedelta(hours=9))
    assert alice.opens(left_open).location == alice.at("check-ins/steps/feel")
    alice.client.post(alice.at(left_open), data=form)
    first, second = sorted(row.at for row in rows(app, CheckInRow))
    assert second - first >= timedelta(hours=9)
    assert len(all_of_class(alice.opens("history"), "history__entry")) == 2


def test_a_step_that_is_refused_keeps_what_was_typed_and_shows_its_advice(app, alice):
    page = takes(alice, "check-ins/steps/temperature", temperature="100.4")
    assert page.status_code == 422
    assert urgencies(page) == ["call"]
    assert "Did you mean 100.4 °F?" in errors(page)[0]
    assert fields_of(page)["temperature"] == "100.4"
    assert count(app, CheckInRow) == 0


def test_nobody_waits_for_a_sign_in_in_the_middle(alice, nobody):
    page = takes(alice, "check-ins/steps/temperature", temperature="37.2")
    answers = {"oxygen": "85", "token": "x"}
    asked = nobody.client.post(alice.at(path_of(alice, page)), data=answers)
    assert asked.status_code == 401
    assert urgencies(asked)[0] == "emergency"


def test_a_foggy_day_asks_one_question_a_screen(alice):
    # Given a foggy day that began with one tap on home
    alice.client.post(alice.at("foggy-day"), data=fields_of(alice.opens()))
    home = alice.opens()
    assert 'class="foggy"' in home.text
    assert alice.at("check-ins/steps/one-temperature") in home.text
    # When a number is typed and one sign ticked
    page = takes(alice, "check-ins/steps/one-temperature", temperature="36.8")
    page = takes(alice, path_of(alice, page), signs_general="feels_very_unwell")
    # Then each screen holds one question, the prompt is there, and so are the numbers to call
    assert urgencies(page)
    assert "Step 3 of 14" in main_words(page)
    assert all_of_class(page, "call-bar")
    # And another tap ends it
    alice.client.post(alice.at("foggy-day"), data=fields_of(alice.opens()))
    assert 'class="foggy"' not in alice.opens().text


def test_the_way_that_was_chosen_last_is_remembered_on_this_phone(alice):
    assert alice.at("check-ins/steps/feel") in alice.opens().text
    alice.opens("check-ins/new?keep=page")
    assert alice.at("check-ins/steps/feel") not in alice.opens().text
    alice.opens("check-ins/steps/feel?keep=steps")
    assert alice.at("check-ins/steps/feel") in alice.opens().text
