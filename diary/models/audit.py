"""Audit entries: who did what. Ids and words only."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Base, Identified


class AuditRow(Identified, Base):
    """One thing that somebody did: an entry of its diary's chain, or of the server's where it concerns no diary.

    Entries are only ever added. Triggers refuse anything else: a diary's entries go when the server's chain says that
    the diary is erased, and not before.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("uq_audit_diary_id_seq", "diary_id", "seq", unique=True),
        Index(
            "uq_audit_server_seq",
            "seq",
            unique=True,
            sqlite_where=text("diary_id IS NULL"),
            postgresql_where=text("diary_id IS NULL"),
        ),
        # The trigger asks for each entry that goes whether its diary is erased.
        Index(
            "ix_audit_erased",
            "subject_id",
            sqlite_where=text("event = 'diary.erased'"),
            postgresql_where=text("event = 'diary.erased'"),
        ),
    )

    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(32))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(16))
    diary_id: Mapped[str | None] = mapped_column(ForeignKey("diary.id"))
    subject_id: Mapped[str | None] = mapped_column(String(36))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
