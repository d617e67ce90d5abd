"""Do what is due: erase for good what somebody asked to erase. May run as often as you like."""

from datetime import UTC, datetime

from flask import Flask

from diary.app import create_app
from diary.cli._settings import read_settings
from diary.extensions import db, empty_journal
from diary.services import erasure


def main(arguments: list[str]) -> int:
    """Do it once, and say what was done, in ids. Returns 2 when a setting cannot be used."""
    settings = read_settings()
    if settings is None:
        return 2
    app = create_app(settings)
    for diary_id in run_due(app):
        print(f"erased {diary_id}")
    with app.app_context():
        db.engine.dispose()
    return 0


def run_due(app: Flask) -> list[str]:
    """Erase the diaries whose grace period is over, each in a transaction of its own, and return their ids."""
    with app.app_context():
        now = datetime.now(UTC)
        diary_ids = list(erasure.due(db.session, now))
        db.session.rollback()
        for diary_id in diary_ids:
            erasure.erase(db.session, diary_id, now)
            db.session.commit()
        db.session.close()
        empty_journal(db.engine)
    return diary_ids
