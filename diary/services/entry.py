"""What check-ins and doses have in common: found in their diary, one writer at a time, judged at each change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from diary.domain.access import Access, Role
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.disagreement import Disagreement
from diary.domain.flag import Closure, Flag, Raised
from diary.domain.medicine import Dose
from diary.models import AccountRow, CheckInRow, DoseRow
from diary.rules import judge_since, load_table, measured
from diary.services import flag
from diary.services.errors import NotFoundError
from diary.services.record import load_timeline

_Entry = TypeVar("_Entry", CheckInRow, DoseRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check-in or a dose led to: what recording it raised, and what could not be checked at its moment.

    ``author`` is a name, and ``author_role`` what they were when they wrote it. ``told_in`` is the id of the check-in
    that a dose was told in.
    """

    id: str
    at: datetime
    author: str
    author_role: Role
    check_in: CheckIn | None
    is_replaced: bool = False
    is_withdrawn: bool = False
    doses: tuple[Dose, ...]
    told_in: str | None = None
    raised: Sequence[tuple[Raised, Flag]]
    closures: Sequence[Closure] = ()
    missing: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


def find(session: Session, table: type[_Entry], entry_id: str, diary_id: str) -> _Entry:
    """The entry of this diary. Raises :class:`NotFoundError` when it has none of this id."""
    row = session.get(table, entry_id)
    if row is None or row.diary_id != diary_id:
        raise NotFoundError
    return row


def written_by(session: Session, row: CheckInRow | DoseRow) -> dict[str, Any]:
    """Who wrote an entry, and what they were at that time."""
    return {"author": session.get_one(AccountRow, row.author_id).name, "author_role": Role(row.author_role)}


def judge_since_change(
    session: Session,
    diary: Diary,
    since: datetime,
    access: Access,
    now: datetime,
    *,
    measured_at: datetime | None = None,
    check_in_id: str | None = None,
    dose_id: str | None = None,
) -> None:
    """Judge the moment that changed, and every later one that can see it, as if it had been known then.

    At ``measured_at`` a check-in says something of its own, and all of it is raised. Any other moment raises only what
    it had not raised before: what was closed stays closed.
    """
    table = load_table()
    until = since + table.lookback
    timeline = load_timeline(session, diary, since, until)
    findings = judge_since(table, timeline, since, flag.raised_today(session, diary.id, since))
    # In UTC: where a clock is set back, equal moments of two zones are not equal in Python.
    own_at = measured_at and measured_at.astimezone(UTC)
    if any(finding.at != own_at for finding in findings):
        before = flag.raised_between(session, diary.id, since, until)
        findings = tuple(
            finding
            for finding in findings
            if finding.at == own_at or (finding.rule, int(finding.urgency), finding.at) not in before
        )
    kinds = measured(timeline, own_at) if own_at else frozenset()
    flag.raise_findings(
        session, findings, (kinds, own_at or since), diary, access, now, check_in_id=check_in_id, dose_id=dose_id
    )
