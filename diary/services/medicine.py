"""A person's own list of medicines, as their team told them; and whether a dose came sooner than the list says."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.access import Access
from diary.domain.audit import Event
from diary.domain.diary import Diary
from diary.domain.medicine import Dose, Medicine
from diary.models import DoseRow, MedicineRow
from diary.models.base import new_id
from diary.services import audit, dose, lock
from diary.services.errors import NotFoundError
from diary.services.record import load_window

SECOND_TAP: Final = timedelta(minutes=5)
"""Two taps on one page within this time are one dose."""


def of_diary(session: Session, diary_id: str) -> list[Medicine]:
    """The list as it stands, by name."""
    rows = session.scalars(select(MedicineRow).where(MedicineRow.diary_id == diary_id, MedicineRow.ended_at.is_(None)))
    return sorted(map(_to_medicine, rows), key=lambda medicine: medicine.name.casefold())


def find(session: Session, diary_id: str, medicine_id: str) -> Medicine:
    """A medicine that is on the list. Raises :class:`NotFoundError` for any other."""
    return _to_medicine(_row(session, diary_id, medicine_id))


def keep(session: Session, medicine: Medicine, access: Access, now: datetime, *, replaces: str | None = None) -> None:
    """Put a medicine on the list, in the place of another when it ``replaces`` one. Sent twice, kept once."""
    lock.diary(session, access.diary_id)
    if medicine.id is not None and session.get(MedicineRow, medicine.id) is not None:
        return
    if replaces is not None:
        _end(_row(session, access.diary_id, replaces), access, now)
    content = {key: value for key, value in asdict(medicine).items() if key != "id"}
    row = MedicineRow(
        id=medicine.id,
        diary_id=access.diary_id,
        content=json.dumps(content),
        written_at=now,
        author_id=access.account_id,
    )
    session.add(row)
    audit.write(session, Event.MEDICINES_CHANGED, access, now, medicine.id)


def end(session: Session, medicine_id: str, access: Access, now: datetime) -> None:
    """Take a medicine off the list. What was logged of it stays."""
    lock.diary(session, access.diary_id)
    _end(_row(session, access.diary_id, medicine_id), access, now)
    audit.write(session, Event.MEDICINES_CHANGED, access, now, medicine_id)


def take(session: Session, diary: Diary, medicine_id: str, dose_id: str, access: Access, now: datetime) -> str:
    """Log a dose of a medicine of the list, taken now, and return its id. A second tap is the same dose.

    A tap much later on a page that stayed open is another dose, although the page makes the same id.
    """
    taken = find(session, diary.id, medicine_id).dose(diary.patient.local(now))
    row = session.get(DoseRow, dose_id)
    if row is not None and now - row.at > SECOND_TAP:
        dose_id = new_id()
    dose.record(session, diary, dose_id, taken, access, now)
    return dose_id


def last_doses(session: Session, diary: Diary, medicines: Iterable[Medicine], now: datetime) -> dict[str, Dose]:
    """The last dose taken of each medicine, by its id, within a day or the longest time that a medicine asks for."""
    medicines = list(medicines)
    longest = max((medicine.hours_apart or 24 for medicine in medicines), default=0)
    taken = [d for d in load_window(session, diary, now - timedelta(hours=longest), now).doses if d.status == "taken"]
    return {
        medicine.id or "": max(doses, key=lambda one: one.at)
        for medicine in medicines
        if (doses := [one for one in taken if medicine.is_of(one)])
    }


def too_soon(session: Session, diary: Diary, doses: Sequence[Dose]) -> list[tuple[Medicine, Dose, Dose]]:
    """Which of ``doses`` came sooner after another than the list says: the medicine, the dose, and the one before."""
    asking = [medicine for medicine in of_diary(session, diary.id) if medicine.hours_apart is not None]
    found = []
    for medicine in asking:
        for one in filter(medicine.is_of, doses):
            since = one.at - timedelta(hours=medicine.hours_apart or 0)
            before = medicine.too_soon_after(one, load_window(session, diary, since, one.at).doses)
            if before is not None:
                found.append((medicine, one, before))
    return found


def _row(session: Session, diary_id: str, medicine_id: str) -> MedicineRow:
    row = session.get(MedicineRow, medicine_id)
    if row is None or row.diary_id != diary_id or row.ended_at is not None:
        raise NotFoundError
    return row


def _end(row: MedicineRow, access: Access, now: datetime) -> None:
    row.ended_at, row.ended_by_id = now, access.account_id


def _to_medicine(row: MedicineRow) -> Medicine:
    return Medicine(id=row.id, **json.loads(row.content))
