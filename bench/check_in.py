"""A check-in through the HTML form, against a bare Flask + WTForms + SQLAlchemy insert with the same engine options.

Both are driven in one process through WSGI, in turn. Targets: at least a third of the bare throughput, and the same
cost (within 25 %) for a diary of 100,000 readings as for one of 100.
"""

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import time_machine
from flask import Flask, redirect
from flask.testing import FlaskClient
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import FlaskForm
from sqlalchemy import insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import DecimalField, IntegerField, TextAreaField

from diary.app import create_app
from diary.cli.demo import EMAIL, fill
from diary.domain.check_in import CheckIn
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.extensions import db, keep_sqlite_promises
from diary.models import CheckInRow, MembershipRow
from diary.services.record import to_content
from diary.settings import Settings

ROUNDS = 150
PASSWORD = "three plain words"
READINGS_A_CHECK_IN = 5


def main() -> None:
    """Print the throughput ratio, and the ratio of a long diary to a short one."""
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare(Path(folder))
        short = _diary(Path(folder) / "short", readings=100)
        long = _diary(Path(folder) / "long", readings=100_000)
        costs = _interleave(bare, short, long)
    floor, ours, grown = (statistics.median(cost) * 1000 for cost in costs)
    print(f"bare insert {floor:.2f} ms, check-in {ours:.2f} ms, check-in into 100,000 readings {grown:.2f} ms")
    print(f"throughput against bare: {floor / ours:.2f} (target: 0.33 or more)")
    print(f"long diary against short: {grown / ours:.2f} (target: 1.25 or less)")


def _interleave(*actions: Callable[[int], None]) -> list[list[float]]:
    """Time each action ``ROUNDS`` times, in turn, after ten rounds that do not count."""
    costs: list[list[float]] = [[] for _ in actions]
    began_at = datetime.now(UTC)
    for turn in range(ROUNDS + 10):
        # People log every few hours, so the clock of all three moves on by four hours each round.
        with time_machine.travel(began_at + timedelta(hours=4 * turn), tick=True):
            for action, cost in zip(actions, costs, strict=True):
                start = time.perf_counter()
                action(turn)
                if turn >= 10:
                    cost.append(time.perf_counter() - start)
    return costs


def _bare(folder: Path) -> Callable[[int], None]:
    app = Flask("bare")
    app.config.update(
        SECRET_KEY="bench", WTF_CSRF_TIME_LIMIT=None, SQLALCHEMY_ENGINES={"default": f"sqlite:///{folder}/bare.sqlite"}
    )
    bare_db = SQLAlchemy(app)

    class Base(DeclarativeBase):
        pass

    class Reading(Base):
        __tablename__ = "reading"
        id: Mapped[int] = mapped_column(primary_key=True)
        temperature: Mapped[str]
        systolic: Mapped[int]
        diastolic: Mapped[int]
        pulse: Mapped[int]
        oxygen: Mapped[int]
        note: Mapped[str]

    class Form(FlaskForm):
        temperature = DecimalField()
        systolic = IntegerField()
        diastolic = IntegerField()
        pulse = IntegerField()
        oxygen = IntegerField()
        note = TextAreaField()

    @app.route("/", methods=["GET", "POST"])
    def log() -> object:
        form = Form()
        if not form.validate_on_submit():
            return str(form.csrf_token)
        values = {field.name: field.data for field in form if field.name != "csrf_token"}
        bare_db.session.add(Reading(**values | {"temperature": str(values["temperature"])}))
        bare_db.session.commit()
        return redirect("/")

    with app.app_context():
        keep_sqlite_promises(bare_db.engine)
        Base.metadata.create_all(bare_db.engine)
    client = app.test_client()
    token = _token(client, "/")
    return lambda turn: _post(client, "/", _answers(turn) | {"csrf_token": token})


def _diary(folder: Path, readings: int) -> Callable[[int], None]:
    """A signed-in browser that logs into a diary with this many readings in it, four check-ins a day until now."""
    # Both diaries live in this process, which holds one set of keys.
    shutil.copytree(Settings.from_env({"DIARY_INSTANCE": str(folder.parent)}).instance / "keys", folder / "keys")
    settings = Settings.from_env({"DIARY_INSTANCE": str(folder)})
    now = datetime.now(UTC)
    fill(settings, PASSWORD, now, days=0)
    app = create_app(settings)
    with app.app_context():
        diary_id, account_id = db.session.execute(select(MembershipRow.diary_id, MembershipRow.account_id)).one()
        moments = [now - timedelta(hours=6 * number + 1) for number in range(readings // READINGS_A_CHECK_IN)]
        db.session.execute(
            insert(CheckInRow),
            [
                {
                    "id": str(uuid4()),
                    "diary_id": diary_id,
                    "author_id": account_id,
                    "author_role": "owner",
                    "written_at": at,
                    "at": at,
                    "by": "patient",
                    "content": to_content(example_check_in(at)),
                }
                for at in moments
            ],
        )
        db.session.commit()
    client = app.test_client()
    token = _token(client, "/sign-in")
    _post(client, "/sign-in", {"email": EMAIL, "password": PASSWORD, "csrf_token": token})
    page = f"/diaries/{diary_id}/check-ins/new"
    token = _token(client, page)
    rest = {"csrf_token": token, "by": "patient", "temperature_unit": "Cel"}
    return lambda turn: _post(client, page, _answers(turn) | rest | {"token": str(uuid4())})


def example_check_in(at: datetime) -> CheckIn:
    return CheckIn(
        at=at,
        by="patient",
        temperature=Temperature(Decimal("36.8"), "Cel"),
        blood_pressure=BloodPressure(124, 78),
        pulse=Pulse(74),
        oxygen_saturation=OxygenSaturation(97),
    )


def _answers(turn: int) -> dict[str, str]:
    return {
        "temperature": f"36.{turn % 10}",
        "systolic": str(118 + turn % 10),
        "diastolic": "76",
        "pulse": "72",
        "oxygen": "97",
        "note": "slept well",
    }


def _token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no token"
    return found[1]


def _post(client: FlaskClient, path: str, data: dict[str, str]) -> None:
    answer = client.post(path, data=data)
    assert answer.status_code == 302, answer.text
