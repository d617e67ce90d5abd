"""Junk: whatever is sent, the answer is a page that says what to do, and never a fault of the server."""

import io
import os
import string
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from diary.extensions import limiter
from diary.models import CheckInRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import advice, error_links, errors, main_words, tree_of
from tests.views.test_every_route import addresses, entries, passkey_id  # noqa: F401 - fixtures.

BODIES = int(os.environ.get("DIARY_TEST_FUZZ", "1000"))
NASTY = [
    "", " ", "0", "-1", "38.4", "38,4", "999999999999", "1e9", "1e999999", "nan", "none", "None", "null", "true",
    "\x00", "\ufeff", "\u202e\u2066", "\x1f", "\ufffe", "\ud800", "🙂", "é", "'; DROP TABLE check_in; --", "%s%n",
    "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "0001-01-01", "9999-12-31", "2026-02-30", "23:59",
    "24:00", "Europe/London", "../UTC", "[degF]", "Cel", "٣٨", "x" * 5000, "9" * 5000, "\r\n", "1 2", "+" * 40,
    "a@b.c", "=1+1", "00000000-0000-4000-8000-000000000000",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.text(alphabet=string.digits + ".,-:/ ", max_size=12),
)
DEEP = ["unknown", "next", "infusions-0-on", "infusions-99999999-on", "infusions--1-on", "a[b][c]",
        "-".join("a" * 500), "email", "password", "token", "\x00", ""]  # fmt: skip
TYPES = ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "x", "",
         "application/x-www-form-urlencoded; charset=utf-7"]  # fmt: skip
BODY = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"{}", b'{"a": [1e999]}', b"[" * 5000, b"a=" + b"x" * 255_000, b"&" * 3000, b"%", b"a=%ED%A0%80",
                     b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n1\r\n--x--\r\n"]),
)  # fmt: skip


class Form(NamedTuple):
    """A form that a route takes: where, and the names and values that its page begins with."""

    address: str
    fields: dict[str, str]


@pytest.fixture
def forms(app, entries, addresses):  # noqa: F811
    """Each route of the URL map that takes a form, with the fields that any page sends to it."""
    names = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            address = addresses.of(rule.endpoint)
            page = entries.client.get(address, buffered=True)
            if page.mimetype == "text/html" and page.status_code == 200:
                values = fields_of(page)
                for form in tree_of(page).iter("form"):
                    sent_to = urlsplit(urljoin(address, form.get("action") or "")).path
                    found = {field.get("name") for field in form.iter() if field.get("name")}
                    names.setdefault(sent_to, {}).update({name: values.get(name, "") for name in found})
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    posts = [addresses.of(rule.endpoint) for rule in posts if rule.endpoint != "security.logout"]
    return [Form(address, names.get(address, {})) for address in sorted(posts)]


class Sender:
    """Somebody who sends junk, without reading the answers closely; nobody, or Alice."""

    def __init__(self, person):
        self.person, self.client = person, FlaskClient(person.app, person.app.response_class)
        for cookie in person.client._cookies.values():
            self.client.set_cookie(cookie.key, cookie.value)
        self.token = fields_of(self.client.get("/sign-in", follow_redirects=True))["csrf_token"]


