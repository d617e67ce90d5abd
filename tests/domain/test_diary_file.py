"""From the diary file to the record and back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from diary.domain.diary_file import (
    DiaryFileError,
    care_plan_from_json,
    care_plan_to_json,
    check_in_from_json,
    check_in_to_json,
    dose_from_json,
    dose_to_json,
    dump,
    parse,
)
from diary.domain.sign import SIGNS
from diary.domain.treatment import Patient
from diary.domain.vocabulary import SIGN_IDS
from diary.rules import assess, load_table
from tests.rules.diaries import diaries

VIGNETTES = json.loads((Path(__file__).parents[1] / "rules" / "vignettes.json").read_text(encoding="utf-8"))

FULL: dict[str, Any] = {
    "format": "symptom-diary/1",
    "id": "alice",
    "x_from": "another program",
    "patient": {"born_on": "1966-01-01", "time_zone": "Europe/London", "x_eyes": "blue"},
    "care_plan": {
        "profile": "uk",
        "infusions": [{"on": "2026-03-09", "product": "axi-cel"}, {"on": "2026-03-14", "x_lot": "7"}],
        "baseline": {"systolic_mmhg": 124, "temperature_celsius": "36.40", "neuro_score": 10, "x_by": "nurse"},
        "call_temperature_celsius": "37.8",
    },
    "doses": [
        {"at": "2026-03-14T07:00:00+01:00", "medicine": "anakinra", "status": "taken", "x_ward": "3"},
        {
            "at": "2026-03-14T07:00:00+00:00",
            "medicine": "antipyretic",
            "status": "taken",
            "reason": "felt_hot",
            "agreed_with_team": False,
            "first_dose": True,
            "name": "paracetamol",
        },
    ],
    "check_ins": [
        {
            "id": "one",
            "at": "2026-03-14T08:00:00-05:00",
            "by": "caregiver",
            "temperature": {"value": "38.40", "unit": "Cel", "site": "ear", "x_device": "Braun"},
            "blood_pressure": {"systolic": 118, "diastolic": 72, "position": "sitting"},
            "standing_blood_pressure": {"systolic": 104},
            "pulse": {"value": 90, "at_rest": False},
            "oxygen_saturation": {"value": None, "no_number": True},
            "respiratory_rate": {"value": 16},
            "neuro_check": {"items": {"year": 1, "sentence": None}},
            "capd": {"score": 0},
            "signs": ["tired"],
            "signs_absent": ["seizure"],
            "doses_absent": ["steroid"],
            "written_at": "2026-03-14T13:01:00+00:00",
            "author": "bob",
            "note": "38 on the other device 🤒",
            "replaces": "zero",
            "withdrawn": True,
            "x_mood": {"x": [1]},
        }
    ],
}


def test_everything_in_a_file_comes_back_out_of_the_record() -> None:
    assert dump(parse(FULL)) == FULL


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
def test_a_record_that_is_written_and_read_is_the_same(vignette: dict[str, Any]) -> None:
    record = parse(vignette["diary"])
    assert parse(dump(record)) == record


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(diaries)
def test_a_record_is_judged_as_its_file_is(diary: dict[str, Any]) -> None:
    from diary.rules import assess_file

    assert assess(load_table(), parse(diary)) == assess_file(load_table(), diary)


def test_values_are_exact_and_typed() -> None:
    record = parse(FULL)
    check_in = record.check_ins[0]
    assert record.patient == Patient(date(1966, 1, 1), "Europe/London")
    assert record.care_plan.baseline.temperature_celsius == Decimal("36.40")
    assert check_in.at == datetime(2026, 3, 14, 13, tzinfo=UTC)
    assert check_in.temperature is not None
    assert str(check_in.temperature.value) == "38.40"
    assert check_in.oxygen_saturation is not None
    assert check_in.oxygen_saturation.no_number
    assert check_in.standing_blood_pressure is not None
    assert check_in.standing_blood_pressure.diastolic is None
    assert record.doses[0].kind == "anti_cytokine"


def test_a_diary_of_a_patient_alone_is_a_record() -> None:
    record = parse(
        {
            "format": "symptom-diary/1",
            "patient": {"born_on": "1966-01-01", "time_zone": "UTC"},
            "care_plan": {"profile": "standard"},
        }
    )
    assert (record.id, record.check_ins, record.doses, record.extra) == (None, (), (), {})
    assert record.care_plan.infusions == ()
    assert record.care_plan.baseline.systolic_mmhg is None
    assert record.care_plan.call_temperature_celsius is None


def test_other_programs_keys_are_kept_with_what_they_stood_in_and_nowhere_else() -> None:
    record = parse(FULL)
    assert record.extra == {
        "x_from": "another program",
        "patient": {"x_eyes": "blue"},
        "care_plan": {"infusions": {"1": {"x_lot": "7"}}, "baseline": {"x_by": "nurse"}},
    }
    assert record.check_ins[0].extra == {"temperature": {"x_device": "Braun"}, "x_mood": {"x": [1]}}
    nothing = {**FULL["check_ins"][0], "x_mood": 0, "x_list": [], "neuro_check": {"items": {"year": 1, "x_why": ""}}}
    check_in = check_in_from_json(nothing)
    assert check_in_to_json(check_in) == nothing
    assert check_in.neuro_check is not None
    assert check_in.neuro_check.items == {"year": 1}


def test_what_stands_is_not_withdrawn_and_a_standing_pressure_has_no_other_position() -> None:
    standing = {"systolic": 104, "diastolic": 66, "position": "standing"}
    check_in = check_in_from_json({"at": "2026-03-14T08:00:00Z", "by": "patient", "standing_blood_pressure": standing})
    assert check_in.withdrawn is False
    assert check_in.standing_blood_pressure is not None
    assert check_in.standing_blood_pressure.position is None


def test_a_pulse_without_a_word_about_rest_is_one_at_rest() -> None:
    check_in = check_in_from_json({"at": "2026-03-14T08:00:00Z", "by": "patient", "pulse": {"value": 80}})
    assert check_in.pulse is not None
    assert check_in.pulse.at_rest


def test_what_cannot_stand_beside_the_rest_comes_back_out_too() -> None:
    oxygen, neuro_check = {"value": 97}, {"not_done": "too_sleepy_or_confused"}
    check_in = {**FULL["check_ins"][0], "oxygen_saturation": oxygen, "neuro_check": neuro_check}
    assert check_in_to_json(check_in_from_json(check_in)) == check_in
    check_in["neuro_check"] = {"score": 9}
    assert check_in_to_json(check_in_from_json(check_in)) == check_in


def test_a_check_in_a_dose_and_a_care_plan_stand_alone() -> None:
    check_in, dose, plan = FULL["check_ins"][0], FULL["doses"][1], {"profile": "uk", "infusions": [], "baseline": {}}
    assert check_in_to_json(check_in_from_json(check_in)) == check_in
    assert dose_to_json(dose_from_json(dose)) == dose
    assert care_plan_to_json(care_plan_from_json(plan)) == plan


def test_a_faulty_one_is_refused() -> None:
    with pytest.raises(DiaryFileError):
        parse({})
    with pytest.raises(DiaryFileError):
        check_in_from_json({})
    with pytest.raises(DiaryFileError):
        dose_from_json({})
    with pytest.raises(DiaryFileError):
        care_plan_from_json({})


def test_every_sign_of_the_file_has_words_and_every_worded_sign_may_stand_in_a_file() -> None:
    assert set(SIGNS) == SIGN_IDS


def test_a_key_of_another_program_goes_with_the_place_it_stood_in() -> None:
    check_in = check_in_from_json(FULL["check_ins"][0])
    corrected = check_in_to_json(replace(check_in, temperature=None))
    assert "temperature" not in corrected
    assert corrected["x_mood"] == {"x": [1]}
