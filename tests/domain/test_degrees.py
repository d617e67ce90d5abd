"""Temperatures are exact in both units, and nothing is rounded before it is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.degrees import fine, fine_difference, is_decimal, words, words_of_difference


@pytest.mark.parametrize("text", ["38", "38.4", "0.5", "100.4", "37.999999999999"])
def test_a_decimal_is_digits_with_at_most_one_point(text: str) -> None:
    assert is_decimal(text)


@pytest.mark.parametrize(
    "text",
    ["", ".", "38.", ".5", "38,4", "+38", "-1", "3.8e1", "NaN", "38.4.1", " 38", "٣٨", "12345", "1.0000000000001"],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_decimal(text)


def test_100_4_fahrenheit_is_38_celsius_and_100_3_is_less() -> None:
    assert fine("100.4", "[degF]") == fine("38.0", "Cel")
    assert fine("100.3", "[degF]") < fine("38.0", "Cel")
    assert fine("37.999999999999", "Cel") < fine("38", "Cel")


def test_a_difference_has_no_freezing_point() -> None:
    assert fine_difference("1.8", "[degF]") == fine_difference("1.0", "Cel") == fine_difference("1", "Cel")


@given(st.integers(0, 99_999))
def test_the_words_of_a_temperature_are_what_was_typed(thousandths: int) -> None:
    text = f"{thousandths // 1000}.{thousandths % 1000:03d}"
    shown = words(fine(text, "Cel"), "Cel")
    assert float(shown) == float(text)
    assert "." in shown


def test_words_are_in_either_unit() -> None:
    assert words(fine("38.0", "Cel"), "[degF]") == "100.4"
    assert words(fine("98.6", "[degF]"), "Cel") == "37.0"
    assert words_of_difference(fine_difference("1.0", "Cel"), "Cel") == "1.0"
    assert words_of_difference(fine_difference("1.0", "Cel"), "[degF]") == "1.8"


def test_words_that_need_more_places_than_three_are_rounded_half_up() -> None:
    assert words(fine("37.0005", "Cel"), "Cel") == "37.001"
    assert words(fine("98.6005", "[degF]"), "[degF]") == "98.601"
    assert words_of_difference(fine_difference("1.0005", "Cel"), "Cel") == "1.001"
    assert words_of_difference(fine_difference("1.0005", "[degF]"), "[degF]") == "1.001"
    for unit in ("Cel", "[degF]"):
        assert words(fine("98.60049", unit), unit) == "98.6"
        assert words_of_difference(fine_difference("1.00049", unit), unit) == "1.0"
