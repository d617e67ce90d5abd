"""A check-in: when it is blank, what a later page adds to it, and which of its readings are odd."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from diary.domain.check_in import CheckIn, continued, odd_readings
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature, TemperatureUnit

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)


def check_in(**given: Any) -> CheckIn:
    return CheckIn(**{"at": AT, "by": "patient", **given})


def test_a_check_in_is_blank_when_nothing_was_said_in_it() -> None:
    assert check_in().is_blank
    assert check_in(by="caregiver", id="one", author="bob", written_at=AT, extra={"x_mood": 3}).is_blank
    assert check_in(replaces="another", withdrawn=True).is_blank


@pytest.mark.parametrize(
    "said",
    [
        {"signs": frozenset({"seizure"})},
        {"signs_absent": frozenset({"seizure"})},
        {"doses_absent": frozenset({"nsaid"})},
        {"note": "better"},
        {"oxygen_saturation": OxygenSaturation(None)},
        {"neuro_check": NeuroCheck(not_done="too_sleepy_or_confused")},
        {"capd_score": 0},
    ],
    ids=lambda said: next(iter(said)),
)
def test_a_check_in_is_not_blank_when_anything_was_said_in_it(said: dict[str, Any]) -> None:
    assert not check_in(**said).is_blank


def test_what_was_typed_goes_on_with_a_check_in_and_the_rest_of_it_stays() -> None:
    first = check_in(
        id="first",
        author="alice",
        note="better",
        temperature=Temperature(Decimal("38.4"), "Cel"),
        pulse=Pulse(90),
        signs=frozenset({"tremor", "tired", "new_fall"}),
        signs_absent=frozenset({"confused", "stiff_neck"}),
    )
    typed = CheckIn(
        at=AT + timedelta(hours=1),
        by="caregiver",
        id="second",
        note="worse",
        temperature=Temperature(Decimal("36.6"), "Cel"),
        pulse=Pulse(110),
        capd_score=3,
        signs=frozenset({"tired", "confused", "chest_pain"}),
        signs_absent=frozenset({"tremor", "head_injury"}),
    )
    asked = {"tremor", "tired", "confused"}
    assert continued(first, typed, ("pulse", "respiratory_rate", "capd_score"), asked) == check_in(
        id="second",
        replaces="first",
        author="alice",
        note="better",
        temperature=Temperature(Decimal("38.4"), "Cel"),
        pulse=Pulse(110),
        capd_score=3,
        signs=frozenset({"tired", "confused", "new_fall"}),
        signs_absent=frozenset({"tremor", "stiff_neck"}),
    )


def test_odd_readings_are_named_in_the_order_of_the_page() -> None:
    odd = check_in(
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
    assert odd_readings(check_in(), 40) == ()


def odd(age: int | None = 40, **given: Any) -> bool:
    """Whether the one reading that is given is odd."""
    found = odd_readings(check_in(**given), age)
    assert found in ((), tuple(given))
    return found != ()


@pytest.mark.parametrize(
    ("unit", "lowest", "highest"), [("Cel", "35.0", "41.0"), ("[degF]", "95.0", "105.8")], ids=["Celsius", "Fahrenheit"]
)
def test_a_temperature_is_odd_outside_the_usual_range_of_its_unit(
    unit: TemperatureUnit, lowest: str, highest: str
) -> None:
    low, high, step = Decimal(lowest), Decimal(highest), Decimal("0.1")
    for value, is_odd in ((low - step, True), (low, False), (high, False), (high + step, True)):
        assert odd(temperature=Temperature(value, unit)) is is_odd


@pytest.mark.parametrize("key", ["blood_pressure", "standing_blood_pressure"])
@pytest.mark.parametrize(
    ("pressure", "is_odd"),
    [
        (BloodPressure(69, None), True),
        (BloodPressure(70, None), False),
        (BloodPressure(220, None), False),
        (BloodPressure(221, None), True),
        (BloodPressure(None, 39), True),
        (BloodPressure(None, 40), False),
        (BloodPressure(None, 130), False),
        (BloodPressure(None, 131), True),
        (BloodPressure(100, 85), False),
        (BloodPressure(100, 86), True),
        (BloodPressure(80, 90), True),
    ],
)
def test_a_pressure_is_odd_by_either_number_and_by_their_difference(
    key: str, pressure: BloodPressure, is_odd: bool
) -> None:
    assert odd(**{key: pressure}) is is_odd


@pytest.mark.parametrize(("age", "lowest", "highest"), [(18, 40, 180), (None, 40, 180), (17, 20, 220), (0, 20, 220)])
def test_a_pulse_is_odd_outside_the_usual_range_of_the_age(age: int | None, lowest: int, highest: int) -> None:
    for value, is_odd in ((lowest - 1, True), (lowest, False), (highest, False), (highest + 1, True)):
        assert odd(age, pulse=Pulse(value)) is is_odd


def test_an_oxygen_is_odd_below_85_and_no_number_is_not() -> None:
    assert odd(oxygen_saturation=OxygenSaturation(84))
    assert not odd(oxygen_saturation=OxygenSaturation(85))
    assert not odd(oxygen_saturation=OxygenSaturation(None))


@pytest.mark.parametrize(("breaths", "is_odd"), [(9, True), (10, False), (35, False), (36, True)])
def test_a_count_of_breaths_is_odd_in_an_adult_alone(breaths: int, is_odd: bool) -> None:
    assert odd(18, respiratory_rate=breaths) is is_odd
    assert odd(None, respiratory_rate=breaths) is is_odd
    assert not odd(17, respiratory_rate=breaths)
