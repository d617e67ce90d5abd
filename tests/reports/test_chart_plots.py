"""What a panel shows: readings, gaps, limits, doses, flags, and tries that gave no value."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse
from diary.domain.urgency import Urgency
from diary.reports.charts import ChartRequest, FlagMark, Panel, Thresholds
from diary.reports.charts.flags import FLAG_LOOKS, crowded
from tests.reports.chart_diaries import check_in, degrees, fever_medicine, on_day, pressure, record
from tests.reports.chart_reader import Drawn, drawn

TEMPERATURE = ChartRequest(panels=(Panel.TEMPERATURE,))
FEVER = replace(TEMPERATURE, thresholds=Thresholds(temperature_celsius=Decimal("38.0")))
MINUTE = timedelta(minutes=1)


def plot_of(picture: Drawn, panel: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a panel's plot."""
    places = [place for line in picture.lines(f"{panel}-grid") for place in line]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def test_readings_that_are_close_in_time_are_joined():
    picture = drawn(record(degrees(on_day(1), "36.8"), degrees(on_day(2, 20), "37.0")), TEMPERATURE)
    assert len(picture.lines("temperature-line")) == 1


def test_a_gap_is_drawn_as_a_gap():
    later = on_day(2, 20) + MINUTE
    readings = [
        degrees(on_day(1, 7), "36.8"),
        degrees(on_day(1), "36.8"),
        degrees(later, "37"),
        degrees(on_day(3), "37"),
    ]
    picture = drawn(record(*readings), TEMPERATURE)

    first, second = picture.lines("temperature-line")
    assert len(first) == len(second) == 2
    assert first[-1][0] < second[0][0]
    assert len(picture.marks("temperature-readings")) == 4


def test_a_reading_between_two_gaps_is_a_dot():
    picture = drawn(record(*(degrees(on_day(day), "36.8") for day in (1, 2, 5, 8, 9))), TEMPERATURE)
    assert len(picture.lines("temperature-line")) == 2
    assert len(picture.marks("temperature-readings")) == 5


def test_withdrawn_and_replaced_check_ins_are_not_drawn():
    diary = record(
        degrees(on_day(1), "36.8", id="kept"),
        degrees(on_day(2), "41.0", id="mistyped"),
        degrees(on_day(2), "37.0", id="corrected", replaces="mistyped"),
        degrees(on_day(3), "42.0", id="taken-back", withdrawn=True),
    )
    picture = drawn(diary, TEMPERATURE)
    assert len(picture.marks("temperature-readings")) == 2
    assert picture.words("temperature-worst") == "37.0"


def test_a_limit_is_a_line_with_its_words_and_hotter_lies_above_it():
    picture = drawn(record(degrees(on_day(1), "37.9"), degrees(on_day(2), "38.1")), FEVER)
    limit = picture.lines("temperature-threshold-fever")[0][0][1]
    below, above = (y for _, y in picture.marks("temperature-readings"))
    assert above < limit < below
    assert picture.words("temperature-threshold-fever-words") == "fever 38.0"


def test_limits_close_together_keep_their_words_apart():
    request = replace(
        TEMPERATURE,
        thresholds=Thresholds(temperature_celsius=Decimal("38.0"), call_temperature_celsius=Decimal("37.5")),
        temperature_unit="[degF]",
    )
    picture = drawn(record(degrees(on_day(1), "36.8")), request)
    assert picture.words("temperature-threshold-fever-words") == "fever 100.4"
    assert picture.words("temperature-threshold-call-words") == "call 99.5"


def test_equal_limits_are_one_line():
    limits = Thresholds(temperature_celsius=Decimal("38.0"), call_temperature_celsius=Decimal("38"))
    assert [level.id for level in limits.levels] == ["temperature-threshold-fever"]


@pytest.mark.parametrize(
    ("lowest", "highest"), [("36.5", "36.6"), ("30.0", "43.5"), ("34.2", "37.0"), ("38.9", "41.9")]
)
def test_the_axis_reaches_every_reading_and_every_limit(lowest, highest):
    picture = drawn(record(degrees(on_day(1), lowest), degrees(on_day(2), highest)), FEVER)
    _, top, _, bottom = plot_of(picture, "temperature")
    heights = [y for _, y in picture.marks("temperature-readings")]
    heights.append(picture.lines("temperature-threshold-fever")[0][0][1])
    assert all(top < y < bottom for y in heights)


