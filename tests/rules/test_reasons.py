"""Every fact behind a finding is among its reasons, with its own words and time; and no other fact is."""

from datetime import timedelta
from typing import Any

from diary.domain.diary_file import parse
from diary.domain.timestamp import microseconds
from diary.rules import Reason, Timeline, assess, judge, judge_overdue, judge_since, load_table
from diary.rules.conditions import compile_condition
from diary.rules.evaluator import findings_at, raised_before
from diary.rules.examples import NOW, example_diary
from diary.rules.moment import Moment
from diary.rules.values import Comparison, reason

TABLE = load_table()


def reasons_for(rule: str, **given: Any) -> tuple[Reason, ...]:
    moment = Moment(TABLE, Timeline(example_diary(given)), microseconds(NOW))
    return next(finding for finding in findings_at(moment) if finding.rule == rule).reasons


def compared(is_: str, threshold: str, unit: str, **more: Any) -> Comparison:
    return Comparison(
        is_=is_, threshold=threshold, unit=unit, **{"usual": None, "difference": None, "age": None, **more}
    )


def ago(hours: float) -> Any:
    return NOW - timedelta(hours=hours)


def test_a_reason_is_kept_with_only_what_it_has_and_read_back_whole() -> None:
    usual = compared("drop_at_least", "20", "mmHg", usual="118", difference="20")
    by_age = compared("below", "80", "mmHg", age=5)
    for kept, data in (
        (reason("overdue", "missed", None), {"fact": "overdue", "kind": "missed"}),
        (
            reason("dose", "nsaid", NOW, status="taken"),
            {"fact": "dose", "kind": "nsaid", "at": "2026-03-14T08:00:00+00:00", "status": "taken"},
        ),
        (
            reason("reading", "systolic", NOW, value="79", unit="mmHg", comparisons=(by_age, usual), is_earlier=True),
            {
                "fact": "reading",
                "kind": "systolic",
                "at": "2026-03-14T08:00:00+00:00",
                "value": "79",
                "unit": "mmHg",
                "comparisons": [
                    {"is": "below", "threshold": "80", "unit": "mmHg", "age": 5},
                    {"is": "drop_at_least", "threshold": "20", "unit": "mmHg", "usual": "118", "difference": "20"},
                ],
                "is_earlier": True,
            },
        ),
    ):
        assert kept.to_json() == data
        assert Reason.from_json(data) == kept
    assert reason("sign", "tremor", NOW).is_earlier is False


def test_two_reasons_are_one_when_everything_about_them_is_the_same() -> None:
    tremor = reason("sign", "tremor", NOW)
    assert tremor == reason("sign", "tremor", NOW)
    assert len({tremor, reason("sign", "tremor", NOW), reason("sign", "tremor", ago(1))}) == 2
    assert hash(tremor) != hash(reason("sign", "tremor", ago(1)))
    assert tremor != tremor.to_json()
    shown = "Comparison(age=None, difference=None, is_='above', threshold='20', unit='/min', usual=None)"
    assert repr(compared("above", "20", "/min")) == shown


def test_a_sign_is_a_reason_with_its_time_each_of_several_by_itself() -> None:
    given = {"signs": ["tremor", "tired", "twitching_or_jerks"], "before": [{"ago": "1 h", "signs": ["tremor"]}]}
    assert reasons_for("N8", **given) == (
        reason("sign", "tremor", ago(1)),
        reason("sign", "tremor", NOW),
        reason("sign", "twitching_or_jerks", NOW),
    )


def test_a_sign_of_a_longer_window_is_a_reason_too() -> None:
    given = {"signs": ["breathless_at_rest"], "before": [{"ago": "20 h", "signs": ["shaking_chills"]}]}
    assert reasons_for("X1", **given) == (
        reason("sign", "shaking_chills", ago(20)),
        reason("sign", "breathless_at_rest", NOW),
    )


def test_doses_of_every_kind_are_reasons_as_they_were_logged() -> None:
    doses = [{"ago": "2 h", "medicine": "antipyretic"}, {"ago": "1 h", "medicine": "nsaid", "status": "stopped"}]
    assert reasons_for("T5", temperature="37.6 Cel", doses=doses)[1:] == (
        reason("dose", "antipyretic", ago(2), status="taken"),
        reason("dose", "nsaid", ago(1), status="stopped"),
    )
    assert reasons_for("T5", temperature="37.6 Cel", doses=[{"ago": "3 d", "medicine": "anakinra"}])[1:] == (
        reason("dose", "anakinra", ago(72), status="taken"),
    )


