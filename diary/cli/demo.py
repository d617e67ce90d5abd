"""Serve an invented 21-day diary, labelled as a sample on every page."""

import os
import random
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

from flask_security import hash_password
from PIL import Image, ImageDraw, ImageFont

from diary.cli._copy import opened, says_what_is_wrong
from diary.cli.serve import serve
from diary.domain.access import Access, Role
from diary.domain.check_in import CheckIn
from diary.domain.contact import Contact
from diary.domain.diary import Diary
from diary.domain.flag import Closure, ClosureKind
from diary.domain.medicine import Dose, Medicine
from diary.domain.neuro_check import ITEM_POINTS, NeuroCheck, NeuroPlan
from diary.domain.picture import SIGN, NewPicture, PictureKind
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.sign import GROUPS
from diary.domain.treatment import Baseline, CarePlan, Infusion, Patient
from diary.extensions import db, security
from diary.forms.reencode import reencode
from diary.migrations import upgrade
from diary.services import care_team, check_in, dose, flag, medicine, neuro_check, picture
from diary.settings import Settings

EMAIL = "sample@example.com"
CAREGIVER = "caregiver@example.com"
DAYS = 21
FEVER = {3: 0.9, 4: 1.8, 5: 1.4, 6: 0.6}
"""How much warmer than usual each day was, °C: a fever from day 3 to 6, as evidence part 2.7 says is common."""

SENTENCE = "The small boat came home before the rain."
MEDICINES = (
    Medicine(name="Paracetamol", kind="antipyretic", hours_apart=6, agreed_with_team=False),
    Medicine(name="Levetiracetam", kind="anti_seizure", hours_apart=12, usual_times="8:00 and 20:00"),
    Medicine(name="Aciclovir", kind="anti_infective", usual_times="8:00 and 20:00", agreed_with_team=True),
)


@says_what_is_wrong
def main(arguments: list[str]) -> int:
    """Make the sample afresh and serve it. Returns 2 when a setting cannot be used."""
    folder = os.path.join(os.environ.get("DIARY_INSTANCE", "instance"), "demo")
    environ = {key: value for key, value in os.environ.items() if key != "DIARY_DATABASE_URL"}
    settings = Settings.from_env(environ | {"DIARY_INSTANCE": folder, "DIARY_SAMPLE": "yes"})
    for leftover in settings.instance.glob("diary.sqlite*"):
        leftover.unlink()
    # Nobody may sign in with a password that stands in public code: each sample has one of its own.
    password = secrets.token_urlsafe(12)
    now = datetime.now(UTC)
    furnish(settings, password, fill(settings, password, now), now)
    return serve(settings, f"Sign in as {EMAIL}, or as {CAREGIVER}, with the password {password}")


def fill(settings: Settings, password: str, now: datetime, days: int = DAYS) -> Access:
    """Write the sample into an empty database: one account, one diary, and so many days that end at ``now``."""
    with opened(settings):
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
    return access


def furnish(settings: Settings, password: str, access: Access, now: datetime) -> None:
    """Add what a look at the diary should find: a caregiver, medicines, handwriting, and a warning that is open."""
    with opened(settings):
        diary, began_at = care_team.load_diary(db.session, access.diary_id), now - timedelta(days=DAYS)
        helper = security.datastore.create_user(
            email=CAREGIVER, password=hash_password(password), name="Jo (sample)", created_at=began_at
        )
        db.session.flush()
        caregiver = Access(str(helper.id), diary.id, Role.CAREGIVER)
        care_team.begin_membership(db.session, caregiver, began_at)
        neuro_check.change_plan(db.session, access, NeuroPlan(town="London", hospital="Sample Hospital"), now)
        for listed in MEDICINES:
            medicine.keep(db.session, replace(listed, id=str(uuid.uuid4())), access, now)
        taken_at = now - timedelta(hours=2)
        dose.record(db.session, diary, str(uuid.uuid4()), MEDICINES[1].dose(taken_at), caregiver, now)
        for day, shake in ((20, 0), (15, 6), (1, 1)):
            write(diary, shake, caregiver, now - timedelta(days=day))
        warm = CheckIn(
            id=str(uuid.uuid4()),
            at=now - timedelta(minutes=20),
            by="caregiver",
            temperature=Temperature(Decimal("38.3"), "Cel", "ear"),
            pulse=Pulse(96),
            signs_absent=frozenset({"confused", "shaking_chills"}),
        )
        check_in.record(db.session, diary, warm, (), caregiver, now)
        db.session.commit()


def write(diary: Diary, shake: int, access: Access, at: datetime) -> None:
    """Keep a sample of handwriting. One that shakes looks different to the caregiver, who rang the team."""
    sample = NewPicture(
        id=str(uuid.uuid4()), kind=PictureKind.SENTENCE, at=at, jpeg=handwriting(shake), sentence=SENTENCE
    )
    picture.record(db.session, sample, access, at)
    is_different, sign = shake > 1, frozenset({SIGN})
    answer = CheckIn(
        id=str(uuid.uuid4()),
        at=at,
        by="caregiver",
        signs=sign if is_different else frozenset(),
        signs_absent=frozenset() if is_different else sign,
    )
    picture.answer(db.session, diary, sample.id, (answer,), access, at)
    told = Closure(
        kind=ClosureKind.TOLD, at=at, by=access.account_id, told_at=at, told="the CAR T nurse", said="Come in."
    )
    flag.close(db.session, [each.id for each in flag.open_flags(db.session, diary.id, at)], told, access)


def handwriting(shake: int) -> bytes:
    """The sentence as an invented hand writes it, each letter up to so many dots off the line."""
    chance = random.Random(shake)  # noqa: S311 - an invented hand, and the same one every time.
    paper, font = Image.new("L", (640, 200), "white"), ImageFont.load_default(size=44)
    pen, x, y = ImageDraw.Draw(paper), 24.0, 40
    for word in SENTENCE.split():
        if x + font.getlength(word) > 600:
            x, y = 24.0, y + 68
        for letter in word:
            pen.text((x, y + chance.randint(-shake, shake)), letter, fill=40, font=font)
            x += font.getlength(letter) + chance.randint(0, shake)
        x += 18
    file = BytesIO()
    paper.save(file, "PNG")
    return reencode(file.getvalue())


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
                    neuro_check=NeuroCheck(
                        items=ITEM_POINTS | ({"sentence": 0, "count_back": 0} if day in (6, 7) else {})
                    )
                    if hour in (7, 17)
                    else None,
                    signs=signs,
                    signs_absent=absent - signs if asks else frozenset(),
                    doses_absent=frozenset({"antipyretic", "nsaid"}) if heat < 0.5 else frozenset(),
                ),
                (Dose(at=at, medicine="antipyretic", status="taken", agreed_with_team=True),) if heat > 1.3 else (),
            )
