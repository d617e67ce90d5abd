"""The rule table as a page."""

from decimal import Decimal

import pytest

from diary.domain.treatment import Baseline, CarePlan
from diary.rules import load_table
from tests.pages import main_words


def test_it_shows_every_rule_with_its_source_to_anybody(nobody):
    words = main_words(nobody.client.get("/rules"))
    for rule in load_table().rules:
        assert rule.source in words, rule.id
        for level in rule.levels:
            assert (
                level.says.replace("%(name)s", "The child").replace("%(emergency_number)s", "112, 911 or 999") in words
            ), rule.id
    assert f"Version {load_table().version}." in words
    assert "No clinician has signed these rules off yet." in words


@pytest.mark.parametrize(
    ("address", "fever", "rise"),
    [("/rules", "38.0 °C or higher", "1.0 °C or more"), ("/rules?unit=F", "100.4 °F or higher", "1.8 °F or more")],
)
def test_it_shows_thresholds_and_differences_in_the_readers_unit(nobody, address, fever, rise):
    said = main_words(nobody.client.get(address)).replace("\u00a0", " ")
    assert f"temperature {fever}" in said
    assert f"{rise} above your usual" in said


def test_it_marks_the_care_plans_own_numbers_with_who_wrote_them(app, alice):
    own = CarePlan(profile="standard", baseline=Baseline(systolic_mmhg=96), call_temperature_celsius=Decimal("37.8"))
    words = main_words(alice.has_a_diary(care_plan=own).opens("rules"))
    assert "call from a temperature of 37.8 °C" in words
    assert "top blood pressure: 96 mmHg" in words
    assert "written down by Alice on" in words


def test_it_says_nothing_of_own_numbers_where_there_are_none(alice):
    assert "own numbers" not in main_words(alice.opens("rules"))


def test_a_flag_names_whose_numbers_it_used(alice):
    alice.has_a_diary(care_plan=CarePlan(profile="standard", baseline=Baseline(systolic_mmhg=140)))
    page = alice.logs(systolic="99", diastolic="60")
    assert "This uses numbers that your care team gave, written down by Alice on" in main_words(page)


def test_a_flag_that_used_no_own_number_says_so_of_nobody(alice):
    assert "numbers that your care team gave" not in main_words(alice.logs(temperature="38.4"))