def test_a_reading_is_a_reason_with_every_bound_it_met() -> None:
    assert reasons_for("B1", systolic=88, before=[{"ago": "5 h", "systolic": 70}]) == (
        reason("reading", "systolic", NOW, value="88", unit="mmHg", comparisons=(compared("at_most", "90", "mmHg"),)),
    )
    usual = {"temperature_celsius": "36.0"}
    assert reasons_for("T8", temperature="99.0 [degF]", baseline=usual)[0].comparisons == (
        compared("at_least", "98.6", "[degF]"),
        compared("below", "99.5", "[degF]"),
        compared("rise_at_least", "1.8", "[degF]", usual="96.8", difference="2.2"),
    )
    assert reasons_for("T8", temperature="37.2 Cel", baseline=usual)[0].comparisons[-1] == compared(
        "rise_at_least", "1.0", "Cel", usual="36.0", difference="1.2"
    )


def test_a_drop_is_said_in_the_unit_of_the_reading() -> None:
    assert reasons_for("B5", systolic=98, baseline={"systolic_mmhg": 118})[0].comparisons == (
        compared("at_most", "100", "mmHg"),
        compared("drop_at_least", "20", "mmHg", usual="118", difference="20"),
    )


def test_every_reading_that_met_the_bounds_is_a_reason() -> None:
    found = reasons_for("B1", systolic=88, before=[{"ago": "1 h", "systolic": 85}, {"ago": "30 min", "systolic": 120}])
    assert [(each.value, each.at) for each in found] == [("85", ago(1)), ("88", NOW)]


def test_a_fifth_is_said_in_percent_and_a_limit_with_the_age() -> None:
    assert reasons_for("B6", systolic=104, baseline={"systolic_mmhg": 130})[0].comparisons == (
        compared("above", "100", "mmHg"),
        compared("drop_at_least_percent", "20", "%", usual="130", difference="26"),
    )
    assert reasons_for("R5", age=1, respiratory_rate=56)[0].comparisons == (compared("above", "55.5", "/min", age=1),)


def test_the_reading_that_confirms_is_marked_as_the_earlier_one() -> None:
    before = [{"ago": "20 min", "systolic": 87}, {"ago": "3 h", "systolic": 120}]
    found = [(each.value, each.is_earlier) for each in reasons_for("B3", systolic=88, before=before)]
    assert found == [("88", False), ("87", True)]


def test_the_reading_that_confirms_is_told_with_its_own_time() -> None:
    moment = Moment(
        TABLE, Timeline(example_diary({"systolic": 88, "before": [{"ago": "1 h", "systolic": 87}]})), microseconds(NOW)
    )
    twice = {"op": "reading", "kind": "systolic", "bounds": [["below", 90]], "again": {}}
    found = compile_condition(twice, TABLE).because(moment)
    assert [time for time, _ in found] == [microseconds(NOW), microseconds(ago(1))]


def test_a_pulse_after_moving_is_a_reason_with_what_makes_it_count() -> None:
    moved = reasons_for("H2", pulse=118, at_rest=False, signs=["chest_pain"])
    assert [(each.fact, each.kind) for each in moved] == [("reading", "pulse_not_at_rest"), ("sign", "chest_pain")]
    rested = reasons_for("H2", pulse=118, signs=["chest_pain"])
    assert [(each.fact, each.kind) for each in rested] == [("reading", "pulse")]
    before = [{"ago": "1 h", "pulse": 90, "at_rest": False}]
    assert [each.kind for each in reasons_for("H2", pulse=118, before=before, signs=["chest_pain"])] == ["pulse"]


def test_what_the_patient_alone_decides_has_no_fact_behind_it() -> None:
    doses = [{"ago": "1 h", "medicine": "nsaid"}]
    found = reasons_for("B2", systolic=88, doses=doses, signs=["new_fall"], baseline={"systolic_mmhg": 130})
    assert [each.kind for each in found] == ["systolic", "nsaid"]


def test_flags_and_lateness_are_reasons() -> None:
    given = parse(example_diary({"signs": ["mild_rash"], "before": [{"ago": "20 h", "respiratory_rate": 22}]}))
    a1 = judge(TABLE, given, NOW).findings[0]
    assert a1.reasons == (reason("flag", "R3", ago(20)), reason("flag", "S6", NOW))
    late = judge_overdue(TABLE, given, NOW, {"recheck": timedelta(hours=2)})[0]
    assert late.reasons == (reason("overdue", "recheck", None, value="7200"),)


def test_a_flag_is_a_reason_with_the_time_as_it_was_written_down() -> None:
    diary = example_diary({"signs": ["mild_rash"], "before": [{"ago": "20 h", "respiratory_rate": 22}]})
    diary["check_ins"][0]["at"] = "2026-03-13T17:45:00+05:45"
    a1 = assess(TABLE, Timeline(diary)).findings[-2]
    assert (a1.rule, a1.at.isoformat()) == ("A1", "2026-03-14T08:00:00+00:00")
    assert [each.at and each.at.isoformat() for each in a1.reasons] == [
        "2026-03-13T17:45:00+05:45",
        "2026-03-14T08:00:00+00:00",
    ]


