"""The extensions, made here and bound in ``app``."""

import sqlite3
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask, g, has_request_context, request
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


PATIENCE_MS = 10_000
"""How long a writer waits for another before it gives up."""
READERS_PATIENCE_MS = 1_000
"""The same while somebody waits for a page that they asked to read."""


def close_without_a_thread(app: Flask) -> None:
    """Leave out what the library does after each request, in a thread that it begins for that, for asynchronous code.

    The diary has none, and a check-in would cost a twentieth more.
    """
    app.teardown_appcontext_funcs = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]


def keep_sqlite_promises(engine: Engine) -> None:
    """Make SQLite lose nothing: what was acknowledged is on disk, and two writers never overwrite each other.

    A request that writes takes the write lock when it begins, so that what it read is still true when it writes.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" event below begins each transaction.
        # What was erased is overwritten with zeros, rather than left in the file until its place is needed.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if _is_reading(connection):
            connection.exec_driver_sql("BEGIN")
            return
        patience = READERS_PATIENCE_MS if has_request_context() and request.method == "GET" else PATIENCE_MS
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_reading(connection: Connection) -> bool:
    """Whether a transaction only reads: as somebody said, else as the request's method says."""
    if "is_reading" in connection.get_execution_options():
        return bool(connection.get_execution_options()["is_reading"])
    is_asking = has_request_context() and request.method in ("GET", "HEAD")
    return bool(g.get("is_reading", is_asking)) if has_request_context() else False


def empty_journal(engine: Engine) -> None:
    """Let nothing that was erased linger in SQLite's journal, which keeps old pages until it is emptied.

    Nobody can write while it waits for whoever reads. So it hardly waits; when they read on, the journal is emptied the
    next time.
    """
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            for pragma in ("busy_timeout=200", "wal_checkpoint(TRUNCATE)", f"busy_timeout={PATIENCE_MS}"):
                connection.cursor().execute(f"PRAGMA {pragma}")
        finally:
            connection.close()
