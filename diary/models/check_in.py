"""Check-ins and doses. Nothing is overwritten: a correction is a new row that names the one it replaces."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Authored, AuthoredInRole, Base, Encrypted, Identified, OfDiary


class CheckInRow(Identified, OfDiary, AuthoredInRole, Base):
    """One version of one check-in. ``content`` is the diary file's check-in, without note, author and history."""

    __tablename__ = "check_in"
    __table_args__ = (Index(None, "diary_id", "at"),)

    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Encrypted)
    # Unique, so that a version is replaced once; a further correction replaces the correction.
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("check_in.id"), unique=True)
    # Whether it only goes on where the version that it replaces left off: saved step by step, it is one entry.
    continues: Mapped[bool] = mapped_column(default=False, server_default=false())
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class DoseRow(Identified, OfDiary, AuthoredInRole, Base):
    """One dose. A dose told in a check-in counts for as long as that check-in does."""

    __tablename__ = "dose"
    __table_args__ = (Index(None, "diary_id", "at"),)

    at: Mapped[datetime]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    check_in_id: Mapped[str | None] = mapped_column(ForeignKey("check_in.id"), index=True)


class DoseEndRow(Authored, Base):
    """That a dose no longer counts: another version replaced it, or, when none did, somebody withdrew it."""

    __tablename__ = "dose_end"

    dose_id: Mapped[str] = mapped_column(ForeignKey("dose.id"), primary_key=True)
    replaced_by_id: Mapped[str | None] = mapped_column(ForeignKey("dose.id"), unique=True)
