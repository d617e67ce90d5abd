"""A stream of diaries: an array, one a line, or one over several lines; stricter than JSON readers are."""

from typing import Any

import pytest

from diary.domain.diary_format import DiaryFileError, check_diary
from diary.domain.diary_stream import read_stream

ONE = (
    '{"format": "symptom-diary/1", "patient": {"born_on": "1966-01-01", "time_zone": "UTC"}, '
    '"care_plan": {"profile": "uk"}}'
)


def read(text: str) -> list[Any]:
    return list(read_stream(text.encode()))


def fault(text: str) -> str:
    found = read(text)[0]
    assert isinstance(found, DiaryFileError)
    return str(found)


@pytest.mark.parametrize(
    "text", [f"[{ONE}, {ONE}]", f"{ONE}\n{ONE}\n", f"\ufeff{ONE}\n\n{ONE}", f" \n [ {ONE},{ONE} ] "]
)
def test_two_diaries_are_read(text: str) -> None:
    assert [check_diary(diary)["format"] for diary in read(text)] == ["symptom-diary/1"] * 2


def test_one_over_several_lines_is_read() -> None:
    assert len(read(ONE.replace(", ", ",\n  "))) == 1


def test_a_broken_line_leaves_the_others() -> None:
    first, broken, last = read(f"{ONE}\n{{\n{ONE}")
    assert isinstance(broken, DiaryFileError)
    assert check_diary(first) == check_diary(last)


def test_a_broken_first_line_leaves_the_others() -> None:
    broken, other = read(f"{{\n{ONE}")
    assert isinstance(broken, DiaryFileError)
    assert check_diary(other)


def test_a_broken_array_is_one_fault() -> None:
    assert "is not JSON" in fault(f"[{ONE},")


def test_an_empty_stream_is_a_fault() -> None:
    assert fault("") == fault("\n \n") == "is empty"


def test_what_is_not_utf_8_is_a_fault() -> None:
    (found,) = read_stream(b"\xff\xfe")
    assert str(found) == "is not UTF-8 text (byte 1)"


def test_a_key_that_stands_twice_is_a_fault_with_its_path() -> None:
    twice = ONE.replace('"profile": "uk"', '"profile": "uk", "profile": "standard"')
    with pytest.raises(DiaryFileError, match=r"^care_plan\.profile: stands twice$"):
        check_diary(read(twice)[0])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "36.6", "1e1"])
def test_a_number_that_is_not_whole_is_kept_as_text_and_refused_where_it_must_be(number: str) -> None:
    diary = ONE.replace('"profile": "uk"', f'"profile": "uk", "baseline": {{"systolic_mmhg": {number}}}')
    with pytest.raises(DiaryFileError, match="systolic_mmhg: must be a whole number"):
        check_diary(read(diary)[0])


def test_numbers_without_end_and_depths_without_bottom_are_faults() -> None:
    assert "a number is too long" in fault("1" * 5000)
    assert "nested too deep" in fault("[" * 100_000)
