"""What people change about their own account."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diary.domain.audit import Event
from diary.models import AccountRow
from diary.services import audit


class AddressTakenError(Exception):
    """Another account has this e-mail address."""


def change_details(session: Session, account_id: str, name: str, email: str, now: datetime) -> None:
    """Change the name and the e-mail address. Raises ``AddressTakenError``."""
    others = select(AccountRow.id).where(func.lower(AccountRow.email) == email.lower(), AccountRow.id != account_id)
    if session.scalars(others).first() is not None:
        raise AddressTakenError
    account = session.get_one(AccountRow, account_id)
    account.name, account.email = name, email
    audit.write_account(session, Event.ACCOUNT_DETAILS_CHANGED, account_id, now)


def answer_offer(session: Session, account_id: str, now: datetime) -> None:
    """Note that better ways to sign in need not be offered again."""
    session.get_one(AccountRow, account_id).offer_answered_at = now
