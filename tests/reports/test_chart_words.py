"""Pictures in words and as a table, for those who do not see them and for those who want the numbers."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse
from diary.domain.urgency import Urgency
from diary.reports.charts import ChartRequest, FlagMark, Panel, Thresholds, alt_text, panel_summary, trend_rows
from tests.reports.chart_diaries import DAY_0, check_in, degrees, fever_medicine, on_day, pressure, record

CELSIUS = ChartRequest(panels=(Panel.TEMPERATURE,))
FEVER = Thresholds(temperature_celsius=Decimal("38.0"))


def test_a_panel_in_words_names_count_range_and_the_worst_day():
    diary = record(degrees(on_day(1), "36.5"), degrees(on_day(3), "39.1"), degrees(on_day(4), "38.0"))
    assert panel_summary(diary, replace(CELSIUS, thresholds=FEVER), Panel.TEMPERATURE) == (
        "Temperature: 3 readings, from 36.5 to 39.1 °C; highest on day 3. At or above “fever 38.0”: 2."
    )


def test_low_is_what_matters_for_oxygen():
    diary = record(*(check_in(on_day(day), oxygen_saturation=OxygenSaturation(99 - day)) for day in (1, 2, 7)))
    request = ChartRequest(panels=(Panel.OXYGEN,), thresholds=Thresholds(low_oxygen_percent=92))
    assert panel_summary(diary, request, Panel.OXYGEN) == (
        "Oxygen saturation: 3 readings, from 92 to 98 %; lowest on day 7. At or below “low 92”: 1."
    )


def test_one_reading_is_said_as_one():
    assert panel_summary(record(degrees(on_day(-2), "36.5")), CELSIUS, Panel.TEMPERATURE) == (
        "Temperature: one reading, 36.5 °C on day −2."
    )


def test_no_reading_is_said_too():
    assert alt_text(record(), CELSIUS) == "Temperature: no readings."


def test_days_without_an_infusion_are_said_as_dates():
    diary = record(degrees(on_day(0), "36.5"), infusions=())
    assert alt_text(diary, CELSIUS) == "Temperature: one reading, 36.5 °C on 20 Mar."


def test_the_readers_unit_is_the_one_that_is_said():
    diary = record(degrees(on_day(1), "38.0"), degrees(on_day(2), "98.6", "F"))
    request = replace(CELSIUS, temperature_unit="[degF]", thresholds=FEVER)
    assert panel_summary(diary, request, Panel.TEMPERATURE) == (
        "Temperature: 2 readings, from 98.6 to 100.4 °F; highest on day 1. At or above “fever 100.4”: 1."
    )


def test_a_reading_just_below_a_limit_is_not_counted_as_reaching_it():
    diary = record(degrees(on_day(1), "100.3", "F"), degrees(on_day(2), "100.4", "F"))
    assert "“fever 38.0”: 1." in panel_summary(diary, replace(CELSIUS, thresholds=FEVER), Panel.TEMPERATURE)


def test_pressures_are_said_apart_and_only_systolic_ones_are_held_against_the_limit():
    both = check_in(on_day(1), blood_pressure=BloodPressure(120, 80), standing_blood_pressure=BloodPressure(88, 60))
    request = ChartRequest(panels=(Panel.BLOOD_PRESSURE,), thresholds=Thresholds(low_systolic_mmhg=90))
    words = panel_summary(record(both, pressure(on_day(2), 110, 70)), request, Panel.BLOOD_PRESSURE)
    assert "Blood pressure, systolic: 2 readings, from 110 to 120 mmHg; lowest on day 2." in words
    assert "Blood pressure, standing, systolic: one reading, 88 mmHg on day 1." in words
    assert words.endswith("At or below “systolic low 90”: 1.")


def test_tries_without_a_value_doses_and_flags_are_said():
    diary = record(
        check_in(on_day(2), oxygen_saturation=OxygenSaturation(None)),
        check_in(on_day(3), neuro_check=NeuroCheck(not_done="too_sleepy_or_confused")),
        fever_medicine(on_day(2)),
    )
    request = ChartRequest(flags=(FlagMark(on_day(3), Urgency.CALL), FlagMark(on_day(4), Urgency.CALL)))
    words = alt_text(diary, request)
    assert "Oxygen saturation, no number shown: 1." in words
    assert "Neuro check, could not be done: 1." in words
    assert "Fever medicine taken: 1." in words
    assert words.endswith("Warnings, ring your team now: 2, latest on day 4.")


def test_every_sentence_passes_through_the_translation():
    seen: set[str] = set()

    def translate(sentence: str) -> str:
        seen.add(sentence)
        return sentence

    alt_text(record(degrees(on_day(1), "38.5")), replace(CELSIUS, thresholds=FEVER, translate=translate))
    assert {"Temperature", "day {number}", "fever {number}", "At or above “{limit}”: {count}."} <= seen


def test_rows_are_newest_first_with_treatment_day_and_who_logged():
    diary = record(
        degrees(on_day(-1), "36.5", id="early"),
        check_in(on_day(3, 20), pulse=Pulse(90), neuro_check=NeuroCheck(items={"year": 1, "month": 0})),
        degrees(on_day(3), "101.2", "F"),
    )
    newest, middle, oldest = trend_rows(diary)

    assert [row.treatment_day for row in (newest, middle, oldest)] == [3, 3, -1]
    assert newest.at.hour == 20
    assert newest.neuro_score == 1
    assert middle.temperature is not None
    assert (str(middle.temperature.value), middle.temperature.unit) == ("101.2", "[degF]"), "as typed"
    assert (oldest.by, oldest.check_in_id) == ("patient", "early")


def test_a_row_is_on_the_patients_own_clock():
    [row] = trend_rows(record(degrees(datetime.fromisoformat("2026-03-20T23:30:00+00:00"), "37.0")))
    assert (row.at.isoformat(), row.treatment_day) == ("2026-03-21T00:30:00+01:00", 1)


@pytest.mark.parametrize("infusions", [(), (DAY_0, DAY_0 + timedelta(days=2))])
def test_a_row_counts_days_as_the_picture_does(infusions: tuple[date, ...]):
    [row] = trend_rows(record(degrees(on_day(3), "37.0"), infusions=infusions))
    assert row.treatment_day == (1 if infusions else None)


def test_a_dose_stands_in_the_row_of_its_moment_or_in_one_of_its_own():
    together, alone = fever_medicine(on_day(1)), fever_medicine(on_day(2))
    second, first = trend_rows(record(degrees(on_day(1), "37.0"), together, alone))
    assert first.fever_medicines == (together,)
    assert first.temperature is not None
    assert (second.fever_medicines, second.by, second.temperature) == ((alone,), None, None)


def test_rows_leave_out_what_was_taken_back_and_what_has_no_number():
    diary = record(
        degrees(on_day(1), "37.0", id="old"),
        degrees(on_day(1), "36.0", id="new", replaces="old"),
        degrees(on_day(2), "42.0", withdrawn=True),
        check_in(on_day(3), signs=frozenset({"tremor"})),
        fever_medicine(on_day(4), status="missed"),
    )
    assert [row.check_in_id for row in trend_rows(diary)] == ["new"]


def test_a_device_that_showed_no_number_has_a_row():
    [row] = trend_rows(record(check_in(on_day(1), oxygen_saturation=OxygenSaturation(None))))
    assert row.oxygen_saturation == OxygenSaturation(None)
