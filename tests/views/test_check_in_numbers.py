"""Numbers as people type them: read exactly, or asked about with the advice already on the page; never converted."""

from datetime import date

import pytest

from diary.domain.treatment import Patient
from diary.models import CheckInRow
from tests.cellar import count, rows
from tests.pages import advice, calls, error_links, errors, main_words, urgencies

TEAM = "+442079460000"


def saved(app):
    (row,) = rows(app, CheckInRow)
    return row.content


ODD = "That number looks odd. Please check it. If it is right, ring now."


@pytest.mark.parametrize("typed", ["38.4", "38,4", " 38.4 ", "38.4°", "38.40"])
def test_it_reads_a_temperature_with_a_comma_or_a_point(app, alice, typed):
    page = alice.logs(temperature=typed)
    assert page.status_code == 200
    assert urgencies(page) == ["call"]
    assert saved(app)["temperature"]["value"] in ("38.4", "38.40")
    assert saved(app)["temperature"]["unit"] == "Cel"


def test_it_keeps_fahrenheit_as_typed(app, alice):
    page = alice.logs(temperature="100.4", temperature_unit="[degF]")
    assert "100.4\u00a0°F" in page.text
    assert saved(app)["temperature"] == {"value": "100.4", "unit": "[degF]"}
    assert urgencies(page) == ["call"]


def test_it_compares_in_the_unit_typed(alice):
    assert urgencies(alice.logs(temperature="100.3", temperature_unit="[degF]")) == ["watch"]


@pytest.mark.parametrize(
    ("typed", "unit", "likely"),
    [
        ("100.4", "Cel", "100.4 °F"),
        ("38.4", "[degF]", "38.4 °C"),
        ("384", "Cel", "38.4 °C"),
        ("3.84", "Cel", "38.4 °C"),
        ("3840", "Cel", "38.4 °C"),
        ("1013", "[degF]", "101.3 °F"),
        ("1013", "Cel", "101.3 °F"),
    ],
)
def test_it_asks_about_a_slip_and_gives_the_advice_for_what_was_probably_meant(app, alice, typed, unit, likely):
    page = alice.logs(temperature=typed, temperature_unit=unit)
    assert page.status_code == 422
    assert f"Did you mean {likely}?" in error_links(page)["temperature"]
    assert urgencies(page) == ["call"]
    assert calls(page)[0] == TEAM
    assert "Not saved yet." in main_words(page)
    assert f'value="{typed}"' in page.text, "what was typed is still in the field"
    assert count(app, CheckInRow) == 0


def test_it_asks_about_a_slip_from_a_usual_temperature_without_advice(app, alice):
    page = alice.logs(temperature="986", temperature_unit="[degF]")
    assert "Did you mean 98.6 °F?" in error_links(page)["temperature"]
    assert advice(page) == []
    assert count(app, CheckInRow) == 0


def test_it_puts_advice_above_the_error(alice):
    page = alice.logs(temperature="100.4")
    assert page.text.index('class="advice ') < page.text.index("nhsuk-error-summary")


@pytest.mark.parametrize("typed", ["20", "0"])
def test_it_asks_to_measure_again_when_no_slip_explains_a_temperature(app, alice, typed):
    page = alice.logs(temperature=typed)
    assert "Measure again and type it again." in error_links(page)["temperature"]
    assert advice(page) == [], "a refused value is missing"
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [({"temperature": "45"}, "emergency"), ({"oxygen": "9"}, "emergency"), ({"systolic": "30"}, "emergency")],
)
def test_it_shows_what_a_refused_number_would_mean_if_it_were_true(app, alice, answers, urgency):
    page = alice.logs(**answers)
    assert ODD in main_words(page)
    assert urgencies(page)[0] == urgency
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "-38.4",
        "+38.4",
        "3.84e1",
        "38,4,0",
        "38.4.0",
        "٣٨٫٤",
        "３８.４",
        "38 4",
        "38.4 C",
        "0x26",
        "nan",
        "inf",
        "38_4",
        "½",
    ],
)
def test_it_refuses_what_is_no_number_and_keeps_it_in_the_field(app, alice, typed):
    page = alice.logs(temperature=typed, oxygen="84")
    assert error_links(page)["temperature"] == "Type the number with digits only, such as 37.2."
    assert f'value="{typed}"' in page.text
    assert advice(page), "the rest of the page is judged all the same"
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("systolic", "39", "from 40 to 300"),
        ("systolic", "301", "from 40 to 300"),
        ("diastolic", "201", "from 20 to 200"),
        ("standing_systolic", "12", "from 40 to 300"),
        ("standing_diastolic", "8", "from 20 to 200"),
        ("pulse", "720", "from 20 to 300"),
        ("oxygen", "0", "from 40 to 100"),
        ("oxygen", "101", "from 40 to 100"),
        ("respiratory_rate", "3", "from 4 to 100"),
        ("neuro_score", "11", "from 0 to 10"),
    ],
)
def test_it_refuses_an_impossible_number_and_judges_it_only_in_case_it_is_true(app, alice, field, typed, sentence):
    page = alice.logs(**{field: typed})
    assert page.status_code == 422
    assert any(sentence in error for error in errors(page))
    assert bool(advice(page)) == (ODD in main_words(page)), "advice for a refused number says that it looks odd"
    assert count(app, CheckInRow) == 0


