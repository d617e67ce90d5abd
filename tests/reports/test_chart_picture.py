"""The picture as a whole: fit for an image element, readable, the same every time, and of one patient only."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import matplotlib
import pytest

from diary.domain.treatment import CarePlan
from diary.domain.urgency import Urgency
from diary.reports.charts import ChartRequest, FlagMark, Panel, Thresholds, alt_text, draw_trends
from tests.reports.chart_diaries import DAY_0, check_in, degrees, on_day, record, three_weeks
from tests.reports.chart_reader import SVG, drawn

EVERYTHING = ChartRequest(
    panels=tuple(Panel),
    thresholds=Thresholds(temperature_celsius=Decimal("38.0"), low_systolic_mmhg=90),
    flags=(FlagMark(on_day(3), Urgency.CALL), FlagMark(on_day(4), Urgency.EMERGENCY, Panel.TEMPERATURE)),
)


@pytest.mark.parametrize("layout", ["phone", "wide"])
def test_a_picture_needs_nothing_from_elsewhere(layout):
    picture = drawn(three_weeks(), replace(EVERYTHING, layout=layout))

    addresses = set(re.findall(rb"""https?://[^"' )]+""", picture.svg))
    assert addresses == {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}
    assert b"<!DOCTYPE" not in picture.svg
    assert not list(picture.root.iter(f"{SVG}text")), "glyphs are paths: no font of the reader's machine is asked for"
    assert not list(picture.root.iter(f"{SVG}script"))
    references = [use.get("{http://www.w3.org/1999/xlink}href", "") for use in picture.root.iter(f"{SVG}use")]
    assert references
    assert all(reference.startswith("#") for reference in references)


def test_a_picture_says_what_it_is_to_those_who_do_not_see_it():
    request = replace(EVERYTHING, panels=(Panel.TEMPERATURE, Panel.PULSE))
    picture = drawn(three_weeks(), request)

    assert picture.root.get("role") == "img"
    assert picture.root.get("aria-labelledby") == "title desc"
    assert picture.text_of("title") == "Temperature, Pulse"
    assert picture.text_of("desc") == alt_text(three_weeks(), request)


def test_names_of_groups_are_unique():
    picture = drawn(three_weeks(), EVERYTHING)
    names = [part.get("id") for part in picture.root.iter() if part.get("id")]
    assert len(names) == len(set(names))


def test_words_on_a_phone_are_at_least_eleven_pixels_high():
    picture = drawn(three_weeks(), EVERYTHING)
    # matplotlib draws glyphs at 100 units and scales them; the picture itself is scaled to the width of the phone.
    sizes = {float(scale) * 100 for scale in re.findall(rb"scale\(([\d.]+) -[\d.]+\)", picture.svg)}
    assert min(sizes) * 340 / picture.size[0] >= 11
    assert picture.size[0] <= 320


def test_a_wide_picture_is_wide():
    assert drawn(three_weeks(), replace(EVERYTHING, layout="wide")).size[0] >= 900


@pytest.mark.parametrize("layout", ["phone", "wide"])
@pytest.mark.parametrize("panels", [(Panel.OXYGEN,), tuple(Panel)])
def test_nothing_is_drawn_outside_the_sheet(layout, panels):
    picture = drawn(three_weeks(), replace(EVERYTHING, layout=layout, panels=panels))
    width, height = picture.size
    for name in picture.groups:
        if name.endswith(("-readings", "-line", "-grid", "-mark")):
            places = [*picture.marks(name), *(place for line in picture.lines(name) for place in line)]
            assert all(-10 <= x <= width and -10 <= y <= height for x, y in places), name


def test_panels_stand_below_each_other_in_the_order_asked_for():
    picture = drawn(three_weeks(), ChartRequest(panels=(Panel.PULSE, Panel.TEMPERATURE)))
    assert picture.lines("pulse-foot")[0][0][1] < picture.lines("temperature-foot")[0][0][1]
    assert "systolic-line" not in picture


