"""The one-time link and the first account."""

import re
from functools import partial

import pytest

from diary.models import AccountRow, AuditRow
from diary.views.account import set_up_token
from tests.cast import PASSWORD, at_once, fields_of
from tests.cellar import count, rows
from tests.pages import error_links, errors, main_words

ANSWERS = {"name": "Alice", "email": "alice@example.org", "password": PASSWORD}


@pytest.fixture
def link(settings):
    return f"/set-up/{set_up_token(settings.secret_key)}"


def send(person, link, **answers):
    form = fields_of(person.client.get(link))
    return person.client.post(link, data=form | ANSWERS | answers)


def test_it_tells_the_first_visitor_where_the_link_is(nobody):
    page = nobody.client.get("/")
    assert "Open the link that the terminal printed" in main_words(page)
    assert "/set-up/" not in page.text


def test_it_makes_an_account_and_signs_it_in(app, nobody, link):
    answer = send(nobody, link)
    assert answer.location == "/diaries/new"
    assert nobody.client.get("/diaries/new").status_code == 200
    (account,) = rows(app, AccountRow)
    assert account.email == "alice@example.org"
    assert account.password.startswith("$argon2id$")
    assert [entry.event for entry in rows(app, AuditRow)][:1] == ["account.created"]


@pytest.mark.parametrize("token", ["x", "a" * 40, "%00", "%F0%9F%98%80", "é"])
def test_it_knows_no_other_link(app, nobody, link, token):
    assert nobody.client.get(f"/set-up/{token}").status_code == 404
    assert nobody.client.post(f"/set-up/{token}", data=ANSWERS).status_code == 404
    assert count(app, AccountRow) == 0


def test_it_works_once(app, nobody, link):
    send(nobody, link)
    again = app.test_client()
    assert again.get(link).status_code == 404
    assert again.post(link, data=ANSWERS | {"email": "charlie@example.org"}).status_code == 404
    assert count(app, AccountRow) == 1


def test_it_works_once_when_many_use_it_at_the_same_moment(app, link):
    sent = []
    for number in range(4):
        client = app.test_client()
        form = fields_of(client.get(link)) | ANSWERS | {"email": f"person{number}@example.org"}
        sent.append(partial(client.post, link, data=form))
    assert sorted(answer.status_code for answer in at_once(*sent)) == [302, 404, 404, 404]
    assert count(app, AccountRow) == 1


def test_it_does_not_work_for_somebody_who_is_signed_in(alice, link):
    assert alice.client.get(link).status_code == 404


def test_it_keeps_what_was_typed_when_the_page_was_open_too_long(app, nobody, link):
    page = nobody.client.post(link, data=ANSWERS | {"csrf_token": "stale"})
    assert errors(page) == ["This page was open for a long time. Nothing is lost. Send it again."]
    assert 'value="alice@example.org"' in page.text
    assert PASSWORD not in page.text
    assert count(app, AccountRow) == 0


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Type the name"),
        ("name", "   ", "Type the name"),
        ("name", "x" * 101, "101 characters long"),
        ("name", "A\x00B", "cannot be saved"),
        ("email", "", "Type your e-mail address."),
        ("email", "alice", "such as name@example.org"),
        ("email", "alice@exa mple.org", "such as name@example.org"),
        ("email", f"{'x' * 200}@example.org", "characters long"),
        ("password", "", "Choose a password."),
        ("password", "eleven char", "12 characters or more"),
        ("password", "x" * 129, "Shorten it to 128"),
    ],
)
def test_it_says_what_to_do_about_an_answer(app, nobody, link, field, typed, sentence):
    page = send(nobody, link, **{field: typed})
    assert sentence in error_links(page)[field]
    assert count(app, AccountRow) == 0


def test_it_never_shows_a_password_again(nobody, link):
    assert "eleven char" not in send(nobody, link, password="eleven char").text


@pytest.mark.parametrize(
    "password",
    ["drei grüne Wörter", "trois mots très clairs", "ｗｉｄｅ letters", "пароль из слов", "🙂🙃😀😁😂🤣😃😄😅😆😉😊"],
)
def test_it_lets_in_with_a_password_of_any_script(app, nobody, link, password):
    send(nobody, link, password=password)
    browser = app.test_client()
    form = fields_of(browser.get("/sign-in")) | {"email": "alice@example.org", "password": password}
    assert browser.post("/sign-in", data=form).status_code == 302


@pytest.mark.parametrize("typed", ["Alice@Example.ORG", " alice@example.org ", "ALICE@EXAMPLE.ORG"])
def test_it_lets_in_however_the_address_is_written(app, nobody, link, typed):
    send(nobody, link, email="Alice@Example.org")
    browser = app.test_client()
    form = fields_of(browser.get("/sign-in")) | {"email": typed, "password": PASSWORD}
    assert browser.post("/sign-in", data=form).status_code == 302


def test_it_needs_no_link_to_see_that_an_unknown_host_is_refused(nobody):
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost:8000.evil.example", "user@localhost"):
        answer = nobody.client.get("/", headers={"Host": host})
        assert answer.status_code == 400, host
        assert answer.text == "This server does not answer to that name."
        assert host not in str(answer.headers)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000"])
def test_it_answers_to_this_machine(nobody, host):
    assert nobody.client.get("/", headers={"Host": host}).status_code == 200


def test_it_is_not_guessed_from_another_copy(settings):
    assert set_up_token(settings.secret_key) != set_up_token(settings.secret_key + "x")
    assert re.fullmatch(r"[0-9a-f]{40}", set_up_token(settings.secret_key))
