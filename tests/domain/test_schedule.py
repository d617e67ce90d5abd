"""How often a check-in is due, by the phases of evidence part 2.7, and how late the next is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diary.domain.schedule import due_every, late_by
from diary.domain.treatment import CarePlan, Infusion, Patient

PATIENT = Patient(None, "Europe/London")
DAY_0 = datetime(2026, 3, 9, 12, tzinfo=UTC)
PLAN = CarePlan(profile="standard", infusions=(Infusion(date(2026, 3, 9)),))
EIGHT_HOURS = timedelta(hours=8)


@pytest.mark.parametrize(
    ("day", "every"),
    [
        (-1, None),
        (0, timedelta(hours=8)),
        (14, timedelta(hours=8)),
        (15, timedelta(hours=12)),
        (30, timedelta(hours=12)),
        (31, timedelta(days=7)),
        (100, timedelta(days=7)),
        (101, timedelta(days=30)),
        (4000, timedelta(days=30)),
    ],
)
def test_it_asks_less_often_as_time_goes_by(day, every):
    assert due_every(PATIENT, PLAN, DAY_0 + timedelta(days=day)) == every


def test_it_begins_anew_with_another_infusion():
    twice = CarePlan(profile="standard", infusions=(*PLAN.infusions, Infusion(date(2026, 4, 20))))
    assert due_every(PATIENT, twice, datetime(2026, 4, 19, 12, tzinfo=UTC)) == timedelta(days=7)
    assert due_every(PATIENT, twice, datetime(2026, 4, 20, 12, tzinfo=UTC)) == EIGHT_HOURS


@pytest.mark.parametrize(
    ("hours", "late"), [(0, None), (7.9, None), (8, timedelta(0)), (9, timedelta(hours=1)), (50, timedelta(hours=42))]
)
def test_it_says_how_late_the_next_check_in_is(hours, late):
    assert late_by(EIGHT_HOURS, DAY_0, DAY_0 + timedelta(hours=hours)) == late


def test_without_any_check_in_one_is_due_now():
    assert late_by(EIGHT_HOURS, None, DAY_0) == timedelta(0)


def test_before_the_infusion_nothing_is_late():
    assert late_by(None, None, DAY_0) is None
    assert late_by(None, DAY_0, DAY_0 + timedelta(days=40)) is None
