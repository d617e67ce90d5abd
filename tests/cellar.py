"""What lies in the cellar after the doors have closed."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from diary.extensions import db
from diary.models import Base


def rows(app: Flask, table: Any) -> list[Any]:
    """Every row of a table, detached."""
    with app.app_context():
        found = list(db.session.scalars(select(table)))
        db.session.expunge_all()
        return found


def count(app: Flask, table: Any) -> int:
    """How many rows a table has."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def dump(app: Flask, *, with_seen: bool = True) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own: equal when nothing was written, but perhaps who saw a page."""
    with app.app_context():
        return {
            name: sorted(
                row
                for row in map(repr, db.session.execute(select(table)).all())
                if with_seen or "'diary.seen'" not in row
            )
            for name, table in Base.metadata.tables.items()
        }
