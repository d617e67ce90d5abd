"""A check-in: when it says nothing, what of it is odd, and how one is carried on."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from diary.domain.check_in import CheckIn, continued, odd_readings
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)
EMPTY = CheckIn(at=AT, by="patient")


def test_a_check_in_is_blank_when_nothing_was_said_in_it() -> None:
    assert EMPTY.is_blank
    assert CheckIn(at=AT, by="caregiver", id="one", author="bob", written_at=AT, extra={"x_mood": 3}).is_blank
    assert not CheckIn(at=AT, by="patient", signs_absent=frozenset({"seizure"})).is_blank
    assert not CheckIn(at=AT, by="patient", note="better").is_blank


def test_odd_readings_are_named_in_the_order_of_the_page() -> None:
    odd = CheckIn(
        at=AT,
        by="patient",
        temperature=Temperature(Decimal("41.1"), "Cel"),
        blood_pressure=BloodPressure(90, 80),
        standing_blood_pressure=BloodPressure(69, None),
        pulse=Pulse(181),
        oxygen_saturation=OxygenSaturation(84),
        respiratory_rate=36,
    )
    assert odd_readings(odd, None) == (
        "temperature",
        "blood_pressure",
        "standing_blood_pressure",
        "pulse",
        "oxygen_saturation",
        "respiratory_rate",
    )
    assert odd_readings(odd, 5) == ("temperature", "blood_pressure", "standing_blood_pressure", "oxygen_saturation")
    assert odd_readings(EMPTY, 40) == ()
    high = CheckIn(at=AT, by="patient", blood_pressure=BloodPressure(None, 131))
    assert odd_readings(high, 40) == ("blood_pressure",)


@pytest.mark.parametrize(
    ("readings", "age"),
    [
        ({"temperature": Temperature(Decimal("35.0"), "Cel")}, 40),
        ({"temperature": Temperature(Decimal("41.0"), "Cel")}, 40),
        ({"temperature": Temperature(Decimal("105.8"), "[degF]")}, 40),
        ({"blood_pressure": BloodPressure(70, 55)}, 40),
        ({"blood_pressure": BloodPressure(220, 130)}, 40),
        ({"blood_pressure": BloodPressure(None, 40)}, 40),
        ({"pulse": Pulse(40)}, 18),
        ({"pulse": Pulse(180)}, 18),
        ({"pulse": Pulse(220)}, 17),
        ({"oxygen_saturation": OxygenSaturation(85)}, 40),
        ({"oxygen_saturation": OxygenSaturation(None)}, 40),
        ({"respiratory_rate": 10}, 18),
        ({"respiratory_rate": 35}, 18),
        ({"respiratory_rate": 60}, 17),
    ],
)
def test_what_is_just_usual_is_not_odd(readings, age):
    assert odd_readings(CheckIn(at=AT, by="patient", **readings), age) == ()


@pytest.mark.parametrize(
    ("readings", "age"),
    [
        ({"temperature": Temperature(Decimal("34.9"), "Cel")}, 40),
        ({"temperature": Temperature(Decimal("105.9"), "[degF]")}, 40),
        ({"blood_pressure": BloodPressure(120, 106)}, 40),
        ({"blood_pressure": BloodPressure(None, 39)}, 40),
        ({"pulse": Pulse(39)}, 18),
        ({"pulse": Pulse(221)}, 17),
        ({"oxygen_saturation": OxygenSaturation(84)}, 40),
        ({"respiratory_rate": 36}, 18),
    ],
)
def test_what_is_just_unusual_is_odd(readings, age):
    assert odd_readings(CheckIn(at=AT, by="patient", **readings), age) == tuple(readings)


def test_a_check_in_is_carried_on_with_what_was_asked_and_keeps_the_rest():
    kept = CheckIn(
        at=AT,
        by="patient",
        id="one",
        pulse=Pulse(80),
        respiratory_rate=16,
        note="as usual",
        signs=frozenset({"tremor", "confused"}),
        signs_absent=frozenset({"chest_pain", "seizure"}),
    )
    typed = CheckIn(
        at=AT,
        by="patient",
        id="two",
        pulse=Pulse(96),
        respiratory_rate=20,
        note="not asked",
        signs=frozenset({"seizure", "fainted"}),
        signs_absent=frozenset({"tremor", "chills"}),
    )
    carried = continued(kept, typed, ["pulse"], {"tremor", "seizure", "stiff_neck"})
    assert carried == CheckIn(
        at=AT,
        by="patient",
        id="two",
        replaces="one",
        pulse=Pulse(96),
        respiratory_rate=16,
        note="as usual",
        signs=frozenset({"confused", "seizure"}),
        signs_absent=frozenset({"chest_pain", "tremor"}),
    )
