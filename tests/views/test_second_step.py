"""Codes from an app: after the password, never between a person and their advice; recovery codes work once."""

from datetime import timedelta

import pytest
from passlib.totp import TOTP

from diary.cli import codes_off
from diary.models import AccountRow, CheckInRow, RecoveryCodeRow
from tests.cast import PASSWORD, at_once, fields_of, token_of
from tests.cellar import count, dump, rows
from tests.pages import errors, hidden_fields, main_words, tree_of, urgencies, words

WRONG = "This code is wrong or too old. Type the newest code from your app, or a recovery code."


class App:
    """An authenticator app that knows what the page showed."""

    def __init__(self, page):
        (key,) = [element for element in tree_of(page).iter("code") if "code-secret" in element.get("class", "")]
        self.totp = TOTP(key=words(key).replace(" ", ""), format="base32")

    def code(self):
        return self.totp.generate().token


@pytest.fixture
def authenticator(alice):
    """Alice's app, which she has switched on; ``recovery`` are the codes on her paper."""
    page = alice.client.get("/account/codes")
    made = App(page)
    answer = alice.client.post("/account/codes", data=fields_of(page) | {"code": made.code()})
    made.recovery = [words(element) for element in tree_of(answer).iter("code")]
    return made


@pytest.fixture
def phone(app, alice):
    """Alice's second device, where nobody is signed in."""
    return app.test_client()


def password_step(client, **answers):
    form = fields_of(client.get("/sign-in")) | {"email": "alice@example.org", "password": PASSWORD}
    return client.post("/sign-in", data=form | answers)


def code_step(client, page, code):
    return client.post("/sign-in", data=fields_of(page) | {"code": code})


def test_a_code_works_for_one_of_two_who_send_it_at_once(authenticator, app, clock):
    clock.shift(timedelta(minutes=1))
    devices = [app.test_client(), app.test_client()]
    steps = [(device, password_step(device)) for device in devices]
    code = authenticator.code()
    answers = at_once(*(lambda device=device, page=page: code_step(device, page, code) for device, page in steps))
    assert sorted(answer.status_code for answer in answers) == [200, 302]


@pytest.mark.parametrize("secret", ["A" * 24, "A" * 2400, "not a secret at all, but as long"])
def test_a_page_that_brings_back_another_secret_shows_a_new_one(app, alice, secret):
    form = fields_of(alice.client.get("/account/codes")) | {"secret": secret, "code": "123456"}
    page = alice.client.post("/account/codes", data=form)
    assert errors(page) == [WRONG]
    assert fields_of(page)["secret"] != secret
    if len(secret) == 24:
        code = TOTP(key=secret, format="base32").generate().token
        alice.client.post("/account/codes", data=form | {"code": code})
    assert rows(app, AccountRow)[0].code_secret is None


def test_it_asks_for_the_code_after_the_password_and_not_before(authenticator, phone, clock):
    clock.shift(timedelta(minutes=1))
    wrong = password_step(phone, password="wrong words here")
    assert "Code from your app" not in main_words(wrong)
    page = password_step(phone)
    assert "Code from your app" in main_words(page)
    assert phone.get("/account").status_code == 302
    assert code_step(phone, page, authenticator.code()).status_code == 302
    assert phone.get("/account").status_code == 200


@pytest.mark.parametrize("code", ["000000", "", "x", "12345678901234567890", "\x00", "aaaa-aaaa-aaaa-aaaa"])
def test_it_takes_no_other_code(authenticator, phone, code):
    page = password_step(phone)
    again = code_step(phone, page, code)
    assert errors(again) == [WRONG]
    assert phone.get("/account").status_code == 302


def test_it_takes_no_code_twice(authenticator, phone, app, clock):
    clock.shift(timedelta(minutes=1))
    code = authenticator.code()
    code_step(phone, password_step(phone), code)
    other = app.test_client()
    assert errors(code_step(other, password_step(other), code)) == [WRONG]


def test_a_recovery_code_works_once(app, authenticator, phone):
    assert len(set(authenticator.recovery)) == 10
    code = authenticator.recovery[3].upper().replace("-", " ")
    assert code_step(phone, password_step(phone), code).status_code == 302
    assert "You have 9 recovery codes left." in main_words(phone.get("/account"))
    other = app.test_client()
    assert errors(code_step(other, password_step(other), code)) == [WRONG]
    kept = repr([row.code_hash for row in rows(app, RecoveryCodeRow)])
    assert not any(code in kept for code in authenticator.recovery)


