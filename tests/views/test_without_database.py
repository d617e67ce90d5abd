"""A database that is away or full: the numbers and the advice reach their reader; nothing that was typed is lost."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from diary.extensions import db
from diary.models import CheckInRow
from tests.cast import fields_of
from tests.cellar import count
from tests.pages import calls, hidden_fields, main_words, urgencies


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
