"""The domain's small values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from diary.domain.check_in import CheckIn
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import OxygenSaturation, Temperature, temperature_range
from diary.domain.record import PatientRecord
from diary.domain.sign import SIGNS
from diary.domain.treatment import CarePlan, Infusion, Patient
from diary.domain.urgency import Urgency

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)
EMPTY = CheckIn(at=AT, by="patient")


def test_the_score_of_a_neuro_check_is_as_given_or_the_sum_of_its_items() -> None:
    assert NeuroCheck(score=7).total == 7
    assert NeuroCheck(items={"year": 1, "name_objects": 2, "sentence": None}).total == 3
    assert NeuroCheck(items={"year": None}).total == 0, "nothing was possible: never silent"
    assert NeuroCheck(items={}).total is None
    assert NeuroCheck(not_done="too_sleepy_or_confused").total is None


def test_a_temperature_has_a_range_of_its_own_in_each_unit() -> None:
    assert Temperature(Decimal("100.4"), "[degF]").celsius == 38
    assert Temperature(Decimal("38.4"), "Cel").celsius == Decimal("38.4")
    assert temperature_range("Cel").is_possible(Decimal("43.5"))
    assert not temperature_range("[degF]").is_possible(Decimal("110.4"))


def test_no_number_is_a_reading_too() -> None:
    assert OxygenSaturation(None).no_number
    assert not OxygenSaturation(97).no_number


def test_a_corrected_or_withdrawn_check_in_does_not_stand() -> None:
    first = CheckIn(at=AT, by="patient", id="a")
    second = CheckIn(at=AT, by="patient", id="b", replaces="a")
    third = CheckIn(at=AT, by="patient", id="c", withdrawn=True)
    record = PatientRecord(
        patient=Patient(date(1966, 1, 1), "UTC"),
        care_plan=CarePlan(profile="standard"),
        check_ins=(first, second, third, EMPTY),
    )
    assert record.standing_check_ins == (second, EMPTY)


def test_a_sign_is_asked_about_at_its_ages_and_an_unknown_age_is_an_adults() -> None:
    assert SIGNS["no_urine_8_hours"].is_asked_at(17)
    assert not SIGNS["no_urine_8_hours"].is_asked_at(18)
    assert not SIGNS["no_urine_8_hours"].is_asked_at(None)


def test_age_is_years_completed_on_the_patients_own_date() -> None:
    leap = Patient(date(2008, 2, 29), "UTC")
    assert leap.age_at(datetime(2026, 2, 28, 23, 59, tzinfo=UTC)) == 17
    assert leap.age_at(datetime(2026, 3, 1, tzinfo=UTC)) == 18
    assert Patient(date(2008, 3, 15), "Pacific/Auckland").age_at(datetime(2026, 3, 14, 12, tzinfo=UTC)) == 18
    assert Patient(None, "UTC").age_at(AT) is None


def test_the_treatment_day_counts_from_the_latest_infusion_on_or_before_it() -> None:
    plan = CarePlan(profile="standard", infusions=(Infusion(date(2026, 3, 14)), Infusion(date(2026, 3, 4))))
    patient = Patient(date(1966, 1, 1), "UTC")
    assert patient.treatment_day(plan, AT) == 0
    assert patient.treatment_day(plan, AT - timedelta(days=1)) == 9
    assert patient.treatment_day(plan, AT - timedelta(days=11)) is None


def test_an_urgency_has_one_word() -> None:
    assert [urgency.word for urgency in Urgency] == ["none", "watch", "today", "call", "emergency"]
    assert Urgency.from_word("call") == Urgency.CALL
    with pytest.raises(KeyError):
        Urgency.from_word("soon")
