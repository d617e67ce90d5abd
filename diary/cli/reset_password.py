"""Print a link with which somebody chooses another password: it works once, for one hour."""

import sys

from sqlalchemy.exc import DatabaseError

from diary.app import create_app
from diary.extensions import db
from diary.services.password import find_account, reset_token
from diary.settings import Settings, SettingsError


def main(arguments: list[str]) -> int:
    """Print the link for the account with this e-mail address. Returns 1 when there is none, 2 when it is misused."""
    if len(arguments) != 1:
        print("Give one e-mail address: diary reset-password alice@example.org", file=sys.stderr)
        return 2
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 2
    with create_app(settings).app_context():
        try:
            account = find_account(db.session, arguments[0])
            token = reset_token(settings.secret_key, account) if account else ""
        except DatabaseError as error:
            print(f"DIARY_DATABASE_URL: the database cannot be used: {error.orig}", file=sys.stderr)
            return 2
        finally:
            db.session.close()
            db.engine.dispose()
    if not token:
        print("There is no account with this e-mail address.", file=sys.stderr)
        return 1
    for address in settings.addresses:
        print(f"{address}/forgotten-password/{token}")
    print("Open it within one hour. It works once. Until then nothing has changed.")
    return 0
