"""The examples of the table: short-hand for small diaries, and what a rule says to each."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from diary.domain.timestamp import microseconds
from diary.rules.answers import NO, YES
from diary.rules.evaluator import answer, findings_at, raised_before
from diary.rules.language import seconds
from diary.rules.moment import Moment
from diary.rules.table import Rule, RuleTable
from diary.rules.timeline import Timeline

NOW = datetime(2026, 3, 14, 8, tzinfo=UTC)

Given = Mapping[str, Any]


def example_diary(given: Given) -> dict[str, Any]:
    """The diary that an example stands for: one check-in at :data:`NOW`, and those ``before`` it.

    Unless given otherwise an adult of 40 with the standard numbers, on treatment day 5, without baselines.
    """
    infused_on = NOW.date() - timedelta(days=given.get("day", 5))
    plan: dict[str, Any] = {
        "profile": given.get("profile", "standard"),
        "infusions": [{"on": infused_on.isoformat()}],
        "baseline": dict(given.get("baseline", {})),
    }
    if "call_temperature" in given:
        plan["call_temperature_celsius"] = given["call_temperature"]
    return {
        "format": "symptom-diary/1",
        "patient": {"born_on": f"{NOW.year - given.get('age', 40)}-01-01", "time_zone": "UTC"},
        "care_plan": plan,
        "doses": [_dose(dose) for dose in given.get("doses", ())],
        "check_ins": [_check_in(entry, _ago(entry["ago"])) for entry in given.get("before", ())]
        + [_check_in(given, NOW)],
    }


def _ago(text: str) -> datetime:
    return NOW - timedelta(seconds=seconds(text) or 0)


def _dose(given: Given) -> dict[str, Any]:
    dose = {key: value for key, value in given.items() if key != "ago"}
    return {"at": _ago(given["ago"]).isoformat(), "status": "taken", **dose}


def _check_in(given: Given, at: datetime) -> dict[str, Any]:
    check_in: dict[str, Any] = {"at": at.isoformat(), "by": "patient"}
    if "temperature" in given:
        value, _, unit = given["temperature"].partition(" ")
        check_in["temperature"] = {"value": value, "unit": unit}
    pressure = {key: given[key] for key in ("systolic", "diastolic", "position") if key in given}
    if pressure:
        check_in["blood_pressure"] = pressure
    standing = {key: given[f"standing_{key}"] for key in ("systolic", "diastolic") if f"standing_{key}" in given}
    if standing:
        check_in["standing_blood_pressure"] = standing
    if "pulse" in given:
        check_in["pulse"] = {"value": given["pulse"], "at_rest": given.get("at_rest", True)}
    if "oxygen_saturation" in given:
        check_in["oxygen_saturation"] = {"value": given["oxygen_saturation"]}
    if "no_number" in given:
        check_in["oxygen_saturation"] = {"value": None, "no_number": True}
    if "respiratory_rate" in given:
        check_in["respiratory_rate"] = {"value": given["respiratory_rate"]}
    if "neuro_score" in given:
        check_in["neuro_check"] = {"score": given["neuro_score"]}
    if "not_done" in given:
        check_in["neuro_check"] = {"not_done": given["not_done"]}
    if "capd_score" in given:
        check_in["capd"] = {"score": given["capd_score"]}
    for key, name in (("signs", "signs"), ("absent", "signs_absent"), ("doses_absent", "doses_absent")):
        if key in given:
            check_in[name] = list(given[key])
    return check_in


def says(table: RuleTable, rule: Rule, given: Given) -> str:
    """What a rule says to an example: the word of its first level that says yes, ``no`` or ``unknown``."""
    timeline = Timeline(example_diary(given))
    time = microseconds(NOW)
    raised = raised_before(table, timeline, time)
    moment = Moment(table, timeline, time, raised, overdue_seconds(given.get("overdue", {})))
    if rule.counts_flags:
        findings_at(moment)
    for level, condition in moment.rules.levels(rule):
        if condition.answer(moment) == YES:
            return level.urgency.word
    return "no" if answer(rule, moment) == NO else "unknown"


def overdue_seconds(given: Given) -> dict[str, int]:
    """What is overdue, in seconds or as a count."""
    return {what: value if isinstance(value, int) else seconds(value) or 0 for what, value in given.items()}