def test_the_same_diary_gives_the_same_bytes_whatever_the_order_of_its_check_ins():
    diary = three_weeks()
    turned = replace(diary, check_ins=diary.check_ins[::-1], doses=diary.doses[::-1])
    assert draw_trends(diary, EVERYTHING) == draw_trends(three_weeks(), EVERYTHING) == draw_trends(turned, EVERYTHING)


def test_what_else_in_the_process_uses_matplotlib_does_not_change_the_picture():
    before = draw_trends(three_weeks(), EVERYTHING)
    with matplotlib.rc_context(
        {
            "font.size": 30,
            "font.family": "serif",
            "figure.facecolor": "pink",
            "figure.frameon": False,
            "figure.constrained_layout.use": True,
            "lines.linewidth": 9,
            "lines.scale_dashes": False,
            "markers.fillstyle": "left",
            "path.sketch": (1, 100, 2),
            "savefig.bbox": "tight",
            "svg.fonttype": "none",
            "svg.hashsalt": None,
            "text.parse_math": True,
        }
    ):
        assert draw_trends(three_weeks(), EVERYTHING) == before
        assert matplotlib.rcParams["svg.fonttype"] == "none", "and drawing leaves their settings alone"


def test_a_picture_shows_nothing_of_the_patient_drawn_before():
    bob = record(degrees(on_day(1), "36.6"))
    alone = draw_trends(bob, ChartRequest())

    draw_trends(three_weeks(), EVERYTHING)

    assert draw_trends(bob, ChartRequest()) == alone
    assert "39" not in drawn(bob).text_of("desc")


def test_a_drawing_that_fails_leaves_nothing_behind():
    bob = record(degrees(on_day(1), "36.6"))
    alone = draw_trends(bob, ChartRequest())

    def broken(sentence: str) -> str:
        if sentence == "Treatment day":
            raise LookupError(sentence)
        return sentence

    with pytest.raises(LookupError):
        draw_trends(three_weeks(), replace(EVERYTHING, translate=broken))
    assert draw_trends(bob, ChartRequest()) == alone


def test_pictures_drawn_at_the_same_time_are_each_of_their_own_patient():
    diaries = [three_weeks(seed) for seed in range(12)]
    requests = [replace(EVERYTHING, theme="dark" if seed % 2 else "light") for seed in range(12)]
    one_by_one = [draw_trends(*both) for both in zip(diaries, requests, strict=True)]
    assert len(set(one_by_one)) == 12

    with ThreadPoolExecutor(max_workers=6) as pool:
        together = list(pool.map(draw_trends, diaries, requests))

    assert together == one_by_one


def test_the_dark_picture_has_other_colours_and_the_same_shapes():
    light = drawn(three_weeks(), EVERYTHING)
    dark = drawn(three_weeks(), replace(EVERYTHING, theme="dark"))
    assert light.svg != dark.svg
    assert light.lines("temperature-line") == dark.lines("temperature-line")
    assert b"#ffffff" not in dark.svg


def test_an_empty_diary_says_so_in_every_panel():
    picture = drawn(record())
    assert picture.words("temperature-empty") == "No readings yet"
    assert picture.words("neuro-empty") == "No readings yet"
    assert picture.day_labels("temperature")[0] == "0"


def test_an_empty_diary_without_an_infusion_names_no_day():
    picture = drawn(replace(record(), care_plan=CarePlan(profile="standard")))
    assert picture.day_labels("temperature") == []
    assert "days" not in picture


def test_one_reading_is_a_dot_with_its_number():
    picture = drawn(record(degrees(on_day(3), "38.4")))
    assert len(picture.marks("temperature-readings")) == 1
    assert "temperature-line" not in picture
    assert picture.words("temperature-worst") == "38.4"


def test_a_check_in_without_readings_draws_nothing():
    picture = drawn(record(check_in(on_day(3), signs=frozenset({"confused"}))))
    assert "temperature-readings" not in picture


