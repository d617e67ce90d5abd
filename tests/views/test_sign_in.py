"""Sign-in, sign-out, password change."""

import re
from urllib.parse import urljoin

import argon2
import pytest

from diary.models import AuditRow
from tests.cast import PASSWORD, Person, fields_of
from tests.cellar import rows
from tests.pages import errors


def sign_in(client, query="", **answers):
    form = fields_of(client.get(f"/sign-in{query}"))
    return client.post(f"/sign-in{query}", data=form | {"email": "alice@example.org", "password": PASSWORD} | answers)


@pytest.fixture
def phone(app, alice):
    """Alice's second device, where nobody is signed in."""
    return app.test_client()


def test_it_leads_to_the_diary(alice, phone):
    assert sign_in(phone).location == "/"
    assert phone.get("/").location == alice.at()


@pytest.mark.parametrize(
    "answers",
    [
        {"password": "wrong words here"},
        {"email": "nobody@example.org"},
        {"email": "x\x00@example.org"},
        {"email": "x"},
        {"password": ""},
    ],
)
def test_it_says_the_same_about_a_wrong_address_and_a_wrong_password(phone, answers):
    page = sign_in(phone, **answers)
    assert page.status_code == 200
    assert set(errors(page)) == {"The e-mail address or the password is wrong. Check both and try again."}


@pytest.mark.parametrize("path", ["/sign-in", "/diaries/x/check-ins/new"])
def test_it_works_as_hard_for_an_address_that_nobody_has(alice, phone, monkeypatch, path):
    """Time would tell a stranger who has an account. The page is the same, and so is the work: one hash."""
    hashes, answers = [], []
    for name in ("hash_secret", "verify_secret"):
        work = getattr(argon2.low_level, name)
        noting = lambda *given, work=work, **named: hashes[-1].append(work) or work(*given, **named)  # noqa: E731
        monkeypatch.setattr(argon2.low_level, name, noting)
    form = fields_of(phone.get("/sign-in"))
    for email in ("alice@example.org", "no.such.person@example.org"):
        hashes.append([])
        page = phone.post(path, data=form | {"email": email, "password": "wrong words here"})
        answers.append((page.status_code, re.sub(r'value="[^"]*"', "", page.text)))
    assert answers[0] == answers[1]
    assert [len(each) for each in hashes] == [1, 1]


def test_it_leads_on_to_the_page_that_was_asked_for(alice, phone):
    asked = phone.get(alice.at("charts/?days=7"))
    assert asked.status_code == 302
    answer = sign_in(phone, query=asked.location.removeprefix("/sign-in"))
    assert answer.location == alice.at("charts/?days=7")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "https://evil.example",
        "https:/evil.example",
        "https:evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/%09/evil.example",
        "%09//evil.example",
        "/%0a/evil.example",
        "javascript:alert(1)",
        "http://localhost@evil.example",
        "http://localhost.evil.example/",
    ],
)
def test_it_never_leads_to_another_server(phone, elsewhere):
    location = sign_in(phone, query=f"?next={elsewhere}").location
    if location is not None:
        assert urljoin("http://localhost/sign-in", location).startswith("http://localhost/"), location
        assert not set("\\\t\r\n") & set(location), "a browser takes these for something else"


def test_it_leads_nowhere_else_through_a_field_of_the_form(phone):
    answer = sign_in(phone, next="https://evil.example/")
    assert answer.location is None
    assert errors(answer) == ["This link leads elsewhere. Start from the first page."]


def test_it_signs_out_by_a_button_alone(alice):
    assert alice.client.get("/sign-out").status_code == 405
    token = fields_of(alice.opens())["csrf_token"]
    assert alice.client.post("/sign-out", data={"csrf_token": "x"}).status_code == 400
    assert alice.opens().status_code == 200
    assert alice.client.post("/sign-out", data={"csrf_token": token}).status_code == 302
    assert alice.opens().status_code == 302


def test_it_keeps_no_way_back_in_after_sign_out(alice):
    token = fields_of(alice.opens())["csrf_token"]
    alice.client.post("/sign-out", data={"csrf_token": token})
    assert alice.client.get_cookie("remember_token") is None
    alice.client.delete_cookie("session")
    assert alice.opens().status_code == 302


def test_it_stays_signed_in_on_the_phone_when_the_session_is_lost(alice, phone):
    sign_in(phone)
    phone.delete_cookie("session")
    assert phone.get(alice.at()).status_code == 200


def test_it_forgets_the_phone_when_asked_to(alice, phone):
    sign_in(phone, remember=[])
    phone.delete_cookie("session")
    assert phone.get(alice.at()).status_code == 302


def test_it_changes_the_password_and_ends_the_other_sessions(app, alice, phone):
    sign_in(phone)
    form = fields_of(alice.client.get("/password"))
    new = {
        "password": PASSWORD,
        "new_password": "four other plain words",
        "new_password_confirm": "four other plain words",
    }
    assert alice.client.post("/password", data=form | new).status_code == 302
    assert alice.opens().status_code == 200
    assert phone.get(alice.at()).status_code == 302
    assert sign_in(phone).status_code == 200, "the old password is of no use"
    assert sign_in(phone, password="four other plain words").status_code == 302
    assert "account.password_changed" in [entry.event for entry in rows(app, AuditRow)]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"password": "wrong"}, "The password is wrong."),
        ({"new_password": "short", "new_password_confirm": "short"}, "12 characters or more"),
        ({"new_password_confirm": "something else"}, "not the same"),
        ({"new_password": PASSWORD, "new_password_confirm": PASSWORD}, "another"),
    ],
)
def test_it_says_what_is_wrong_with_a_new_password(alice, answers, sentence):
    form = fields_of(alice.client.get("/password"))
    new = {
        "password": PASSWORD,
        "new_password": "four other plain words",
        "new_password_confirm": "four other plain words",
    }
    page = alice.client.post("/password", data=form | new | answers)
    assert any(sentence in error for error in errors(page)), errors(page)


def test_it_knows_an_account_without_a_diary(app):
    dora = Person(app, "Dora").has_an_account().signs_in()
    assert dora.client.get("/").location == "/diaries/new"
