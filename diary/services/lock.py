"""Who waits for whom on PostgreSQL; SQLite took its one write lock when the transaction began.

Whoever takes several takes them in the order in which they stand here, so that no two wait for each other. Each is let
go when the transaction ends.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diary.models import DiaryRow

_BEGINNING, _SERVERS_CHAIN = 2026, 2027
"""The numbers of PostgreSQL's locks that belong to no row."""


def beginning(session: Session) -> None:
    """Let one at a time begin something that may be begun once: an account, an account's diary."""
    if _is_shared(session):
        session.execute(select(func.pg_advisory_xact_lock(_BEGINNING)))


def diary(session: Session, diary_id: str) -> None:
    """Let one writer at a time into a diary and its chain, so that what it found is still true when it writes."""
    if _is_shared(session):
        # The weaker of the two locks of a row: every new row that names the diary holds a share of the stronger one.
        session.execute(select(DiaryRow.id).where(DiaryRow.id == diary_id).with_for_update(key_share=True))


def servers_chain(session: Session) -> None:
    """Let one writer at a time add to the server's chain."""
    if _is_shared(session):
        session.execute(select(func.pg_advisory_xact_lock(_SERVERS_CHAIN)))


def _is_shared(session: Session) -> bool:
    return session.get_bind().dialect.name != "sqlite"
