"""The examples of the table: short-hand for small diaries, and what a rule says to each."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from diary.domain.diary_format import check_diary
from diary.domain.timestamp import microseconds
from diary.domain.vocabulary import FORMAT
from diary.rules.answers import NO, YES
from diary.rules.evaluator import answer, findings_at, raised_before
from diary.rules.language import seconds
from diary.rules.moment import Moment
from diary.rules.table import Rule, RuleTable
from diary.rules.timeline import Timeline

NOW = datetime(2026, 3, 14, 8, tzinfo=UTC)

Given = Mapping[str, Any]

_PLAN: Final = {"profile": "profile", "baseline": "baseline", "call_temperature": "call_temperature_celsius"}
_OF_DIARY: Final = ("day", "age", *_PLAN, "doses", "before", "overdue")
"""What an example says beside its check-in."""
_PLACES: Final = {
    "systolic": ("blood_pressure", "systolic"),
    "diastolic": ("blood_pressure", "diastolic"),
    "position": ("blood_pressure", "position"),
    "standing_systolic": ("standing_blood_pressure", "systolic"),
    "standing_diastolic": ("standing_blood_pressure", "diastolic"),
    "pulse": ("pulse", "value"),
    "at_rest": ("pulse", "at_rest"),
    "oxygen_saturation": ("oxygen_saturation", "value"),
    "no_number": ("oxygen_saturation", "no_number"),
    "respiratory_rate": ("respiratory_rate", "value"),
    "neuro_score": ("neuro_check", "score"),
    "not_done": ("neuro_check", "not_done"),
    "capd_score": ("capd", "score"),
}
"""Where each reading of the short-hand stands in a check-in."""
_WHOLE: Final = {"at": "at", "signs": "signs", "absent": "signs_absent", "doses_absent": "doses_absent"}


def example_diary(given: Given) -> dict[str, Any]:
    """The diary that an example stands for: one check-in at :data:`NOW`, and those ``before`` it.

    Unless given otherwise an adult of 40 with the standard numbers, on treatment day 5, without baselines. Raises
    ``KeyError`` for a reading that no check-in has, and ``ValueError`` for an ``ago`` that is no duration.
    """
    infused_on = NOW.date() - timedelta(days=given.get("day", 5))
    plan = {_PLAN[key]: value for key, value in given.items() if key in _PLAN}
    return {
        "format": FORMAT,
        "patient": {"born_on": f"{NOW.year - given.get('age', 40)}-01-01", "time_zone": "UTC"},
        "care_plan": {"profile": "standard", "infusions": [{"on": infused_on.isoformat()}], **plan},
        "doses": [{"status": "taken", **_at(dose)} for dose in given.get("doses", ())],
        "check_ins": [
            *(_check_in(_at(entry)) for entry in given.get("before", ())),
            _check_in({"at": NOW.isoformat(), **_without(given, *_OF_DIARY)}),
        ],
    }


def _at(entry: Given) -> dict[str, Any]:
    """An entry of some time ``ago`` with its time."""
    return {"at": (NOW - timedelta(seconds=_seconds(entry["ago"]))).isoformat(), **_without(entry, "ago")}


def _without(given: Given, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key not in keys}


def _check_in(given: Given) -> dict[str, Any]:
    check_in: dict[str, Any] = {"by": "patient"}
    for key, value in given.items():
        if key == "temperature":
            number, _, unit = value.partition(" ")
            check_in["temperature"] = {"value": number, "unit": unit}
        elif key in _WHOLE:
            check_in[_WHOLE[key]] = value
        else:
            whole, part = _PLACES[key]
            check_in.setdefault(whole, {})[part] = value
    return check_in


def contradicted(table: RuleTable, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The examples of the ``rows`` that are no diary, or of which the rule says something else: place and sentence."""
    for rule in table.rules:
        for number, example in enumerate(rows[rule.id]["examples"]):
            path = f"{rule.id}.examples[{number}]"
            try:
                check_diary(example_diary(example["given"]))
                found = says(table, rule, example["given"])
            except (ValueError, KeyError) as error:
                yield path, f"is no diary: {error}"
            else:
                if found != example["says"]:
                    yield path, f"says {example['says']} and is contradicted: the rule says {found}"


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
    return {what: value if isinstance(value, int) else _seconds(value) for what, value in given.items()}


def _seconds(text: str) -> int:
    found = seconds(text)
    if found is None:
        raise ValueError(f"“{text}” is no duration")
    return found
