"""A stream of diaries: an array, one a line, or one over several lines; stricter than JSON readers are."""

import json
from typing import Any

import pytest

from diary.domain.diary_format import DiaryFileError, check_diary
from diary.domain.diary_stream import read_stream

ONE = (
    '{"format": "symptom-diary/1", "patient": {"born_on": "1966-01-01", "time_zone": "UTC"}, '
    '"care_plan": {"profile": "uk"}}'
)
WITH_A_LIST = ONE.replace('"profile": "uk"', '"profile": "uk", "infusions": []')


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


def test_a_broken_array_keeps_what_stands_before_the_fault() -> None:
    first, broken = read(f"[{ONE},")
    assert check_diary(first)
    assert "is not JSON" in str(broken)
    first, second, broken = read(f"[ {ONE} ,\r\n\t{WITH_A_LIST}")
    assert check_diary(first)
    assert check_diary(second)
    assert "is not JSON" in str(broken)
    first, broken = read(f'[{ONE}, {{"x_a": {"9" * 5000}}}, {ONE}]')
    assert check_diary(first)
    assert "a number is too long" in str(broken)


def test_a_bad_byte_spoils_its_own_line_alone() -> None:
    first, broken, last = read_stream(ONE.encode() + b"\n\xff{}\n" + ONE.encode())
    assert str(broken) == "is not UTF-8 text (byte 1)"
    assert check_diary(first) == check_diary(last)


CHECK_IN = {"at": "2026-03-14T08:00:00Z", "by": "patient"}


@pytest.mark.parametrize(
    ("check_ins", "fault"),
    [
        ([CHECK_IN | {"id": "a", "replaces": "a"}], "check_ins[0].replaces: leads back to this check-in"),
        (
            [CHECK_IN | {"id": "a", "replaces": "b"}, CHECK_IN | {"id": "b", "replaces": "a"}],
            "check_ins[1].replaces: leads back to this check-in",
        ),
        ([CHECK_IN | {"id": "a"}, CHECK_IN | {"id": "a"}], "check_ins[1].id: is another check-in's id as well"),
        ([CHECK_IN | {"at": "0001-01-01T00:00:00+14:00"}], "check_ins[0].at: must be in the years 1900 to 2200"),
        ([CHECK_IN | {"at": "1950-01-01T00:00:00Z"}], "patient.born_on: is later than everything in the diary"),
    ],
)
def test_a_history_that_would_lose_a_check_in_is_refused(check_ins: list[dict[str, str]], fault: str) -> None:
    patient = {"born_on": "1966-01-01", "time_zone": "UTC"}
    diary = {"format": "symptom-diary/1", "patient": patient, "care_plan": {"profile": "uk"}, "check_ins": check_ins}
    with pytest.raises(DiaryFileError) as refused:
        check_diary(diary)
    assert fault in str(refused.value).splitlines()


def test_a_check_in_that_leads_into_a_circle_is_not_in_it() -> None:
    after = {"a": "b", "b": "c", "c": "b"}
    diary = json.loads(ONE) | {"check_ins": [CHECK_IN | {"id": name, "replaces": after[name]} for name in after]}
    with pytest.raises(DiaryFileError) as refused:
        check_diary(diary)
    assert [path for path, _ in refused.value.faults] == ["check_ins[1].replaces", "check_ins[2].replaces"]


def test_an_empty_stream_is_a_fault() -> None:
    assert fault("") == fault("\n \n") == "is empty"


def test_the_place_of_a_fault_is_said() -> None:
    assert fault('{"a" 1}') == "is not JSON: Expecting ':' delimiter (line 1, column 6)"


def test_what_is_not_utf_8_is_a_fault() -> None:
    (found,) = read_stream(b"\xff\xfe")
    assert str(found) == "is not UTF-8 text (byte 1)"


def test_a_key_that_stands_twice_is_a_fault_with_its_path() -> None:
    twice = ONE.replace('"profile": "uk"', '"profile": "uk", "infusions": [], "profile": "standard"')
    with pytest.raises(DiaryFileError, match=r"^care_plan\.profile: stands twice$"):
        check_diary(read(twice)[0])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "36.6", "1e1"])
def test_a_number_that_is_not_whole_is_kept_as_text_and_refused_where_it_must_be(number: str) -> None:
    diary = ONE.replace('"profile": "uk"', f'"profile": "uk", "baseline": {{"systolic_mmhg": {number}}}')
    with pytest.raises(DiaryFileError, match="systolic_mmhg: must be a whole number"):
        check_diary(read(diary)[0])


def test_numbers_without_end_and_depths_without_bottom_are_faults() -> None:
    sentence = "is not JSON that can be read: a number is too long or it is nested too deep"
    assert fault("1" * 5000) == fault("[" * 100_000) == sentence
