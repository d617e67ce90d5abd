"""Handwriting samples and clock drawings. Nothing is overwritten: withdrawing marks a row."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Authored, Base, Encrypted, EncryptedBytes, Identified, OfDiary


class PictureRow(Identified, OfDiary, Authored, Base):
    """One picture: a JPEG of at most 200 kB, without a word about where or with what it was taken."""

    __tablename__ = "picture"
    __table_args__ = (Index(None, "diary_id", "kind", "at"),)

    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    # Loaded when it is shown, and not with every list.
    jpeg: Mapped[bytes] = mapped_column(EncryptedBytes, deferred=True)
    # What was to be written; nothing for a drawing.
    sentence: Mapped[str | None] = mapped_column(Encrypted)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class PictureAnswerRow(OfDiary, Base):
    """That a check-in answers whether a picture looks different from the usual one."""

    __tablename__ = "picture_answer"
    __table_args__ = (Index(None, "diary_id", "picture_id"),)

    check_in_id: Mapped[str] = mapped_column(ForeignKey("check_in.id"), primary_key=True)
    picture_id: Mapped[str] = mapped_column(ForeignKey("picture.id"))