def test_it_still_judges_the_rest_when_one_number_is_impossible(alice):
    page = alice.logs(neuro_score="11", temperature="38.4")
    assert urgencies(page) == ["call"]
    assert "38.4" in advice(page)[0]


@pytest.mark.parametrize("typed", ["97.5", "97,5"])
def test_it_asks_for_a_whole_number(app, alice, typed):
    assert error_links(alice.logs(oxygen=typed))["oxygen"] == "Type a whole number, such as 97."
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize(("systolic", "diastolic"), [("80", "120"), ("120", "120"), ("78", "85")])
def test_it_asks_whether_the_two_pressures_are_swapped(app, alice, systolic, diastolic):
    page = alice.logs(systolic=systolic, diastolic=diastolic)
    assert "swapped" in error_links(page)["systolic"]
    assert count(app, CheckInRow) == 0


def test_it_gives_the_advice_for_swapped_pressures_the_right_way_round(alice):
    page = alice.logs(systolic="58", diastolic="88")
    assert urgencies(page) == ["call"]
    assert "88" in advice(page)[0]
    assert advice(alice.logs(systolic="80", diastolic="120")) == []


@pytest.mark.parametrize(
    ("answers", "pressure"),
    [({"systolic": "88"}, {"systolic": 88}), ({"diastolic": "60"}, {"diastolic": 60})],
)
def test_it_takes_one_pressure_without_the_other(app, alice, answers, pressure):
    page = alice.logs(**answers)
    assert page.status_code == 200
    assert saved(app)["blood_pressure"] == pressure
    assert urgencies(page) == (["call"] if "systolic" in answers else [])


def test_it_saves_an_odd_value_judges_it_and_asks_about_it(app, alice):
    page = alice.logs(temperature="41.5")
    assert urgencies(page)[0] == "emergency"
    assert "You typed Temperature 41.5\u00a0°C. That is unusual." in page.text
    assert saved(app)["temperature"]["value"] == "41.5"


def test_it_asks_for_the_unit_when_none_is_chosen_and_judges_the_likely_one(app, alice):
    form = {"temperature_unit": []}
    page = alice.logs(temperature="38.4", **form)
    assert error_links(page)["temperature_unit"] == "Choose °C or °F."
    assert urgencies(page) == ["call"]
    assert urgencies(alice.logs(temperature="101.3", **form)) == ["call"]
    assert advice(alice.logs(temperature="20", **form)) == []
    assert count(app, CheckInRow) == 0


def test_it_takes_an_oximeter_that_showed_no_number_for_a_reading(app, alice):
    page = alice.logs(no_oxygen_number="y")
    assert saved(app)["oxygen_saturation"] == {"value": None, "no_number": True}
    assert "no number shown" in main_words(page)


def test_it_asks_a_child_for_the_capd_score_and_an_adult_never(app, charlie):
    child = charlie.has_a_diary(patient=Patient(date(2018, 5, 1), "Europe/London"))
    assert "from 0 to 32" in error_links(child.logs(capd_score="33"))["capd_score"]
    assert child.logs(capd_score="4").status_code == 200
    assert saved(app)["capd"] == {"score": 4}


def test_it_passes_over_a_capd_score_that_the_page_did_not_ask_for(app, alice):
    assert alice.logs(capd_score="33", temperature="36.8").status_code == 200
    assert "capd" not in saved(app)
