"""Doses that are logged by themselves: recorded, corrected, withdrawn; each judged at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.access import Access
from diary.domain.audit import Event
from diary.domain.diary import Diary
from diary.domain.diary_file import dose_from_json, dose_to_json
from diary.domain.medicine import Dose
from diary.models import DoseEndRow, DoseRow
from diary.services import audit, flag, lock
from diary.services.entry import Outcome, find, judge_since_change, written_by
from diary.services.errors import AlreadyChangedError, NotFoundError


def record(
    session: Session,
    diary: Diary,
    dose_id: str,
    dose: Dose,
    access: Access,
    now: datetime,
    *,
    replaces: str | None = None,
) -> None:
    """Save a dose, judge it, and raise what the rules find; sent twice, stored once. The old version stays visible.

    Raises:
        NotFoundError: when the id, or the one it replaces, is another diary's.
        AlreadyChangedError: when the version it replaces is no longer the newest.
    """
    lock.diary(session, access.diary_id)
    earlier = session.get(DoseRow, dose_id)
    if earlier is not None:
        if earlier.diary_id != access.diary_id:
            raise NotFoundError
        return
    since = dose.at if replaces is None else min(dose.at, _newest_version(session, replaces, access).at)
    written = {"diary_id": access.diary_id, "written_at": now, "author_id": access.account_id}
    session.add(DoseRow(author_role=access.role, id=dose_id, at=dose.at, content=dose_to_json(dose), **written))
    session.flush()
    if replaces is not None:
        _end(session, replaces, access, now, replaced_by_id=dose_id)
    event = Event.DOSE_RECORDED if replaces is None else Event.DOSE_CORRECTED
    audit.write(session, event, access, now, dose_id)
    judge_since_change(session, diary, since, access, now, dose_id=dose_id)


def withdraw(session: Session, diary: Diary, dose_id: str, access: Access, now: datetime) -> None:
    """Withdraw a dose: it is kept and shown struck through, and no rule reads it again. Its flags stay."""
    lock.diary(session, access.diary_id)
    row = _newest_version(session, dose_id, access)
    _end(session, dose_id, access, now)
    audit.write(session, Event.DOSE_WITHDRAWN, access, now, dose_id)
    judge_since_change(session, diary, row.at, access, now, dose_id=dose_id)


def to_correct(session: Session, diary: Diary, dose_id: str, *, is_newest: bool) -> Dose:
    """A dose that was logged by itself.

    Raises:
        NotFoundError: when this diary has no such dose, or it was told in a check-in, which is corrected there.
        AlreadyChangedError: when it is no longer the newest version, and ``is_newest`` says that it must be.
    """
    row = find(session, DoseRow, dose_id, diary.id)
    if row.check_in_id is not None:
        raise NotFoundError
    if is_newest and session.get(DoseEndRow, dose_id) is not None:
        raise AlreadyChangedError
    return dose_from_json(row.content)


def outcome(session: Session, diary: Diary, dose_id: str) -> Outcome:
    """What a saved dose led to. Raises :class:`NotFoundError` when this diary has no such dose."""
    row = find(session, DoseRow, dose_id, diary.id)
    end = session.get(DoseEndRow, dose_id)
    return Outcome(
        id=dose_id,
        at=row.at,
        **written_by(session, row),
        check_in=None,
        is_replaced=end is not None and end.replaced_by_id is not None,
        is_withdrawn=end is not None and end.replaced_by_id is None,
        doses=(dose_from_json(row.content),),
        told_in=row.check_in_id,
        raised=flag.raised_by(session, dose_id),
        closures=flag.closures_after(session, [dose_id])[dose_id],
    )


def _end(session: Session, dose_id: str, access: Access, now: datetime, replaced_by_id: str | None = None) -> None:
    end = DoseEndRow(dose_id=dose_id, replaced_by_id=replaced_by_id, written_at=now, author_id=access.account_id)
    session.add(end)
    session.flush()


def _newest_version(session: Session, dose_id: str, access: Access) -> DoseRow:
    row = find(session, DoseRow, dose_id, access.diary_id)
    if row.check_in_id is not None:
        raise NotFoundError
    if session.scalars(select(DoseEndRow.dose_id).where(DoseEndRow.dose_id == dose_id)).first() is not None:
        raise AlreadyChangedError
    return row
