"""Do what is due: erase for good what somebody asked to erase. May run as often as you like."""

from datetime import UTC, datetime

from flask import Flask

from diary.cli._copy import opened, says_what_is_wrong
from diary.extensions import db, empty_journal
from diary.services import erasure
from diary.settings import Settings


@says_what_is_wrong
def main(arguments: list[str]) -> int:
    """Do it once, and say what was done, in ids. Returns 2 when a setting or the database cannot be used."""
    with opened(Settings.from_env()) as app:
        for diary_id in run_due(app):
            print(f"erased {diary_id}")
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
