"""A diary: whom it is about, whom to call, and what the care team set. The last two keep every version."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, String, func, select
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diary.models.account import AccountRow
from diary.models.base import Authored, Base, Encrypted, Identified, OfDiary


class DiaryRow(Identified, Base):
    """One patient's diary."""

    __tablename__ = "diary"

    name: Mapped[str] = mapped_column(Encrypted)
    born_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(2))
    temperature_unit: Mapped[str] = mapped_column(String(8))
    began_at: Mapped[datetime]
    # When it is to be erased, once an owner asked for that; the audit entries say who.
    erase_at: Mapped[datetime | None]


def _next_version(context: DefaultExecutionContext) -> int:
    rows = context.compiled.statement.table.c  # type: ignore[union-attr]
    diary_id = context.get_current_parameters()["diary_id"]  # type: ignore[no-untyped-call]
    newest = context.connection.scalar(select(func.max(rows.version)).where(rows.diary_id == diary_id))
    return (newest or 0) + 1


class Versioned:
    """A row of which the one with the highest number counts: a clock that was set back must not revive an old one."""

    version: Mapped[int] = mapped_column(default=_next_version)


class ContactRow(Identified, OfDiary, Authored, Versioned, Base):
    """One version of whom to call; the latest counts. ``content`` is a :class:`Contact` as JSON."""

    __tablename__ = "contact"
    __table_args__ = (Index("uq_contact_version", "diary_id", "version", unique=True),)

    content: Mapped[str] = mapped_column(Encrypted)


class CarePlanRow(Identified, OfDiary, Authored, Versioned, Base):
    """One version of the care plan; the latest counts. ``content`` is the diary file's ``care_plan``."""

    __tablename__ = "care_plan"
    __table_args__ = (Index("uq_care_plan_version", "diary_id", "version", unique=True),)

    content: Mapped[dict[str, object]] = mapped_column(JSON)
    author: Mapped[AccountRow] = relationship()
