"""Logs: what went wrong and where, and nothing of what anybody typed; tests/conftest.py listens to the whole run."""

import logging

import pytest
from sqlalchemy.exc import IntegrityError

from diary.extensions import db
from diary.models import AccountRow
from tests.cellar import rows
from tests.secrets import secrets_in


@pytest.fixture
def broken(app, alice):
    """Home, with a fault in it that the test chooses."""
    app.testing = False
    view = app.view_functions["home.diary"]

    def break_with(fault):
        def fail(**_):
            fault()

        fail.permission = view.permission
        app.view_functions["home.diary"] = fail
        return alice.opens()

    return break_with


def test_it_says_where_and_not_with_what(broken, caplog):
    def fault():
        try:
            float("38.4 Alice")
        except ValueError as error:
            raise RuntimeError("temperature 38.4") from error

    assert broken(fault).status_code == 500
    assert "Exception on /diaries/<diary_id>/ [GET]" in caplog.text
    assert "in fault\nValueError\nThen:" in caplog.text
    assert caplog.text.rstrip().endswith("in fault\nRuntimeError")
    assert secrets_in(caplog.text) == []


def test_it_says_what_the_database_said_without_the_values(app, broken, caplog):
    def fault():
        (alice,) = rows(app, AccountRow)
        values = {"password": "", "active": True, "fs_uniquifier": "x", "name": "Alice", "created_at": alice.created_at}
        db.session.add(AccountRow(email=alice.email, **values))
        db.session.flush()

    assert broken(fault).status_code == 500
    assert IntegrityError.__name__ in caplog.text
    assert "account" in caplog.text, "which table it was"
    assert secrets_in(caplog.text) == []


def test_it_keeps_a_secret_address_out(app, nobody, caplog):
    app.testing = False

    def fail(**_):
        raise RuntimeError

    fail.permission = app.view_functions["account.set_up"].permission
    app.view_functions["account.set_up"] = fail
    assert nobody.client.get("/set-up/a-secret-token").status_code == 500
    assert "Exception on /set-up/<token> [GET]" in caplog.text
    assert "a-secret-token" not in caplog.text


def test_it_would_hear_it(listening):
    logging.getLogger("somewhere.else").warning("a reading of 38.4 for %s", "Alice")
    assert secrets_in("\n".join(listening.heard)) == ["Alice", "38.4"]
    listening.heard.clear()