def test_two_entries_and_two_doses_may_stand_in_either_order() -> None:
    diary = example_diary(
        {
            "temperature": "37.7 Cel",
            "before": [{"ago": "2 h", "temperature": "37.6 Cel"}],
            "doses": [{"ago": "1 h", "medicine": "nsaid"}, {"ago": "3 h", "medicine": "steroid"}],
        }
    )
    reverse = {**diary, "check_ins": diary["check_ins"][::-1], "doses": diary["doses"][::-1]}
    assert assess(TABLE, Timeline(reverse)) == assess(TABLE, Timeline(diary))
    assert "T4" in {finding.rule for finding in assess(TABLE, Timeline(reverse)).findings}


def test_entries_of_one_time_may_stand_in_either_order() -> None:
    eight = {"at": "2026-03-14T08:00:00+00:00", "by": "patient"}
    same_elsewhere = {**eight, "at": "2026-03-14T09:00:00+01:00"}
    dose = {**eight, "medicine": "nsaid", "status": "taken"}
    del dose["by"]
    for pair in (
        [{**eight, "pulse": {"value": 135}}, {**eight, "pulse": {"value": 140}}],
        [{**eight, "signs": ["tremor"]}, {**eight, "signs": ["twitching_or_jerks"]}],
        [{**eight, "signs": ["seizure"]}, {**same_elsewhere, "signs": ["seizure"]}],
        [{**same_elsewhere, "pulse": {"value": 135}}, {**eight, "pulse": {"value": 140}}],
    ):
        diary = {**example_diary({}), "check_ins": pair}
        assert assess(TABLE, Timeline({**diary, "check_ins": pair[::-1]})) == assess(TABLE, Timeline(diary))
    for other in (
        {**dose, "medicine": "steroid"},
        {**dose, "status": "stopped"},
        {**dose, "at": "2026-03-14T09:00:00+01:00"},
    ):
        diary = {**example_diary({"temperature": "37.7 Cel"}), "doses": [dose, other]}
        assert assess(TABLE, Timeline({**diary, "doses": [other, dose]})) == assess(TABLE, Timeline(diary))


def test_a_flag_counts_for_a_day_to_the_second() -> None:
    rash = example_diary({"signs": ["mild_rash"], "before": [{"ago": "24 h", "respiratory_rate": 22}]})
    later = {**rash, "check_ins": [rash["check_ins"][0], {**rash["check_ins"][1], "at": "2026-03-14T08:00:01+00:00"}]}
    for diary, counts in ((rash, True), (later, False)):
        at = Timeline(diary).time_of(Timeline(diary).times[-1])
        assert ("A1" in {each.rule for each in judge(TABLE, parse(diary), at).findings}) is counts
        assert ("A1" in {each.rule for each in assess(TABLE, Timeline(diary)).findings}) is counts
        assert ("A1" in {each.rule for each in judge_since(TABLE, parse(diary), at, [(ago(24), "R3")])}) is counts
    just_before = {**rash["check_ins"][0], "at": "2026-03-14T07:59:59.999999+00:00"}
    found = judge(TABLE, parse({**rash, "check_ins": [just_before, rash["check_ins"][1]]}), NOW).findings
    assert [each.rule for each in found] == ["A1", "S6"]


def test_what_was_raised_before_a_moment_leaves_out_the_moment_itself() -> None:
    diary = example_diary({"signs": ["mild_rash"], "before": [{"ago": "24 h", "respiratory_rate": 22}]})
    assert raised_before(TABLE, Timeline(diary), microseconds(NOW)) == [(microseconds(ago(24)), "R3")]


def test_a_flag_of_later_does_not_count_yet() -> None:
    given = parse(example_diary({"signs": ["mild_rash"]}))
    assert [each.rule for each in judge_since(TABLE, given, NOW, [(ago(-1), "R3")])] == ["S6"]


def test_every_moment_since_one_is_judged() -> None:
    given = parse(example_diary({"signs": ["seizure"], "before": [{"ago": "1 h", "signs": ["chest_pain"]}]}))
    assert [finding.rule for finding in judge_since(TABLE, given, ago(1), [])] == ["S2", "N1"]


def test_a_medicine_that_was_answered_no_and_nothing_else_answers_its_rules() -> None:
    unknown = judge(TABLE, parse(example_diary({"doses_absent": ["antipyretic", "nsaid"]})), NOW).unknown
    assert "M3" not in unknown
    assert "M7" not in unknown
    assert "M8" in unknown