def test_words_are_translated_and_never_taken_for_markup_or_formulas():
    words = {"Temperature": "<Fieber> & $x$ $y$", "Treatment day": "Tag nach der Infusion"}
    request = ChartRequest(panels=(Panel.TEMPERATURE,), translate=lambda sentence: words.get(sentence, sentence))
    picture = drawn(record(degrees(on_day(3), "38.4")), request)

    assert picture.text_of("title") == "<Fieber> & $x$ $y$"
    assert picture.words("days") == "Tag nach der Infusion"
    assert "<Fieber> & $x$ $y$" in picture.all_words()


def test_numbers_are_written_as_the_reader_writes_them():
    request = ChartRequest(
        panels=(Panel.TEMPERATURE,),
        thresholds=Thresholds(temperature_celsius=Decimal("38.0")),
        format_number=lambda number: str(number).replace(".", ","),
    )
    picture = drawn(record(degrees(on_day(3), "38.4")), request)

    assert picture.words("temperature-threshold-fever-words") == "fever 38,0"
    assert picture.words("temperature-worst") == "38,4"
    assert "37,5" in picture.all_words()


def test_a_picture_of_some_days_shows_only_those():
    request = ChartRequest(
        panels=(Panel.TEMPERATURE,), from_on=DAY_0 + timedelta(days=5), to_on=DAY_0 + timedelta(days=7)
    )
    picture = drawn(record(*(degrees(on_day(day), "37.0") for day in range(12))), request)

    assert picture.day_labels("temperature") == ["5", "6", "7"]
    assert len(picture.marks("temperature-readings")) == 3


def test_days_without_an_infusion_are_dates():
    picture = drawn(record(degrees(on_day(0), "37.0"), infusions=()))
    assert picture.words("days") == "Date"
    assert picture.day_labels("temperature")[0] == "20 Mar"


def test_days_before_the_infusion_are_negative_and_days_after_the_next_count_from_it():
    readings = [degrees(on_day(day), "37.0") for day in range(-2, 8)]
    picture = drawn(record(*readings, infusions=(DAY_0, DAY_0 + timedelta(days=5))), ChartRequest(layout="wide"))

    assert picture.day_labels("neuro") == ["−2", "−1", "0", "1", "2", "3", "4", "0", "1", "2"]
    assert len(picture.lines("temperature-infusions")) == 2


def test_an_infusion_that_is_still_to_come_does_not_stretch_the_picture():
    diary = record(degrees(on_day(-20), "36.8"), infusions=(DAY_0,))
    assert drawn(diary).day_labels("temperature") == ["−20", "−19", "−18"]


def test_a_year_is_labelled_in_whole_weeks_with_room_between():
    picture = drawn(record(*(degrees(on_day(day), "37.0") for day in range(0, 365, 5))))
    labels = [int(label) for label in picture.day_labels("temperature")]
    assert all(label % 7 == 0 for label in labels)
    assert 4 <= len(labels) <= 12


def test_a_reading_lies_in_the_column_of_its_local_day_also_when_the_clocks_change():
    # Berlin skipped an hour on 29 March 2026, treatment day 9; noon is still the middle of the day.
    days = (8, 9, 10, 11)
    picture = drawn(record(*(degrees(on_day(day, 12), "37.0") for day in days)), ChartRequest(layout="wide"))
    midnights = sorted({x for line in picture.lines("temperature-grid") for x, _ in line if line[0][0] == line[-1][0]})
    middles = [(left + right) / 2 for left, right in pairwise(midnights)]
    assert [x for x, _ in picture.marks("temperature-readings")] == pytest.approx(middles[:4], abs=0.01)


def test_midnight_and_the_last_minute_of_a_day_lie_in_its_column():
    picture = drawn(record(degrees(on_day(0, 0, 0), "37.0"), degrees(on_day(0, 23, 59), "37.0")))
    first, second, *_ = sorted({line[0][0] for line in picture.lines("temperature-grid") if line[0][0] == line[1][0]})
    assert all(first <= x < second for x, _ in picture.marks("temperature-readings"))
