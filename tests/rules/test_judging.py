"""The questions that other rooms ask the rules."""

from datetime import timedelta
from typing import Any

import pytest

from diary.domain.diary_file import parse
from diary.domain.diary_format import check_diary
from diary.domain.record import PatientRecord
from diary.domain.treatment import CarePlan, Patient
from diary.domain.urgency import Urgency
from diary.rules import (
    assess,
    assess_file,
    judge,
    judge_overdue,
    judge_since,
    load_table,
    measured,
    moments,
    timeline_of,
)
from diary.rules.comparing import compare
from diary.rules.examples import NOW, example_diary
from diary.rules.limits import uses_own_numbers
from diary.rules.lookback import entry_lookback
from diary.rules.masking import masking, masking_windows
from diary.rules.table import RuleTable
from diary.rules.values import Assessment, Finding

TABLE = load_table()


def record(**given: Any) -> PatientRecord:
    return parse(example_diary(given))


def test_moments_are_the_times_of_check_ins_and_doses_in_order() -> None:
    given = record(doses=[{"ago": "30 min", "medicine": "nsaid"}], before=[{"ago": "1 h", "pulse": 80}])
    assert moments(given) == (NOW - timedelta(hours=1), NOW - timedelta(minutes=30), NOW)


def test_one_moment_is_judged_with_everything_before_it() -> None:
    judgement = judge(TABLE, record(systolic=88, before=[{"ago": "5 h", "temperature": "38.5 Cel"}]), NOW)
    assert [finding.rule for finding in judgement.findings] == ["B2", "B1"]
    assert judgement.at == NOW
    assert "N1" in judgement.unknown


def test_it_says_which_groups_were_not_logged_in_the_order_of_the_page() -> None:
    nothing = judge(TABLE, record(), NOW)
    assert nothing.missing == (
        "brain_and_nerves",
        "neuro_check",
        "temperature",
        "blood_pressure",
        "standing_blood_pressure",
        "oxygen",
        "pulse",
        "breathing",
        "medicines",
        "other_signs",
    )
    some = judge(
        TABLE, record(temperature="36.6 Cel", oxygen_saturation=97, baseline={"oxygen_saturation_percent": 97}), NOW
    )
    assert "oxygen" not in some.missing
    assert "brain_and_nerves" in some.missing
    assert nothing.partly == some.partly == ()


def test_it_says_of_which_groups_only_a_part_was_logged() -> None:
    some = judge(TABLE, record(pulse=72, signs=["tremor"], doses_absent=["antipyretic", "nsaid"]), NOW)
    assert some.partly == ("brain_and_nerves", "medicines")
    assert "pulse" not in some.missing, "nobody measures a pulse both at rest and just after moving"
    assert "neuro_check" in some.missing


def test_counted_breaths_do_not_stand_for_the_signs_of_breathing_nor_a_sign_for_the_breaths() -> None:
    for given in ({"respiratory_rate": 16}, {"absent": ["blue_lips"]}):
        some = judge(TABLE, record(**given), NOW)
        assert "breathing" in some.partly, given
        assert "breathing" not in some.missing, given


def test_who_did_the_neuro_check_is_not_told_to_do_it_for_want_of_another_score() -> None:
    # Only N17 lacks something then, and what it lacks is a child's score.
    absent = ["severe_headache", "sudden_worst_headache", "stiff_neck", "child_not_themselves", "not_themselves"]
    full = judge(TABLE, record(temperature="36.6 Cel", neuro_score=10, absent=absent), NOW)
    assert "N17" in full.unknown
    assert "N10" not in full.unknown
    assert "neuro_check" not in (*full.missing, *full.partly)


def test_a1_counts_what_was_raised_in_the_day_before() -> None:
    given = record(signs=["mild_rash"], before=[{"ago": "20 h", "respiratory_rate": 22}])
    assert [finding.rule for finding in judge(TABLE, given, NOW).findings] == ["A1", "S6"]


def test_whoever_kept_the_flags_need_not_have_them_judged_again() -> None:
    found = judge_since(TABLE, record(signs=["mild_rash"]), NOW, [(NOW - timedelta(hours=20), "R3")])
    assert [finding.rule for finding in found] == ["A1", "S6"]
    assert judge_since(TABLE, record(signs=["mild_rash"]), NOW + timedelta(seconds=1), []) == ()


