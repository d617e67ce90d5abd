"""Codes from an authenticator app, as a second step after the password, and codes on paper for when the app is lost."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from diary.domain.audit import Event
from diary.models import AccountRow, RecoveryCodeRow
from diary.services import audit

ISSUER: Final = "Symptom diary"
RECOVERY_CODES: Final = 10
SECRET_LENGTH: Final = 32
"""Letters of a secret. A page brings it back, and nobody may make it shorter, or longer than a picture can hold."""
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other on paper."""


def new_secret() -> str:
    """A secret to share with an app."""
    secret: str = TOTP.new().base32_key
    return secret


def link(secret: str, email: str) -> str:
    """The address that an app reads from a picture, or opens on the same phone. Raises ``ValueError`` for no secret."""
    if len(secret) != SECRET_LENGTH:
        raise ValueError
    address: str = TOTP(key=secret, format="base32").to_uri(label=email, issuer=ISSUER)
    return address


def switch_on(session: Session, account: AccountRow, secret: str, typed: str, now: datetime) -> Sequence[str]:
    """Ask for a code from now on, if ``typed`` shows that the app works; return the new recovery codes, else none."""
    counter = _counter(secret, typed, None, now) if len(secret) == SECRET_LENGTH else None
    if counter is None:
        return ()
    account.code_secret, account.code_counter = secret, counter
    audit.write_account(session, Event.ACCOUNT_CODES_ON, account.id, now)
    return renew_recovery_codes(session, account, now)


def switch_off(session: Session, account: AccountRow, now: datetime) -> None:
    """Ask for no code any more."""
    account.code_secret = account.code_counter = None
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account.id))
    audit.write_account(session, Event.ACCOUNT_CODES_OFF, account.id, now)


def renew_recovery_codes(session: Session, account: AccountRow, now: datetime) -> Sequence[str]:
    """Make new recovery codes; the old ones are of no use any more."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account.id))
    codes = [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)
    ]
    session.add_all(RecoveryCodeRow(account_id=account.id, code_hash=_hash(code)) for code in codes)
    audit.write_account(session, Event.ACCOUNT_RECOVERY_CODES_MADE, account.id, now)
    return codes


def recovery_codes_left(session: Session, account_id: str) -> int:
    """How many recovery codes were not used yet."""
    mine = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id)
    return session.scalar(mine) or 0


def is_right(session: Session, account: AccountRow, typed: str, now: datetime) -> bool:
    """Whether ``typed`` is the app's code of this moment, or a recovery code. Neither works twice, or at once."""
    session.refresh(account, ["code_counter"], with_for_update={"key_share": True})
    counter = _counter(account.code_secret or "", typed, account.code_counter, now)
    if counter is not None:
        account.code_counter = counter
        return True
    row = session.scalars(
        select(RecoveryCodeRow).where(
            RecoveryCodeRow.account_id == account.id, RecoveryCodeRow.code_hash == _hash(typed)
        )
    ).first()
    if row is None:
        return False
    session.delete(row)
    audit.write_account(session, Event.ACCOUNT_RECOVERY_CODE_USED, account.id, now)
    return True


def _counter(secret: str, typed: str, last: int | None, now: datetime) -> int | None:
    """Which half-minute the code is of; one too early or too late will do, for a clock that is wrong."""
    try:
        match = TOTP(key=secret, format="base32").match(typed, time=int(now.timestamp()), window=30, last_counter=last)
    except (TokenError, ValueError, TypeError):
        return None
    counter: int = match.counter
    return counter


def _hash(code: str) -> str:
    """Eighty random bits need no slow hash; hyphens, spaces and capitals are a matter of typing."""
    plain = "".join(character for character in code.casefold() if character.isalnum())
    return sha256(plain.encode()).hexdigest()
