"""What every table shares: names for constraints, and columns for moments and for what is kept encrypted."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import DateTime, Dialect, ForeignKey, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from diary.keys import Vault


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its offset from UTC.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no offset; what was stored was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """Text that is unreadable in the database file: notes, names and numbers.

    ``vault`` is set once when the house is built; its newest key encrypts and every key of it decrypts.
    """

    impl = LargeBinary
    cache_ok = True
    vault: ClassVar[Vault]

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else self.vault.encrypt(value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.vault.decrypt(bytes(value)).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes that are unreadable in the database file, such as a picture; the keys are those of :class:`Encrypted`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else Encrypted.vault.encrypt(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else Encrypted.vault.decrypt(bytes(value))


class Base(DeclarativeBase):
    """The base of every table. Every constraint has a name, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment()}


def new_id() -> str:
    """A random id that tells nothing and cannot be guessed."""
    return str(uuid4())


class Identified:
    """A row with a random id."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)


class OfDiary:
    """A row that belongs to one diary; its table has an index that begins with it."""

    diary_id: Mapped[str] = mapped_column(ForeignKey("diary.id"))


class Authored:
    """A row that says who wrote it, and when."""

    written_at: Mapped[datetime]
    author_id: Mapped[str] = mapped_column(ForeignKey("account.id"))


class AuthoredInRole(Authored):
    """A row that also says what its author was in the diary then: a role changes, what was written does not."""

    author_role: Mapped[str] = mapped_column(String(16))
