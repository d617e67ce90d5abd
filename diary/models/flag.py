"""Flags: findings that were raised, and stay until somebody records what happened."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diary.models.base import Authored, Base, Encrypted, Identified, OfDiary
from diary.models.diary import CarePlanRow


class FlagRow(Identified, OfDiary, Base):
    """One rule's open or closed flag. ``urgency`` is the highest of its findings."""

    __tablename__ = "flag"
    __table_args__ = (
        Index(None, "diary_id", "at"),
        # One open flag a rule: a rule that fires again adds a finding to it.
        Index(
            "uq_flag_open",
            "diary_id",
            "rule",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    rule: Mapped[str] = mapped_column(String(8))
    urgency: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    findings: Mapped[list["FindingRow"]] = relationship(order_by="FindingRow.at", back_populates="flag")
    closure: Mapped["ClosureRow | None"] = relationship(back_populates="flag")


class FindingRow(Identified, OfDiary, Base):
    """One answer of a rule: for which moment, raised by which entry, why, and by which version of the table."""

    __tablename__ = "finding"
    __table_args__ = (Index(None, "diary_id", "at"),)

    flag_id: Mapped[str] = mapped_column(ForeignKey("flag.id"), index=True)
    # The entry whose recording raised it: its own moment may be another one's, when the entry came late.
    check_in_id: Mapped[str | None] = mapped_column(ForeignKey("check_in.id"), index=True)
    dose_id: Mapped[str | None] = mapped_column(ForeignKey("dose.id"), index=True)
    at: Mapped[datetime]
    raised_at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(String(8))
    urgency: Mapped[int] = mapped_column(SmallInteger)
    reasons: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    table_version: Mapped[str] = mapped_column(String(32))
    # Which version of the care plan it was judged by, when it used a number that the care team set.
    care_plan_id: Mapped[str | None] = mapped_column(ForeignKey("care_plan.id"))
    flag: Mapped[FlagRow] = relationship(back_populates="findings")
    care_plan: Mapped[CarePlanRow | None] = relationship()


class ClosureRow(Authored, Base):
    """What happened after a flag. ``told`` says who was told, when and what they said; nobody, when it was measured
    again or ran out."""

    __tablename__ = "closure"

    flag_id: Mapped[str] = mapped_column(ForeignKey("flag.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    told_at: Mapped[datetime | None]
    told: Mapped[str | None] = mapped_column(Encrypted)
    said: Mapped[str | None] = mapped_column(Encrypted)
    flag: Mapped[FlagRow] = relationship(back_populates="closure")
