"""What the commands about one account share: whom the terminal names, and what is said where it cannot be done."""

import sys
from collections.abc import Callable

from sqlalchemy.exc import DatabaseError

from diary.app import create_app
from diary.cli._settings import read_settings
from diary.extensions import db
from diary.models import AccountRow
from diary.services.password import find_account
from diary.settings import Settings


def for_account(arguments: list[str], command: str, act: Callable[[Settings, AccountRow], str]) -> int:
    """Print what ``act`` says of the account with the one e-mail address in ``arguments``.

    Returns 1 when there is no such account, 2 when the command is misused or the database cannot be used.
    """
    if len(arguments) != 1:
        print(f"Give one e-mail address: diary {command} alice@example.org", file=sys.stderr)
        return 2
    settings = read_settings()
    if settings is None:
        return 2
    with create_app(settings).app_context():
        try:
            account = find_account(db.session, arguments[0])
            said = act(settings, account) if account else ""
        except DatabaseError as error:
            print(f"DIARY_DATABASE_URL: the database cannot be used: {error.orig}", file=sys.stderr)
            return 2
        finally:
            db.session.close()
            db.engine.dispose()
    if not said:
        print("There is no account with this e-mail address.", file=sys.stderr)
        return 1
    print(said)
    return 0
