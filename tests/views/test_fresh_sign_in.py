"""What a phone on a table should not give away asks once more who is there, and loses nothing that was typed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from diary.domain.access import FRESH
from diary.models import ContactRow
from diary.views.access import permission_of
from tests.cast import PASSWORD, fields_of
from tests.cellar import count
from tests.pages import errors, hidden_fields
from tests.views.routes import EVERY_ROUTE

AGAIN = {"again-password": PASSWORD}


@pytest.fixture
def stale(alice, clock):
    """Alice, who signed in an hour ago, with the page of numbers open since."""
    alice.form = fields_of(alice.opens("settings/numbers")) | {
        "team_number": "+44 20 7946 0001",
        "allergies": "Äpfel\n<b>",
    }
    clock.shift(timedelta(minutes=61))
    return alice


def sends(person, data, path="settings/numbers"):
    return person.client.post(person.at(path), data=data)


def test_it_asks_for_the_password_and_then_shows_the_page(stale):
    asked = stale.opens("settings/numbers")
    assert asked.location == f"/sign-in-again?next={stale.at('settings/numbers')}"
    page = stale.client.get(asked.location)
    answer = stale.client.post(asked.location, data=fields_of(page) | {"password": PASSWORD})
    assert answer.location == stale.at("settings/numbers")
    assert stale.opens("settings/numbers").status_code == 200


def test_it_carries_every_answer_and_saves_them_once_the_password_is_right(app, stale):
    before = count(app, ContactRow)
    page = sends(stale, stale.form)
    assert page.status_code == 401
    wrong = sends(stale, dict(hidden_fields(page)) | {"again-password": "wrong words here"})
    assert errors(wrong) == ["The password is wrong. Type it again."]
    assert count(app, ContactRow) == before
    answer = sends(stale, dict(hidden_fields(wrong)) | AGAIN)
    assert answer.status_code == 302
    assert count(app, ContactRow) == before + 1
    assert "Äpfel\n<b>" in fields_of(stale.opens("settings/numbers"))["allergies"].replace("\r\n", "\n")


def test_a_form_that_was_opened_in_time_can_be_sent(alice, clock):
    clock.shift(timedelta(minutes=29))
    form = fields_of(alice.opens("settings/numbers"))
    clock.shift(timedelta(minutes=29))
    assert sends(alice, form).status_code == 302


def test_it_asks_again_when_the_phone_only_remembers_who_is_there(alice):
    form = fields_of(alice.client.get("/sign-in-again")) | {"email": alice.email, "password": PASSWORD}
    alice.client.delete_cookie("session")
    form["csrf_token"] = fields_of(alice.client.get("/sign-in"))["csrf_token"]
    alice.client.post("/sign-in", data=form | {"remember": "y"})
    alice.client.delete_cookie("session")
    assert alice.opens().status_code == 200
    assert alice.opens("settings/numbers").location.startswith("/sign-in-again")


def test_it_counts_nobody_as_fresh_because_somebody_else_signed_in(app, alice, charlie):
    # Given a phone that remembers Alice, and a cookie of Charlie, who has just signed in and out again
    phone, other = app.test_client(), app.test_client()
    for client, person in ((phone, alice), (other, charlie)):
        form = fields_of(client.get("/sign-in")) | {"email": person.email, "password": PASSWORD, "remember": "y"}
        client.post("/sign-in", data=form)
    just_now = other.get_cookie("session").value
    other.post("/sign-out", data={"csrf_token": fields_of(other.get("/account"))["csrf_token"]})
    # When both are put into one browser
    phone.set_cookie("session", just_now)
    # Then Alice is there, and is asked once more
    assert phone.get(alice.at()).status_code == 200
    assert phone.get(alice.at("settings/numbers")).location.startswith("/sign-in-again")


def test_it_saves_nothing_without_the_token(app, stale):
    before = count(app, ContactRow)
    sends(stale, stale.form | AGAIN | {"csrf_token": "x"})
    assert count(app, ContactRow) == before


def test_it_slows_down_whoever_guesses(stale):
    page = sends(stale, stale.form)
    with time_machine.travel(datetime.now(UTC), tick=False):
        for _ in range(6):
            page = sends(stale, dict(hidden_fields(page)) | {"again-password": "wrong words here"})
    assert page.status_code == 429
    assert dict(hidden_fields(page))["team_number"] == "+44 20 7946 0001"


def test_it_never_asks_before_a_check_in_a_warning_or_a_number(app, stale):
    assert stale.logs(temperature="38.4").status_code == 200
    fresh = {route.endpoint for route in EVERY_ROUTE if _permission(app, route) in FRESH}
    assert not fresh & {"check_in.new", "check_in.correct", "flag.close", "dose.new", "home.diary", "help_now.show"}
    assert {"set_up.numbers", "set_up.treatment", "set_up.patient", "account.details", "passkey.new"} <= fresh
    assert {"people.invite", "rights.download", "rights.delete", "rights.delete_account"} <= fresh


def test_it_tells_a_stranger_no_more_than_before(alice, charlie, clock):
    clock.shift(timedelta(minutes=61))
    assert charlie.client.get(alice.at("settings/numbers")).status_code == 404
    assert charlie.client.get("/diaries/none/settings/numbers").status_code == 404


def _permission(app, route):
    with app.app_context():
        return permission_of(route.endpoint)
