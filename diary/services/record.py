"""Reads the patient record out of the cellar: the whole, or the window that a question can see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.diary_file import check_in_from_json, check_in_to_json, dose_from_json, dose_to_json, dump
from diary.domain.medicine import Dose
from diary.domain.record import PatientRecord
from diary.models import CheckInRow, DoseEndRow, DoseRow
from diary.reports.call import RECENT
from diary.rules import Timeline, load_table
from diary.rules.lookback import entry_lookback
from diary.rules.masking import masking, masking_windows

KEPT_IN_COLUMNS = ("id", "written_at", "author", "note", "replaces", "withdrawn")
"""Keys of a check-in in the diary file that have a column of their own."""


_REPLACING = aliased(CheckInRow)
IS_STANDING = CheckInRow.withdrawn_at.is_(None) & ~exists().where(_REPLACING.replaces_id == CheckInRow.id)
"""Whether a check-in counts: neither withdrawn nor replaced."""

IS_DOSE_STANDING = or_(DoseRow.check_in_id.is_(None), IS_STANDING) & ~exists().where(DoseEndRow.dose_id == DoseRow.id)
"""Whether a dose, joined with the check-in that told it, counts."""

_CHECK_INS = (
    select(CheckInRow.id, CheckInRow.content)
    .where(CheckInRow.diary_id == bindparam("diary_id"), CheckInRow.at.between(bindparam("since"), bindparam("until")))
    .where(IS_STANDING)
)
_DOSES = (
    select(DoseRow.content)
    .outerjoin(CheckInRow, CheckInRow.id == DoseRow.check_in_id)
    .where(DoseRow.diary_id == bindparam("diary_id"), DoseRow.at.between(bindparam("since"), bindparam("until")))
    .where(IS_DOSE_STANDING)
)


def to_check_in(row: CheckInRow) -> CheckIn:
    """The check-in that a row holds."""
    return check_in_from_json(to_json(row))


def to_json(row: CheckInRow) -> dict[str, Any]:
    """The same as the diary file writes it."""
    history: dict[str, Any] = {"id": row.id, "written_at": row.written_at.isoformat(), "author": row.author_id}
    optional = {"note": row.note, "replaces": row.replaces_id, "withdrawn": row.withdrawn_at is not None or None}
    history |= {key: value for key, value in optional.items() if value is not None}
    return row.content | history


def to_content(check_in: CheckIn) -> dict[str, object]:
    """What of a check-in goes into its row's ``content``."""
    return {key: value for key, value in check_in_to_json(check_in).items() if key not in KEPT_IN_COLUMNS}


def load_window(session: Session, diary: Diary, since: datetime, until: datetime) -> PatientRecord:
    """The standing check-ins and doses from ``since`` to ``until``, both inclusive.

    Notes are left out: no rule and no chart reads them, and decrypting costs more than everything else here.
    """
    window = {"diary_id": diary.id, "since": since, "until": until}
    check_ins = session.execute(_CHECK_INS, window)
    doses = session.scalars(_DOSES, window)
    return PatientRecord(
        patient=diary.patient,
        care_plan=diary.care_plan,
        check_ins=tuple(check_in_from_json({**row.content, "id": row.id}) for row in check_ins),
        doses=tuple(dose_from_json(content) for content in doses),
        id=diary.id,
    )


def load_recent(session: Session, diary: Diary, now: datetime) -> PatientRecord:
    """The standing check-ins and doses of the time that a nurse asks about on the telephone."""
    return load_window(session, diary, now - RECENT, now)


def load_masking(session: Session, diary: Diary, at: datetime) -> list[tuple[Dose, datetime]]:
    """The doses behind which a fever may be hidden ``at`` a moment, each with the end of its window."""
    table = load_table()
    window = {"diary_id": diary.id, "since": at - max(masking_windows(table).values()), "until": at}
    return masking(table, map(dose_from_json, session.scalars(_DOSES, window)), at)


def load_masked(session: Session, diary: Diary, since: datetime, until: datetime) -> list[tuple[Dose, datetime]]:
    """Every dose that may hide a fever at some moment from ``since`` to ``until``, with the end of its window."""
    windows = masking_windows(load_table())
    window = {"diary_id": diary.id, "since": since - max(windows.values()), "until": until}
    doses = map(dose_from_json, session.scalars(_DOSES, window))
    found = [(dose, windows.get((dose.kind, dose.status))) for dose in doses]
    return [(dose, dose.at + lasts) for dose, lasts in found if lasts is not None and dose.at + lasts > since]


def load_timeline(
    session: Session,
    diary: Diary,
    since: datetime,
    until: datetime,
    *,
    leaving_out: str | None = None,
    also: tuple[CheckIn, Sequence[Dose]] | None = None,
) -> Timeline:
    """What the rules can see of a record from ``since`` to ``until``: what is kept has their own shape already.

    Args:
        leaving_out: the id of a check-in that does not count, because ``also`` corrects it.
        also: a check-in that is not saved, with the doses told in it.
    """
    table = load_table()
    window = {"diary_id": diary.id, "since": since - entry_lookback(table), "until": until}
    check_ins = session.execute(_CHECK_INS, window)
    file = dump(PatientRecord(patient=diary.patient, care_plan=diary.care_plan))
    file["check_ins"] = [row.content for row in check_ins if row.id != leaving_out]
    file["doses"] = list(session.scalars(_DOSES, window | {"since": since - table.lookback}))
    if also is not None:
        check_in, doses = also
        file["check_ins"].append(check_in_to_json(check_in))
        file["doses"] += map(dose_to_json, doses)
    return Timeline(file)


def load_last_check_in(session: Session, diary: Diary) -> CheckIn | None:
    """The newest standing check-in by its own time."""
    row = session.scalars(
        select(CheckInRow)
        .where(CheckInRow.diary_id == diary.id)
        .where(IS_STANDING)
        .order_by(CheckInRow.at.desc(), CheckInRow.written_at.desc())
        .limit(1)
    ).first()
    return None if row is None else to_check_in(row)
