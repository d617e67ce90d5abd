"""Encrypts anew, under the newest key, whatever lies encrypted in the cellar: a batch at a time, table by table."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, column, select, table, text, tuple_, update
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from diary.models.base import Base, Encrypted

BATCH = 200


def encrypted_columns() -> dict[Table, list[Column[Any]]]:
    """The encrypted columns of every table that has any, found in the tables themselves: none can be forgotten."""
    found = {
        each: [
            column
            for column in each.columns
            if isinstance(column.type, TypeDecorator) and isinstance(column.type.impl, LargeBinary)
        ]
        for each in Base.metadata.sorted_tables
    }
    return {each: columns for each, columns in found.items() if columns}


def renew(session: Session) -> Iterator[int]:
    """Go through everything; after each batch, give how many values were encrypted anew, to be committed.

    Raises:
        InvalidToken: when no key opens a value; what was committed before stays.
    """
    for each, columns in encrypted_columns().items():
        after: tuple[Any, ...] | None = ()
        while after is not None:
            after, renewed = _renew_batch(session, each, columns, after)
            yield renewed


def _renew_batch(
    session: Session, of: Table, columns: list[Column[Any]], after: tuple[Any, ...]
) -> tuple[tuple[Any, ...] | None, int]:
    """Renew one batch of rows. Returns the key of its last row, or ``None`` when there are no more."""
    if session.get_bind().dialect.name != "sqlite":
        # As SQLite does by itself: wait for whoever is writing, perhaps still under an old key.
        session.execute(text(f'LOCK TABLE "{of.name}" IN SHARE ROW EXCLUSIVE MODE'))
    # Without its types the table gives and takes what really lies in it.
    raw = table(of.name, *(column(each.name) for each in [*of.primary_key, *columns]))
    key = [raw.c[each.name] for each in of.primary_key]
    query = select(*key, *(raw.c[each.name] for each in columns)).order_by(*key).limit(BATCH)
    rows = session.execute(query.where(tuple_(*key) > tuple_(*after)) if after else query).all()
    renewed = 0
    for row in rows:
        fresh = {
            each.name: token
            for each in columns
            if (value := row._mapping[each.name]) is not None
            and (token := Encrypted.vault.renew(bytes(value))) is not None
        }
        if fresh:
            same = [mine == value for mine, value in zip(key, row[: len(key)], strict=True)]
            session.execute(update(raw).where(*same).values(fresh))
            renewed += len(fresh)
    return (tuple(rows[-1][: len(key)]) if len(rows) == BATCH else None), renewed