def test_the_same_fact_is_one_reason_however_many_ways_it_counts() -> None:
    found = judge(TABLE, record(temperature="38.6 Cel", pulse=131, signs=["confused"]), NOW).findings
    x3 = next(finding for finding in found if finding.rule == "X3")
    assert sorted(reason.kind for reason in x3.reasons) == ["confused", "pulse", "temperature"]


def test_a_level_without_a_recheck_names_nothing_to_check_again() -> None:
    found = judge(TABLE, record(systolic=220), NOW).findings
    b10 = next(finding for finding in found if finding.rule == "B10")
    assert (b10.urgency, b10.recheck, b10.recheck_kinds) == (Urgency.CALL, None, ())


def test_a_rule_that_an_older_fact_answers_is_not_unknown() -> None:
    given = record(pulse=80, before=[{"ago": "1 h", "systolic": 165, "signs": ["severe_headache"]}])
    judgement = judge(TABLE, given, NOW)
    assert "B10" not in judgement.unknown
    assert "B10" not in {finding.rule for finding in judgement.findings}
    milder = judge(TABLE, record(pulse=80, before=[{"ago": "1 h", "systolic": 165}]), NOW)
    assert "B10" in milder.unknown


def test_what_was_answered_no_a_little_earlier_is_still_answered() -> None:
    given = record(absent=["chest_pain"], before=[{"ago": "1 h", "absent": ["seizure"]}])
    assert not {"N1", "S2"} & set(judge(TABLE, given, NOW).unknown)


def test_late_and_missing_checks_are_never_counted_with_signs() -> None:
    kept = [(NOW - timedelta(hours=2), "C2"), (NOW - timedelta(hours=1), "C6")]
    assert [finding.rule for finding in judge_since(TABLE, record(signs=["mild_rash"]), NOW, kept)] == ["S6"]


def test_a_finding_says_what_to_do_when_to_check_again_and_what_it_keeps_open() -> None:
    found = {finding.rule: finding for finding in judge(TABLE, record(temperature="37.6 Cel"), NOW).findings}
    assert found["T3"].recheck == timedelta(hours=1)
    assert found["T3"].recheck_kinds == ("temperature",)
    assert not found["T3"].recheck_can_wait
    assert found["T3"].do == ("Measure again at the time shown. If it gets worse or you feel ill, ring now.",)
    assert (found["T3"].area, found["T3"].about) == ("temperature", ("crs", "infection"))
    assert found["T3"].source == TABLE.rule("T3").source
    waits = judge(TABLE, record(temperature="37.2 Cel", baseline={"temperature_celsius": "36.0"}), NOW).findings
    assert [(finding.rule, finding.recheck_can_wait) for finding in waits] == [("T8", True)]
    later = judge(TABLE, record(temperature="37.0 Cel", before=[{"ago": "3 h", "temperature": "38.1 Cel"}]), NOW)
    t9 = later.findings[0]
    assert (t9.rule, t9.keeps_open, t9.recheck, t9.recheck_kinds) == ("T9", "T1", None, ())


def test_a_caregiver_may_be_told_another_sentence() -> None:
    c2 = judge_overdue(TABLE, record(), NOW, {"missed_check_ins": 2})[0]
    assert c2.says_caregiver.startswith("Go and see them now.")
    assert c2.says_caregiver != c2.says
    b1 = judge(TABLE, record(systolic=90), NOW).findings[0]
    assert b1.says_caregiver == b1.says


def test_a_schedule_finds_only_what_is_late() -> None:
    assert judge_overdue(TABLE, record(temperature="38.5 Cel"), NOW, {"reply": timedelta(minutes=59)}) == ()
    rules = [
        finding.rule for finding in judge_overdue(TABLE, record(), NOW, {"reply": timedelta(hours=1), "group": 172_800})
    ]
    assert rules == ["C3", "C6"]


def test_what_was_measured_at_a_moment_is_named_by_the_keys_of_a_check_in() -> None:
    given = record(systolic=120, pulse=80, at_rest=False, signs=["tired"], before=[{"ago": "1 h", "neuro_score": 10}])
    assert measured(given, NOW) == {"blood_pressure", "pulse"}
    assert measured(given, NOW - timedelta(hours=1)) == {"neuro_check"}
    assert measured(given, NOW + timedelta(hours=1)) == frozenset()