def test_new_recovery_codes_end_the_old_ones(alice, authenticator, phone):
    page = alice.client.post("/account/codes/recovery", data={"csrf_token": token_of(alice.client.get("/account"))})
    new = [words(element) for element in tree_of(page).iter("code")]
    assert errors(code_step(phone, password_step(phone), authenticator.recovery[0])) == [WRONG]
    assert code_step(phone, password_step(phone), new[0]).status_code == 302


def test_it_is_not_switched_on_by_a_wrong_code(app, alice):
    page = alice.client.get("/account/codes")
    again = alice.client.post("/account/codes", data=fields_of(page) | {"code": "000000"})
    assert errors(again) == [WRONG]
    assert fields_of(again)["secret"] == fields_of(page)["secret"], "the app knows this one already"
    assert rows(app, AccountRow)[0].code_secret is None
    assert alice.client.post("/account/codes", data=fields_of(page) | {"secret": "?"}).status_code == 200


def test_it_can_be_switched_off(app, alice, authenticator, phone):
    alice.client.post("/account/codes/off", data={"csrf_token": token_of(alice.client.get("/account"))})
    assert password_step(phone).status_code == 302
    assert count(app, RecoveryCodeRow) == 0


def test_no_ticket_but_its_own_gets_past_the_password(authenticator, phone, clock):
    form = fields_of(phone.get("/sign-in")) | {"email": "alice@example.org", "code": authenticator.code()}
    assert phone.post("/sign-in", data=form | {"ticket": "x"}).status_code == 200
    page = password_step(phone)
    clock.shift(timedelta(minutes=16))
    late = code_step(phone, page, authenticator.code())
    assert "Password" in main_words(late), "asked from the start"


def test_it_shows_the_advice_first_and_carries_the_check_in_through_the_code(app, alice, authenticator, clock):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "40,4", "note": "a\nb", "signs_faint": "fainted"}
    alice.client.delete_cookie("session")
    clock.shift(timedelta(minutes=1))
    path = alice.at("check-ins/new")
    first = alice.client.post(path, data=form)
    second = alice.client.post(
        path, data=dict(hidden_fields(first)) | {"email": alice.email, "password": PASSWORD, "remember": "y"}
    )
    third = alice.client.post(path, data=dict(hidden_fields(second)) | {"code": "000000"})
    for page in (first, second, third):
        assert page.status_code == 401
        assert urgencies(page)[0] == "emergency"
        kept = dict(hidden_fields(page))
        assert (kept["temperature"], kept["note"], kept["signs_faint"]) == ("40,4", "a\nb", "fainted")
    assert errors(third) == [WRONG]
    assert count(app, CheckInRow) == 0
    answer = alice.client.post(path, data=dict(hidden_fields(third)) | {"code": authenticator.code()})
    assert answer.status_code == 302
    assert [row.content["temperature"]["value"] for row in rows(app, CheckInRow)] == ["40.4"]


def test_it_offers_better_ways_once(alice):
    assert "Sign in without a password?" in main_words(alice.opens())
    token = token_of(alice.opens())
    assert alice.client.post("/account/offer", data={"csrf_token": token}).location == "/"
    assert "Sign in without a password?" not in main_words(alice.opens())


def test_it_changes_name_and_address(alice, charlie):
    page = alice.client.get("/account/details")
    taken = alice.client.post("/account/details", data=fields_of(page) | {"own_email": charlie.email.upper()})
    assert errors(taken) == ["Another account has this e-mail address. Type another one."]
    alice.client.post("/account/details", data=fields_of(page) | {"own_name": "Ali", "own_email": "ali@example.org"})
    seen = main_words(alice.client.get("/account"))
    assert "Ali" in seen
    assert "ali@example.org" in seen


def test_whoever_runs_the_server_switches_them_off_when_app_and_paper_are_lost(
    authenticator, app, phone, settings, monkeypatch, capsys
):
    monkeypatch.setenv("DIARY_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIARY_DATABASE_URL", settings.database_url)
    assert password_step(phone).status_code == 200
    assert codes_off.main(["Alice@example.org"]) == 0
    assert capsys.readouterr().out.startswith("The codes are off.")
    assert password_step(phone).status_code == 302
    assert count(app, RecoveryCodeRow) == 0
    written = dump(app)
    assert "account.codes_off" in str(written["audit"])
    # And a second time there is nothing to do.
    assert codes_off.main(["alice@example.org"]) == 0
    assert capsys.readouterr().out == "This account is asked for no code. Nothing has changed.\n"
    assert dump(app) == written
