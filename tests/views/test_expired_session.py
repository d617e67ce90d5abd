"""A session that ends in the middle of a form: the advice is there at once, and nothing that was typed is lost."""

import pytest

from diary.models import CheckInRow, ClosureRow, DoseRow, InvitationRow
from tests.cast import PASSWORD, Person, fields_of
from tests.cellar import count, rows
from tests.pages import advice, calls, errors, hidden_fields, main_words, tree_of, urgencies

ANSWERS = {
    "temperature": "38,4",
    "note": "Café <b>at</b> noon & “later” 🙂\nsecond line",
    "signs_faint": ["shaking_chills", "fainted"],
    "at_time": "07:00",
}
IN = {"email": "alice@example.org", "password": PASSWORD}


@pytest.fixture
def late(app, alice):
    """Alice with an open check-in page, signed out in the meantime."""
    form = fields_of(alice.opens("check-ins/new"))
    alice.client.delete_cookie("session")
    alice.form = form
    return alice


def sends(person, data, path="check-ins/new"):
    return person.client.post(person.at(path), data=data)


def carried(page):
    fields = {}
    for name, value in hidden_fields(page):
        fields.setdefault(name, []).append(value)
    return fields


def test_it_shows_the_advice_before_it_asks_to_sign_in(app, late):
    page = sends(late, late.form | ANSWERS)
    assert page.status_code == 401
    assert urgencies(page)[0] == "emergency"
    assert "38.4" in page.text
    assert page.text.index('class="advice ') < page.text.index("<h1>Sign in to save")
    assert calls(page)[0] == "999", "this phone knows the numbers"
    assert "Not saved yet." in main_words(page)
    assert count(app, CheckInRow) == 0


def test_it_carries_every_answer_in_the_page_and_nowhere_else(late):
    page = sends(late, late.form | ANSWERS)
    kept = carried(page)
    assert kept["temperature"] == ["38,4"]
    assert kept["signs_faint"] == ["shaking_chills", "fainted"]
    assert kept["note"] == [ANSWERS["note"]]
    assert kept["token"] == [late.form["token"]]
    assert "password" not in kept
    (form,) = [form for form in tree_of(page).iter("form") if "masthead__sign-out" not in form.get("class", "")]
    assert not form.get("action"), "an address would be kept by logs and by the browser"
    cookies = " ".join(cookie.value for cookie in late.client._cookies.values())
    assert "38,4" not in cookies
    assert "shaking" not in cookies
    assert len(cookies) < 2000
    session = late.client.application.session_interface.get_signing_serializer(late.client.application)
    assert "note" not in session.loads(late.client.get_cookie("session").value)


def test_it_keeps_everything_when_the_password_is_wrong(app, late):
    first = sends(late, late.form | ANSWERS)
    again = sends(late, carried(first) | IN | {"password": "wrong words here"})
    assert again.status_code == 401
    assert errors(again) == ["The e-mail address or the password is wrong. Check both and try again."] * 2
    assert urgencies(again) == urgencies(first)
    before, after = carried(first), carried(again)
    assert before | {"csrf_token": 0} == after | {"csrf_token": 0}
    assert fields_of(again)["email"] == IN["email"]
    assert "wrong words here" not in again.text
    assert count(app, CheckInRow) == 0


def test_it_saves_exactly_once_when_the_password_is_right(app, late):
    page = carried(sends(late, late.form | ANSWERS)) | IN
    answer = sends(late, page)
    assert answer.status_code == 302
    assert sends(late, page).location == answer.location
    (row,) = rows(app, CheckInRow)
    assert row.content["temperature"]["value"] == "38.4"
    assert set(row.content["signs"]) == {"shaking_chills", "fainted"}
    assert row.note.replace("\r\n", "\n") == ANSWERS["note"]
    assert row.at.hour == 7
    assert late.client.get(answer.location).status_code == 200


def test_it_saves_once_although_the_first_try_had_been_saved_before_the_session_ended(app, alice):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "38.4"}
    first = sends(alice, form).location
    alice.client.delete_cookie("session")
    page = sends(alice, form)
    assert sends(alice, carried(page) | IN).location == first
    assert count(app, CheckInRow) == 1


def test_it_asks_about_a_slip_after_sign_in(app, late):
    page = sends(late, late.form | {"temperature": "100.4"})
    assert urgencies(page) == ["call"]
    page = sends(late, carried(page) | IN)
    assert page.status_code == 422
    assert "Did you mean 100.4 °F?" in main_words(page)
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"temperature": "abc"},
        {"temperature": "384"},
        {"on_date": "0001-01-01", "at_time": "00:00"},
        {"signs_faint": "what"},
        {"temperature_unit": "", "temperature": "20"},
        {"oxygen": "0"},
        {"capd_score": "99"},
        {"note": "x" * 10_000},
        {"by": "x"},
        {"systolic": "80", "diastolic": "120"},
        {"fever_medicine": ["antipyretic", "none"], "fever_medicine_time": "23:59"},
    ],
)
def test_it_carries_whatever_was_typed(late, answers):
    page = sends(late, late.form | answers)
    assert page.status_code == 401
    kept = carried(page)
    for name, typed in answers.items():
        assert kept[name] == (typed if isinstance(typed, list) else [typed])


