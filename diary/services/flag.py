"""Flags: raised from findings, added to while open, closed when somebody records what happened."""

import json
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from diary.domain.access import Access
from diary.domain.audit import Event
from diary.domain.diary import Diary
from diary.domain.flag import TODAY_ENDS_AFTER, Closure, ClosureKind, Flag, OwnNumbers, Raised
from diary.domain.urgency import Urgency
from diary.models import AccountRow, CarePlanRow, ClosureRow, FindingRow, FlagRow
from diary.models.base import new_id
from diary.rules import Finding, load_table
from diary.rules.limits import uses_own_numbers
from diary.services import audit

_CARE_PLAN = (
    select(CarePlanRow.id)
    .where(CarePlanRow.diary_id == bindparam("diary_id"))
    .order_by(CarePlanRow.version.desc())
    .limit(1)
)
# Every check-in asks these two, so they are put together once.
_OPEN = select(FlagRow).where(FlagRow.diary_id == bindparam("diary_id"), FlagRow.closed_at.is_(None))
_RAISED_TODAY = (
    select(FindingRow.at, FindingRow.rule)
    .where(FindingRow.diary_id == bindparam("diary_id"), FindingRow.urgency == int(Urgency.TODAY))
    .where(FindingRow.at >= bindparam("since"), FindingRow.at < bindparam("before"))
)


def raise_findings(
    session: Session,
    findings: Sequence[Finding],
    measured: tuple[Set[str], datetime],
    diary: Diary,
    access: Access,
    now: datetime,
    *,
    check_in_id: str | None = None,
    dose_id: str | None = None,
) -> None:
    """Raise each finding: on its rule's open flag, or as a new one. The entry that led to it is named.

    One that was found before for the same reasons joins the flag that it had then, closed or not: correcting a note
    asks nobody to ring twice. A *watch* ends when what its rule asked for was ``measured`` again, at a later moment,
    and the rule is silent.
    """
    table = load_table()
    rows = session.scalars(_OPEN, {"diary_id": access.diary_id})
    open_rows = {row.rule: row for row in rows}
    care_plan_id = session.scalars(_CARE_PLAN, {"diary_id": access.diary_id}).first() if findings else None
    found_before = _found_before(session, access.diary_id, findings)
    watches = [row for row in open_rows.values() if row.urgency == Urgency.WATCH]
    fires_again = set()
    for finding in findings:
        fires_again.add(finding.rule)
        if finding.keeps_open is not None and finding.keeps_open not in open_rows:
            continue  # It only speaks while that rule's flag is open; the team has answered it.
        row = found_before.get(_key(finding)) or _still_open(session, open_rows.get(finding.rule), access, now)
        if row is None:
            row = FlagRow(id=new_id(), diary_id=access.diary_id, rule=finding.rule, urgency=0, at=finding.at)
            open_rows[finding.rule] = row
            session.add(row)
            audit.write(session, Event.FLAG_RAISED, access, now, row.id)
        row.urgency = max(row.urgency, finding.urgency)
        session.add(
            FindingRow(
                flag=row,
                diary_id=access.diary_id,
                check_in_id=check_in_id,
                dose_id=dose_id,
                at=finding.at,
                raised_at=now,
                rule=finding.rule,
                urgency=int(finding.urgency),
                reasons=[reason.to_json() for reason in finding.reasons],
                table_version=table.version,
                care_plan_id=care_plan_id if uses_own_numbers(table, finding, diary.care_plan) else None,
            )
        )
    for row in watches:
        kinds, measured_at = measured
        is_measured = kinds & set(table.rule(row.rule).recheck_kinds)
        if row.rule not in fires_again and is_measured and all(old.at < measured_at for old in row.findings):
            _close(session, row, Closure(kind=ClosureKind.MEASURED_AGAIN, at=now, by=access.account_id), access)


def _found_before(
    session: Session, diary_id: str, findings: Sequence[Finding]
) -> dict[tuple[str, int, datetime, str], FlagRow]:
    """The flags of what was found before for the moments of ``findings``, by everything that was found."""
    if not findings:
        return {}
    rows = session.scalars(
        select(FindingRow)
        .where(FindingRow.diary_id == diary_id, FindingRow.at.in_({finding.at for finding in findings}))
        .options(joinedload(FindingRow.flag))
    )
    return {(row.rule, row.urgency, row.at, json.dumps(row.reasons, sort_keys=True)): row.flag for row in rows}


def _key(finding: Finding) -> tuple[str, int, datetime, str]:
    reasons = [reason.to_json() for reason in finding.reasons]
    return finding.rule, int(finding.urgency), finding.at, json.dumps(reasons, sort_keys=True)


def _still_open(session: Session, row: FlagRow | None, access: Access, now: datetime) -> FlagRow | None:
    """The flag; ``None`` when it has run out, so that what is found now begins anew."""
    if row is None or row.urgency != Urgency.TODAY or _to_flag(row).is_open(now):
        return row
    _close(session, row, Closure(kind=ClosureKind.RAN_OUT, at=now, by=access.account_id), access)
    session.flush()  # Before the new one: a rule has one open flag.
    return None


