"""The contract of the diary file: every fault is named with its path, all at once, and nothing else is refused."""

import copy
from typing import Any

import pytest

from diary.domain.checks import NumberText
from diary.domain.diary_format import (
    DiaryFileError,
    check_care_plan,
    check_check_in,
    check_diary,
    check_dose,
)

Json = dict[str, Any]

CHECK_IN: Json = {"at": "2026-03-14T08:00:00+00:00", "by": "patient"}
DOSE: Json = {"at": "2026-03-14T08:00:00Z", "medicine": "steroid", "status": "taken"}
DIARY: Json = {
    "format": "symptom-diary/1",
    "patient": {"born_on": "1966-01-01", "time_zone": "Europe/London"},
    "care_plan": {"profile": "standard"},
}


def faults_of(diary: object) -> list[str]:
    with pytest.raises(DiaryFileError) as refused:
        check_diary(diary)
    return [f"{path}: {sentence}" for path, sentence in refused.value.faults]


def fault_of_check_in(**parts: object) -> str:
    """The one fault of a check-in with these parts, with its path."""
    faults = faults_of({**DIARY, "check_ins": [{**CHECK_IN, **parts}]})
    assert len(faults) == 1
    return faults[0]


def is_taken(**parts: object) -> bool:
    check_diary({**DIARY, "check_ins": [{**CHECK_IN, **parts}]})
    return True


def test_only_what_must_be_there_must_be_there() -> None:
    assert check_diary(copy.deepcopy(DIARY)) == DIARY


def test_another_format_is_refused_by_name_and_nothing_more_is_said() -> None:
    assert faults_of({"format": "symptom-diary/2"}) == [
        "format: is “symptom-diary/2”; only symptom-diary/1 can be read"
    ]


@pytest.mark.parametrize("diary", [None, 7, "diary", ["diary"]])
def test_what_is_no_object_is_no_diary(diary: object) -> None:
    assert faults_of(diary) == [": must be an object"]


def test_every_missing_part_is_named() -> None:
    assert faults_of({}) == ["format: is missing", "patient: is missing", "care_plan: is missing"]
    assert faults_of({**DIARY, "patient": {}, "care_plan": {}, "check_ins": [{}], "doses": [{}]}) == [
        "patient.born_on: is missing",
        "patient.time_zone: is missing",
        "care_plan.profile: is missing",
        "check_ins[0].at: is missing",
        "check_ins[0].by: is missing",
        "doses[0].at: is missing",
        "doses[0].medicine: is missing",
        "doses[0].status: is missing",
    ]


def test_all_faults_are_named_at_once_with_their_paths() -> None:
    check_ins = [
        CHECK_IN,
        {**CHECK_IN, "temperature": {"value": "38.4", "unit": "Celsius"}, "signs": ["tired", "happy"]},
    ]
    assert faults_of({**DIARY, "check_ins": check_ins, "colour": "red"}) == [
        "check_ins[1].temperature.unit: “Celsius” is not known; it must be one of Cel, [degF]",
        "check_ins[1].signs[1]: “happy” is not a sign that this version knows",
        "colour: is not a key of this version; own keys begin with x_",
    ]


def test_keys_of_other_programs_are_taken_anywhere() -> None:
    assert is_taken(x_mood=3, temperature={"value": "36.6", "unit": "Cel", "x_device": "ear"})


@pytest.mark.parametrize(
    "at",
    [
        "2026-03-14T08:00:00+00:00",
        "2026-03-14t08:00:00z",
        "2026-03-14T08:00:00.5-08:00",
        "2026-03-14T08:00:00.1234567Z",
    ],
)
def test_a_time_has_seconds_and_an_offset(at: str) -> None:
    assert is_taken(at=at)


