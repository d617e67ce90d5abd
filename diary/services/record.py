"""Reads the patient record out of the cellar: the whole, or the window that a question can see."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.diary_file import check_in_from_json, check_in_to_json, dose_from_json
from diary.domain.record import PatientRecord
from diary.models import CheckInRow, DoseRow

KEPT_IN_COLUMNS = ("id", "written_at", "author", "note", "replaces", "withdrawn")
"""Keys of a check-in in the diary file that have a column of their own."""


def to_check_in(row: CheckInRow) -> CheckIn:
    """The check-in that a row holds."""
    history: dict[str, Any] = {"id": row.id, "written_at": row.written_at.isoformat(), "author": row.author_id}
    optional = {"note": row.note, "replaces": row.replaces_id, "withdrawn": row.withdrawn_at is not None or None}
    history |= {key: value for key, value in optional.items() if value is not None}
    return check_in_from_json(row.content | history)


def to_content(check_in: CheckIn) -> dict[str, object]:
    """What of a check-in goes into its row's ``content``."""
    return {key: value for key, value in check_in_to_json(check_in).items() if key not in KEPT_IN_COLUMNS}


def load_window(session: Session, diary: Diary, since: datetime, until: datetime) -> PatientRecord:
    """The standing check-ins and doses from ``since`` to ``until``, both inclusive: what the rules may see.

    Notes are left out: no rule reads them, and decrypting costs more than everything else here.
    """
    check_ins = session.execute(
        select(CheckInRow.id, CheckInRow.content)
        .where(CheckInRow.diary_id == diary.id, CheckInRow.at.between(since, until))
        .where(_is_standing())
    )
    doses = session.scalars(
        select(DoseRow.content)
        .outerjoin(CheckInRow, CheckInRow.id == DoseRow.check_in_id)
        .where(DoseRow.diary_id == diary.id, DoseRow.at.between(since, until))
        .where(or_(DoseRow.check_in_id.is_(None), _is_standing()))
    )
    return PatientRecord(
        patient=diary.patient,
        care_plan=diary.care_plan,
        check_ins=tuple(check_in_from_json({**row.content, "id": row.id}) for row in check_ins),
        doses=tuple(dose_from_json(content) for content in doses),
        id=diary.id,
    )


def load_last_check_in(session: Session, diary: Diary) -> CheckIn | None:
    """The newest standing check-in by its own time."""
    row = session.scalars(
        select(CheckInRow)
        .where(CheckInRow.diary_id == diary.id)
        .where(_is_standing())
        .order_by(CheckInRow.at.desc(), CheckInRow.written_at.desc())
        .limit(1)
    ).first()
    return None if row is None else to_check_in(row)


def _is_standing() -> ColumnElement[bool]:
    """Whether a check-in counts: neither withdrawn nor replaced."""
    replacing = aliased(CheckInRow)
    return CheckInRow.withdrawn_at.is_(None) & ~exists().where(replacing.replaces_id == CheckInRow.id)
