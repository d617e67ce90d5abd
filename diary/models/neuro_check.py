"""What a diary's neuro check asks, and which results are the usual ones. Both keep every version."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Authored, Base, Encrypted, Identified, OfDiary


class NeuroPlanRow(Identified, OfDiary, Authored, Base):
    """One version of what the check asks; the latest counts. ``content`` is a :class:`NeuroPlan` as JSON."""

    __tablename__ = "neuro_plan"
    __table_args__ = (Index(None, "diary_id", "written_at"),)

    content: Mapped[str] = mapped_column(Encrypted)


class UsualResultRow(Identified, OfDiary, Authored, Base):
    """That somebody said: the neuro check of this check-in is the usual result. The latest that stands counts."""

    __tablename__ = "usual_result"
    __table_args__ = (Index(None, "diary_id", "written_at"),)

    check_in_id: Mapped[str] = mapped_column(ForeignKey("check_in.id"), index=True)
