"""Pictures: kept, compared with the usual one by people, withdrawn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.access import Access
from diary.domain.audit import Event
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.picture import SIGN, NewPicture, Picture, PictureKind
from diary.models import CheckInRow, PictureAnswerRow, PictureRow
from diary.services import audit, care_team, check_in
from diary.services.errors import NotFoundError
from diary.services.record import IS_STANDING

PAGE_LENGTH: Final = 12


def record(session: Session, picture: NewPicture, access: Access, now: datetime) -> None:
    """Keep a picture; the same one (by id) sent twice is kept once."""
    earlier = session.get(PictureRow, picture.id)
    if earlier is not None:
        if earlier.diary_id != access.diary_id:
            raise NotFoundError
        return
    session.add(
        PictureRow(
            id=picture.id,
            diary_id=access.diary_id,
            author_id=access.account_id,
            written_at=now,
            at=picture.at,
            kind=picture.kind,
            sentence=picture.sentence,
            jpeg=picture.jpeg,
        )
    )
    audit.write(session, Event.PICTURE_RECORDED, access, now, picture.id)
    session.flush()


def answer(
    session: Session, diary: Diary, picture_id: str | None, answers: Sequence[CheckIn], access: Access, now: datetime
) -> str:
    """Record who says what about the writing, a check-in each, judged at once.

    Returns:
        The id of the check-in whose outcome matters most: the first to whom it looks different.
    """
    for each in answers:
        check_in.record(session, diary, each, (), access, now)
        if picture_id is not None and each.id is not None and session.get(PictureAnswerRow, each.id) is None:
            session.add(PictureAnswerRow(check_in_id=each.id, picture_id=picture_id, diary_id=diary.id))
    return str(min(answers, key=lambda each: SIGN not in each.signs).id)


def withdraw(session: Session, picture_id: str, access: Access, now: datetime) -> None:
    """Withdraw a picture: its row stays in the list, struck through, and nobody is shown it again."""
    row = _find(session, picture_id, access.diary_id)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by_id = now, access.account_id
        audit.write(session, Event.PICTURE_WITHDRAWN, access, now, picture_id)


def load(session: Session, diary_id: str, picture_id: str) -> Picture:
    """One picture that may be shown. Raises :class:`NotFoundError` for a withdrawn one, and for another diary's."""
    row = _find(session, picture_id, diary_id)
    if row.withdrawn_at is not None:
        raise NotFoundError
    return next(iter(_pictures(session, diary_id, [row])))


def load_jpeg(session: Session, diary_id: str, picture_id: str) -> bytes:
    """The bytes of a picture that may be shown. Raises :class:`NotFoundError` as :func:`load` does."""
    row = _find(session, picture_id, diary_id)
    if row.withdrawn_at is not None:
        raise NotFoundError
    return row.jpeg


def load_page(session: Session, diary_id: str, before: datetime | None) -> tuple[tuple[Picture, ...], bool]:
    """The newest pictures, or the newest before a moment, withdrawn ones too; and whether there are earlier ones."""
    query = select(PictureRow).where(PictureRow.diary_id == diary_id).order_by(PictureRow.at.desc(), PictureRow.id)
    if before is not None:
        query = query.where(PictureRow.at < before)
    rows = session.scalars(query.limit(PAGE_LENGTH + 1)).all()
    return tuple(_pictures(session, diary_id, rows[:PAGE_LENGTH])), len(rows) > PAGE_LENGTH


def usual(session: Session, diary_id: str, kind: PictureKind) -> Picture | None:
    """What later pictures of this kind are compared with: the first one that was kept and not withdrawn."""
    row = session.scalars(
        select(PictureRow)
        .where(PictureRow.diary_id == diary_id, PictureRow.kind == kind, PictureRow.withdrawn_at.is_(None))
        .order_by(PictureRow.at, PictureRow.id)
        .limit(1)
    ).first()
    return None if row is None else next(iter(_pictures(session, diary_id, [row])))


def sentence(session: Session, diary_id: str) -> str | None:
    """What this patient writes each time: as in the usual sample; ``None`` before the first."""
    first = usual(session, diary_id, PictureKind.SENTENCE)
    return None if first is None else first.sentence


def _find(session: Session, picture_id: str, diary_id: str) -> PictureRow:
    row = session.get(PictureRow, picture_id)
    if row is None or row.diary_id != diary_id:
        raise NotFoundError
    return row


def _pictures(session: Session, diary_id: str, rows: Sequence[PictureRow]) -> Iterable[Picture]:
    names = care_team.names(session, diary_id)
    answers = defaultdict(list)
    found = session.execute(
        select(PictureAnswerRow.picture_id, CheckInRow.by, CheckInRow.content)
        .join(CheckInRow, CheckInRow.id == PictureAnswerRow.check_in_id)
        .where(PictureAnswerRow.diary_id == diary_id, PictureAnswerRow.picture_id.in_([row.id for row in rows]))
        .where(IS_STANDING)
        .order_by(CheckInRow.written_at)
    )
    for told in found:
        answers[told.picture_id].append((told.by, SIGN in told.content.get("signs", ())))
    for row in rows:
        yield Picture(
            id=row.id,
            kind=PictureKind(row.kind),
            at=row.at,
            author=names[row.author_id],
            sentence=row.sentence,
            withdrawn_by=names[row.withdrawn_by_id] if row.withdrawn_by_id else None,
            answers=tuple(answers[row.id]),
        )