def test_a_timeline_is_made_once_for_many_questions() -> None:
    timeline = timeline_of(record(pulse=80))
    assert timeline_of(timeline) is timeline


def test_somebody_who_is_not_known_yet_is_judged_as_an_adult() -> None:
    stranger = PatientRecord(patient=Patient(None, "UTC"), care_plan=CarePlan(profile="standard"))
    assert assess(TABLE, stranger).urgency == Urgency.NONE
    assert moments(stranger) == ()


LEAST = {
    "format": "symptom-diary/1",
    "patient": {"born_on": "1966-01-01", "time_zone": "UTC"},
    "care_plan": {"profile": "standard"},
}
"""A file that holds only what the contract requires."""


def test_a_file_of_nothing_but_what_is_required_is_judged() -> None:
    assert assess_file(TABLE, check_diary(LEAST)).urgency == Urgency.NONE
    check_in = {"at": "2026-03-14T08:00:00+00:00", "by": "patient", "pulse": {"value": 135}}
    found = assess_file(TABLE, check_diary(LEAST | {"check_ins": [check_in]})).findings
    assert [finding.rule for finding in found] == ["H1"]
    assert found[0].reasons[0].kind == "pulse", "a pulse of which nobody said otherwise was taken at rest"


def test_the_keys_of_other_programs_are_passed_over() -> None:
    def scored(baseline: dict[str, int], items: dict[str, int]) -> Assessment:
        check_in = {"at": "2026-03-14T08:00:00+00:00", "by": "patient", "neuro_check": {"items": items}}
        plan = {"profile": "standard", "baseline": baseline}
        return assess_file(TABLE, check_diary(LEAST | {"care_plan": plan, "check_ins": [check_in]}))

    found = scored({"neuro_score": 2, "x_weight_kg": 70}, {"year": 1, "x_seconds": 1})
    assert found == scored({"neuro_score": 2}, {"year": 1})
    assert [finding.rule for finding in found.findings] == ["N6"]


def test_a_diary_of_doses_alone_is_judged_at_the_last_of_them() -> None:
    given = record(doses=[{"ago": "1 h", "medicine": "nsaid"}])
    found = assess(TABLE, PatientRecord(patient=given.patient, care_plan=given.care_plan, doses=given.doses))
    assert [finding.rule for finding in found.findings] == ["M7"]
    assert "M7" not in found.unknown
    assert "T1" in found.unknown


def test_check_ins_matter_for_two_days_and_doses_for_two_weeks() -> None:
    assert entry_lookback(TABLE) < timedelta(days=3) < timedelta(days=14) < TABLE.lookback


def test_a_dose_hides_a_fever_for_as_long_as_its_kind_does_and_one_that_was_missed_hides_none() -> None:
    hours = {"antipyretic": 8, "nsaid": 8, "tocilizumab": 14 * 24, "anti_cytokine": 14 * 24, "steroid": 72}
    assert masking_windows(TABLE) == {
        (kind, status): timedelta(hours=hours[kind]) for kind in hours for status in ("taken", "stopped")
    }


def test_what_may_hide_a_fever_now_is_named_once_a_kind_the_longest_first() -> None:
    def hidden(*doses: dict[str, Any]) -> list[tuple[str, timedelta, timedelta]]:
        """The kind of each, how long before now it was taken, and how much longer it works."""
        found = masking(TABLE, record(doses=doses).doses, NOW)
        return [(dose.kind, NOW - dose.at, end - NOW) for dose, end in found]

    def hours(kind: str, ago: int, left: int) -> tuple[str, timedelta, timedelta]:
        return kind, timedelta(hours=ago), timedelta(hours=left)

    nsaid, steroid = {"medicine": "nsaid"}, {"medicine": "steroid"}
    assert hidden() == []
    assert hidden({"ago": "8 h", **nsaid}) == [hours("nsaid", 8, 0)]
    assert hidden({"ago": "481 min", **nsaid}) == []
    assert hidden({"ago": "0 h", **nsaid}, {"ago": "-1 min", **steroid}) == [hours("nsaid", 0, 8)]
    assert hidden({"ago": "1 h", **nsaid}, {"ago": "3 h", **nsaid}) == [hours("nsaid", 1, 7)]
    assert hidden({"ago": "1 h", **nsaid}, {"ago": "9 h", **steroid}) == [
        hours("steroid", 9, 63),
        hours("nsaid", 1, 7),
    ]
    assert hidden({"ago": "1 h", "medicine": "anti_seizure"}, {"ago": "1 h", **nsaid, "status": "missed"}) == []


