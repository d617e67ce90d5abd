"""History: every entry with its author, corrected and withdrawn ones too, a page at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from diary.domain.access import Role
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.diary_file import dose_from_json
from diary.domain.flag import Closure
from diary.domain.medicine import Dose
from diary.models import CheckInRow, DoseEndRow, DoseRow
from diary.services import care_team, flag
from diary.services.record import to_check_in

PAGE_LENGTH = 30

_CONTINUING = aliased(CheckInRow)
_IS_CONTINUED = exists().where(_CONTINUING.replaces_id == CheckInRow.id, _CONTINUING.continues)
"""Whether a later step of the same check-in holds everything that this version says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One version of a check-in with the doses told in it, or a dose by itself (then ``check_in`` is ``None``).

    A check-in that was saved step by step is one version: the one that holds every step.

    ``closures`` are what happened after the flags that it raised.
    ``author`` is a name, and ``author_role`` what they were when they wrote it. ``replaced_by`` is the id of the
    version that corrected this one; ``is_correction``, whether this one corrects another.
    """

    id: str
    at: datetime
    written_at: datetime
    author: str
    author_role: Role
    check_in: CheckIn | None
    doses: tuple[Dose, ...]
    closures: tuple[Closure, ...] = ()
    replaced_by: str | None = None
    withdrawn_by: str | None = None
    is_correction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Entries by their own time, the newest first; ``next_before`` leads to the page after, if there is one."""

    entries: tuple[HistoryEntry, ...]
    next_before: datetime | None


def load_page(session: Session, diary: Diary, before: datetime | None) -> HistoryPage:
    """The newest entries, or the newest before a moment. What a page costs does not grow with the diary."""
    moments = _moments(session, diary, before)
    if not moments:
        return HistoryPage(entries=(), next_before=None)
    since = _first_shown(moments)
    names = care_team.names(session, diary.id)
    entries = [*_check_ins(session, diary, since, before, names), *_doses(session, diary, since, before, names)]
    entries.sort(key=lambda entry: (entry.at, entry.written_at), reverse=True)
    return HistoryPage(entries=tuple(entries), next_before=since if _moments(session, diary, since, 1) else None)


def _moments(
    session: Session, diary: Diary, before: datetime | None, length: int = PAGE_LENGTH + 1
) -> Sequence[datetime]:
    """The moments of the newest entries, one for each entry."""
    queries = (
        select(CheckInRow.at).where(CheckInRow.diary_id == diary.id, ~_IS_CONTINUED),
        select(DoseRow.at).where(DoseRow.diary_id == diary.id, DoseRow.check_in_id.is_(None)),
    )
    found: list[datetime] = []
    for query, at in zip(queries, (CheckInRow.at, DoseRow.at), strict=True):
        found += session.scalars(
            (query if before is None else query.where(at < before)).order_by(at.desc()).limit(length)
        )
    return sorted(found, reverse=True)[:length]


def _first_shown(moments: Sequence[datetime]) -> datetime:
    """The earliest moment of a page: all entries of one moment stay on one page, so that none is lost between two."""
    if len(moments) <= PAGE_LENGTH:
        return moments[-1]
    whole = [moment for moment in moments if moment > moments[PAGE_LENGTH]]
    return whole[-1] if whole else moments[0]


def _check_ins(
    session: Session, diary: Diary, since: datetime, before: datetime | None, names: dict[str, str]
) -> Iterable[HistoryEntry]:
    query = select(CheckInRow).where(CheckInRow.diary_id == diary.id, CheckInRow.at >= since, ~_IS_CONTINUED)
    rows = session.scalars(query if before is None else query.where(CheckInRow.at < before)).all()
    ids = [row.id for row in rows]
    replaced_by = {
        row.replaces_id: row.id
        for row in session.execute(select(CheckInRow.id, CheckInRow.replaces_id).where(CheckInRow.replaces_id.in_(ids)))
    }
    doses = defaultdict(list)
    for told in session.scalars(select(DoseRow).where(DoseRow.check_in_id.in_(ids))):
        doses[told.check_in_id].append(dose_from_json(told.content))
    closures = flag.closures_after(session, ids)
    for row in rows:
        yield HistoryEntry(
            id=row.id,
            at=row.at,
            written_at=row.written_at,
            author=names[row.author_id],
            author_role=Role(row.author_role),
            check_in=to_check_in(row),
            doses=tuple(doses[row.id]),
            closures=tuple(closures[row.id]),
            replaced_by=replaced_by.get(row.id),
            withdrawn_by=names[row.withdrawn_by_id] if row.withdrawn_by_id else None,
            is_correction=row.replaces_id is not None and not row.continues,
        )


def _doses(
    session: Session, diary: Diary, since: datetime, before: datetime | None, names: dict[str, str]
) -> Iterable[HistoryEntry]:
    query = select(DoseRow).where(DoseRow.diary_id == diary.id, DoseRow.check_in_id.is_(None), DoseRow.at >= since)
    rows = session.scalars(query if before is None else query.where(DoseRow.at < before)).all()
    ids = [row.id for row in rows]
    closures = flag.closures_after(session, ids)
    ends = {end.dose_id: end for end in session.scalars(select(DoseEndRow).where(DoseEndRow.dose_id.in_(ids)))}
    corrections = set(session.scalars(select(DoseEndRow.replaced_by_id).where(DoseEndRow.replaced_by_id.in_(ids))))
    for row in rows:
        end = ends.get(row.id)
        yield HistoryEntry(
            id=row.id,
            at=row.at,
            written_at=row.written_at,
            author=names[row.author_id],
            author_role=Role(row.author_role),
            check_in=None,
            doses=(dose_from_json(row.content),),
            closures=tuple(closures[row.id]),
            replaced_by=end.replaced_by_id if end else None,
            withdrawn_by=names[end.author_id] if end and end.replaced_by_id is None else None,
            is_correction=row.id in corrections,
        )
