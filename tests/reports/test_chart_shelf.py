"""Pictures drawn before: when a key changes, when it does not, and that a shelf forgets the oldest."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from diary.domain.reading import Pulse
from diary.domain.record import PatientRecord
from diary.domain.treatment import CarePlan, Infusion
from diary.domain.urgency import Urgency
from diary.reports.charts import (
    ChartRequest,
    FlagMark,
    Panel,
    PictureShelf,
    Thresholds,
    cache_key,
    draw_trends,
)
from tests.reports.chart_diaries import DAY_0, check_in, degrees, fever_medicine, on_day, record

DIARY = record(degrees(on_day(1), "37.0", id="first"), fever_medicine(on_day(2)))
REQUEST = ChartRequest(panels=(Panel.TEMPERATURE,), thresholds=Thresholds(temperature_celsius=Decimal("38.0")))


@pytest.mark.parametrize(
    "otherwise",
    [
        {"panels": (Panel.TEMPERATURE, Panel.PULSE)},
        {"thresholds": Thresholds(temperature_celsius=Decimal("37.5"))},
        {"thresholds": Thresholds(call_temperature_celsius=Decimal("38.0"))},
        {"flags": (FlagMark(on_day(1), Urgency.CALL),)},
        {"flags": (FlagMark(on_day(1), Urgency.CALL, Panel.TEMPERATURE),)},
        {"temperature_unit": "[degF]"},
        {"layout": "wide"},
        {"theme": "dark"},
        {"language": "de"},
        {"from_on": DAY_0},
        {"to_on": DAY_0 + timedelta(days=9)},
        {"gap": timedelta(hours=12)},
        {"fever_medicine_lasts": timedelta(hours=6)},
        {"masked": ((on_day(1), on_day(4)),)},
    ],
    ids=str,
)
def test_another_request_has_another_key(otherwise):
    assert cache_key(DIARY, replace(REQUEST, **otherwise)) != cache_key(DIARY, REQUEST)


def more(record: PatientRecord) -> PatientRecord:
    return replace(record, check_ins=(*record.check_ins, degrees(on_day(2), "37.1")))


@pytest.mark.parametrize(
    "change",
    [
        more,
        lambda diary: replace(diary, check_ins=(degrees(on_day(1), "37.1"),)),
        lambda diary: replace(diary, check_ins=(degrees(on_day(1, 9), "37.0"),)),
        lambda diary: replace(diary, check_ins=(replace(diary.check_ins[0], withdrawn=True),)),
        lambda diary: replace(diary, doses=()),
        lambda diary: replace(diary, doses=(fever_medicine(on_day(2), medicine="nsaid"),)),
        lambda diary: replace(diary, patient=replace(diary.patient, time_zone="Asia/Tokyo")),
        lambda diary: replace(diary, care_plan=CarePlan(profile="standard", infusions=(Infusion(on_day(1).date()),))),
    ],
)
def test_another_diary_has_another_key(change: Callable[[PatientRecord], PatientRecord]):
    assert cache_key(change(DIARY), REQUEST) != cache_key(DIARY, REQUEST)


@pytest.mark.parametrize(
    "change",
    [
        lambda diary: replace(diary, id="another"),
        lambda diary: replace(diary, check_ins=(replace(diary.check_ins[0], note="slept badly", id=None),)),
        lambda diary: replace(diary, check_ins=(*diary.check_ins, check_in(on_day(2), signs=frozenset({"tremor"})))),
        lambda diary: replace(diary, check_ins=(*diary.check_ins, check_in(on_day(1), pulse=Pulse(70)))),
        lambda diary: replace(diary, care_plan=replace(diary.care_plan, profile="uk")),
    ],
)
def test_what_the_picture_does_not_show_changes_neither_key_nor_picture(
    change: Callable[[PatientRecord], PatientRecord],
):
    assert cache_key(change(DIARY), REQUEST) == cache_key(DIARY, REQUEST)
    assert draw_trends(change(DIARY), REQUEST) == draw_trends(DIARY, REQUEST)


def test_a_key_is_fit_for_a_header():
    key = cache_key(DIARY, REQUEST)
    assert len(key) == 32
    assert int(key, 16) >= 0


def test_a_shelf_hands_out_the_same_picture_until_the_diary_changes():
    shelf = PictureShelf()
    first = shelf.picture(DIARY, REQUEST)

    assert shelf.picture(record(*DIARY.check_ins, *DIARY.doses), REQUEST) is first
    assert first.svg == draw_trends(DIARY, REQUEST)
    assert first.key == cache_key(DIARY, REQUEST)
    assert shelf.picture(more(DIARY), REQUEST) != first
    assert len(shelf) == 2


def test_a_full_shelf_forgets_what_was_not_asked_for_the_longest():
    size = len(draw_trends(DIARY, REQUEST))
    shelf = PictureShelf(limit_bytes=int(size * 2.5))
    dark, light, wide = (replace(REQUEST, theme="dark"), REQUEST, replace(REQUEST, layout="wide"))
    kept, forgotten = shelf.picture(DIARY, dark), shelf.picture(DIARY, light)
    shelf.picture(DIARY, dark)
    shelf.picture(DIARY, wide)

    assert len(shelf) == 2
    assert shelf.picture(DIARY, dark) is kept
    assert shelf.picture(DIARY, light) is not forgotten


def test_a_picture_larger_than_the_shelf_is_still_drawn():
    shelf = PictureShelf(limit_bytes=1)
    assert shelf.picture(DIARY, REQUEST).svg == draw_trends(DIARY, REQUEST)


def test_threads_may_share_a_shelf():
    shelf = PictureShelf()
    diaries = [record(degrees(on_day(1), f"37.{tenth}")) for tenth in range(6)] * 4
    with ThreadPoolExecutor(max_workers=8) as pool:
        pictures = list(pool.map(lambda diary: shelf.picture(diary, REQUEST), diaries))
    assert [picture.svg for picture in pictures] == [draw_trends(diary, REQUEST) for diary in diaries]
    assert len(shelf) == 6


def test_words_rows_and_keys_are_had_without_matplotlib():
    code = """
import sys
import diary.reports.charts as charts
from diary.domain.record import PatientRecord
from diary.domain.treatment import CarePlan, Patient
record = PatientRecord(patient=Patient(None, "UTC"), care_plan=CarePlan(profile="standard"))
request = charts.ChartRequest()
charts.cache_key(record, request), charts.alt_text(record, request), charts.trend_rows(record)
loaded = {"matplotlib", "numpy", "flask", "sqlalchemy"} & set(sys.modules)
assert not loaded, loaded
"""
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
