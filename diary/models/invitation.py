"""Invitations: a row for each link that lets somebody into a diary. The link itself is kept nowhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Authored, Base, Encrypted, Identified, OfDiary


class InvitationRow(Identified, OfDiary, Authored, Base):
    """One invitation, by whom, to what. ``fingerprint`` is all that is kept of its link's secret part."""

    __tablename__ = "invitation"
    __table_args__ = (Index(None, "diary_id"),)

    role: Mapped[str] = mapped_column(String(16))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Encrypted)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None]
