"""Serve an invented 21-day diary, labelled as a sample on every page."""

import os
import random
import secrets
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flask_security import hash_password

from diary.app import create_app
from diary.cli.serve import serve
from diary.domain.check_in import CheckIn
from diary.domain.contact import Contact
from diary.domain.diary import Diary
from diary.domain.flag import Closure, ClosureKind
from diary.domain.medicine import Dose
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.sign import GROUPS
from diary.domain.treatment import Baseline, CarePlan, Infusion, Patient
from diary.extensions import db, security
from diary.migrations import upgrade
from diary.services import care_team, check_in, flag
from diary.settings import Settings, SettingsError

EMAIL = "sample@example.org"
DAYS = 21
FEVER = {3: 0.9, 4: 1.8, 5: 1.4, 6: 0.6}
"""How much warmer than usual each day was, °C: a fever from day 3 to 6, as evidence part 2.7 says is common."""


def main(arguments: list[str]) -> int:
    """Make the sample afresh and serve it. Returns 2 when a setting cannot be used."""
    folder = os.path.join(os.environ.get("DIARY_INSTANCE", "instance"), "demo")
    environ = {key: value for key, value in os.environ.items() if key != "DIARY_DATABASE_URL"}
    try:
        settings = Settings.from_env(environ | {"DIARY_INSTANCE": folder, "DIARY_SAMPLE": "yes"})
    except SettingsError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 2
    for leftover in settings.instance.glob("diary.sqlite*"):
        leftover.unlink()
    # Nobody may sign in with a password that stands in public code: each sample has one of its own.
    password = secrets.token_urlsafe(12)
    fill(settings, password, datetime.now(UTC))
    return serve(settings, f"Sign in as {EMAIL} with the password {password}")


def fill(settings: Settings, password: str, now: datetime, days: int = DAYS) -> None:
    """Write the sample into an empty database: one account, one diary, and so many days that end at ``now``."""
    app = create_app(settings)
    with app.app_context():
        upgrade(db.engine)
        began_at = now - timedelta(days=days)
        account = security.datastore.create_user(
            email=EMAIL, password=hash_password(password), name="Sam (sample)", created_at=began_at
        )
        db.session.flush()
        account_id = str(account.id)
        diary = sample_diary(began_at.date())
        access = care_team.begin_diary(db.session, account_id, diary, began_at)
        for entry, doses in entries(diary, began_at, now):
            check_in.record(db.session, diary, entry, doses, access, entry.at)
            told = Closure(kind=ClosureKind.TOLD, at=entry.at + timedelta(minutes=20), by=account_id)
            told = replace(told, told_at=told.at, told="the CAR T nurse", said="Come in and be seen.")
            if entry.at < now - timedelta(days=1):
                flags = flag.open_flags(db.session, diary.id, entry.at)
                flag.close(db.session, [each.id for each in flags], told, access)
        db.session.commit()
        db.engine.dispose()


def sample_diary(infused_on: date, diary_id: str = str(uuid.UUID(int=21))) -> Diary:
    """The invented person."""
    return Diary(
        id=diary_id,
        patient_name="Alex Sample",
        patient=Patient(date(1957, 5, 17), "Europe/London"),
        country="GB",
        temperature_unit="Cel",
        contact=Contact(
            team_name="CAR T team (sample)",
            team_number="+44 20 7946 0000",
            emergency_number="999",
            allergies="Penicillin",
            usual_medicines="Aciclovir, levetiracetam, allopurinol",
        ),
        care_plan=CarePlan(
            profile="standard",
            infusions=(Infusion(infused_on, "Sample-cel"),),
            baseline=Baseline(systolic_mmhg=128, oxygen_saturation_percent=97, pulse_per_minute=74, neuro_score=10),
        ),
    )


def entries(diary: Diary, since: datetime, now: datetime) -> Iterator[tuple[CheckIn, tuple[Dose, ...]]]:
    """Three or four check-ins a day, one in six missed, with a fever, low pressure and muddled words in between."""
    chance = random.Random(21)  # noqa: S311 - an invented diary, and the same one every time.
    absent = frozenset(sign.id for group in GROUPS for sign in group.signs if sign.is_asked_at(69))
    for day in range((now - since).days + 1):
        for hour in (7, 12, 17, 22):
            at = datetime.combine(since.date() + timedelta(days=day), datetime.min.time(), UTC)
            at += timedelta(hours=hour, minutes=chance.randrange(40))
            if not since <= at <= now - timedelta(minutes=10) or chance.random() < 1 / 6:
                continue
            heat = FEVER.get(day, 0.0) * (0.7 + 0.3 * chance.random())
            signs = frozenset({"shaking_chills"} if heat > 1.2 else set()) | (
                frozenset({"trouble_finding_words", "tremor"}) if day in (6, 7) and hour == 17 else frozenset()
            )
            asks = chance.random() < 0.6 or bool(signs)
            systolic = round(126 - 14 * heat + chance.gauss(0, 4))
            yield (
                CheckIn(
                    id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                    at=at,
                    by="caregiver" if hour == 22 or day in (5, 6, 7) else "patient",
                    temperature=Temperature(Decimal(f"{36.6 + heat + chance.gauss(0, 0.12):.1f}"), "Cel", "ear"),
                    blood_pressure=BloodPressure(systolic, round(systolic * 0.62), "sitting") if hour != 12 else None,
                    pulse=Pulse(round(76 + 14 * heat + chance.gauss(0, 3))),
                    oxygen_saturation=OxygenSaturation(min(99, round(97 - heat + chance.gauss(0, 0.5)))),
                    neuro_check=NeuroCheck(score=8 if day in (6, 7) else 10) if hour in (7, 17) else None,
                    signs=signs,
                    signs_absent=absent - signs if asks else frozenset(),
                    doses_absent=frozenset({"antipyretic", "nsaid"}) if heat < 0.5 else frozenset(),
                ),
                (Dose(at=at, medicine="antipyretic", status="taken", agreed_with_team=True),) if heat > 1.3 else (),
            )
