"""What each atom of the language answers: to a fact that meets it, to one that does not, and to none.

This is the language's manual; docs/rule-language.md tells the same in words.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from diary.domain.timestamp import microseconds
from diary.rules import Timeline, load_table
from diary.rules.answers import NO, UNKNOWN, YES
from diary.rules.conditions import compile_condition
from diary.rules.examples import NOW, example_diary, overdue_seconds
from diary.rules.interval import interval, threshold
from diary.rules.language import ConditionReader
from diary.rules.moment import Moment
from diary.rules.schema import read_files

_FILES = dict(read_files())
_VOCABULARY = {**_FILES["00-vocabulary.toml"], "overdue": _FILES["08-process.toml"]["overdue"]}


def answer(when: Any, **given: Any) -> int:
    """What a condition answers to an example."""
    return answer_in(example_diary(given), when, overdue_seconds(given.get("overdue", {})))


def answer_in(diary: dict[str, Any], when: Any, overdue: dict[str, int] | None = None) -> int:
    """What a condition answers to a diary."""
    reader = ConditionReader(_VOCABULARY, load_table().data["named"])
    node = reader.read(when, "when")
    assert reader.faults == []
    moment = Moment(load_table(), Timeline(diary), microseconds(NOW), overdue=overdue)
    return compile_condition(node, load_table()).answer(moment)


def test_a_reading_meets_its_bounds_or_does_not_or_is_not_there() -> None:
    low = {"reading": "systolic", "below": 90}
    assert answer(low, systolic=89) == YES
    assert answer(low, systolic=90) == NO
    assert answer(low, pulse=80) == UNKNOWN


def test_several_bounds_are_about_one_reading() -> None:
    band = {"reading": "pulse", "at_least": 101, "at_most": 110}
    assert answer(band, pulse=105) == YES
    assert answer(band, pulse=90, before=[{"ago": "1 h", "pulse": 120}]) == NO
    both = {"reading": "systolic", "drop_at_least": 20, "drop_at_least_percent": 20}
    assert answer(both, systolic=104, baseline={"systolic_mmhg": 130}) == YES
    assert answer(both, systolic=105, baseline={"systolic_mmhg": 130}) == NO
    assert answer(both, systolic=70, baseline={"systolic_mmhg": 89}) == NO


def test_every_reading_of_two_hours_is_judged_and_an_older_one_is_not() -> None:
    low = {"reading": "systolic", "below": 90}
    assert answer(low, systolic=120, before=[{"ago": "2 h", "systolic": 88}]) == YES
    assert answer(low, systolic=120, before=[{"ago": "121 min", "systolic": 88}]) == NO
    assert answer(low, before=[{"ago": "121 min", "systolic": 88}]) == UNKNOWN


def test_a_window_is_inclusive_at_both_ends() -> None:
    fever = {"reading": "temperature", "at_least": "38.0 Cel", "within": "24 h"}
    assert answer(fever, before=[{"ago": "24 h", "temperature": "38.0 Cel"}]) == YES
    assert answer(fever, before=[{"ago": "1441 min", "temperature": "38.0 Cel"}]) == UNKNOWN


def test_again_wants_an_earlier_reading_that_met_the_same_bounds() -> None:
    twice = {"reading": "systolic", "below": 90, "again": {"after": "15 min"}}
    assert answer(twice, systolic=88, before=[{"ago": "15 min", "systolic": 89}]) == YES
    assert answer(twice, systolic=88, before=[{"ago": "14 min", "systolic": 89}]) == UNKNOWN
    assert answer(twice, systolic=88, before=[{"ago": "15 min", "systolic": 90}]) == NO
    assert answer(twice, systolic=90, before=[{"ago": "3 h", "systolic": 88}]) == NO
    assert answer(twice, systolic=88) == UNKNOWN


def test_an_earlier_reading_may_be_earlier_by_a_microsecond_and_never_of_the_same_time() -> None:
    diary = example_diary({"systolic": 88, "before": [{"ago": "1 h", "systolic": 89}]})
    for at, expected in (("2026-03-14T07:59:59.999999+00:00", YES), ("2026-03-14T08:00:00+00:00", UNKNOWN)):
        diary["check_ins"][0]["at"] = at
        assert answer_in(diary, {"reading": "systolic", "below": 90, "again": {}}) == expected


def test_again_may_give_the_earlier_reading_bounds_and_a_window_of_its_own() -> None:
    fallen = {"reading": "temperature", "below": "38.0 Cel", "again": {"at_least": "38.0 Cel", "within": "2 h"}}
    assert answer(fallen, temperature="37.0 Cel", before=[{"ago": "2 h", "temperature": "38.0 Cel"}]) == YES
    assert answer(fallen, temperature="37.0 Cel", before=[{"ago": "3 h", "temperature": "38.0 Cel"}]) == UNKNOWN


def test_again_against_the_usual_value_is_unknown_without_one_unless_another_bound_fails() -> None:
    twice = {"reading": "oxygen_saturation", "at_least": 95, "again": {"at_least": 95, "drop_at_least": 3}}
    usual = {"oxygen_saturation_percent": 98}
    assert answer(twice, oxygen_saturation=95, before=[{"ago": "1 h", "oxygen_saturation": 95}], baseline=usual) == YES
    assert answer(twice, oxygen_saturation=95, before=[{"ago": "1 h", "oxygen_saturation": 95}]) == UNKNOWN
    assert answer(twice, oxygen_saturation=95, before=[{"ago": "1 h", "oxygen_saturation": 94}]) == NO
    by_age = {"at_most": {"limit": "child_low_systolic", "plus": 10}, "drop_at_least": 20}
    fallen = {"reading": "systolic", "below": 120, "again": by_age}
    assert answer(fallen, age=5, systolic=85, before=[{"ago": "3 h", "systolic": 90}]) == UNKNOWN
    assert answer(fallen, age=5, systolic=85, before=[{"ago": "3 h", "systolic": 91}]) == NO


def test_a_change_from_the_usual_value_is_unknown_without_one_unless_another_bound_fails() -> None:
    dropped = {"reading": "systolic", "at_most": 100, "drop_at_least": 20}
    assert answer(dropped, systolic=98, baseline={"systolic_mmhg": 118}) == YES
    assert answer(dropped, systolic=98, baseline={"systolic_mmhg": 117}) == NO
    assert answer(dropped, systolic=98) == UNKNOWN
    assert answer(dropped, systolic=100) == UNKNOWN
    assert answer(dropped, systolic=101) == NO
    by_age = {"reading": "systolic", "at_most": {"limit": "child_low_systolic", "plus": 10}, "drop_at_least": 20}
    assert answer(by_age, age=5, systolic=90) == UNKNOWN
    assert answer(by_age, age=5, systolic=91) == NO


def test_a_row_may_name_the_usual_value_to_take_when_none_is_set() -> None:
    lower = {"reading": "neuro_score", "drop_at_least": 1, "usual": 10}
    assert answer(lower, neuro_score=9) == YES
    assert answer(lower, neuro_score=9, baseline={"neuro_score": 9}) == NO
    twice = {**lower, "again": {}}
    assert answer(twice, neuro_score=9, before=[{"ago": "3 h", "neuro_score": 9}]) == YES
    assert answer(twice, neuro_score=9, before=[{"ago": "3 h", "neuro_score": 10}]) == NO


def test_a_drop_measured_from_one_position_answers_for_the_other() -> None:
    steady = {"systolic": 120, "diastolic": 75, "standing_systolic": 119, "standing_diastolic": 75}
    for position in ("sitting", "lying"):
        assert answer("drops_on_standing", position=position, **steady) == NO
    assert answer({"reading": "systolic_drop_from_lying", "at_most": 0}, position="sitting", **steady) == YES
    assert answer({"reading": "systolic_drop_from_sitting", "at_most": 0}, position="lying", **steady) == YES


def test_a_fifth_is_exact() -> None:
    fifth = {"reading": "systolic", "drop_at_least_percent": 20}
    assert answer(fifth, systolic=104, baseline={"systolic_mmhg": 130}) == YES
    assert answer(fifth, systolic=105, baseline={"systolic_mmhg": 130}) == NO
    assert answer(fifth, systolic=104, baseline={"systolic_mmhg": 131}) == YES
    assert answer(fifth, systolic=105, baseline={"systolic_mmhg": 131}) == NO


def test_a_limit_is_by_completed_years_with_its_last_number_to_17_and_none_after() -> None:
    low = {"reading": "systolic", "below": {"limit": "child_low_systolic"}}
    assert answer(low, age=5, systolic=79) == YES
    assert answer(low, age=5, systolic=80) == NO
    assert answer(low, age=17, systolic=89) == YES
    assert answer(low, age=18, systolic=50) == NO


def test_a_limit_may_be_more_or_a_multiple() -> None:
    assert (
        answer({"reading": "systolic", "at_most": {"limit": "child_low_systolic", "plus": 10}}, age=5, systolic=90)
        == YES
    )


def test_half_a_number_lies_between_two_readings() -> None:
    half = {"limit": "child_fast_breathing", "times": "1.5"}
    for word in ("above", "at_least"):
        assert answer({"reading": "respiratory_rate", word: half}, age=1, respiratory_rate=56) == YES
        assert answer({"reading": "respiratory_rate", word: half}, age=1, respiratory_rate=55) == NO
    for word in ("below", "at_most"):
        assert answer({"reading": "respiratory_rate", word: half}, age=1, respiratory_rate=55) == YES
        assert answer({"reading": "respiratory_rate", word: half}, age=1, respiratory_rate=56) == NO


def test_below_and_above_leave_out_the_number_itself_and_at_least_and_at_most_do_not() -> None:
    for word, of_89_90_91 in (
        ("below", (YES, NO, NO)),
        ("at_most", (YES, YES, NO)),
        ("at_least", (NO, YES, YES)),
        ("above", (NO, NO, YES)),
    ):
        found = tuple(answer({"reading": "systolic", word: 90}, systolic=systolic) for systolic in (89, 90, 91))
        assert found == of_89_90_91, word


def test_a_setting_is_what_the_team_chose_else_what_the_number_set_says() -> None:
    warm = {"reading": "temperature", "at_least": {"setting": "call_temperature"}}
    assert answer(warm, temperature="37.5 Cel", profile="uk") == YES
    assert answer(warm, temperature="37.9 Cel") == NO
    assert answer(warm, temperature="37.9 Cel", call_temperature="37.9") == YES


def test_a_pulse_just_after_moving_counts_only_while_its_condition_says_so() -> None:
    fast = {"reading": "pulse", "at_least": 111}
    every = ["irregular_or_pounding_heartbeat", *load_table().data["named"]["serious_symptom"]["ids"]]
    assert answer(fast, pulse=150, at_rest=False) == YES
    assert answer(fast, pulse=118, at_rest=False, signs=["chest_pain"]) == YES
    assert answer(fast, pulse=118, at_rest=False) == UNKNOWN
    assert answer(fast, pulse=100, at_rest=False) == UNKNOWN
    assert answer(fast, pulse=100, at_rest=False, signs=["chest_pain"]) == NO
    assert answer(fast, pulse=118, at_rest=False, absent=every) == UNKNOWN
    assert answer(fast, pulse=90, before=[{"ago": "1 h", "pulse": 118, "at_rest": False}], absent=every) == NO
    assert answer(fast, pulse=90, before=[{"ago": "1 h", "pulse": 118, "at_rest": False}]) == UNKNOWN
    assert answer(fast, pulse=90, before=[{"ago": "1 h", "pulse": 100, "at_rest": False}], signs=["chest_pain"]) == NO
    assert answer(fast, pulse=120, before=[{"ago": "1 h", "pulse": 100, "at_rest": False}]) == YES
    faster = {"reading": "pulse", "at_least": 111, "rise_at_least": 30}
    moved = [{"ago": "1 h", "pulse": 100, "at_rest": False}]
    assert answer(faster, pulse=118, before=moved, signs=["chest_pain"]) == UNKNOWN


def test_a_sign_is_present_or_every_one_was_answered_no_or_unknown() -> None:
    either = {"sign": ["tremor", "seizure"]}
    assert answer(either, signs=["tremor"]) == YES
    assert answer(either, absent=["tremor", "seizure"]) == NO
    assert answer(either, absent=["tremor"]) == UNKNOWN
    assert answer(either, absent=["tremor"], before=[{"ago": "2 h", "absent": ["seizure"]}]) == NO
    assert answer(either, absent=["tremor"], before=[{"ago": "121 min", "signs": ["seizure"]}]) == UNKNOWN
    assert answer(either, absent=["tremor"], before=[{"ago": "2 h", "signs": ["seizure"]}]) == YES


def test_a_sign_may_be_looked_for_in_a_window() -> None:
    chills = {"sign": ["shaking_chills"], "within": "24 h"}
    assert answer(chills, before=[{"ago": "24 h", "signs": ["shaking_chills"]}]) == YES
    assert answer(chills, before=[{"ago": "20 h", "absent": ["shaking_chills"]}]) == NO
    assert answer(chills) == UNKNOWN


def test_any_sign_leaves_out_those_named() -> None:
    anything = {"sign": "any", "except": ["tired"]}
    assert answer(anything, signs=["mild_nausea"]) == YES
    assert answer(anything, signs=["tired"]) == UNKNOWN


def test_a_dose_was_taken_in_the_window_or_each_kind_is_known_not_to_be() -> None:
    masked = {"dose": ["antipyretic", "nsaid"], "status": ["taken"], "within": "8 h"}
    assert answer(masked, doses=[{"ago": "8 h", "medicine": "nsaid"}]) == YES
    assert answer(masked, doses=[{"ago": "481 min", "medicine": "nsaid"}]) == UNKNOWN
    assert answer(masked, doses_absent=["antipyretic", "nsaid"]) == NO
    assert answer(masked, before=[{"ago": "121 min", "doses_absent": ["antipyretic", "nsaid"]}]) == UNKNOWN
    assert answer(masked) == UNKNOWN


def test_not_taken_says_nothing_of_a_longer_window_or_of_being_stopped() -> None:
    assert answer({"dose": ["steroid"], "status": ["taken"], "within": "72 h"}, doses_absent=["steroid"]) == NO
    assert answer({"dose": ["steroid"], "status": ["taken"], "within": "14 d"}, doses_absent=["steroid"]) == UNKNOWN
    assert answer({"dose": ["steroid"], "status": ["stopped"], "within": "72 h"}, doses_absent=["steroid"]) == UNKNOWN


def test_a_dose_that_was_missed_does_not_say_that_no_other_was_taken() -> None:
    for status in ("missed", "stopped"):
        logged = {"doses": [{"ago": "1 h", "medicine": "nsaid", "status": status}]}
        assert answer({"dose": ["nsaid"], "status": ["taken"], "within": "8 h"}, **logged) == UNKNOWN
        assert answer({"dose": ["nsaid"], "status": ["taken"], "within": "8 h"}, **logged, doses_absent=["nsaid"]) == NO
    taken = {"doses": [{"ago": "1 h", "medicine": "nsaid"}]}
    assert answer({"dose": ["nsaid"], "status": ["missed"], "within": "8 h"}, **taken) == NO


def test_a_dose_may_be_asked_for_its_reason_agreement_and_being_the_first() -> None:
    def dose(**more: Any) -> dict[str, Any]:
        return {"dose": "any", "status": ["taken"], "within": "2 h", **more}

    def taken(**more: Any) -> dict[str, Any]:
        return {"doses": [{"ago": "1 h", "medicine": "tea", **more}]}

    assert answer(dose(reason="felt_hot"), **taken(reason="felt_hot")) == YES
    assert answer(dose(reason="felt_hot"), **taken()) == NO
    assert answer(dose(agreed_with_team=False), **taken(agreed_with_team=False)) == YES
    assert answer(dose(agreed_with_team=False), **taken(agreed_with_team=True)) == NO
    assert answer(dose(agreed_with_team=False), **taken()) == UNKNOWN
    assert answer(dose(unless_agreed=True), **taken()) == YES
    assert answer(dose(unless_agreed=True), **taken(agreed_with_team=True)) == NO
    assert answer(dose(first_dose=True), **taken(first_dose=True)) == YES
    assert answer(dose(first_dose=True), **taken(first_dose=False)) == NO
    assert answer(dose(first_dose=True), **taken()) == UNKNOWN
    both = dose(first_dose=True, agreed_with_team=False)
    assert answer(both, **taken(agreed_with_team=True)) == NO
    assert answer(both, **taken(agreed_with_team=False)) == UNKNOWN
    doses = [{"ago": "1 h", "medicine": "tea"}, {"ago": "1 h", "medicine": "tea", "first_dose": True}]
    assert answer(dose(first_dose=True), doses=doses) == YES


def test_a_reading_before_a_dose_can_silence_it() -> None:
    unmeasured = {
        "dose": ["antipyretic"],
        "status": ["taken"],
        "within": "2 h",
        "without_reading_before": {"reading": "temperature", "below": "37.5 Cel", "within": "2 h"},
    }
    doses = [{"ago": "1 h", "medicine": "antipyretic"}]
    assert answer(unmeasured, doses=doses) == YES
    assert answer(unmeasured, doses=doses, before=[{"ago": "3 h", "temperature": "36.6 Cel"}]) == NO
    assert answer(unmeasured, doses=doses, before=[{"ago": "3 h", "temperature": "37.5 Cel"}]) == YES
    assert answer(unmeasured, doses=doses, temperature="36.6 Cel") == YES


def test_what_is_known_of_the_patient() -> None:
    assert answer({"patient": "age", "at_least": 18}, age=18) == YES
    assert answer({"patient": "age", "at_least": 18}, age=17) == NO
    assert answer({"patient": "age", "at_most": 17}, age=17) == YES
    assert answer({"patient": "age", "at_most": 17}, age=18) == NO
    assert answer({"patient": "profile", "is": "uk"}, profile="uk") == YES
    assert answer({"patient": "profile", "is": "uk"}) == NO
    assert answer({"patient": "treatment_day", "at_most": 1}, day=1) == YES
    assert answer({"patient": "treatment_day", "at_most": 1}, day=2) == NO
    assert answer({"patient": "treatment_day", "at_most": 1}, day=-1) == NO
    assert answer({"patient": "treatment_day", "at_least": 2}, day=2) == YES
    assert answer({"patient": "treatment_day", "at_least": 2}, day=1) == NO
    assert answer({"patient": "treatment_day", "at_most": 30, "default": 0}, day=-1) == YES


def test_a_usual_value_is_missing_or_there_or_within_bounds() -> None:
    usual = {"systolic_mmhg": 100}
    assert answer({"baseline": "systolic", "missing": True}) == YES
    assert answer({"baseline": "systolic", "missing": True}, baseline=usual) == NO
    assert answer({"baseline": "systolic", "missing": False}, baseline=usual) == YES
    assert answer({"baseline": "systolic", "at_most": 100}, baseline=usual) == YES
    assert answer({"baseline": "systolic", "at_least": 100}, baseline=usual) == YES
    assert answer({"baseline": "systolic", "above": 100}, baseline=usual) == NO
    assert answer({"baseline": "systolic", "above": 100}) == UNKNOWN


def test_only_a_schedule_says_what_is_overdue() -> None:
    late = {"overdue": "recheck", "above": "1 h"}
    assert answer(late, overdue={"recheck": "61 min"}) == YES
    assert answer(late, overdue={"recheck": "60 min"}) == NO
    assert answer(late) == UNKNOWN
    an_hour = {"overdue": "recheck", "at_least": "1 h", "at_most": "1 h"}
    for minutes, expected in ((59, NO), (60, YES), (61, NO)):
        assert answer(an_hour, overdue={"recheck": f"{minutes} min"}) == expected


def test_all_is_its_smallest_part_and_any_its_largest() -> None:
    yes, no, unknown = {"sign": ["tremor"]}, {"sign": ["seizure"]}, {"sign": ["confused"]}
    known = {"signs": ["tremor"], "absent": ["seizure"]}
    assert answer({"all": [yes, yes]}, **known) == YES
    assert answer({"all": [yes, unknown]}, **known) == UNKNOWN
    assert answer({"all": [unknown, no]}, **known) == NO
    assert answer({"any": [no, no]}, **known) == NO
    assert answer({"any": [no, unknown]}, **known) == UNKNOWN
    assert answer({"any": [unknown, yes]}, **known) == YES


def test_without_an_infusion_the_treatment_day_is_unknown() -> None:
    diary = example_diary({})
    diary["care_plan"]["infusions"] = []
    moment = Moment(load_table(), Timeline(diary), microseconds(NOW))
    node = {"op": "treatment_day", "bounds": [["at_most", 1]]}
    assert compile_condition(node, load_table()).answer(moment) == UNKNOWN


def test_the_age_is_an_adults_when_nobody_knows_it() -> None:
    diary = example_diary({})
    diary["patient"]["born_on"] = None
    assert Moment(load_table(), Timeline(diary), microseconds(NOW)).age == 18


def test_bounds_that_need_more_than_they_are_given_are_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"^drop_at_least needs a usual value$"):
        interval([("drop_at_least", 3)])
    with pytest.raises(ValueError, match=r"^a limit or a setting needs a moment$"):
        threshold({"limit": "child_low_systolic"}, None)


def test_a_moment_at_which_nothing_was_logged_still_has_a_time() -> None:
    assert Timeline(example_diary({})).time_of(0) == datetime(1970, 1, 1, tzinfo=UTC)
