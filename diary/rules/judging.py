"""The questions that other rooms ask: judge one moment, assess a whole diary, what a schedule finds overdue."""

from __future__ import annotations

from datetime import datetime

from diary.domain.timestamp import microseconds
from diary.domain.urgency import Urgency
from diary.rules.evaluator import DAY, findings_at, raised_before, unknown_at
from diary.rules.moment import Moment
from diary.rules.timeline import Timeline
from diary.rules.values import Assessment, Judgement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta
    from typing import Any

    from diary.domain.record import PatientRecord
    from diary.rules.table import RuleTable
    from diary.rules.values import Finding

    Record = PatientRecord | Timeline

CHECK_IN_KEYS = {
    "temperature": "temperature",
    "resting_systolic": "blood_pressure",
    "systolic": "blood_pressure",
    "resting_diastolic": "blood_pressure",
    "pulse": "pulse",
    "pulse_not_at_rest": "pulse",
    "oxygen_saturation": "oxygen_saturation",
    "respiratory_rate": "respiratory_rate",
    "neuro_score": "neuro_check",
    "capd_score": "capd",
}
"""The key of a check-in that each kind of reading comes from."""


def timeline_of(record: Record) -> Timeline:
    """The record's facts in order of time. Make it once to judge several moments of one record."""
    if isinstance(record, Timeline):
        return record
    from diary.domain.diary_file import dump

    return Timeline(dump(record))


def moments(record: Record) -> tuple[datetime, ...]:
    """The moments at which a record is judged, in order: the times of its check-ins and of its doses."""
    timeline = timeline_of(record)
    return tuple(timeline.at[time] for time in timeline.times)


def judge(table: RuleTable, record: Record, at: datetime) -> Judgement:
    """Judge one moment with everything dated at or before it. ``record`` needs only ``table.lookback`` before it."""
    timeline, time = timeline_of(record), microseconds(at)
    moment = Moment(table, timeline, time)
    found = findings_at(moment)
    if moment.raised:
        # Only a flag of this moment can be one of A1's two, so the day before is judged only then.
        moment = Moment(table, timeline, time, raised_before(table, timeline, time))
        found = findings_at(moment)
    unknown = unknown_at(moment)
    logged, missing = _groups(table, moment, frozenset().union(*(rule.reads for rule in unknown)))
    return Judgement(
        at=at,
        findings=tuple(found),
        unknown=tuple(rule.id for rule in unknown),
        missing=tuple(group for group in table.data["missing"] if group in missing - logged),
        partly=tuple(group for group in table.data["missing"] if group in missing & logged),
    )


def judge_since(
    table: RuleTable, record: Record, since: datetime, raised: Iterable[tuple[datetime, str]]
) -> tuple[Finding, ...]:
    """Judge every moment from ``since`` on, in order of time.

    ``raised`` are moment and rule of each flag of urgency *today* in the day before: whoever kept them need not have
    those days judged again for A1.
    """
    timeline, first = timeline_of(record), microseconds(since)
    counted = [(microseconds(at), rule) for at, rule in raised]
    found: list[Finding] = []
    for time in timeline.times:
        if time >= first:
            found += findings_at(Moment(table, timeline, time, counted))
    return tuple(found)


def judge_overdue(
    table: RuleTable, record: Record, at: datetime, overdue: Mapping[str, timedelta | int]
) -> tuple[Finding, ...]:
    """What the process rows (C1 to C8) find at ``at``, given how late each thing is; only a schedule knows that."""
    late = {what: value if isinstance(value, int) else int(value.total_seconds()) for what, value in overdue.items()}
    found = findings_at(Moment(table, timeline_of(record), microseconds(at), overdue=late))
    scheduled = {rule.id for rule in table.schedule_rules}
    return tuple(finding for finding in found if finding.rule in scheduled)


def assess(table: RuleTable, record: Record) -> Assessment:
    """Judge a whole diary: nothing in it closes a flag, and a better reading never lowers its urgency."""
    timeline = timeline_of(record)
    latest = max(timeline.entry_times or timeline.times, default=None)
    unknown = list(table.assessable_rules)
    found: list[Finding] = []
    raised: list[tuple[int, str]] = []
    for time in timeline.times:
        raised = [flag for flag in raised if flag[0] >= time - DAY]
        moment = Moment(table, timeline, time, raised)
        found += findings_at(moment)
        if time == latest:
            unknown = unknown_at(moment)
    return Assessment(
        urgency=max((finding.urgency for finding in found), default=Urgency.NONE),
        findings=tuple(found),
        unknown=tuple([rule.id for rule in unknown]),
    )


def assess_file(table: RuleTable, diary: Mapping[str, Any]) -> Assessment:
    """Judge a diary that :func:`diary.domain.diary_format.check_diary` has accepted, as it stands in the file."""
    return assess(table, Timeline(diary))


def measured(record: Record, at: datetime) -> frozenset[str]:
    """The keys of a check-in (``temperature``, ``blood_pressure`` …) of which a reading was logged at ``at``."""
    keys = timeline_of(record).keys_at.get(microseconds(at), set())
    return frozenset(CHECK_IN_KEYS[key] for key in keys if key in CHECK_IN_KEYS)


def _groups(table: RuleTable, moment: Moment, keys: frozenset[str]) -> tuple[set[str], set[str]]:
    """The groups of these facts of which something was logged for this moment, and those that lack something.

    No reading of a group is lacking once one of them is there: nobody measures a pulse both at rest and not,
    and an adult who did the neuro check owes no CAPD score.
    """
    logged: set[str] = set()
    missing: set[str] = set()
    there = {reading["missing"] for key, reading in table.data["readings"].items() if key in moment.recent_values}
    for key in keys:
        if key.startswith("dose:"):
            group, is_logged = "medicines", key in moment.timeline.asked
        elif key in table.data["readings"]:
            group = table.data["readings"][key]["missing"]
            is_logged = group in there
        else:
            group, is_logged = table.data["signs"][key]["missing"], key in moment.present or key in moment.absent
        (logged if is_logged else missing).add(group)
    return logged, missing
