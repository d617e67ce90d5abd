"""Invented diaries of Alice, who was infused on 20 March 2026 in Berlin."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from diary.domain.check_in import CheckIn
from diary.domain.medicine import Dose
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.record import PatientRecord
from diary.domain.treatment import CarePlan, Infusion, Patient

BERLIN = ZoneInfo("Europe/Berlin")
DAY_0 = date(2026, 3, 20)


def on_day(day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment on Alice's own clock, in treatment days."""
    on = DAY_0 + timedelta(days=day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=BERLIN)


def record(*items: CheckIn | Dose, infusions: tuple[date, ...] = (DAY_0,)) -> PatientRecord:
    """Alice's record with these check-ins and doses."""
    return PatientRecord(
        patient=Patient(date(1970, 1, 1), "Europe/Berlin"),
        care_plan=CarePlan(profile="standard", infusions=tuple(Infusion(on) for on in infusions)),
        check_ins=tuple(item for item in items if isinstance(item, CheckIn)),
        doses=tuple(item for item in items if isinstance(item, Dose)),
    )


def check_in(at: datetime, **readings: Any) -> CheckIn:
    return CheckIn(at=at, by="patient", **readings)


def degrees(at: datetime, value: str, unit: str = "Cel", **more: Any) -> CheckIn:
    """A check-in with a temperature only."""
    return check_in(at, temperature=Temperature(Decimal(value), "Cel" if unit == "Cel" else "[degF]"), **more)


def pressure(at: datetime, systolic: int, diastolic: int) -> CheckIn:
    return check_in(at, blood_pressure=BloodPressure(systolic, diastolic))


def fever_medicine(at: datetime, **more: Any) -> Dose:
    return Dose(**{"at": at, "medicine": "antipyretic", "status": "taken", **more})


def three_weeks(seed: int = 1) -> PatientRecord:
    """Days -2 to 18 with everything logged twice a day, ill on days 3 to 6, nothing on days 9 to 11."""
    random = Random(seed)  # noqa: S311 - invented readings, not secrets
    items: list[CheckIn | Dose] = []
    for day in (day for day in range(-2, 19) if not 9 <= day <= 11):
        for hour in (8, 20):
            is_ill = 3 <= day <= 6
            systolic = random.randint(84, 104) if is_ill else random.randint(112, 130)
            items.append(
                check_in(
                    on_day(day, hour, random.randint(0, 59)),
                    temperature=Temperature(
                        Decimal(random.randint(378, 396) if is_ill else random.randint(362, 371)) / 10, "Cel"
                    ),
                    blood_pressure=BloodPressure(systolic, systolic - 40),
                    standing_blood_pressure=BloodPressure(systolic - 10, systolic - 45) if hour == 8 else None,
                    pulse=Pulse(random.randint(60, 118), at_rest=day % 5 != 0),
                    oxygen_saturation=OxygenSaturation(random.randint(92, 99)),
                    neuro_check=NeuroCheck(score=random.randint(6, 10)),
                )
            )
        if 3 <= day <= 6:
            items.append(fever_medicine(on_day(day, 9)))
    return record(*items)
