"""The medicines of a person's own list. A change ends one row and adds another."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Authored, Base, Encrypted, Identified, OfDiary


class MedicineRow(Identified, OfDiary, Authored, Base):
    """One medicine of the list, until ``ended_at``. ``content`` is a :class:`Medicine` as JSON."""

    __tablename__ = "medicine"
    __table_args__ = (Index(None, "diary_id"),)

    content: Mapped[str] = mapped_column(Encrypted)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
