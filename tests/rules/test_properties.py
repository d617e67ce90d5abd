"""What must hold of every diary, however invented."""

import copy
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from diary.domain.degrees import fine
from diary.domain.diary_format import check_diary
from diary.domain.timestamp import moment
from diary.domain.urgency import Urgency
from diary.domain.vocabulary import SIGN_IDS
from diary.rules import Timeline, assess_file, judge, load_table
from diary.rules.answers import UNKNOWN
from diary.rules.evaluator import answer
from diary.rules.moment import Moment
from tests.rules.diaries import check_ins, diaries, doses, readings

PROPERTY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

Json = dict[str, Any]


def urgency_of(diary: Json) -> Urgency:
    return assess_file(load_table(), check_diary(diary)).urgency


def flags_of(diary: Json) -> set[tuple[str, str, str]]:
    found = assess_file(load_table(), check_diary(diary)).findings
    return {(finding.rule, finding.urgency.word, finding.at.isoformat()) for finding in found}


@PROPERTY
@given(diaries, st.data())
def test_one_more_sign_never_lowers_the_urgency(diary: Json, data: st.DataObject) -> None:
    worse = copy.deepcopy(diary)
    check_in = data.draw(st.sampled_from(worse["check_ins"]))
    sign = data.draw(st.sampled_from(sorted(SIGN_IDS)))
    check_in["signs"] = sorted({*check_in["signs"], sign})
    assert urgency_of(worse) >= urgency_of(diary)


@PROPERTY
@given(diaries, check_ins())
def test_one_more_check_in_never_lowers_the_urgency_unless_its_temperature_answers_m3(diary: Json, added: Json) -> None:
    if any(dose.get("reason") == "felt_hot" for dose in diary["doses"]):
        added = {key: value for key, value in added.items() if key != "temperature"}
    assert urgency_of({**diary, "check_ins": [*diary["check_ins"], added]}) >= urgency_of(diary)


@PROPERTY
@given(diaries, doses)
def test_one_more_dose_never_lowers_the_urgency(diary: Json, added: Json) -> None:
    assert urgency_of({**diary, "doses": [*diary["doses"], added]}) >= urgency_of(diary)


def is_worse(kind: str, new: Json, old: Json) -> bool:
    """Whether a reading is further on the way that its kind gets worse in; the other ways are left alone."""
    if kind == "temperature":
        return fine(new["value"], new["unit"]) > fine(old["value"], old["unit"]) > fine("36.0", "Cel")
    if kind == "blood_pressure":
        return new["systolic"] < old["systolic"] < 150 and new.get("position") == old.get("position")
    if kind == "pulse":
        return new["value"] > old["value"] > 90 and new.get("at_rest", True) == old.get("at_rest", True)
    if kind == "oxygen_saturation":
        return (new["value"] or 100) < (old["value"] or 0)
    if kind == "respiratory_rate":
        return new["value"] > old["value"] >= 12
    if kind == "capd":
        return new["score"] > old["score"]
    return kind == "neuro_check" and new.get("score", 11) < old.get("score", 0)


@PROPERTY
@given(diaries, st.data())
def test_a_worse_value_never_lowers_the_urgency(diary: Json, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(range(len(diary["check_ins"]))))
    check_in = diary["check_ins"][number]
    if any(dose.get("reason") == "felt_hot" for dose in diary["doses"]) or "standing_blood_pressure" in check_in:
        check_in = {**check_in, "standing_blood_pressure": {}, "temperature": {"value": "36.0", "unit": "Cel"}}
    worse = [
        (kind, reading)
        for kind in sorted(set(readings) & set(check_in))
        for reading in data.draw(st.lists(readings[kind], min_size=4, max_size=4))
        if is_worse(kind, reading, check_in[kind])
    ]
    assume(worse)
    for kind, reading in worse:
        changed = copy.deepcopy(diary)
        changed["check_ins"][number] = {**check_in, kind: reading}
        same = copy.deepcopy(diary)
        same["check_ins"][number] = check_in
        assert urgency_of(changed) >= urgency_of(same), kind


@PROPERTY
@given(diaries, st.randoms(use_true_random=False))
def test_order_in_the_file_means_nothing(diary: Json, random: Any) -> None:
    shuffled = copy.deepcopy(diary)
    random.shuffle(shuffled["check_ins"])
    random.shuffle(shuffled["doses"])
    random.shuffle(shuffled["care_plan"]["infusions"])
    table = load_table()
    assert assess_file(table, shuffled) == assess_file(table, diary)


