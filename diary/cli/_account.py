"""What the commands about one account share: whom the terminal names, and what is said where it cannot be done."""

import sys
from collections.abc import Callable

from diary.cli._copy import opened, says_what_is_wrong
from diary.extensions import db
from diary.models import AccountRow
from diary.services.password import find_account
from diary.settings import Settings


@says_what_is_wrong
def for_account(arguments: list[str], command: str, act: Callable[[Settings, AccountRow], str]) -> int:
    """Print what ``act`` says of the account with the one e-mail address in ``arguments``.

    Returns 1 when there is no such account, 2 when the command is misused or the database cannot be used.
    """
    if len(arguments) != 1:
        print(f"Give one e-mail address: diary {command} alice@example.org", file=sys.stderr)
        return 2
    settings = Settings.from_env()
    with opened(settings):
        account = find_account(db.session, arguments[0])
        said = act(settings, account) if account else ""
    if not said:
        print("There is no account with this e-mail address.", file=sys.stderr)
        return 1
    print(said)
    return 0