def test_a_fever_peak_among_a_hundred_thousand_readings_is_drawn():
    readings = [degrees(on_day(0) + number * MINUTE, "36.8") for number in range(100_000)]
    readings[54_321] = degrees(readings[54_321].at, "40.6")
    picture = drawn(record(*readings), FEVER)

    line = [place for part in picture.lines("temperature-line") for place in part]
    limit = picture.lines("temperature-threshold-fever")[0][0][1]
    assert sum(y < limit for _, y in line) == 1
    assert picture.words("temperature-worst") == "40.6"
    assert len(picture.svg) < 300_000


def test_a_single_reading_beside_thousands_keeps_its_dot():
    readings = [degrees(on_day(0) + number * MINUTE, "36.8") for number in range(5_000)]
    picture = drawn(record(*readings, degrees(on_day(9), "37.2")), TEMPERATURE)
    assert len(picture.marks("temperature-readings")) == 1


def test_fahrenheit_readings_are_drawn_as_typed_and_celsius_ones_converted():
    request = replace(FEVER, temperature_unit="[degF]")
    picture = drawn(record(degrees(on_day(1), "100.4", "F"), degrees(on_day(2), "38.0")), request)

    heights = [y for _, y in picture.marks("temperature-readings")]
    limit = picture.lines("temperature-threshold-fever")[0][0][1]
    assert heights == pytest.approx([limit, limit], abs=0.001)
    assert picture.words("temperature-unit") == "°F"
    assert picture.words("temperature-worst") == "100.4"


def test_a_converted_reading_is_never_rounded_up_to_a_fever():
    picture = drawn(record(degrees(on_day(1), "100.3", "F")), FEVER)
    assert picture.words("temperature-worst") == "37.9"


def test_both_pressures_are_drawn_apart_and_standing_ones_alone():
    sitting_and_standing = check_in(
        on_day(1), blood_pressure=BloodPressure(120, 80), standing_blood_pressure=BloodPressure(104, 72)
    )
    request = ChartRequest(
        panels=(Panel.BLOOD_PRESSURE,), thresholds=Thresholds(low_systolic_mmhg=90, high_systolic_mmhg=180)
    )
    picture = drawn(record(sitting_and_standing, pressure(on_day(2), 118, 76)), request)

    assert len(picture.marks("systolic-readings")) == len(picture.marks("diastolic-readings")) == 2
    assert len(picture.marks("standing-systolic-readings")) == 1
    assert "standing-systolic-line" not in picture
    assert "stroke-dasharray" in str(picture.groups["diastolic-line"].find("./*").attrib["style"])
    assert "stroke-dasharray" not in str(picture.groups["systolic-line"].find("./*").attrib["style"])
    assert {"systolic", "diastolic", "standing", "systolic low 90", "systolic high 180"} <= set(picture.all_words())
    assert picture.words("blood-pressure-worst") == "104", "a pressure when standing counts as a pressure"


def test_a_lone_diastolic_pressure_is_no_low_systolic_one():
    diary = record(check_in(on_day(1), blood_pressure=BloodPressure(None, 64)))
    picture = drawn(diary, ChartRequest(panels=(Panel.BLOOD_PRESSURE,), thresholds=Thresholds(low_systolic_mmhg=90)))
    assert len(picture.marks("diastolic-readings")) == 1
    assert "blood-pressure-worst" not in picture


def test_a_pulse_after_moving_is_another_mark_and_not_on_the_line():
    pulses = [check_in(on_day(day), pulse=Pulse(80 + day, at_rest=day != 2)) for day in (1, 2, 3)]
    picture = drawn(record(*pulses), ChartRequest(panels=(Panel.PULSE,), gap=timedelta(days=3)))
    assert len(picture.marks("pulse-readings")) == 2
    assert len(picture.marks("pulse-after-moving-readings")) == 1
    assert "after moving" in picture.all_words()


def test_a_device_that_showed_no_number_and_a_check_that_could_not_be_done_are_crosses():
    diary = record(
        check_in(on_day(1), oxygen_saturation=OxygenSaturation(97), neuro_check=NeuroCheck(score=10)),
        check_in(on_day(2), oxygen_saturation=OxygenSaturation(None)),
        check_in(on_day(3), neuro_check=NeuroCheck(not_done="too_sleepy_or_confused")),
    )
    picture = drawn(diary, ChartRequest(panels=(Panel.OXYGEN, Panel.NEURO)))
    assert len(picture.marks("oxygen-readings")) == len(picture.marks("oxygen-no-number")) == 1
    assert len(picture.marks("neuro-readings")) == len(picture.marks("neuro-not-done")) == 1
    assert {"no number shown", "could not be done"} <= set(picture.all_words())


