"""The same form twice is one check-in; other answers are another; nothing is lost on the way."""

from functools import partial

import pytest

from diary.models import CheckInRow, DoseRow, FlagRow
from tests.cast import at_once, fields_of, token_of
from tests.cellar import count, rows
from tests.pages import advice, errors, main_words, urgencies


def send(person, form, client=None, **answers):
    return (client or person.client).post(person.at("check-ins/new"), data=form | answers, follow_redirects=True)


def test_it_takes_the_same_page_twice_for_one_check_in(app, alice, clock):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "38.4", "fever_medicine": "antipyretic"}
    first = send(alice, form)
    clock.shift(90)
    second = send(alice, form)
    assert first.request.path == second.request.path
    assert urgencies(second) == urgencies(first) != []
    assert (count(app, CheckInRow), count(app, DoseRow)) == (1, 1)


def test_it_takes_other_answers_from_the_same_page_for_another_check_in(app, alice):
    form = fields_of(alice.opens("check-ins/new"))
    send(alice, form, temperature="38.4")
    send(alice, form, temperature="38.5")
    send(alice, form, temperature="38.5", note="later")
    assert count(app, CheckInRow) == 3


def test_it_takes_the_same_answers_from_another_page_for_another_check_in(app, alice, clock):
    alice.logs(temperature="36.8")
    clock.shift(4 * 3600)
    alice.logs(temperature="36.8")
    assert count(app, CheckInRow) == 2


@pytest.mark.parametrize("token", [[], ""])
def test_it_never_takes_answers_without_a_page_for_a_replay(app, alice, token):
    alice.logs(temperature="36.8", token=token)
    alice.logs(temperature="36.8", token=token)
    assert count(app, CheckInRow) == 2


def test_it_takes_the_same_token_in_two_diaries_for_two_check_ins(app, alice, charlie):
    alice.logs(temperature="38.4", token="same")
    charlie.logs(temperature="38.4", token="same")
    assert {row.diary_id for row in rows(app, CheckInRow)} == {alice.diary_id, charlie.diary_id}


def test_it_stores_one_check_in_when_many_arrive_at_the_same_moment(app, alice):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "38.4", "fever_medicine": "antipyretic"}
    devices = alice.has_devices(4)
    answers = at_once(*(partial(device.post, alice.at("check-ins/new"), data=form) for device in devices))
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer.location for answer in answers}) == 1
    assert (count(app, CheckInRow), count(app, DoseRow), count(app, FlagRow)) == (1, 1, 1)


def test_it_loses_nothing_when_many_log_at_the_same_moment(app, alice):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "38.4"}

    def log(device, number):
        for turn in range(8):
            answer = device.post(alice.at("check-ins/new"), data=form | {"note": f"{number}-{turn}"})
            assert answer.status_code == 302
        return answer

    at_once(*(partial(log, device, number) for number, device in enumerate(alice.has_devices(4))))
    assert {row.note for row in rows(app, CheckInRow)} == {f"{one}-{turn}" for one in range(4) for turn in range(8)}
    assert count(app, FlagRow) == 1, "a rule has one open flag, whoever comes first"


def test_it_takes_a_dose_once_and_another_dose_as_another(app, alice):
    form = fields_of(alice.opens("doses/new")) | {"medicine": "antipyretic"}
    for answers in (form, form, form | {"medicine": "nsaid"}):
        assert alice.client.post(alice.at("doses/new"), data=answers, follow_redirects=True).status_code == 200
    assert sorted(row.content["medicine"] for row in rows(app, DoseRow)) == ["antipyretic", "nsaid"]


def test_it_loses_nothing_to_a_stale_token_and_shows_the_advice(app, alice):
    page = alice.logs(temperature="38.4", note="since noon", signs_faint="shaking_chills", csrf_token="stale")
    assert page.status_code == 422
    assert urgencies(page)[0] == "call"
    assert errors(page) == ["This page was open for a long time. Nothing is lost. Send it again."]
    kept = fields_of(page)
    assert (kept["temperature"], kept["note"], kept["signs_faint"]) == ("38.4", "since noon", "shaking_chills")
    assert count(app, CheckInRow) == 0
    assert send(alice, kept).status_code == 200
    assert count(app, CheckInRow) == 1


def test_it_saves_from_a_page_that_was_open_for_days(app, alice, clock):
    form = fields_of(alice.opens("check-ins/new"))
    clock.shift(3 * 24 * 3600)
    assert urgencies(send(alice, form, temperature="38.4")) == ["call"]
    assert count(app, CheckInRow) == 1


def test_it_refuses_an_empty_form_with_a_clear_sentence(app, alice):
    page = alice.logs()
    assert page.status_code == 422
    assert errors(page) == ["Nothing is filled in. Type a number, tick an answer or write a note."]
    assert advice(page) == []
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    "answers",
    [{"by": "caregiver"}, {"temperature_site": "ear"}, {"at_time": "07:00"}, {"position": "lying"}, {"note": "  "}],
)
def test_it_takes_a_form_that_measures_and_answers_nothing_for_empty(app, alice, answers):
    assert alice.logs(**answers).status_code == 422
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    "answers",
    [
        {"note": "I feel tired."},
        {"signs_general": "none"},
        {"signs_general": "feels_very_unwell"},
        {"fever_medicine": "none"},
        {"fever_medicine": "antipyretic"},
        {"no_oxygen_number": "y"},
    ],
)
def test_it_saves_a_form_with_one_answer(app, alice, answers):
    assert alice.logs(**answers).status_code == 200
    assert count(app, CheckInRow) == 1


def test_it_remembers_who_answered_last(alice):
    alice.logs(temperature="36.8", by="caregiver")
    assert fields_of(alice.opens("check-ins/new"))["by"] == "caregiver"


@pytest.mark.parametrize("by", ["clinician", "owner", ""])
def test_it_takes_nobody_for_a_clinician(app, alice, by):
    page = alice.logs(temperature="36.8", by=by)
    if page.status_code == 200:
        assert {row.by for row in rows(app, CheckInRow)} == {"patient"}
    else:
        assert errors(page) == ["Choose one of the answers shown."]


def test_it_shows_the_last_values_beside_the_fields_and_copies_none(alice):
    alice.logs(temperature="37.2", pulse="75")
    page = alice.opens("check-ins/new")
    assert "Last: 37.2\u00a0°C" in main_words(page).replace(" °C", "\u00a0°C")
    assert fields_of(page)["temperature"] == ""


def test_it_makes_a_token_of_its_own_for_every_page(alice):
    assert fields_of(alice.opens("check-ins/new"))["token"] != fields_of(alice.opens("check-ins/new"))["token"]
    assert token_of(alice.opens("check-ins/new"))


def test_it_shows_no_character_that_a_page_may_not_hold(alice):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "abc", "token": "\x1fx"}
    page = alice.client.post(alice.at("check-ins/new"), data=form)
    assert page.status_code == 422
    assert fields_of(page)["token"] == "x"
