"""Check-ins: recorded, corrected, withdrawn; each judged at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.access import Access, Role
from diary.domain.audit import Event
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.diary_file import dose_from_json, dose_to_json
from diary.domain.disagreement import TOGETHER, disagreements
from diary.domain.medicine import Dose
from diary.domain.record import PatientRecord
from diary.domain.treatment import CarePlan, Patient
from diary.domain.urgency import Urgency
from diary.models import CheckInRow, DoseRow
from diary.rules import Finding, judge, judge_since, load_table, moments
from diary.services import audit, flag, lock
from diary.services.entry import Outcome, find, judge_since_change, written_by
from diary.services.errors import AlreadyChangedError, NotFoundError
from diary.services.record import load_timeline, load_window, to_check_in, to_content

CONTINUES_FOR: Final = timedelta(hours=1)
"""A step that comes later than this after the one before is a check-in of its own: it was not measured then."""


Kept = tuple[CheckIn, tuple[Dose, ...]]
"""A check-in as it is saved so far, with the doses told in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the rules find in a check-in that is not saved; ``is_odd`` when some of it rests on a refused number."""

    findings: Sequence[Finding]
    is_odd: bool


def record(
    session: Session,
    diary: Diary,
    check_in: CheckIn,
    doses: Sequence[Dose],
    access: Access,
    now: datetime,
    *,
    continues: bool = False,
) -> str:
    """Save a check-in with the doses told in it, judge it, and raise what the rules find.

    The same check-in (by id) sent twice is stored once. A correction names in ``replaces`` the version it replaces;
    so does one that ``continues`` it, because it was saved step by step.

    Returns:
        The check-in's id.

    Raises:
        NotFoundError: when the id, or the one it replaces, is another diary's.
        AlreadyChangedError: when the version it replaces is no longer the newest.
    """
    lock.diary(session, access.diary_id)
    if check_in.id is None:
        raise ValueError("A check-in needs an id before it is recorded.")
    earlier = session.get(CheckInRow, check_in.id)
    if earlier is not None:
        if earlier.diary_id != access.diary_id:
            raise NotFoundError
        return earlier.id
    since = check_in.at
    if check_in.replaces is not None:
        since = min(since, _newest_version(session, check_in.replaces, access).at)
    written = {
        "diary_id": access.diary_id,
        "written_at": now,
        "author_id": access.account_id,
        "author_role": access.role,
    }
    session.add(
        CheckInRow(
            id=check_in.id,
            at=check_in.at,
            by=check_in.by,
            content=to_content(check_in),
            note=check_in.note,
            replaces_id=check_in.replaces,
            continues=continues,
            **written,
        )
    )
    if doses:
        session.flush()  # A dose names its check-in, which must be there first.
    for dose in doses:
        session.add(DoseRow(at=dose.at, content=dose_to_json(dose), check_in_id=check_in.id, **written))
        since = min(since, dose.at)
    event = Event.CHECK_IN_CORRECTED if check_in.replaces and not continues else Event.CHECK_IN_RECORDED
    audit.write(session, event, access, now, check_in.id)
    session.flush()
    judge_since_change(session, diary, since, access, now, measured_at=check_in.at, check_in_id=check_in.id)
    return check_in.id


def withdraw(session: Session, diary: Diary, check_in_id: str, access: Access, now: datetime) -> None:
    """Withdraw a check-in: it is kept and shown struck through, and no rule reads it again. Its flags stay."""
    lock.diary(session, access.diary_id)
    row = _newest_version(session, check_in_id, access)
    row.withdrawn_at, row.withdrawn_by_id = now, access.account_id
    audit.write(session, Event.CHECK_IN_WITHDRAWN, access, now, check_in_id)
    session.flush()
    judge_since_change(session, diary, row.at, access, now, check_in_id=check_in_id)


def preview(session: Session, diary: Diary, check_in: CheckIn, if_true: CheckIn, doses: Sequence[Dose]) -> Preview:
    """What the rules find, against the record, in a check-in that is not saved.

    ``if_true`` is the same with the numbers that were refused: what they would mean is shown as well (rule C8).
    """
    since = min([check_in.at, *(dose.at for dose in doses)])
    counted = flag.raised_today(session, diary.id, since)

    def judged(version: CheckIn) -> Sequence[Finding]:
        timeline = load_timeline(
            session, diary, since, check_in.at, leaving_out=check_in.replaces, also=(version, doses)
        )
        return judge_since(load_table(), timeline, since, counted)

    return _preview(judged, check_in, if_true)


def preview_without_record(check_in: CheckIn, if_true: CheckIn, doses: Sequence[Dose]) -> Preview:
    """As :func:`preview`, for somebody who is not signed in: judged alone.

    Nothing is known about the person, so the number set that calls sooner is used.
    """
    alone = PatientRecord(patient=Patient(None, "UTC"), care_plan=CarePlan(profile="uk"), doses=tuple(doses))

    def judged(version: CheckIn) -> Sequence[Finding]:
        record = replace(alone, check_ins=(version,))
        return judge_since(load_table(), record, min(moments(record)), ())

    return _preview(judged, check_in, if_true)


def _preview(judged: Callable[[CheckIn], Sequence[Finding]], check_in: CheckIn, if_true: CheckIn) -> Preview:
    findings = judged(check_in)
    known = {(finding.rule, finding.urgency) for finding in findings}
    odd = [
        finding
        for finding in (() if replace(if_true, id=check_in.id) == check_in else judged(if_true))
        if finding.urgency >= Urgency.CALL and (finding.rule, finding.urgency) not in known
    ]
    return Preview(findings=(*findings, *odd), is_odd=bool(odd))


def last_reporter(session: Session, access: Access) -> str:
    """Who answered the last check-in that this account wrote; before the first, whoever has this account's role."""
    by = session.scalars(
        select(CheckInRow.by)
        .where(CheckInRow.diary_id == access.diary_id, CheckInRow.author_id == access.account_id)
        .order_by(CheckInRow.at.desc())
        .limit(1)
    ).first()
    return by or ("caregiver" if access.role is Role.CAREGIVER else "patient")