@pytest.fixture
def senders(alice, nobody, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", False)
    return [Sender(alice), Sender(nobody)]


@settings(
    max_examples=BODIES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_it_answers_any_form_with_a_page(alice, forms, senders, data):
    form, sender = data.draw(st.sampled_from(forms)), data.draw(st.sampled_from(senders))
    kind = data.draw(st.sampled_from(["form", "form", "form", "form", "multipart", "raw"]))
    # Drawn before anything is sent: what is drawn may not depend on what the diary answers.
    seen_then = data.draw(st.sampled_from(["", "history", "charts/", "settings"]))
    names = st.sampled_from([*form.fields, *DEEP])
    if kind == "raw":
        sent = {"data": data.draw(BODY), "content_type": data.draw(st.sampled_from(TYPES))}
    else:
        begun = form.fields if data.draw(st.booleans()) else {}
        junk = data.draw(st.dictionaries(names, st.lists(VALUES, max_size=3), max_size=6))
        body = urlencode(begun | {"csrf_token": sender.token} | junk, doseq=True, errors="surrogatepass")
        sent = {"data": body, "content_type": "application/x-www-form-urlencoded"}
        if kind == "multipart":
            answers = parse_qs(body, keep_blank_values=True, errors="replace")
            files = {"picture": (io.BytesIO(data.draw(BODY)), "a.png")} if data.draw(st.booleans()) else {}
            sent = {"data": answers | files, "content_type": "multipart/form-data"}
    answer = sender.client.post(form.address, **sent)
    assert answer.status_code < 500, (form.address, sent)
    if answer.status_code == 302 and sender.person is alice:
        # Whatever was kept can be shown; and who was signed out goes on.
        shown = sender.client.get(alice.at(seen_then))
        assert shown.status_code in (200, 302), form.address
        if shown.status_code == 302:
            alice.signs_in(sender.client)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(st.sampled_from(["days", "before", "next", "first", "layout", "theme"]), VALUES, max_size=3),
    language=st.text(alphabet=string.ascii_letters + string.digits + "-,;=.*_ ", max_size=20),
    path=st.sampled_from(["", "history", "charts/", "charts/trends.svg", "settings/numbers", "check-ins/new"]),
)
@example(query={"before": "9" * 16}, language="en-Dsrt-US", path="history")
@example(query={"before": "0"}, language="en--GB", path="history")
@example(query={}, language="*", path="")
@example(query={}, language="ar-XB,en-XA,en-001", path="charts/")
def test_it_answers_any_address_with_a_page(alice, query, language, path):
    sent = urlencode(query, errors="surrogatepass")
    answer = alice.client.get(alice.at(path), query_string=sent, headers={"Accept-Language": language})
    assert answer.status_code in (200, 302, 404)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[1]", "application/json"),
        ("{}", "application/json"),
        ('{"temperature": 38.4, "csrf_token": {"a": []}}', "application/json"),
        ("null", "application/json"),
        ("{", "application/vnd.api+json"),
        ("<a/>", "text/xml"),
        ("temperature=38.4", "text/plain"),
    ],
)
def test_it_takes_forms_alone(app, alice, nobody, body, kind):
    for person in (alice, nobody):
        for address in (alice.at("check-ins/new"), "/sign-in", "/password"):
            answer = person.client.post(address, data=body, content_type=kind)
            assert answer.status_code == 415
            assert "The diary takes only what its own pages send." in main_words(answer)
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize("field", ["temperature", "note", "signs_faint", "by", "at_time", "token", "email"])
def test_it_takes_no_file_for_an_answer(app, alice, nobody, field):
    for person in (alice, nobody):
        answer = person.client.post(alice.at("check-ins/new"), data={field: (io.BytesIO(b"38.4"), "x.txt")})
        assert answer.status_code == 415
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data"]
)
def test_it_survives_a_body_that_is_no_form(alice, kind):
    for body in (b"\xff\xfe%%%&&==;", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"--x--", b"a" * 1000):
        assert alice.client.post(alice.at("check-ins/new"), data=body, content_type=kind).status_code in (400, 413, 422)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_it_says_what_to_do_about_too_much_text(app, alice, nobody, kind):
    for person in (alice, nobody):
        for address in (alice.at("check-ins/new"), "/sign-in", alice.at("settings/numbers")):
            answer = person.client.post(address, data=b"note=" + b"x" * 300_000, content_type=kind)
            assert answer.status_code == 413
            assert "That is too much text. Go back, shorten it, and send it again." in main_words(answer)
    assert count(app, CheckInRow) == 0


def test_it_says_what_to_do_about_a_note_of_ten_thousand_characters(app, alice):
    page = alice.logs(temperature="38.4", note="é" * 10_000)
    assert error_links(page) == {"note": "This is 10000 characters long. Shorten it to 4000."}
    assert advice(page)
    assert fields_of(page)["note"] == "é" * 10_000
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    "note", ["🙂 👩🏽‍⚕️ ok", "ascii", "\u202eabc", "a\r\nb", "<b>&amp;</b>", "“quotes” – and …", "x" * 4000]
)
def test_it_keeps_a_note_as_it_was_written(app, alice, note):
    alice.logs(note=note)
    (row,) = rows(app, CheckInRow)
    assert row.note == note
    assert "<b>&amp;</b>" not in alice.opens("history").text


def test_it_says_what_to_do_about_a_character_that_cannot_be_kept(app, alice):
    page = alice.logs(temperature="38.4", note="fell\x00asleep")
    assert "cannot be saved" in error_links(page)["note"]
    assert advice(page)
    kept = fields_of(page)
    assert kept["note"] == "fellasleep"
    alice.client.post(alice.at("check-ins/new"), data=kept)
    assert [row.note for row in rows(app, CheckInRow)] == ["fellasleep"]


@pytest.mark.parametrize(
    "answers",
    [
        {"signs_faint": "no_such_sign"},
        {"signs_faint": ["shaking_chills", "no_such_sign"]},
        {"signs_faint": "hives_or_flushing"},
        {"signs_thinking": "child_not_themselves"},
    ],
)
def test_it_refuses_a_sign_that_it_did_not_ask_about(app, alice, answers):
    page = alice.logs(temperature="38.4", **answers)
    assert errors(page) == ["Choose from the answers shown."]
    assert advice(page)
    assert count(app, CheckInRow) == 0


def test_it_answers_an_unknown_address_with_a_page(nobody):
    page = nobody.client.get("/wp-login.php")
    assert page.status_code == 404
    assert "There is no such page." in main_words(page)


def test_it_answers_a_fault_of_its_own_with_a_page_that_says_whom_to_ring(app, alice):
    app.testing = False
    app.view_functions["home.diary"] = broken(app.view_functions["home.diary"])
    page = alice.opens()
    assert page.status_code == 500
    assert "If you are worried, ring the number on your wallet card." in main_words(page)
    assert "38.4" not in page.text


def broken(view):
    def fail(**_):
        raise RuntimeError("temperature 38.4")

    fail.permission = view.permission
    return fail


def test_it_judges_all_the_same_when_an_answer_is_none_that_was_offered(app, alice):
    page = alice.logs(temperature="38.4", fever_medicine="nsaid", fever_medicine_agreed="perhaps", at_rest="perhaps")
    assert set(errors(page)) == {"Choose one of the answers shown."}
    assert "You have a fever." in main_words(page)
    assert count(app, CheckInRow) == 0


def test_it_follows_no_address_that_a_page_may_not_hold(nobody):
    assert nobody.client.get("/sign-in?next=%01https://evil.example").status_code == 404
