"""Real databases for tests: SQLite by default, PostgreSQL where DIARY_TEST_DATABASE_URL names a server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from diary.migrations import upgrade
from diary.models import Base

POSTGRESQL = os.environ.get("DIARY_TEST_DATABASE_URL", "").replace("postgresql://", "postgresql+psycopg://")
"""The address of a server on which databases may be created; empty to test on SQLite."""


@contextmanager
def postgresql_database(purpose: str) -> Iterator[str]:
    """The address of a new, empty database on that server, dropped in the end."""
    name = f"diary_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    server = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def migrate(address: str) -> None:
    """Make every table."""
    engine = create_engine(address)
    upgrade(engine)
    engine.dispose()


def empty(address: str) -> None:
    """Empty every table."""
    engine = create_engine(address)
    with engine.begin() as connection:
        # The database itself refuses to empty the audit entries.
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_truncate"))
        connection.execute(text(f"TRUNCATE {', '.join(Base.metadata.tables)}"))
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER audit_no_truncate"))
    engine.dispose()
