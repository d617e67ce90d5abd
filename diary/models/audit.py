"""Audit entries: who did what. Ids and words only."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Base, Identified


class AuditRow(Identified, Base):
    """One thing that somebody did. Entries are only ever added."""

    __tablename__ = "audit"

    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(32))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(16))
    diary_id: Mapped[str | None] = mapped_column(ForeignKey("diary.id"), index=True)
    subject_id: Mapped[str | None] = mapped_column(String(36))
