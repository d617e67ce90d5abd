"""A database that is away or full: the numbers and the advice reach their reader; nothing that was typed is lost."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from diary.extensions import db
from diary.models import CheckInRow, DoseRow
from tests.cast import fields_of
from tests.cellar import count
from tests.pages import calls, hidden_fields, main_words, urgencies
from tests.views.test_every_route import CHANGES, addresses, arguments, entries, passkey_id  # noqa: F401 - fixtures.


@contextmanager
def no_database(app, word=""):
    """No statement with ``word`` in it succeeds."""

    def fail(connection, cursor, statement, *_):
        if word in statement:
            raise OperationalError(statement, None, Exception("database or disk is full"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


@pytest.fixture
def server(app):
    """The house as it is served: what fails is answered with a page, not handed to the test."""
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def test_help_now_looks_nobody_up(server, alice):
    alice.opens()
    with no_database(server):
        page = alice.client.get("/help-now")
        assert page.status_code == 200
        assert calls(page) == ["999", "+442079460000"]
        with alice.client.get("/static/diary.css") as style:
            assert style.status_code == 200


def test_the_page_that_says_so_has_the_numbers(server, alice):
    alice.opens()
    with no_database(server):
        for path in (alice.at(), "/", "/sign-in"):
            page = alice.client.get(path)
            assert page.status_code == 500
            assert "Something is wrong with the diary itself." in main_words(page)
            assert calls(page) == ["+442079460000", "999"]


@pytest.mark.parametrize("word", ["", "INSERT INTO check_in"])
def test_a_fever_is_advised_and_kept_on_the_page(server, alice, word):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "38,6", "note": "<b>so</b> cold"}
    with no_database(server, word):
        page = alice.client.post(alice.at("check-ins/new"), data=form)
        assert page.status_code == 503
        assert urgencies(page) == ["call"]
        assert calls(page)[0] == "+442079460000"
        assert "Not saved yet." in main_words(page)
    assert count(server, CheckInRow) == 0
    again = alice.client.post(alice.at("check-ins/new"), data=dict(hidden_fields(page)), follow_redirects=True)
    assert again.status_code == 200
    assert "so</b> cold" not in again.text
    assert "38.6" in main_words(again)
    assert count(server, CheckInRow) == 1


def test_no_form_of_a_diary_loses_what_was_typed(server, entries, addresses):  # noqa: F811
    forms = [route for route in CHANGES if "diary_id" in arguments(server, route) or route.endpoint == "set_up.begin"]
    assert len(forms) > 5
    for route in forms:
        with no_database(server):
            page = entries.client.post(
                addresses.of(route.endpoint), data={"a": ["1", "<2>"], "password": "three words"}
            )
        assert page.status_code == 503, route
        assert "Not saved yet." in main_words(page)
        assert [field for field in hidden_fields(page) if field[0] != "csrf_token"] == [("a", "1"), ("a", "<2>")]
        assert "three words" not in page.text


def test_a_medicine_is_kept_on_the_page_and_then_saved(server, alice):
    form = fields_of(alice.opens("doses/new")) | {"medicine": "steroid", "status": "taken"}
    with no_database(server, "INSERT INTO dose"):
        page = alice.client.post(alice.at("doses/new"), data=form)
        assert page.status_code == 503
    again = alice.client.post(alice.at("doses/new"), data=dict(hidden_fields(page)), follow_redirects=True)
    assert "steroid" in main_words(again)
    assert count(server, DoseRow) == 1


def test_a_page_that_takes_a_password_keeps_nothing(server, entries, addresses):  # noqa: F811
    for route in CHANGES:
        if route.endpoint.startswith(("account.", "security.")) and route.endpoint != "security.logout":
            with no_database(server):
                page = entries.client.post(addresses.of(route.endpoint), data={"password": "three words"})
            assert page.status_code == 500, route
            assert "three words" not in page.text
