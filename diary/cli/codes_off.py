"""Switch the app's codes off for somebody who lost the app and the recovery codes. The password stays."""

from datetime import UTC, datetime

from diary.cli._account import for_account
from diary.extensions import db
from diary.models import AccountRow
from diary.services import code
from diary.settings import Settings


def main(arguments: list[str]) -> int:
    """Switch them off for the account with this address. Returns 1 when there is none, 2 when it is misused."""
    return for_account(arguments, "codes-off", _switch_off)


def _switch_off(_: Settings, account: AccountRow) -> str:
    if account.code_secret is None:
        return "This account is asked for no code. Nothing has changed."
    code.switch_off(db.session, account, datetime.now(UTC))
    db.session.commit()
    return "The codes are off. The password is enough now, until the account switches codes on again."
