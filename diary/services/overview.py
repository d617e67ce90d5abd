"""All the diaries that somebody may enter, at a glance. No history is loaded: a year costs what a week does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diary.domain.access import Access
from diary.domain.diary import Diary
from diary.domain.flag import still_asks
from diary.domain.schedule import due_every, late_by
from diary.domain.urgency import Urgency
from diary.models import CheckInRow, DiaryRow, FindingRow, FlagRow
from diary.services import care_team
from diary.services.record import IS_STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One diary at a glance.

    ``open_flags`` are rule and urgency, the most urgent first. ``last_at`` is the moment of the last check-in,
    ``every`` how often one is due, and ``late_by`` how late the next is (``None``: it is not).
    """

    access: Access
    diary: Diary
    open_flags: tuple[tuple[str, Urgency], ...]
    last_at: datetime | None
    every: timedelta | None
    late_by: timedelta | None


def glances(session: Session, account_id: str, now: datetime) -> Sequence[Glance]:
    """Every diary that an account may enter: the most urgent flag first, then whatever is most overdue."""
    diaries = care_team.load_diaries(session, account_id)
    ids = [diary.id for _, diary in diaries]
    flags, last = _open_flags(session, ids, now), _last_check_ins(session, ids)
    found = []
    for access, diary in diaries:
        every, last_at = due_every(diary.patient, diary.care_plan, now), last[diary.id]
        found.append(
            Glance(
                access=access,
                diary=diary,
                open_flags=tuple(flags[diary.id]),
                last_at=last_at,
                every=every,
                late_by=late_by(every, last_at, now),
            )
        )
    return sorted(found, key=_most_urgent_first)


def _most_urgent_first(glance: Glance) -> tuple[int, timedelta, str]:
    worst = max((urgency for _, urgency in glance.open_flags), default=Urgency.NONE)
    late = timedelta(-1) if glance.late_by is None else glance.late_by
    return -worst, -late, glance.diary.patient_name.casefold()


def _open_flags(session: Session, diary_ids: Sequence[str], now: datetime) -> dict[str, list[tuple[str, Urgency]]]:
    rows = session.execute(
        select(FlagRow.diary_id, FlagRow.rule, FlagRow.urgency, func.max(FindingRow.at).label("latest_at"))
        .join(FindingRow, FindingRow.flag_id == FlagRow.id)
        .where(FlagRow.diary_id.in_(diary_ids), FlagRow.closed_at.is_(None))
        .group_by(FlagRow.id)
        .order_by(FlagRow.urgency.desc(), func.max(FindingRow.at).desc())
    )
    found = defaultdict(list)
    for row in rows:
        if still_asks(Urgency(row.urgency), row.latest_at, now):
            found[row.diary_id].append((row.rule, Urgency(row.urgency)))
    return found


def _last_check_ins(session: Session, diary_ids: Sequence[str]) -> dict[str, datetime | None]:
    """The moment of each diary's newest standing check-in, found at the end of the index."""
    newest = (
        select(CheckInRow.at)
        .where(CheckInRow.diary_id == DiaryRow.id, IS_STANDING)
        .order_by(CheckInRow.at.desc())
        .limit(1)
        .correlate(DiaryRow)
        .scalar_subquery()
    )
    rows = session.execute(select(DiaryRow.id, newest.label("at")).where(DiaryRow.id.in_(diary_ids)))
    return {row.id: row.at for row in rows}