@pytest.mark.parametrize(
    "at",
    [
        "2026-03-14T08:00:00",
        "2026-03-14T08:00+00:00",
        "2026-03-14 08:00:00+00:00",
        "2026-03-14T08:00:00+0000",
        "2026-02-30T08:00:00+00:00",
        "2026-03-14T25:00:00+00:00",
        "20260314T080000+00:00",
        "2026-03-14T08:00:00.+00:00",
        "2026-03-14T08:00:00.5X+00:00",
        "2026-03-14T08:00:00.1234567XZ",
        "2026-03-14T08:00:00.1234567.Z",
        "2026-03-14T08:00:00.123456X00:0Z",
        "2026-03-14T08:00:00123+00:00",
        "2026-03-14T08:00:00123Z",
        "2026-03-14T08:00:00+00:00:00",
        "2026-03-14T08:00:00*00:00",
        "٢٠٢٦-03-14T08:00:00+00:00",
        "",
        1773475200,
        None,
    ],
)
def test_any_other_time_is_refused(at: object) -> None:
    assert fault_of_check_in(at=at) == (
        "check_ins[0].at: must be a time with seconds and an offset, such as 2026-03-14T08:00:00+00:00"
    )


def test_a_time_lies_in_the_years_1900_to_2200() -> None:
    plan = DIARY | {"patient": {"born_on": "1900-01-01", "time_zone": "UTC"}}
    for year in ("1900", "2200"):
        assert check_diary({**plan, "check_ins": [{**CHECK_IN, "at": f"{year}-07-01T08:00:00Z"}]})
    for year in ("1899", "2201"):
        fault = fault_of_check_in(at=f"{year}-07-01T08:00:00Z")
        assert fault == "check_ins[0].at: must be in the years 1900 to 2200"


@pytest.mark.parametrize(("value", "unit"), [("30.0", "Cel"), ("43.5", "Cel"), ("86.0", "[degF]"), ("110.3", "[degF]")])
def test_a_possible_temperature_is_taken_as_typed(value: str, unit: str) -> None:
    assert is_taken(temperature={"value": value, "unit": unit, "site": "ear"})


@pytest.mark.parametrize(("value", "unit"), [("29.9", "Cel"), ("43.6", "Cel"), ("85.9", "[degF]"), ("110.4", "[degF]")])
def test_an_impossible_temperature_is_refused(value: str, unit: str) -> None:
    fault = fault_of_check_in(temperature={"value": value, "unit": unit})
    assert fault.startswith(f"check_ins[0].temperature.value: {value} is not possible in {unit}")


def test_a_slip_of_the_unit_is_asked_about_and_never_converted() -> None:
    assert fault_of_check_in(temperature={"value": "101.2", "unit": "Cel"}).endswith("was it measured in [degF]?")
    assert fault_of_check_in(temperature={"value": "38.4", "unit": "[degF]"}).endswith("was it measured in Cel?")
    assert fault_of_check_in(temperature={"value": "384", "unit": "Cel"}).endswith("from 30.0 to 43.5")


@pytest.mark.parametrize("value", [38.4, 38, "38,4", "warm", "", "3.84e1", None, True, NumberText("38.4")])
def test_a_temperature_is_a_decimal_as_text(value: object) -> None:
    fault = fault_of_check_in(temperature={"value": value, "unit": "Cel"})
    assert fault.startswith("check_ins[0].temperature.value: must be a decimal as text")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("blood_pressure", {"systolic": 300, "diastolic": 20}),
        ("blood_pressure", {"systolic": 40}),
        ("blood_pressure", {"diastolic": 200, "position": "lying"}),
        ("standing_blood_pressure", {"systolic": 104, "diastolic": 66, "position": "standing"}),
        ("pulse", {"value": 20, "at_rest": False}),
        ("oxygen_saturation", {"value": 40}),
        ("oxygen_saturation", {"value": None, "no_number": True}),
        ("oxygen_saturation", {"no_number": True}),
        ("respiratory_rate", {"value": 4}),
        ("neuro_check", {"score": 0}),
        ("neuro_check", {"items": {"year": 1, "name_objects": 3, "sentence": None}}),
        ("neuro_check", {"score": 4, "items": {"year": 1, "name_objects": 3}}),
        ("neuro_check", {"score": 4, "items": {"year": 1, "name_objects": 3, "sentence": None, "x_seconds": 9}}),
        ("neuro_check", {"not_done": "too_sleepy_or_confused"}),
        ("capd", {"score": 32}),
        ("signs_absent", ["seizure"]),
        ("doses_absent", ["antipyretic"]),
        ("note", "x" * 10_000),
        ("withdrawn", True),
    ],
)
def test_what_is_possible_is_taken(part: str, value: object) -> None:
    assert is_taken(**{part: value})


