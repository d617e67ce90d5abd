"""What the commands about this copy of the diary share: its database, and what is said when something is wrong."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

from flask import Flask
from sqlalchemy.exc import DatabaseError

from diary.app import create_app
from diary.extensions import db
from diary.settings import Settings, SettingsError

P = ParamSpec("P")


def says_what_is_wrong(command: Callable[P, int]) -> Callable[P, int]:
    """A command that says what is wrong with the settings or the database, and then returns 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            print(*error.faults, sep="\n", file=sys.stderr)
        except DatabaseError as error:
            print(f"DIARY_DATABASE_URL: the database cannot be used: {error.orig}", file=sys.stderr)
        return 2

    return run


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The diary, with its database open; it is let go afterwards."""
    app = create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.close()
            db.engine.dispose()
