"""Readings that a rule asks for again: which, and when. Done once such a reading was logged after it was asked for."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from diary.domain.diary import Diary
from diary.domain.flag import Flag, Raised, Recheck
from diary.reports.call import RECENT
from diary.rules import load_table, measured, moments, timeline_of
from diary.rules.table import Rule
from diary.services.record import load_recent


def due(session: Session, diary: Diary, flags: Sequence[Flag], now: datetime) -> list[Recheck]:
    """What the open ``flags`` ask for again and nobody has measured since, one a kind, the soonest first.

    One that was asked for longer ago than the last days stands on its flag alone: it is no timer any more.
    """
    asked = list(_asked(flags, now - RECENT))
    if not asked:
        return []
    timeline = timeline_of(load_recent(session, diary, now))
    logged = [(at, measured(timeline, at)) for at in moments(timeline)]
    found: dict[str, Recheck] = {}
    for rule, finding, wait in sorted(asked, key=lambda each: each[1].at + each[2]):
        is_done = any(at > finding.at and kinds & set(rule.recheck_kinds) for at, kinds in logged)
        if not is_done:
            recheck = Recheck(kind=rule.recheck_kinds[0], due_at=finding.at + wait, can_wait=rule.recheck_can_wait)
            found.setdefault(recheck.kind, recheck)
    return list(found.values())


def _asked(flags: Sequence[Flag], since: datetime) -> Iterator[tuple[Rule, Raised, timedelta]]:
    """The newest finding of each flag, if it asks for a reading, with how long to wait."""
    for flag in flags:
        rule, finding = load_table().rule(flag.rule), max(flag.findings, key=lambda finding: finding.at)
        level = next(level for level in rule.levels if level.urgency is finding.urgency)
        if level.recheck_seconds is not None and finding.at >= since:
            yield rule, finding, timedelta(seconds=level.recheck_seconds)