@pytest.mark.parametrize(
    ("part", "value", "fault"),
    [
        ("blood_pressure", {"systolic": 301}, "blood_pressure.systolic: 301 is not possible"),
        ("blood_pressure", {"systolic": 39}, "blood_pressure.systolic: 39 is not possible"),
        ("blood_pressure", {"diastolic": 201}, "blood_pressure.diastolic: 201 is not possible"),
        (
            "blood_pressure",
            {"systolic": 80, "diastolic": 80},
            "blood_pressure.systolic: 80 must be above the diastolic",
        ),
        ("blood_pressure", {"systolic": "88"}, "blood_pressure.systolic: must be a whole number"),
        ("blood_pressure", {"systolic": 88.0}, "blood_pressure.systolic: must be a whole number"),
        ("blood_pressure", {"position": "standing"}, "blood_pressure.position: “standing” is not known"),
        ("pulse", {"value": True}, "pulse.value: must be a whole number"),
        ("pulse", {"value": 80, "at_rest": "yes"}, "pulse.at_rest: must be true or false"),
        ("pulse", {}, "pulse.value: is missing"),
        ("oxygen_saturation", {"value": 0}, "oxygen_saturation.value: 0 is not possible"),
        (
            "oxygen_saturation",
            {"value": None},
            "oxygen_saturation.value: must be a whole number, or null with no_number",
        ),
        (
            "oxygen_saturation",
            {"value": 97, "no_number": True},
            "oxygen_saturation.value: must be a whole number, or null",
        ),
        ("respiratory_rate", {"value": 101}, "respiratory_rate.value: 101 is not possible"),
        ("neuro_check", {"score": 11}, "neuro_check.score: 11 is not possible"),
        ("neuro_check", {"items": {"name_objects": 4}}, "neuro_check.items.name_objects: 4 is not possible"),
        ("neuro_check", {"items": {"colour": 1}}, "neuro_check.items.colour: is not a key"),
        ("neuro_check", {"score": 9, "items": {"year": 1}}, "neuro_check.score: 9 is not the sum of the items, 1"),
        (
            "neuro_check",
            {"score": 9, "not_done": "too_sleepy_or_confused"},
            "neuro_check.not_done: cannot stand beside",
        ),
        ("neuro_check", {"not_done": "bored"}, "neuro_check.not_done: “bored” is not known"),
        ("capd", {"score": 33}, "capd.score: 33 is not possible"),
        ("signs", "seizure", "signs: must be a list"),
        ("signs", [3], "signs[0]: “3” is not a sign"),
        ("doses_absent", ["tea"], "doses_absent[0]: “tea” is not a kind of medicine"),
        ("by", "stranger", "by: “stranger” is not known"),
        ("note", 3, "note: must be text"),
        ("withdrawn", "no", "withdrawn: must be true or false"),
        ("temperature", None, "temperature: must be an object"),
    ],
)
def test_what_is_not_is_refused_with_its_path(part: str, value: object, fault: str) -> None:
    assert fault_of_check_in(**{part: value}).startswith(f"check_ins[0].{fault}")


def test_faults_of_several_entries_are_all_named_each_on_a_line() -> None:
    with pytest.raises(DiaryFileError) as refused:
        check_diary({**DIARY, "check_ins": [{**CHECK_IN, "by": "X"}, CHECK_IN, {**CHECK_IN, "by": "Y"}], "Xray": 1})
    assert [path for path, _ in refused.value.faults] == ["check_ins[0].by", "check_ins[2].by", "Xray"]
    assert [line.partition(":")[0] for line in str(refused.value).split("\n")] == [
        "check_ins[0].by",
        "check_ins[2].by",
        "Xray",
    ]


def test_a_long_value_is_cut_in_the_sentence() -> None:
    assert f"“{'x' * 40}” is not known" in fault_of_check_in(by="x" * 40)
    assert f"“{'x' * 37}…” is not known" in fault_of_check_in(by="x" * 41)
    assert fault_of_check_in(by="x" * 50) == f"check_ins[0].by: “{'x' * 37}…” is not known; it must be one of " + (
        "patient, caregiver, clinician"
    )


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Asia/Kathmandu"])
def test_a_time_zone_of_the_iana_list_is_taken(zone: str) -> None:
    assert check_diary({**DIARY, "patient": {"born_on": "1966-01-01", "time_zone": zone}})


