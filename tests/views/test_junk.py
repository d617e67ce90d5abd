"""Junk: whatever is sent, the answer is a page that says what to do, and never a fault of the server."""

import io
import string

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diary.models import CheckInRow, DeviceRow, DoseRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import advice, error_links, errors, main_words
from tests.views.routes import EVERY_ROUTE

NASTY = [
    "", " ", "0", "-1", "38.4", "38,4", "999999999999", "1e9", "nan", "none", "None", "null", "true", "\x00", "\ufeff",
    "\u202e", "\x1f", "\ufffe", "🙂", "é", "'; DROP TABLE check_in; --", "<script>alert(1)</script>", "{ {7*7} }", "%s",
    "../../etc/passwd", "0001-01-01", "9999-12-31", "2026-02-30", "23:59", "24:00", "Europe/London", "[degF]", "Cel",
    "٣٨", "x" * 5000, "\r\n", "1 2",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=12), st.text(alphabet=string.digits + ".,-:/ ", max_size=12)
)
CHANGES = [route for route in EVERY_ROUTE if route.method == "POST" and route.endpoint != "security.logout"]


@pytest.fixture
def forms(app, alice):
    """Each route that takes a form: its address, and the fields of its page."""
    alice.logs(temperature="38.4")
    alice.logs(page="doses/new", medicine="steroid")
    mine = {row.id for row in rows(app, DeviceRow)}
    alice.signs_in(app.test_client())
    values = {
        "diary_id": alice.diary_id,
        "check_in_id": rows(app, CheckInRow)[0].id,
        "dose_id": rows(app, DoseRow)[0].id,
        "token": "x",
        # Alice's other device: her own must stay signed in.
        "device_id": ({row.id for row in rows(app, DeviceRow)} - mine).pop(),
        "passkey_id": "x",
    }
    found = {}
    for route in CHANGES:
        rule = next(iter(app.url_map.iter_rules(route.endpoint)))
        address = app.url_map.bind("localhost").build(route.endpoint, {key: values[key] for key in rule.arguments})
        page = alice.client.get(address, follow_redirects=True)
        names = {name for name in fields_of(page) if name != "csrf_token"}
        names |= {part.split('"')[0] for part in page.text.partition("<main")[2].split(' name="')[1:]} - {"csrf_token"}
        found[route.endpoint] = (address, sorted(names))
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_answers_any_form_with_a_page(alice, nobody, forms, token, data):
    endpoint = data.draw(st.sampled_from(sorted(forms)))
    address, names = forms[endpoint]
    fields = data.draw(st.dictionaries(st.sampled_from([*names, "unknown"]), st.lists(VALUES, max_size=3), max_size=6))
    person = data.draw(st.sampled_from([alice, nobody]))
    answer = person.client.post(address, data=fields | {"csrf_token": token[person.name]})
    assert answer.status_code < 500, (address, fields)


@pytest.fixture
def token(alice, nobody):
    """A token for each, so that junk gets past the door."""
    return {
        "Alice": fields_of(alice.opens("check-ins/new"))["csrf_token"],
        "Nobody": fields_of(nobody.client.get("/sign-in"))["csrf_token"],
    }


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
    answer = alice.client.get(alice.at(path), query_string=query, headers={"Accept-Language": language})
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