@pytest.mark.parametrize(
    ("when", "hours"),
    [
        ({"op": "reading", "kind": "pulse", "bounds": []}, 2),
        ({"op": "reading", "kind": "pulse", "bounds": [], "within": 30 * 3600}, 30),
        ({"op": "reading", "kind": "pulse", "bounds": [], "again": {}}, 2 + 24),
        ({"op": "reading", "kind": "pulse", "bounds": [], "within": 3 * 3600, "again": {"within": 48 * 3600}}, 3 + 48),
        ({"op": "sign", "ids": ["tremor"], "within": 72 * 3600}, 72),
        ({"op": "dose", "kinds": ["any"], "statuses": ["taken"], "within": 30 * 3600}, 2),
        (
            {
                "op": "dose",
                "kinds": ["any"],
                "statuses": ["taken"],
                "within": 5 * 3600,
                "without": {"op": "reading", "kind": "temperature", "bounds": [], "within": 4 * 3600},
            },
            5 + 4,
        ),
        ({"op": "any", "of": [{"op": "sign", "ids": ["tremor"], "within": 9 * 3600}, {"op": "named", "name": "x"}]}, 9),
    ],
)
def test_check_ins_matter_for_as_long_as_any_condition_looks_back(when: dict[str, Any], hours: int) -> None:
    for changed in (
        {"rules": [{**TABLE.data["rules"][0], "levels": [{**TABLE.data["rules"][0]["levels"][0], "when": when}]}]},
        {"rules": [], "named": {"x": when}},
    ):
        table = RuleTable({**TABLE.data, "named": {}, "of_patient": [], **changed})
        assert entry_lookback(table) == timedelta(hours=hours)


def finding_of(rule: str, given: PatientRecord) -> Finding:
    return next(finding for finding in judge(TABLE, given, NOW).findings if finding.rule == rule)


def test_a_finding_that_rests_on_the_teams_own_numbers_is_known() -> None:
    own = {"systolic_mmhg": 94}
    for rule, given, expected in (
        ("B8", record(systolic=88, baseline=own), True),
        ("B5", record(systolic=98, baseline={"systolic_mmhg": 130}), True),
        ("B1", record(systolic=88), False),
        ("B1", record(systolic=88, baseline={"systolic_mmhg": 130}), False),
        ("N6", record(neuro_score=9), False),
        ("N6", record(neuro_score=8, baseline={"neuro_score": 9}), True),
        ("T3", record(temperature="37.8 Cel", call_temperature="37.8"), True),
        ("T3", record(temperature="37.8 Cel", profile="uk"), False),
        (
            "X4",
            record(temperature="38.0 Cel", oxygen_saturation=92, pulse=111, baseline={"oxygen_saturation_percent": 91}),
            True,
        ),
        ("T1", record(temperature="38.8 Cel", call_temperature="37.8"), False),
    ):
        assert uses_own_numbers(TABLE, finding_of(rule, given), given.care_plan) is expected, rule


def test_two_versions_are_compared_by_rule_and_moment() -> None:
    later = NOW + timedelta(hours=1)
    old = [("T1", Urgency.CALL, NOW), ("T3", Urgency.WATCH, later), ("B1", Urgency.CALL, NOW)]
    new = [("T1", Urgency.CALL, NOW), ("T3", Urgency.CALL, later), ("S6", Urgency.TODAY, NOW)]
    assert [(each.rule, each.at, each.was, each.is_now) for each in compare(old, new)] == [
        ("B1", NOW, Urgency.CALL, None),
        ("S6", NOW, None, Urgency.TODAY),
        ("T3", later, Urgency.WATCH, Urgency.CALL),
    ]
    earlier = NOW - timedelta(hours=1)
    swapped = compare([], [("T1", Urgency.CALL, NOW), ("Z1", Urgency.CALL, earlier)])
    assert [each.rule for each in swapped] == ["Z1", "T1"]
