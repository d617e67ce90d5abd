"""Erasing for good: a diary, two weeks after an owner asked for it; an account, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from diary.domain.access import Access, Role
from diary.domain.audit import Event
from diary.domain.audit_chain import ChainEnd
from diary.models import AccountRow, Base, DiaryRow, MembershipRow
from diary.models.base import new_id
from diary.services import audit, care_team, lock
from diary.services.errors import LastOwnerError

GRACE: Final = timedelta(days=14)
"""How long a diary is kept after somebody asked to erase it, and may be kept after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What proves that somebody asked: when, and the entry of the server's chain that outlives the diary."""

    asked_at: datetime
    end: ChainEnd


def ask(session: Session, access: Access, now: datetime) -> None:
    """Have the diary erased when the grace period is over. Asked twice, the first time counts."""
    lock.diary(session, access.diary_id)
    row = session.get_one(DiaryRow, access.diary_id, populate_existing=True)
    if row.erase_at is None:
        row.erase_at = now + GRACE
        audit.write(session, Event.DIARY_ERASURE_ASKED, access, now)
        audit.write_receipt(session, Event.DIARY_ERASURE_ASKED, access.account_id, access.diary_id, now)


def keep(session: Session, access: Access, now: datetime) -> None:
    """Keep the diary after all."""
    lock.diary(session, access.diary_id)
    row = session.get_one(DiaryRow, access.diary_id, populate_existing=True)
    if row.erase_at is not None:
        row.erase_at = None
        audit.write(session, Event.DIARY_KEPT, access, now)


def receipt(session: Session, diary_id: str) -> Receipt | None:
    """The receipt for the newest time that somebody asked; ``None`` when nobody did."""
    found = audit.find_receipt(session, Event.DIARY_ERASURE_ASKED, diary_id)
    return None if found is None else Receipt(asked_at=found[0].at, end=found[1])


def due(session: Session, now: datetime) -> Sequence[str]:
    """The ids of the diaries whose grace period is over."""
    return session.scalars(select(DiaryRow.id).where(DiaryRow.erase_at <= now)).all()


def erase(session: Session, diary_id: str, now: datetime) -> None:
    """Delete every row of a diary, its audit entries too; the server's chain says that it was done.

    Does nothing when somebody has kept the diary in the meantime.
    """
    is_due = select(DiaryRow.id).where(DiaryRow.id == diary_id, DiaryRow.erase_at <= now).with_for_update()
    asked = audit.find_receipt(session, Event.DIARY_ERASURE_ASKED, diary_id)
    if session.scalars(is_due).first() is None or asked is None:
        return
    audit.write_receipt(session, Event.DIARY_ERASED, asked[0].account_id, diary_id, now)
    session.flush()  # The database lets the diary's audit entries go once it holds this one.
    for table, belongs in reversed(rows_of("diary", diary_id).items()):
        session.execute(delete(table).where(belongs))


def owned_alone(session: Session, account_id: str) -> Sequence[str]:
    """The ids of the diaries that would be left without an owner if this account went."""
    owns = select(MembershipRow.diary_id).where(MembershipRow.role == Role.OWNER, MembershipRow.ended_at.is_(None))
    others = owns.where(MembershipRow.account_id != account_id)
    own = owns.where(MembershipRow.account_id == account_id, MembershipRow.diary_id.not_in(others))
    return session.scalars(own.order_by(MembershipRow.diary_id)).all()


def erase_account(session: Session, account_id: str, nobodys_name: str, now: datetime) -> ChainEnd:
    """Delete what is kept about an account, and return the receipt.

    What its person wrote in a diary belongs to that diary and stays, under ``nobodys_name``; so do audit entries, which
    hold the id alone.

    Raises:
        LastOwnerError: when a diary would be left without an owner.
    """
    for access in sorted(care_team.memberships(session, account_id), key=lambda access: access.diary_id):
        audit.write(session, Event.ACCOUNT_ERASED, access, now)
    if owned_alone(session, account_id):
        raise LastOwnerError
    left = update(MembershipRow).where(MembershipRow.account_id == account_id, MembershipRow.ended_at.is_(None))
    session.execute(left.values(ended_at=now))
    of_diaries = rows_of("diary", "")
    for table, belongs in reversed(rows_of("account", account_id).items()):
        if table.name != "account" and table not in of_diaries:
            session.execute(delete(table).where(belongs))
    row = session.get_one(AccountRow, account_id)
    for column in AccountRow.__table__.columns:
        if column.nullable:
            setattr(row, column.key, None)
    row.name, row.email, row.password = nobodys_name, f"{account_id}@erased.invalid", ""
    row.active, row.fs_uniquifier = False, new_id()
    return audit.write_receipt(session, Event.ACCOUNT_ERASED, account_id, account_id, now)


def rows_of(root: str, root_id: str) -> dict[Table, ColumnElement[bool]]:
    """Every table with rows that belong to one row of the table ``root``, and which those are; owners come first.

    Read from the foreign keys of all tables, so that a new table cannot be forgotten.
    """
    tables = Base.metadata.tables
    found: dict[Table, ColumnElement[bool]] = {tables[root]: tables[root].c.id == root_id}
    for table in Base.metadata.sorted_tables:
        keys = [key for key in table.foreign_keys if key.column.table in found and key.column.table is not table]
        # A key that is always there says it all; else a row belongs when any of its keys says so.
        sure = [key for key in keys if key.column.table.name == root and not key.parent.nullable]
        if keys and table.name != root:
            belongs = (key.parent.in_(select(key.column).where(found[key.column.table])) for key in sure or keys)
            found[table] = or_(*belongs)
    return found
