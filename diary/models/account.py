"""Accounts, and their memberships in diaries."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from flask_security import UserMixin
from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Base, Encrypted, Identified, OfDiary


class AccountRow(Identified, UserMixin, Base):  # type: ignore[misc]
    """Somebody who signs in. The sign-in library asks for the columns without a comment, but for ``created_at``."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    # The name that the diary shows beside what this person wrote.
    name: Mapped[str] = mapped_column(Encrypted)
    created_at: Mapped[datetime]
    # The secret that this person's authenticator app shares, once they have shown that it works.
    code_secret: Mapped[str | None] = mapped_column(Encrypted)
    # The newest code that was used: no code works twice.
    code_counter: Mapped[int | None] = mapped_column(BigInteger)
    # Better ways to sign in are offered until somebody answers.
    offer_answered_at: Mapped[datetime | None]
    # The library sets this attribute; here a role belongs to a membership in a diary, and an account has none.
    roles: ClassVar[Sequence[str]] = ()  # type: ignore[misc,assignment]
    # The device that this request came from, or that begins now: set by whoever loads the account or signs it in.
    device_id = ""
    device_used_at = datetime.min.replace(tzinfo=UTC)

    def get_id(self) -> str:
        """What the cookies carry: not who signed in, but the sign-in itself, so that each can be ended alone."""
        return self.device_id


class PasskeyRow(Identified, Base):
    """A key that lies in a phone, a computer or a stick, and that a finger, a face or a PIN unlocks there."""

    __tablename__ = "passkey"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(Encrypted)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class RecoveryCodeRow(Identified, Base):
    """A code on paper for the day on which the app is lost. Only its hash is kept, and it works once."""

    __tablename__ = "recovery_code"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))


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