@PROPERTY
@given(diaries)
def test_celsius_and_fahrenheit_agree_where_both_are_exact(diary: Json) -> None:
    other = copy.deepcopy(diary)
    for check_in in other["check_ins"]:
        temperature = check_in.get("temperature")
        if temperature and temperature["unit"] == "Cel":
            hundredths = int(temperature["value"].replace(".", "").ljust(4, "0"))
            fahrenheit = hundredths * 18 + 32_000
            check_in["temperature"] = {"value": f"{fahrenheit // 1000}.{fahrenheit % 1000:03d}", "unit": "[degF]"}
    assert flags_of(other) == flags_of(diary)


@PROPERTY
@given(diaries)
def test_a_time_zone_matters_only_for_age_and_treatment_day(diary: Json) -> None:
    # Born long ago, and infused on a day that is as far away in every zone: neither depends on the zone.
    diary = copy.deepcopy(diary)
    diary["patient"]["born_on"] = "1966-07-01"
    diary["care_plan"]["infusions"] = [{"on": "2025-12-01"}]
    elsewhere = {**diary, "patient": {**diary["patient"], "time_zone": "America/Los_Angeles"}}
    there = {**diary, "patient": {**diary["patient"], "time_zone": "Pacific/Kiritimati"}}
    assert flags_of(elsewhere) == flags_of(there)


def at_the_latest(diary: Json) -> tuple[Timeline, Json]:
    """The diary's facts, and the check-in that was last in time."""
    timeline = Timeline(diary)
    return timeline, max(diary["check_ins"], key=lambda check_in: moment(check_in["at"]))


@PROPERTY
@given(diaries, check_ins(), doses, st.data())
def test_an_answer_given_without_a_fact_stands_whatever_that_fact_turns_out_to_be(
    diary: Json, more: Json, dose: Json, data: st.DataObject
) -> None:
    table = load_table()
    before, _ = at_the_latest(diary)
    told = copy.deepcopy(diary)
    _, check_in = at_the_latest(told)
    silent = sorted(SIGN_IDS - before.asked)
    present = set(data.draw(st.lists(st.sampled_from(silent), max_size=3, unique=True))) if silent else set()
    check_in["signs"] = sorted({*check_in["signs"], *present})
    check_in["signs_absent"] = sorted({*check_in.get("signs_absent", ()), *silent} - present)
    logged = {key for each in diary["check_ins"] for key in each}
    pressures = {"blood_pressure", "standing_blood_pressure"}
    if logged & pressures:
        logged |= pressures
    # A neuro check that was refused is the sign of having refused it, which is answered above.
    for key in set(more) - logged - {"at", "by", "signs", "signs_absent", "doses_absent", "neuro_check"}:
        check_in[key] = more[key]
    if not {key for key in before.asked if key.startswith("dose:")}:
        told["doses"] = [{**dose, "at": check_in["at"]}]
    for each in told["doses"]:
        for key in ("agreed_with_team", "first_dose"):
            each.setdefault(key, data.draw(st.booleans()))
    after = Timeline(told)
    time = before.entry_times[-1]
    for rule in table.assessable_rules:
        known = answer(rule, Moment(table, before, time))
        # The table itself says that a temperature answers M3, and that M7 holds until the team is known to have agreed.
        if known != UNKNOWN and rule.id not in ("M3", "M7"):
            assert answer(rule, Moment(table, after, time)) == known, rule.id


@PROPERTY
@given(diaries, check_ins())
def test_a_late_entry_is_judged_as_if_it_had_come_then(diary: Json, late: Json) -> None:
    """Written last or first: what is dated when it happened is judged as of then."""
    table = load_table()
    written_last = assess_file(table, {**diary, "check_ins": [*diary["check_ins"], late]})
    written_first = assess_file(table, {**diary, "check_ins": [late, *diary["check_ins"]]})
    assert written_last == written_first


@PROPERTY
@given(diaries)
def test_every_finding_has_a_fact_of_its_own_moment_behind_it(diary: Json) -> None:
    for finding in assess_file(load_table(), diary).findings:
        assert any(reason.at == finding.at for reason in finding.reasons)


@PROPERTY
@given(diaries)
def test_a_window_of_the_lookback_gives_the_same_judgement_as_the_whole(diary: Json) -> None:
    table, whole = load_table(), Timeline(diary)
    at = whole.time_of(whole.times[-1])
    since = at - table.lookback
    window = {
        **diary,
        "check_ins": [each for each in diary["check_ins"] if moment(each["at"]) >= since],
        "doses": [each for each in diary["doses"] if moment(each["at"]) >= since],
    }
    assert judge(table, Timeline(window), at).findings == judge(table, whole, at).findings