@pytest.mark.parametrize("zone", ["Mars", "../etc/passwd", "", 3, None, "Europe", "utc", ["UTC"]])
def test_any_other_is_refused(zone: object) -> None:
    assert faults_of({**DIARY, "patient": {"born_on": "1966-01-01", "time_zone": zone}}) == [
        f"patient.time_zone: “{zone}” is not a time zone of the IANA list, such as Europe/London"
    ]


@pytest.mark.parametrize("day", ["2026-02-30", "14.3.2026", "20260314", "2026-W11-6", 20260314, None])
def test_a_day_is_a_date(day: object) -> None:
    assert faults_of({**DIARY, "care_plan": {"profile": "uk", "infusions": [{"on": day}]}}) == [
        "care_plan.infusions[0].on: must be a date such as 2026-03-14"
    ]


@pytest.mark.parametrize("usual", [36, 35.9, "36.6", NumberText("35.90")])
def test_a_usual_temperature_may_be_a_number_or_text(usual: object) -> None:
    assert check_care_plan({"profile": "standard", "baseline": {"temperature_celsius": usual}})


@pytest.mark.parametrize("usual", [True, None, "warm", [], NumberText("NaN"), float("nan")])
def test_it_must_be_a_decimal(usual: object) -> None:
    with pytest.raises(DiaryFileError) as refused:
        check_care_plan({"profile": "standard", "baseline": {"temperature_celsius": usual}})
    assert str(refused.value) == "baseline.temperature_celsius: must be a decimal number such as 36.6"


@pytest.mark.parametrize("usual", ["29.9", "43.6"])
def test_it_must_be_possible(usual: str) -> None:
    with pytest.raises(DiaryFileError) as refused:
        check_care_plan({"profile": "standard", "baseline": {"temperature_celsius": usual}})
    assert str(refused.value) == (
        f"baseline.temperature_celsius: {usual} is not possible; it must be from 30.0 to 43.5"
    )


@pytest.mark.parametrize("temperature", ["37.4", "38.1", "39"])
def test_the_team_chooses_what_means_call_only_between_37_5_and_38(temperature: str) -> None:
    assert check_care_plan({"profile": "uk", "call_temperature_celsius": "37.5"})
    assert check_care_plan({"profile": "uk", "call_temperature_celsius": "38.0"})
    with pytest.raises(DiaryFileError, match=f"{temperature} is not possible"):
        check_care_plan({"profile": "uk", "call_temperature_celsius": temperature})


def test_a_dose_may_have_a_free_name_and_never_an_empty_one() -> None:
    assert check_dose({**DOSE, "medicine": "lorazepam", "first_dose": True})
    for medicine in (" ", 3):
        with pytest.raises(DiaryFileError, match="must be a medicine's name"):
            check_dose({**DOSE, "medicine": medicine})
    with pytest.raises(DiaryFileError, match="status: “lost” is not known"):
        check_dose({**DOSE, "status": "lost"})


def test_one_check_in_is_checked_alone() -> None:
    assert check_check_in(CHECK_IN) == CHECK_IN
    with pytest.raises(DiaryFileError, match=r"^by: is missing$"):
        check_check_in({"at": CHECK_IN["at"]})


def test_a_list_that_is_none_is_refused() -> None:
    assert faults_of({**DIARY, "check_ins": {}}) == ["check_ins: must be a list"]


@pytest.mark.parametrize("key", ["check_ins", "doses"])
def test_a_diary_holds_something_of_the_day_of_birth_or_later(key: str) -> None:
    entry = CHECK_IN if key == "check_ins" else DOSE
    born = {"time_zone": "UTC", "born_on": "2026-03-14"}
    assert check_diary({**DIARY, "patient": born, key: [entry]})
    assert faults_of({**DIARY, "patient": born | {"born_on": "2026-03-15"}, key: [entry]}) == [
        "patient.born_on: is later than everything in the diary"
    ]
