"""The extensions, made here and bound in ``app``."""

import sqlite3
from typing import Any

from flask import has_request_context, request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import MailUtil, PasswordUtil, Security
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from diary.forms.validators import about_password


class TypedAddress(MailUtil):
    """Reads an e-mail address as people type it: a phone puts a space behind a word that it completed."""

    def normalize(self, email: str) -> str:
        """The address in its one form. Raises ``ValueError`` when it is none."""
        return str(super().normalize(email.strip()))


class Passwords(PasswordUtil):
    """Asks of every new password what the diary asks, and nothing else."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """What is wrong with the password, if anything, and the password in its one form."""
        fault = about_password(password)
        return [fault] if fault else None, self.normalize(password)


db = SQLAlchemy()
csrf = CSRFProtect()
security = Security(mail_util_cls=TypedAddress, password_util_cls=Passwords)
babel = Babel()
limiter = Limiter(get_remote_address, storage_uri="memory://")
StoreError = SQLAlchemyError
"""What goes wrong while something is read or kept: the database is away, locked or full."""


def keep_sqlite_promises(engine: Engine) -> None:
    """Make SQLite lose nothing: what was acknowledged is on disk, and two writers never overwrite each other.

    A request that writes takes the write lock when it begins, so that what it read is still true when it writes.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" event below begins each transaction.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        is_reading = has_request_context() and request.method in ("GET", "HEAD")
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
