"""When it was: now, or earlier; never later, and not before the infusion."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diary.domain.treatment import CarePlan, Infusion, Patient
from diary.models import CheckInRow, DoseRow
from tests.cellar import count, rows
from tests.pages import advice, error_links, urgencies

TO_COME_TODAY = "That time is still to come today. If it was yesterday, choose the date as well."
TO_COME = "That time is still to come. Check the date and the time."
BEFORE_INFUSION = "That is before the infusion. Check the date, or the infusion in Settings."
A_DATE = "Type the date as year, month and day, such as 2026-03-14."
A_TIME = "Type the time as hours and minutes, such as 14:30."
NO_MEDICINE = "You typed a time. Tick the medicine as well, or empty the time."


def at(app):
    return sorted(row.at for row in rows(app, CheckInRow))[-1]


def test_it_takes_now_when_nothing_is_typed(app, alice):
    alice.logs(temperature="36.8")
    assert timedelta() <= at(app) - datetime(2026, 3, 14, 8, tzinfo=UTC) < timedelta(minutes=2)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"at_time": "06:15"}, datetime(2026, 3, 14, 6, 15, tzinfo=UTC)),
        ({"at_time": "06.15"}, datetime(2026, 3, 14, 6, 15, tzinfo=UTC)),
        ({"at_time": "06:15:30"}, datetime(2026, 3, 14, 6, 15, 30, tzinfo=UTC)),
        ({"on_date": "2026-03-12", "at_time": "23:59"}, datetime(2026, 3, 12, 23, 59, tzinfo=UTC)),
        ({"at_time": "08:04"}, datetime(2026, 3, 14, 8, 4, tzinfo=UTC)),
    ],
)
def test_it_takes_an_earlier_time(app, alice, answers, expected):
    assert alice.logs(temperature="36.8", **answers).status_code == 200
    assert at(app) == expected


def test_it_reads_the_clock_of_the_patient(app, charlie):
    away = charlie.has_a_diary(patient=Patient(date(1980, 1, 1), "America/New_York"))
    away.logs(temperature="36.8", at_time="03:30")
    assert at(app) == datetime(2026, 3, 14, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"at_time": "09:00"}, "at_time", TO_COME_TODAY),
        ({"on_date": "2026-03-14", "at_time": "08:30"}, "at_time", TO_COME),
        ({"on_date": "2027-03-14", "at_time": "08:00"}, "at_time", TO_COME),
        ({"on_date": "9999-12-31", "at_time": "23:59"}, "at_time", TO_COME),
        ({"on_date": "2026-03-08", "at_time": "08:00"}, "at_time", BEFORE_INFUSION),
        ({"on_date": "1901-01-01", "at_time": "00:00"}, "at_time", BEFORE_INFUSION),
        ({"on_date": "1899-12-31", "at_time": "00:00"}, "on_date", "Check the year."),
        ({"on_date": "0001-01-01", "at_time": "00:00"}, "on_date", "Check the year."),
        ({"on_date": "2026-03-13"}, "on_date", "Type the time as well, or leave both empty for now."),
        ({"on_date": "yesterday", "at_time": "08:00"}, "on_date", A_DATE),
        ({"on_date": "2026-02-30", "at_time": "08:00"}, "on_date", A_DATE),
        ({"at_time": "25:00"}, "at_time", A_TIME),
        ({"at_time": "8 o’clock"}, "at_time", A_TIME),
        ({"fever_medicine": "nsaid", "fever_medicine_time": "7pm"}, "fever_medicine_time", A_TIME),
        ({"fever_medicine_time": "07:00"}, "fever_medicine", NO_MEDICINE),
    ],
)
def test_it_says_what_is_wrong_with_a_time_and_shows_the_advice_for_now(app, alice, answers, field, sentence):
    page = alice.logs(temperature="38.4", **answers)
    assert error_links(page) == {field: sentence}
    assert urgencies(page)[0] == "call"
    assert "38.4" in advice(page)[0]
    assert count(app, CheckInRow) == 0


def test_it_takes_a_time_before_an_infusion_that_is_planned(app, charlie):
    waiting = charlie.has_a_diary(care_plan=CarePlan(profile="standard", infusions=(Infusion(date(2026, 4, 1)),)))
    assert waiting.logs(temperature="38.4", on_date="2026-03-10", at_time="08:00").status_code == 200
    assert count(app, CheckInRow) == 1


def test_it_takes_a_time_between_two_infusions(app, charlie):
    infusions = (Infusion(date(2026, 3, 9)), Infusion(date(2026, 3, 13)))
    twice = charlie.has_a_diary(care_plan=CarePlan(profile="standard", infusions=infusions))
    assert twice.logs(temperature="38.4", on_date="2026-03-10", at_time="08:00").status_code == 200


@pytest.mark.parametrize(("clock_shows", "taken_at"), [("07:00", (14, 7)), ("23:00", (13, 23))])
def test_it_takes_a_medicine_at_the_last_time_its_clock_showed(app, alice, clock_shows, taken_at):
    alice.logs(fever_medicine="antipyretic", fever_medicine_time=clock_shows)
    (dose,) = rows(app, DoseRow)
    assert (dose.at.day, dose.at.hour) == taken_at


def test_it_keeps_the_hour_that_is_there_twice_when_a_correction_leaves_the_time_alone(app, alice, clock):
    second_half_past_one = datetime(2026, 10, 25, 1, 30, 20, tzinfo=UTC)
    clock.move_to(second_half_past_one)
    alice.signs_in()
    page = alice.logs(temperature="37.0")
    alice.logs(page=page.request.path.removeprefix(alice.at()) + "/correct", temperature="37.1")
    assert {row.at.replace(microsecond=0, second=0) for row in rows(app, CheckInRow)} == {
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    }


def test_it_raises_in_the_hour_that_is_there_twice(app, alice, clock):
    clock.move_to(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    alice.signs_in()
    assert urgencies(alice.logs(temperature="38.4")) == ["call"]
    assert count(app, CheckInRow) == 1
