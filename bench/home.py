"""A caregiver's list of 20 people with diaries of a year each, against diaries of a week each.

Both are asked for over WSGI in one process, in turn. Target: at most twice the cost.
"""

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from flask_security import hash_password
from sqlalchemy import insert

from bench.check_in import example_check_in
from diary.app import create_app
from diary.cli.demo import sample_diary
from diary.domain.access import Access, Role
from diary.extensions import db, security
from diary.migrations import upgrade
from diary.models import CheckInRow, FindingRow, FlagRow
from diary.services import care_team
from diary.services.record import to_content
from diary.settings import Settings

ROUNDS = 40
PEOPLE = 20
CHECK_INS_A_DAY = 4
PASSWORD = "three plain words"


def main() -> None:
    """Print what the list costs, and the ratio of years to weeks."""
    with tempfile.TemporaryDirectory() as folder:
        lists = [_list(Path(folder), days) for days in (7, 365)]
        costs: list[list[float]] = [[], []]
        for turn in range(ROUNDS + 5):
            for ask, cost in zip(lists, costs, strict=True):
                start = time.perf_counter()
                ask()
                if turn >= 5:
                    cost.append(time.perf_counter() - start)
    week, year = (statistics.median(cost) * 1000 for cost in costs)
    print(f"{PEOPLE} diaries of a week {week:.2f} ms, of a year {year:.2f} ms")
    print(f"years against weeks: {year / week:.2f} (target: 2.00 or less)")


def _list(folder: Path, days: int) -> Callable[[], None]:
    """A caregiver's signed-in browser that opens the list of so many people, each with a diary of so many days."""
    keys, own = Settings.from_env({"DIARY_INSTANCE": str(folder)}).instance / "keys", folder / str(days)
    shutil.copytree(keys, own / "keys")  # Both live in this process, which holds one set of keys.
    app, now = create_app(Settings.from_env({"DIARY_INSTANCE": str(own)})), datetime.now(UTC)
    with app.app_context():
        upgrade(db.engine)
        account = security.datastore.create_user(
            email="bob@example.org", password=hash_password(PASSWORD), name="Bob", created_at=now
        )
        db.session.flush()
        for number in range(PEOPLE):
            _diary(str(account.id), days, now - timedelta(minutes=number))
        db.session.commit()
    client = app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)
    client.post("/sign-in", data={"email": "bob@example.org", "password": PASSWORD, "csrf_token": token and token[1]})

    def ask() -> None:
        page = client.get("/diaries/")
        assert page.text.count("person__name") == PEOPLE, page.text

    return ask


def _diary(account_id: str, days: int, now: datetime) -> None:
    """One person's diary: four check-ins a day, a flag a day that was closed, and one that is open."""
    began_at = now - timedelta(days=days)
    diary = sample_diary(began_at.date(), str(uuid4()))
    owner = care_team.begin_diary(db.session, account_id, diary, began_at)
    db.session.flush()
    by = Access(account_id, owner.diary_id, Role.OWNER)
    entry = {"diary_id": by.diary_id, "author_id": account_id, "author_role": by.role, "by": "patient"}
    moments = [now - timedelta(hours=24 / CHECK_INS_A_DAY * n) for n in range(days * CHECK_INS_A_DAY)]
    db.session.execute(
        insert(CheckInRow),
        [
            entry | {"id": str(uuid4()), "at": at, "written_at": at, "content": to_content(example_check_in(at))}
            for at in moments
        ],
    )
    for at in moments[::CHECK_INS_A_DAY]:
        is_open = at == moments[0]
        flag = FlagRow(diary_id=by.diary_id, rule="T1", urgency=3, at=at, closed_at=None if is_open else at)
        finding = FindingRow(diary_id=by.diary_id, at=at, raised_at=at, rule="T1", urgency=3, reasons=[])
        finding.flag, finding.table_version = flag, "1.0.0"
        db.session.add(finding)


if __name__ == "__main__":
    main()
