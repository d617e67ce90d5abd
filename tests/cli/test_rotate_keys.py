"""``diary rotate-keys``: new keys, everything encrypted anew, and nothing lost wherever it is interrupted."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from itertools import count

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Engine, LargeBinary, event, select, type_coerce

from diary.app import create_app
from diary.cli import rotate_keys
from diary.extensions import db
from diary.keys import keys_in
from diary.models import Base, ContactRow
from diary.services import rotation
from diary.settings import VAULT_KEYS, Settings
from tests.cast import PASSWORD, fields_in, fields_of
from tests.pages import calls, main_words
from tests.serving import Browser, Served


class PowerCutError(BaseException):
    """The machine goes off."""


@pytest.fixture
def rotate(settings, monkeypatch):
    monkeypatch.setenv("DIARY_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIARY_DATABASE_URL", settings.database_url)
    return lambda *arguments: rotate_keys.main(list(arguments))


@pytest.fixture
def diary(alice):
    """Something in every table that the pages fill."""
    alice.logs(temperature="38.4", note="secret words")
    page = fields_of(alice.opens("flags/close"))
    alice.client.post(alice.at("flags/close"), data=page | {"told": "nurse", "said": "come in", "flags": page["flags"]})
    return alice


def vault(settings):
    return keys_in(settings.instance / VAULT_KEYS)


def tokens(app):
    """Whatever lies encrypted in the tables, as it lies there."""
    binary = [column for table in Base.metadata.sorted_tables for column in table.columns]
    binary = [column for column in binary if isinstance(getattr(column.type, "impl", column.type), LargeBinary)]
    with app.app_context():
        found = [value for column in binary for value in db.session.scalars(select(type_coerce(column, LargeBinary)))]
    return [bytes(value) for value in found if value is not None and bytes(value).startswith(b"gAAAA")]


def opened_by(key, app):
    def opens(token):
        try:
            return bool(Fernet(key).decrypt(token))
        except InvalidToken:
            return False

    return sum(map(opens, tokens(app)))


def is_whole(alice):
    """Whether the diary that is being served still opens what it kept, and keeps more."""
    page = alice.logs(temperature="36.8", note="one more")
    return page.status_code == 200 and "secret words" in main_words(alice.opens("history")) and calls(page)


def test_it_encrypts_everything_anew_while_the_diary_is_served(app, settings, diary, rotate, capsys):
    (old,), number = vault(settings), len(tokens(app))
    assert rotate() == 0
    assert f"{number} values were encrypted anew." in capsys.readouterr().out
    new, kept = vault(settings)
    assert (kept, new != old) == (old, True)
    assert (opened_by(new, app), opened_by(old, app)) == (number, 0)
    assert is_whole(diary)
    assert rotate("--drop-old") == 0
    assert vault(settings) == (new,)
    assert is_whole(diary)
    assert opened_by(new, app) == len(tokens(app)) > number


def test_it_keeps_its_keys_to_itself(settings, diary, rotate):
    rotate()
    rotate("--drop-old")
    folder = settings.instance / "keys"
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "cookies.key": 0o600,
        "vault.key": 0o600,
    }


@pytest.mark.parametrize("batch", [1, 3, 200])
def test_it_goes_on_wherever_it_was_interrupted(app, settings, diary, rotate, monkeypatch, batch):
    monkeypatch.setattr(rotation, "BATCH", batch)
    (old,), updates = vault(settings), count(1)

    def cut(_, __, statement, *___):
        if statement.startswith("UPDATE") and next(updates) == 5:
            raise PowerCutError

    event.listen(Engine, "before_cursor_execute", cut)
    try:
        with pytest.raises(PowerCutError):
            rotate()
    finally:
        event.remove(Engine, "before_cursor_execute", cut)
    assert is_whole(diary)
    assert opened_by(old, app) > 0
    assert rotate() == 0
    assert len(vault(settings)) == 2
    assert opened_by(old, app) == 0
    assert rotate("--drop-old") == 0
    assert is_whole(diary)


@pytest.mark.parametrize("step", range(4))
def test_it_loses_no_key_when_the_disk_is_full(settings, diary, rotate, monkeypatch, step):
    (old,), steps = vault(settings), iter(range(100))

    def full(_):
        if next(steps) == step:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        rotate()
    monkeypatch.undo()
    assert old in vault(settings)
    assert is_whole(diary)


def test_it_drops_no_key_while_something_is_under_none(app, settings, diary, rotate, capsys):
    with app.app_context():
        row = db.session.scalars(select(ContactRow)).first()
        table = ContactRow.__table__
        lost = Fernet(Fernet.generate_key()).encrypt(b"{}")
        db.session.execute(
            table.update().where(table.c.id == row.id).values({table.c.content: type_coerce(lost, LargeBinary)})
        )
        db.session.commit()
    (old,) = vault(settings)
    assert rotate("--drop-old") == 2
    assert rotate() == 2
    assert rotate("--drop-old") == 2
    assert "nothing is lost" in capsys.readouterr().out
    assert vault(settings)[1:] == (old,)


def test_it_believes_cookies_of_the_old_key_until_that_is_dropped(settings, diary, rotate):
    environ = {"DIARY_INSTANCE": str(settings.instance), "DIARY_DATABASE_URL": settings.database_url}

    def after_a_restart():
        house = create_app(Settings.from_env(environ))
        device = house.test_client()
        for cookie in diary.client._cookies.values():
            device.set_cookie(cookie.key, cookie.value)
        found = calls(device.get("/help-now")), device.get(diary.at()).status_code
        with house.app_context():
            db.engine.dispose()
        return found

    diary.opens()
    rotate()
    assert after_a_restart() == (["999", "+442079460000"], 200)
    rotate("--drop-old")
    assert after_a_restart() == ([], 302)


def test_a_server_goes_on_while_its_keys_are_rotated(tmp_path):
    house = Served(tmp_path)
    try:
        browser = Browser(house.address)
        account = {"name": "Alice", "email": "alice@example.org", "password": PASSWORD}
        browser.post(house.address, **fields_in(browser.get(house.address)) | account)
        for arguments in ([], ["--drop-old"]):
            environ = {"PATH": os.environ["PATH"], "DIARY_INSTANCE": str(tmp_path)}
            command = [sys.executable, "-m", "diary", "rotate-keys", *arguments]
            assert subprocess.run(command, env=environ, check=False, capture_output=True).returncode == 0
        patient = {"name": "Alice", "born_on": "1966-01-01", "country": "GB", "time_zone": "Europe/London"}
        page = browser.post("/diaries/new", **fields_in(browser.get("/diaries/new")) | patient)
        assert "Whom to call" in page
    finally:
        house.stop()
    (key,) = keys_in(tmp_path / VAULT_KEYS)
    with closing(sqlite3.connect(tmp_path / "diary.sqlite")) as connection:
        names = [name for table in ("account", "diary") for (name,) in connection.execute(f"SELECT name FROM {table}")]  # noqa: S608
    assert [Fernet(key).decrypt(name) for name in names] == [b"Alice", b"Alice"]