def test_it_uses_the_number_set_that_calls_sooner(late):
    assert urgencies(sends(late, late.form | {"temperature": "37.5"})) == ["call"]


def test_it_names_emergency_numbers_when_the_phone_knows_none(app, alice):
    stranger = app.test_client()
    page = stranger.post(alice.at("check-ins/new"), data={"temperature": "40.4", "temperature_unit": "Cel"})
    assert urgencies(page)[0] == "emergency"
    assert "112, 911 or 999" in advice(page)[0]
    assert calls(page) == []


def test_it_tells_a_stranger_nothing_about_the_diary(app, alice):
    real = app.test_client().post(alice.at("check-ins/new"), data={"temperature": "38.4"})
    other = app.test_client().post("/diaries/none/check-ins/new", data={"temperature": "38.4"})
    assert main_words(real) == main_words(other)
    assert "Alice" not in real.text


def test_it_lets_a_stranger_save_nothing_in_it(app, late, charlie):
    page = sends(late, late.form | ANSWERS)
    answer = sends(late, carried(page) | IN | {"email": charlie.email})
    assert answer.status_code == 404
    assert count(app, CheckInRow) == 0


def test_it_does_not_sign_in_without_a_token(app, late):
    page = sends(late, late.form | ANSWERS | IN | {"csrf_token": "stale"})
    assert page.status_code == 401
    assert count(app, CheckInRow) == 0
    assert late.opens().status_code == 302


def test_it_carries_what_happened_after_a_warning(app, alice):
    alice.logs(temperature="38.4")
    form = fields_of(alice.opens("flags/close")) | {"told": "the nurse", "said": "Come in."}
    alice.client.delete_cookie("session")
    page = sends(alice, form, "flags/close")
    assert page.status_code == 401
    assert sends(alice, carried(page) | IN, "flags/close").status_code == 302
    assert [row.said for row in rows(app, ClosureRow)] == ["Come in."]


def test_it_carries_a_medicine(app, alice):
    form = fields_of(alice.opens("doses/new")) | {"medicine": "steroid"}
    alice.client.delete_cookie("session")
    page = sends(alice, form, "doses/new")
    assert sends(alice, carried(page) | IN, "doses/new").status_code == 302
    assert count(app, DoseRow) == 1


def test_it_carries_a_correction(app, alice):
    path = alice.logs(temperature="38.4").request.path.removeprefix(alice.at()) + "/correct"
    form = fields_of(alice.opens(path)) | {"temperature": "39.4"}
    alice.client.delete_cookie("session")
    page = sends(alice, form, path)
    assert "39.4" in advice(page)[0]
    assert sends(alice, carried(page) | IN, path).status_code == 302
    assert count(app, CheckInRow) == 2


def test_it_carries_an_invitation_to_whom_it_was_meant(app, alice):
    form = fields_of(alice.opens("people/invite")) | {"role": "viewer", "their_email": "dora@example.org"}
    alice.client.delete_cookie("session")
    page = sends(alice, form, "people/invite")
    assert sends(alice, carried(page) | IN, "people/invite").status_code == 200
    assert [row.email for row in rows(app, InvitationRow)] == ["dora@example.org"]


def test_it_never_carries_a_new_password(alice):
    form = fields_of(alice.client.get("/password"))
    alice.client.delete_cookie("session")
    page = alice.client.post(
        "/password", data=form | {"password": "a", "new_password": "secret words", "new_password_confirm": "b"}
    )
    assert page.status_code == 401
    assert "secret words" not in page.text


def test_it_shows_the_numbers_of_this_phone_without_sign_in(late):
    late.opens()
    page = late.client.get("/help-now")
    assert calls(page) == ["999", "+442079460000"]
    assert "Alice" not in page.text
    assert "CAR T team" not in page.text


@pytest.mark.parametrize("value", ["x", "W10.x", "", "é", "\x7f", "a" * 4000])
def test_it_trusts_no_number_that_somebody_put_on_the_phone(app, value):
    client = app.test_client()
    page = client.get("/help-now", headers={"Cookie": f"help_now={value}"})
    assert page.status_code == 200
    assert calls(page) == []


def test_it_forgets_the_numbers_when_asked_to(alice):
    alice.opens()
    page = alice.client.get("/help-now")
    page = alice.client.post("/help-now/forget", data=fields_of(page), follow_redirects=True)
    assert calls(page) == []
    assert "This phone does not know your numbers." in main_words(page)


def test_it_knows_the_cast(app):
    assert Person(app, "Alice").email == IN["email"]
