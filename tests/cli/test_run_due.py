"""``diary serve`` does what is due by itself."""

import signal
import sqlite3
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from diary.app import create_app
from diary.cli import run_due
from diary.cli.demo import fill
from diary.domain.access import Access, Role
from diary.extensions import db
from diary.models import MembershipRow
from diary.services import erasure
from diary.settings import Settings
from tests.serving import Served


def test_it_erases_what_is_due_soon_after_it_starts(tmp_path):
    settings, now = Settings.from_env({"DIARY_INSTANCE": str(tmp_path)}), datetime.now(UTC)
    fill(settings, "three plain words", now, days=0)
    with create_app(settings).app_context():
        member = db.session.scalars(select(MembershipRow)).one()
        erasure.ask(db.session, Access(member.account_id, member.diary_id, Role.OWNER), now - timedelta(days=15))
        db.session.commit()
        db.engine.dispose()
    served = Served(tmp_path)
    try:
        deadline = time.monotonic() + 30
        while diaries(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert diaries(tmp_path) == 0
    finally:
        served.stop(signal.SIGTERM)
    assert served.process.returncode == 0
    assert len(served.lines) == 2, served.lines


def diaries(folder):
    with sqlite3.connect(folder / "diary.sqlite") as database:
        (count,) = database.execute("SELECT count(*) FROM diary").fetchone()
    database.close()
    return count


def test_it_says_what_is_wrong_with_a_setting(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("DIARY_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIARY_PORT", "x")
    assert run_due.main([]) == 2
    assert "DIARY_PORT" in capsys.readouterr().err