def raised_between(session: Session, diary_id: str, since: datetime, until: datetime) -> set[tuple[str, int, datetime]]:
    """Rule, urgency and moment of every finding ever raised for a moment from ``since`` to ``until``."""
    rows = session.execute(
        select(FindingRow.rule, FindingRow.urgency, FindingRow.at).where(
            FindingRow.diary_id == diary_id, FindingRow.at >= since, FindingRow.at <= until
        )
    )
    return {(row.rule, row.urgency, row.at) for row in rows}


def raised_today(session: Session, diary_id: str, before: datetime) -> list[tuple[datetime, str]]:
    """Moment and rule of every *today* that was raised in the day before ``before``: rule A1 counts them."""
    since = before - TODAY_ENDS_AFTER
    rows = session.execute(_RAISED_TODAY, {"diary_id": diary_id, "since": since, "before": before})
    return [(row.at, row.rule) for row in rows]


def close(session: Session, flag_ids: Sequence[str], closure: Closure, access: Access) -> None:
    """Record what happened after these flags of this diary. One that was closed before keeps its first closure."""
    rows = session.scalars(
        select(FlagRow).where(
            FlagRow.diary_id == access.diary_id, FlagRow.closed_at.is_(None), FlagRow.id.in_(flag_ids)
        )
    )
    for row in rows:
        _close(session, row, closure, access)


def _close(session: Session, row: FlagRow, closure: Closure, access: Access) -> None:
    row.closed_at = closure.at
    row.closure = ClosureRow(
        kind=closure.kind,
        told_at=closure.told_at,
        told=closure.told,
        said=closure.said,
        author_id=access.account_id,
        written_at=closure.at,
    )
    audit.write(session, Event.FLAG_CLOSED, access, closure.at, row.id)


def open_flags(session: Session, diary_id: str, now: datetime) -> list[Flag]:
    """The flags that still ask for something, the most urgent and then the newest first."""
    rows = session.scalars(_OPEN.options(selectinload(FlagRow.findings)), {"diary_id": diary_id})
    flags = [flag for flag in map(_to_flag, rows) if flag.is_open(now)]
    return sorted(flags, key=lambda flag: (flag.urgency, flag.latest_at), reverse=True)


def flags_between(session: Session, diary_id: str, since: datetime, until: datetime) -> list[Flag]:
    """Every flag, open or closed, that has a finding from ``since`` to ``until``."""
    rows = session.scalars(
        select(FlagRow)
        .where(FlagRow.diary_id == diary_id, FlagRow.findings.any(FindingRow.at.between(since, until)))
        .options(selectinload(FlagRow.findings), selectinload(FlagRow.closure))
    )
    return [_to_flag(row) for row in rows]


def raised_by(session: Session, entry_id: str) -> Sequence[tuple[Raised, Flag]]:
    """What recording a check-in or a dose raised, each with its flag as it stands now; the most urgent first."""
    rows = session.scalars(
        select(FindingRow)
        .where((FindingRow.check_in_id == entry_id) | (FindingRow.dose_id == entry_id))
        .order_by(FindingRow.urgency.desc(), FindingRow.at, FindingRow.rule)
        .options(selectinload(FindingRow.flag).selectinload(FlagRow.findings))
    )
    return [(_to_raised(row), _to_flag(row.flag)) for row in rows]


def closures_after(session: Session, entry_ids: Sequence[str]) -> dict[str, list[Closure]]:
    """What happened after each check-in or dose: one closure a call, the first call first. ``by`` is a name."""
    rows = session.execute(
        select(FindingRow.check_in_id, FindingRow.dose_id, ClosureRow, AccountRow.name)
        .join(ClosureRow, ClosureRow.flag_id == FindingRow.flag_id)
        .join(AccountRow, AccountRow.id == ClosureRow.author_id)
        .where(ClosureRow.kind == ClosureKind.TOLD)
        .where(FindingRow.check_in_id.in_(entry_ids) | FindingRow.dose_id.in_(entry_ids))
        .order_by(ClosureRow.written_at)
    )
    found: dict[str, list[Closure]] = defaultdict(list)
    for row in rows:
        closure = replace(_to_closure(row.ClosureRow), by=row.name)
        calls = found[row.check_in_id or row.dose_id]
        if closure not in calls:
            calls.append(closure)
    return found


def _to_raised(row: FindingRow) -> Raised:
    plan = row.care_plan
    return Raised(
        rule=row.rule,
        urgency=Urgency(row.urgency),
        at=row.at,
        reasons=tuple(row.reasons),
        table_version=row.table_version,
        own_numbers=None if plan is None else OwnNumbers(plan.author.name, plan.written_at),
    )


def _to_flag(row: FlagRow) -> Flag:
    return Flag(
        id=row.id,
        rule=row.rule,
        urgency=Urgency(row.urgency),
        findings=tuple(_to_raised(finding) for finding in row.findings),
        closure=None if row.closure is None else _to_closure(row.closure),
    )


def _to_closure(row: ClosureRow) -> Closure:
    return Closure(
        kind=ClosureKind(row.kind),
        at=row.written_at,
        by=row.author_id,
        told_at=row.told_at,
        told=row.told,
        said=row.said,
    )
