"""The one door to the audit entries."""

from datetime import datetime

from sqlalchemy.orm import Session

from diary.domain.access import Access
from diary.domain.audit import Event
from diary.models import AuditRow


def write(session: Session, event: Event, access: Access, now: datetime, subject_id: str | None = None) -> None:
    """Add what ``access`` did at ``now`` to ``subject_id``, in the transaction that does it."""
    session.add(
        AuditRow(
            at=now,
            event=event,
            account_id=access.account_id,
            role=access.role,
            diary_id=access.diary_id,
            subject_id=subject_id,
        )
    )


def write_account(session: Session, event: Event, account_id: str, now: datetime) -> None:
    """Add what an account did outside any diary."""
    session.add(AuditRow(at=now, event=event, account_id=account_id, role="account"))
