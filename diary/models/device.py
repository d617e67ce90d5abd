"""What a sign-in leaves behind: the devices that are signed in, and the tries that failed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diary.models.base import Base, Identified


class DeviceRow(Identified, Base):
    """A browser in which somebody signed in. Its cookies carry its id, and are of no use once it has ended."""

    __tablename__ = "device"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    # Such as "Safari, iPhone": what the browser says of itself, in plain words.
    label: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    # Written when somebody signs in or sends something; reading a page writes nothing.
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailureRow(Identified, Base):
    """A try that failed, kept for an hour. The key tells neither the address that was typed nor whence it came."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index(None, "key", "at"),)

    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