def test_a_score_of_nought_is_drawn():
    picture = drawn(record(check_in(on_day(1), neuro_check=NeuroCheck(score=0))), ChartRequest(panels=(Panel.NEURO,)))
    assert len(picture.marks("neuro-readings")) == 1
    assert picture.words("neuro-worst") == "0"


def test_doses_against_fever_are_triangles_and_the_hours_they_hide_are_shaded():
    diary = record(degrees(on_day(1), "37.0"), degrees(on_day(4), "37.0"), fever_medicine(on_day(2, 8)))
    picture = drawn(diary, TEMPERATURE)

    [(x, _)] = picture.marks("doses-antipyretic")
    [window] = picture.lines("doses-windows")
    left, _, right, _ = plot_of(picture, "temperature")
    assert min(x for x, _ in window) == pytest.approx(x, abs=0.01)
    assert max(x for x, _ in window) - x == pytest.approx((right - left) / 4 / 3, abs=0.01)
    assert {"fever medicine", "may hide a fever, 8 hours"} <= set(picture.all_words())


def test_windows_that_overlap_are_one():
    doses = [fever_medicine(on_day(2, hour)) for hour in (0, 6, 12, 23)]
    picture = drawn(record(degrees(on_day(1), "37.0"), *doses), TEMPERATURE)
    assert len(picture.marks("doses-antipyretic")) == 4
    assert len(picture.lines("doses-windows")) == 2


def test_only_doses_that_were_taken_and_can_hide_a_fever_are_marked():
    diary = record(
        degrees(on_day(1), "37.0"),
        fever_medicine(on_day(1), status="missed"),
        fever_medicine(on_day(1), medicine="steroid"),
        fever_medicine(on_day(1), medicine="nsaid"),
    )
    picture = drawn(diary, TEMPERATURE)
    assert "doses-antipyretic" not in picture
    assert len(picture.marks("doses-nsaid")) == 1
    assert "ibuprofen or similar" in picture.all_words()


def test_flags_without_a_panel_stand_in_the_strip_and_those_with_one_in_it():
    flags = (FlagMark(on_day(1), Urgency.CALL), FlagMark(on_day(2), Urgency.EMERGENCY, Panel.TEMPERATURE))
    picture = drawn(record(degrees(on_day(1), "37.0")), replace(FEVER, flags=flags))

    _, top, _, bottom = plot_of(picture, "temperature")
    assert picture.marks("flags-call")[0][1] < top
    assert top < picture.marks("temperature-flags-emergency")[0][1] < bottom
    assert {"ring your team now", "emergency"} <= set(picture.all_words())


def test_a_flag_lies_over_the_reading_that_raised_it():
    picture = drawn(
        record(degrees(on_day(1), "37.0"), degrees(on_day(3), "39.0")),
        replace(TEMPERATURE, flags=(FlagMark(on_day(3), Urgency.CALL),)),
    )
    assert picture.marks("flags-call")[0][0] == pytest.approx(picture.marks("temperature-readings")[-1][0])


def test_what_needs_nothing_is_no_flag_and_a_flag_of_another_panel_is_not_shown():
    flags = (FlagMark(on_day(1), Urgency.NONE), FlagMark(on_day(1), Urgency.CALL, Panel.PULSE))
    picture = drawn(record(degrees(on_day(1), "37.0")), replace(TEMPERATURE, flags=flags))
    assert not [name for name in picture.groups if "flags" in name]


def test_of_flags_that_would_hide_each_other_the_most_urgent_is_seen():
    marks = [(10.0, Urgency.WATCH), (13.0, Urgency.EMERGENCY), (16.0, Urgency.CALL), (60.0, Urgency.WATCH)]
    assert crowded(marks) == [(13.0, Urgency.EMERGENCY), (60.0, Urgency.WATCH)]


def test_every_urgency_has_a_shape_of_its_own():
    assert len({(shape, hollow) for shape, _, hollow in FLAG_LOOKS.values()}) == len(FLAG_LOOKS) == 4
