"""Diaries and the people around them: setting up, whom to call, and what the care team decided."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.orm import Session

from diary.domain.access import Access, Role
from diary.domain.audit import Event
from diary.domain.contact import Contact
from diary.domain.diary import Diary
from diary.domain.diary_file import care_plan_from_json, care_plan_to_json
from diary.domain.flag import OwnNumbers
from diary.domain.treatment import CarePlan, Patient
from diary.models import AccountRow, CarePlanRow, ContactRow, DiaryRow, MembershipRow
from diary.models.base import new_id
from diary.services import audit


def _latest(row: type[CarePlanRow] | type[ContactRow]) -> ScalarSelect[Any]:
    newest = select(row.content).where(row.diary_id == DiaryRow.id).order_by(row.version.desc()).limit(1)
    return newest.scalar_subquery()


_DIARIES = select(
    *DiaryRow.__table__.columns, _latest(ContactRow).label("contact"), _latest(CarePlanRow).label("care_plan")
)
_DIARY = _DIARIES.where(DiaryRow.id == bindparam("diary_id"))
"""A diary with the newest version of whom to call and of what was decided, in one statement: every request asks."""

_ROLE = select(MembershipRow.role).where(
    MembershipRow.account_id == bindparam("account_id"),
    MembershipRow.diary_id == bindparam("diary_id"),
    MembershipRow.ended_at.is_(None),
)
"""What an account is in a diary: every request asks."""


def has_accounts(session: Session) -> bool:
    """Whether anybody has set this copy up, and is there still."""
    return session.scalars(select(AccountRow.id).where(AccountRow.active).limit(1)).first() is not None


def past_accounts(session: Session) -> int:
    """How many accounts were deleted."""
    return session.scalar(select(func.count()).select_from(AccountRow).where(~AccountRow.active)) or 0


def are_names_legible(session: Session) -> bool:
    """Whether this copy's keys open what was written first; a newer key beside the old ones opens that too."""
    try:
        session.scalars(select(AccountRow.name).order_by(AccountRow.created_at).limit(1)).first()
    except InvalidToken:
        return False
    return True


def is_begun(session: Session, diary_id: str) -> bool:
    """Whether there is such a diary, whoever may enter it."""
    return session.get(DiaryRow, diary_id) is not None


def new_diary_id() -> str:
    """An id for a diary that begins."""
    return new_id()


def begin_diary(session: Session, account_id: str, details: Diary, now: datetime) -> Access:
    """Begin the diary that ``details`` describe, owned by the account."""
    access = Access(account_id, details.id, Role.OWNER)
    session.add(DiaryRow(id=details.id, began_at=now, **_columns(details)))
    session.flush()
    begin_membership(session, access, now)
    audit.write(session, Event.DIARY_BEGUN, access, now)
    change_contact(session, access, details.contact, now)
    change_care_plan(session, access, details.care_plan, now)
    return access


def begin_membership(session: Session, access: Access, now: datetime) -> None:
    """Let an account into a diary, in the role that ``access`` names."""
    session.add(MembershipRow(account_id=access.account_id, diary_id=access.diary_id, role=access.role, began_at=now))


def memberships(session: Session, account_id: str) -> Sequence[Access]:
    """Every diary that an account may enter, oldest membership first."""
    rows = session.scalars(
        select(MembershipRow)
        .where(MembershipRow.account_id == account_id, MembershipRow.ended_at.is_(None))
        .order_by(MembershipRow.began_at)
    )
    return [Access(row.account_id, row.diary_id, Role(row.role)) for row in rows]


def find_access(session: Session, account_id: str, diary_id: str) -> Access | None:
    """The account's way into this diary; ``None`` for a stranger and for a diary that does not exist."""
    role = session.scalars(_ROLE, {"account_id": account_id, "diary_id": diary_id}).first()
    return None if role is None else Access(account_id, diary_id, Role(role))


def load_diary(session: Session, diary_id: str) -> Diary:
    """The diary as it is set up now. Raises ``NoResultFound`` for an unknown id."""
    return _to_diary(session.execute(_DIARY, {"diary_id": diary_id}).one())


def load_diaries(session: Session, account_id: str) -> list[tuple[Access, Diary]]:
    """Every diary that an account may enter, as it is set up now, with what the account is in it."""
    rows = session.execute(
        _DIARIES.add_columns(MembershipRow.role)
        .join(MembershipRow, MembershipRow.diary_id == DiaryRow.id)
        .where(MembershipRow.account_id == account_id, MembershipRow.ended_at.is_(None))
    )
    return [(Access(account_id, row.id, Role(row.role)), _to_diary(row)) for row in rows]


def _to_diary(row: Any) -> Diary:
    return Diary(
        id=row.id,
        patient_name=row.name,
        patient=Patient(row.born_on, row.time_zone),
        country=row.country,
        temperature_unit="[degF]" if row.temperature_unit == "[degF]" else "Cel",
        contact=Contact() if row.contact is None else Contact(**json.loads(row.contact)),
        care_plan=CarePlan(profile="standard") if row.care_plan is None else care_plan_from_json(row.care_plan),
        erase_at=row.erase_at,
    )


def care_plan_note(session: Session, diary_id: str) -> OwnNumbers | None:
    """Who wrote down the newest version of the care plan, and when."""
    row = session.scalars(
        select(CarePlanRow).where(CarePlanRow.diary_id == diary_id).order_by(CarePlanRow.version.desc()).limit(1)
    ).first()
    return None if row is None else OwnNumbers(row.author.name, row.written_at)


def change_patient(session: Session, access: Access, details: Diary, now: datetime) -> None:
    """Change whom the diary is about, and how its numbers are shown."""
    row = session.get_one(DiaryRow, access.diary_id)
    for column, value in _columns(details).items():
        setattr(row, column, value)
    audit.write(session, Event.PATIENT_CHANGED, access, now)


def change_contact(session: Session, access: Access, contact: Contact, now: datetime) -> None:
    """Add a version of whom to call."""
    row = ContactRow(content=json.dumps(asdict(contact)), **_by(access, now))
    session.add(row)
    audit.write(session, Event.CONTACT_CHANGED, access, now)


def change_care_plan(session: Session, access: Access, care_plan: CarePlan, now: datetime) -> None:
    """Add a version of what the care team decided."""
    session.add(CarePlanRow(content=care_plan_to_json(care_plan), **_by(access, now)))
    audit.write(session, Event.CARE_PLAN_CHANGED, access, now)


def names(session: Session, diary_id: str) -> dict[str, str]:
    """The name of every account that is or was a member, by id."""
    rows = session.execute(
        select(AccountRow.id, AccountRow.name)
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .where(MembershipRow.diary_id == diary_id)
    )
    return {row.id: row.name for row in rows}


def _columns(details: Diary) -> dict[str, object]:
    return {
        "name": details.patient_name,
        "born_on": details.patient.born_on,
        "time_zone": details.patient.time_zone,
        "country": details.country,
        "temperature_unit": details.temperature_unit,
    }


def _by(access: Access, now: datetime) -> dict[str, object]:
    return {"diary_id": access.diary_id, "author_id": access.account_id, "written_at": now}
