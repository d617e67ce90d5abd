"""Judges a diary by the table. Small, pure, and without any medicine in it.

A rule raises a finding at a moment when a level says yes and at least one reading, sign or dose behind it is of that
very moment; the first such level counts. So an old reading is not raised again and again (engine rule 17).
"""

from __future__ import annotations

from datetime import timedelta

from diary.domain.urgency import Urgency
from diary.rules.answers import NO, UNKNOWN, YES
from diary.rules.moment import Moment
from diary.rules.timeline import SECOND, Timeline
from diary.rules.values import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diary.rules.table import Level, Rule, RuleTable
    from diary.rules.values import Reason

    Raised = list[tuple[int, str]]

_DAY = 86_400 * SECOND


def findings_at(
    table: RuleTable, timeline: Timeline, time: int, raised: Raised, overdue: Mapping[str, int] | None = None
) -> list[Finding]:
    """What is found at one moment, most urgent first. ``raised`` gets the flags that A1 counts, and gains new ones."""
    moment = Moment(table, timeline, time, raised, overdue)
    found = []
    for rule in _rules_of(table, table.reading_any_of(timeline.keys_at.get(time, set()))):
        finding = _finding(rule, moment)
        if finding is not None:
            found.append(finding)
    raised += [(time, finding.rule) for finding in found if finding.urgency == Urgency.TODAY]
    for rule in table.rules:
        if (rule.counts_flags and raised) or (rule.needs_schedule and overdue):
            finding = _finding(rule, moment)
            if finding is not None:
                found.append(finding)
    if len(found) > 1:
        found.sort(key=lambda finding: (-finding.urgency, table.rule(finding.rule).number))
    return found


def all_findings(table: RuleTable, timeline: Timeline) -> list[Finding]:
    """Everything found over the diary, moment by moment."""
    found: list[Finding] = []
    raised: Raised = []
    for time in timeline.times:
        found += findings_at(table, timeline, time, raised)
        if raised and raised[0][0] < time - _DAY:
            raised = [flag for flag in raised if flag[0] >= time - _DAY]
    return found


def raised_before(table: RuleTable, timeline: Timeline, time: int) -> Raised:
    """The flags of urgency *today* raised in the day before ``time``: what A1 counts."""
    raised: Raised = []
    for earlier in timeline.times:
        if time - _DAY <= earlier < time:
            findings_at(table, timeline, earlier, raised)
    return raised


def unknown_at(table: RuleTable, timeline: Timeline, time: int) -> list[Rule]:
    """The rules that cannot be answered at a moment for want of a fact; one that says yes at any level is answered."""
    moment = Moment(table, timeline, time)
    touched = table.reading_any_of(timeline.logged)
    bits = _bare_unknown(table, timeline, moment) & ~touched
    return [
        rule
        for rule in table.rules
        if not rule.needs_schedule
        and not rule.is_never_unknown
        and (bits >> rule.number & 1 or (touched >> rule.number & 1 and answer(rule, moment) == UNKNOWN))
    ]


def answer(rule: Rule, moment: Moment) -> int:
    """Yes when any level says yes, else unknown when any is, else no."""
    largest = NO
    for level in rule.levels:
        found = level.condition.answer(moment)
        if found == YES:
            return YES
        if found > largest:
            largest = found
    return largest


def _bare_unknown(table: RuleTable, timeline: Timeline, moment: Moment) -> int:
    """The rules that are unknown when nothing at all is logged, as bits by their number.

    Only what is known of the patient decides that, so it is worked out once for each set of such answers.
    """
    key = tuple(condition.answer(moment) for condition in table.patient_conditions)
    bits = table.bare_unknown.get(key)
    if bits is None:
        bare = Moment(table, timeline.without_entries(), moment.time)
        bits = 0
        for rule in table.rules:
            if answer(rule, bare) == UNKNOWN:
                bits |= 1 << rule.number
        table.bare_unknown[key] = bits
    return bits


def _rules_of(table: RuleTable, bits: int) -> Iterator[Rule]:
    while bits:
        lowest = bits & -bits
        yield table.rules[lowest.bit_length() - 1]
        bits ^= lowest


def _finding(rule: Rule, moment: Moment) -> Finding | None:
    for level in rule.levels:
        if level.condition.answer(moment) == YES:
            witnesses = level.condition.because(moment)
            if any(time == moment.time for time, _ in witnesses):
                return _raise(rule, level, moment, [reason for _, reason in witnesses])
    return None


def _raise(rule: Rule, level: Level, moment: Moment, reasons: list[Reason]) -> Finding:
    seconds = level.recheck_seconds
    return Finding(
        rule=rule.id,
        urgency=level.urgency,
        at=moment.timeline.time_of(moment.time),
        area=rule.area,
        about=rule.about,
        says=level.says,
        says_caregiver=level.says_caregiver,
        do=level.do,
        reasons=tuple(dict.fromkeys(reasons)),
        source=rule.source,
        recheck=None if seconds is None else timedelta(seconds=seconds),
        recheck_kinds=() if seconds is None else rule.recheck_kinds,
        recheck_can_wait=rule.recheck_can_wait,
        keeps_open=rule.keeps_open,
    )