def to_correct(
    session: Session, diary: Diary, check_in_id: str, *, is_newest: bool
) -> tuple[CheckIn, tuple[Dose, ...]]:
    """A check-in with the doses told in it.

    Raises:
        NotFoundError: when this diary has no such check-in.
        AlreadyChangedError: when it is no longer the newest version, and ``is_newest`` says that it must be.
    """
    row = find(session, CheckInRow, check_in_id, diary.id)
    if is_newest and (row.withdrawn_at is not None or _replacing(session, check_in_id) is not None):
        raise AlreadyChangedError
    return to_check_in(row), _doses_of(session, check_in_id)


def to_continue(session: Session, diary: Diary, check_in_id: str, now: datetime) -> Kept | None:
    """The newest version of a check-in that is being saved step by step, with the doses told in it.

    ``None`` when it was withdrawn, or is too old to go on with: what is answered now is another check-in.
    Raises :class:`NotFoundError` when this diary has no such check-in.
    """
    row = find(session, CheckInRow, check_in_id, diary.id)
    while (newer := _replacing(session, row.id)) is not None:
        row = find(session, CheckInRow, newer, diary.id)
    if row.withdrawn_at is not None or now - row.written_at > CONTINUES_FOR:
        return None
    return to_check_in(row), _doses_of(session, row.id)


def outcome(session: Session, diary: Diary, check_in_id: str) -> Outcome:
    """What a saved check-in led to. Raises :class:`NotFoundError` when this diary has no such check-in."""
    row = find(session, CheckInRow, check_in_id, diary.id)
    check_in = to_check_in(row)
    nearby = load_window(session, diary, check_in.at - TOGETHER, check_in.at + TOGETHER).check_ins
    judgement = judge(load_table(), load_timeline(session, diary, check_in.at, check_in.at), check_in.at)
    return Outcome(
        id=check_in_id,
        at=check_in.at,
        **written_by(session, row),
        check_in=check_in,
        is_replaced=_replacing(session, check_in_id) is not None,
        is_withdrawn=check_in.withdrawn,
        doses=_doses_of(session, check_in_id),
        raised=flag.raised_by(session, check_in_id),
        closures=flag.closures_after(session, [check_in_id])[check_in_id],
        missing=judgement.missing,
        partly=judgement.partly,
        disagreements=tuple(each for each in disagreements(nearby) if check_in_id in (each.yes.id, each.no.id)),
    )


def _replacing(session: Session, check_in_id: str) -> str | None:
    """The id of the version that replaces a check-in."""
    return session.scalars(select(CheckInRow.id).where(CheckInRow.replaces_id == check_in_id)).first()


def _doses_of(session: Session, check_in_id: str) -> tuple[Dose, ...]:
    """The doses that were told in a check-in."""
    contents = session.scalars(select(DoseRow.content).where(DoseRow.check_in_id == check_in_id).order_by(DoseRow.id))
    return tuple(map(dose_from_json, contents))


def _newest_version(session: Session, check_in_id: str, access: Access) -> CheckInRow:
    row = find(session, CheckInRow, check_in_id, access.diary_id)
    session.refresh(row)  # Another may have changed it between our first look and the lock.
    if _replacing(session, check_in_id) is not None or row.withdrawn_at is not None:
        raise AlreadyChangedError
    return row
