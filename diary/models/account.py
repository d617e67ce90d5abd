"""Accounts, and their memberships in diaries."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from flask_security import UserMixin
from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Base, Encrypted, Identified, OfDiary


class AccountRow(Identified, UserMixin, Base):  # type: ignore[misc]
    """Somebody who signs in. The columns without a comment are those that the sign-in library asks for."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    # The name that the diary shows beside what this person wrote.
    name: Mapped[str] = mapped_column(Encrypted)
    created_at: Mapped[datetime]
    # The library sets this attribute; here a role belongs to a membership in a diary, and an account has none.
    roles: ClassVar[Sequence[str]] = ()  # type: ignore[misc,assignment]


class MembershipRow(Identified, OfDiary, Base):
    """That an account has a role in a diary, from one moment until another; another role is another row."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(None, "diary_id"),
        # One role at a time, however often an invitation is accepted at once.
        Index(
            "uq_membership_open",
            "diary_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
