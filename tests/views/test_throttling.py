"""Failed sign-ins: each costs more than the one before, nobody is locked out, and advice and numbers stay in sight."""

from datetime import timedelta

import pytest
import time_machine

from diary.models import SignInFailureRow
from tests.cast import PASSWORD, fields_of
from tests.cellar import rows
from tests.pages import calls, errors, hidden_fields, urgencies
from tests.views.conftest import NOW

WRONG_WORDS = "wrong words here"
WRONG = "The e-mail address or the password is wrong. Check both and try again."


@pytest.fixture(autouse=True)
def clock():
    """A clock that stands still until it is told to move: the first wait lasts a second."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def tries(client, number=1, email="alice@example.org", password=WRONG_WORDS):
    form = fields_of(client.get("/sign-in")) | {"email": email, "password": password}
    return [client.post("/sign-in", data=form) for _ in range(number)].pop()


@pytest.fixture
def attacker(app, alice):
    """Somebody who knows Alice's address, and guesses."""
    client = app.test_client()
    tries(client, 5)
    return client


@pytest.mark.parametrize("email", ["alice@example.org", "ALICE@example.org ", "nobody@example.org"])
def test_it_says_the_same_whether_there_is_such_an_account_or_not(app, alice, email):
    client = app.test_client()
    assert set(errors(tries(client, 5, email))) == {WRONG}
    page = tries(client, 1, email, PASSWORD)
    assert (page.status_code, errors(page)) == (429, ["Too many tries. Wait 1 second, then try again."])


def test_it_waits_twice_as_long_after_each_failure_and_a_quarter_of_an_hour_at_most(attacker, clock):
    waits = []
    for _ in range(13):
        waits.append(errors(tries(attacker))[0])
        clock.shift(timedelta(minutes=16) if len(waits) > 9 else timedelta(seconds=2 ** len(waits)))
        tries(attacker)
    assert waits[1] == "Too many tries. Wait 2 seconds, then try again."
    assert waits[2] == "Too many tries. Wait 4 seconds, then try again."
    assert "Wait 15 minutes" in waits[10]


def test_it_lets_the_right_password_in_once_the_wait_is_over(attacker, clock):
    assert tries(attacker, password=PASSWORD).status_code == 429
    clock.shift(timedelta(seconds=2))
    assert tries(attacker, password=PASSWORD).status_code == 302


def test_it_never_slows_down_the_phone_that_alice_uses(attacker, alice):
    tries(attacker, 20)
    token = fields_of(alice.opens())["csrf_token"]
    alice.client.post("/sign-out", data={"csrf_token": token})
    assert tries(alice.client, password=PASSWORD).status_code == 302


def test_it_counts_what_happens_on_that_phone_by_itself(alice, app):
    alice.client.delete_cookie("session")
    assert tries(alice.client, 6).status_code == 429
    other = app.test_client()
    assert tries(other, password=PASSWORD).status_code == 302, "the account itself was not slowed down"


def test_it_knows_a_phone_for_its_own_account_alone(alice, charlie, app):
    tries(app.test_client(), 5, charlie.email)
    alice.client.delete_cookie("session")
    assert tries(alice.client, 1, charlie.email, PASSWORD).status_code == 429


@pytest.mark.parametrize("email", ["alice@exampl\uff45.org", "alice@EXAMPLE\u3002org", "nobody@\uff45xample.org"])
def test_it_counts_an_address_in_whatever_way_it_is_written(app, attacker, email):
    tries(attacker, 5, "nobody@example.org")
    assert tries(app.test_client(), 1, email, PASSWORD).status_code == 429


def test_it_slows_down_whoever_guesses_the_password_on_an_open_phone(alice):
    form = fields_of(alice.client.get("/password"))
    new = {"new_password": "four other plain words", "new_password_confirm": "four other plain words"}
    pages = [alice.client.post("/password", data=form | new | {"password": WRONG_WORDS}) for _ in range(5)]
    assert errors(pages[-1]) == ["The password is wrong. Type it again."]
    page = alice.client.post("/password", data=form | new | {"password": PASSWORD})
    assert (page.status_code, errors(page)) == (429, ["Too many tries. Wait 1 second, then try again."])


def test_it_slows_down_an_address_that_tries_many_accounts(app, alice):
    client = app.test_client()
    for number in range(20):
        tries(client, 1, f"x{number}@example.org")
    assert tries(client, 1, "another@example.org").status_code == 429
    assert alice.opens().status_code == 200, "whoever is signed in notices nothing"


def test_it_keeps_neither_what_was_typed_nor_whence_it_came(app, attacker):
    kept = repr([row.key for row in rows(app, SignInFailureRow)])
    assert "alice" not in kept
    assert "127.0.0.1" not in kept


def test_it_forgets_after_an_hour(app, attacker, clock):
    clock.shift(timedelta(minutes=61))
    tries(attacker)
    assert len(rows(app, SignInFailureRow)) == 2


def test_it_shows_advice_and_numbers_to_whoever_has_to_wait(attacker, alice):
    alice.opens()
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "40.4"}
    for cookie in ("session", "known_device"):
        alice.client.delete_cookie(cookie)
    page = alice.client.post(alice.at("check-ins/new"), data=form)
    data = dict(hidden_fields(page)) | {"email": alice.email, "password": PASSWORD}
    page = alice.client.post(alice.at("check-ins/new"), data=data)
    assert page.status_code == 429
    assert urgencies(page)[0] == "emergency"
    assert calls(page)[0] == "999"
    assert dict(hidden_fields(page))["temperature"] == "40.4"
    assert calls(alice.client.get("/help-now"))[0] == "999"
