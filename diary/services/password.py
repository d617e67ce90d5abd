"""A forgotten password: a link that works once, for an hour, and that changes nothing when it is only opened."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Final

from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diary.domain.audit import Event
from diary.models import AccountRow
from diary.services import audit, device

AN_HOUR: Final = 3600


def find_account(session: Session, email: str) -> AccountRow | None:
    """The account with this address, which is typed in small letters or capitals."""
    return session.scalars(
        select(AccountRow).where(func.lower(AccountRow.email) == email.strip().lower(), AccountRow.active)
    ).first()


def reset_token(secret_key: str, account: AccountRow) -> str:
    """The secret part of a link. It holds a trace of the password that it replaces, so that it works once."""
    token = _signer(secret_key).dumps([account.id, _trace(secret_key, account)])
    return token if isinstance(token, str) else token.decode()


def account_of_token(session: Session, secret_key: str, token: str) -> AccountRow | None:
    """Whose link it is; ``None`` when it is too old, was used, or is none."""
    try:
        account_id, trace = _signer(secret_key).loads(token, max_age=AN_HOUR)
        account = session.get(AccountRow, str(account_id))
    except (BadData, ValueError, TypeError):
        return None
    is_good = account is not None and account.active and hmac.compare_digest(_trace(secret_key, account), str(trace))
    return account if is_good else None


def replace(session: Session, account: AccountRow, password_hash: str, now: datetime) -> None:
    """Give the account another password, and sign every device out: whoever knew the old one is out as well."""
    account.password = password_hash
    device.end_others(session, account.id, "", now)
    audit.write_account(session, Event.ACCOUNT_PASSWORD_CHANGED, account.id, now)


def _trace(secret_key: str, account: AccountRow) -> str:
    return hmac.new(secret_key.encode(), account.password.encode(), sha256).hexdigest()[:20]


def _signer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="reset")
