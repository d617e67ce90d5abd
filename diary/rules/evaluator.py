"""Judges a diary by the table. Small, pure, and without any medicine in it.

A rule raises a finding at a moment when a level says yes and at least one reading, sign or dose behind it is of that
very moment; the first such level counts. So an old reading is not raised again and again (engine rule 17).
"""

from __future__ import annotations

from datetime import timedelta

from diary.domain.urgency import Urgency
from diary.rules.answers import NO, UNKNOWN, YES
from diary.rules.moment import Moment
from diary.rules.timeline import SECOND
from diary.rules.values import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diary.rules.table import Level, Rule, RuleTable
    from diary.rules.timeline import Timeline
    from diary.rules.values import Reason

    Raised = list[tuple[int, str]]

DAY = 86_400 * SECOND


def findings_at(moment: Moment) -> list[Finding]:
    """What is found at a moment, most urgent first. ``moment.raised`` gains what A1 counts."""
    table = moment.table
    timeline, found = moment.timeline, []
    for rule in moment.rules.firing(frozenset(timeline.keys_at.get(moment.time, ())), timeline.logged):
        finding = _finding(rule, moment)
        if finding is not None:
            found.append(finding)
            if finding.urgency == Urgency.TODAY:
                moment.raised.append((moment.time, rule.id))
    for rule in table.flag_rules + (table.schedule_rules if moment.overdue else ()):
        finding = _finding(rule, moment)
        if finding is not None:
            found.append(finding)
    return sorted(found, key=lambda finding: (-finding.urgency, table.rule(finding.rule).number))


def raised_before(table: RuleTable, timeline: Timeline, time: int) -> Raised:
    """The flags of urgency *today* raised in the day before ``time``: what A1 counts."""
    raised: Raised = []
    for earlier in timeline.times_between(time - DAY, time - 1):
        findings_at(Moment(table, timeline, earlier, raised))
    return raised


def unknown_at(moment: Moment) -> list[Rule]:
    """The rules that cannot be answered at a moment for want of a fact; one that says yes at any level is answered.

    A rule that reads nothing that was asked about is unknown, unless the patient alone makes it a no.
    """
    table, timeline = moment.table, moment.timeline
    unknown = set(moment.rules.unknown_when_bare())
    for rule in moment.rules.touched(timeline.asked):
        found = moment.rule_answers.get(rule.number)
        if found is None:
            found = answer(rule, moment)
        if found != UNKNOWN:
            unknown.discard(rule.number)
    return [table.rules[number] for number in sorted(unknown)]


def answer(rule: Rule, moment: Moment) -> int:
    """Yes when any level says yes, else unknown when any is, else no."""
    largest = NO
    for _, condition in moment.rules.levels(rule):
        found = condition.answer(moment)
        if found == YES:
            return YES
        if found == UNKNOWN:
            largest = UNKNOWN
    return largest


def _finding(rule: Rule, moment: Moment) -> Finding | None:
    largest = NO
    for level, condition in moment.rules.levels(rule):
        found = condition.answer(moment)
        largest = max(largest, found)
        if found == YES:
            witnesses = condition.because(moment)
            if any(time == moment.time for time, _ in witnesses):
                moment.rule_answers[rule.number] = YES
                return _raise(rule, level, moment, [reason for _, reason in witnesses])
    moment.rule_answers[rule.number] = largest
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
