"""Failed sign-ins: counted by account, by address and by device, and slowed down more and more. Never locked out.

Somebody else's failures never slow a device down on which the account was signed in before: it is counted by itself.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from diary.models import SignInFailureRow

REMEMBERED: Final = timedelta(hours=1)
LONGEST_WAIT: Final = timedelta(minutes=15)
FREE: Final = {"account": 5, "device": 5, "address": 20, "letter": 3}
"""How many failures cost nothing. A whole ward may sign in from one address."""


def keys_of(
    secret_key: str, *, account: str = "", address: str = "", device: str = "", letter: str = ""
) -> tuple[str, ...]:
    """What a try is counted by. The keys cannot be turned back into what they stand for.

    Args:
        account: the e-mail address as it was typed, whether or not anybody has it.
        letter: the e-mail address that a letter is asked for.
        device: the id of a device on which this very account was signed in before; then nothing else counts.
    """
    named = {"device": device} if device else {"account": account, "address": address, "letter": letter}
    return tuple(
        f"{kind}:{hmac.new(secret_key.encode(), f'{kind} {value}'.encode(), sha256).hexdigest()[:40]}"
        for kind, value in named.items()
        if value
    )


def waiting_time(session: Session, keys: Sequence[str], now: datetime) -> timedelta:
    """How long the next try has to wait: nothing at first, then twice as long after each failure."""
    counted = session.execute(
        select(SignInFailureRow.key, func.count(), func.max(SignInFailureRow.at))
        .where(SignInFailureRow.key.in_(keys), SignInFailureRow.at > now - REMEMBERED)
        .group_by(SignInFailureRow.key)
    )
    waits = [last + _pause(key, failures) - now for key, failures, last in counted]
    return max([timedelta(), *waits])


def fail(session: Session, keys: Sequence[str], now: datetime) -> None:
    """Count a failure; what is older than an hour is forgotten."""
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.at <= now - REMEMBERED))
    session.add_all(SignInFailureRow(key=key, at=now) for key in keys)


def succeed(session: Session, keys: Sequence[str]) -> None:
    """Forget the failures of an account and its device. Those of an address stay: others share it."""
    own = [key for key in keys if not key.startswith("address")]
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.key.in_(own)))


def _pause(key: str, failures: int) -> timedelta:
    beyond = failures - FREE[key.partition(":")[0]]
    return min(timedelta(seconds=2.0 ** min(beyond, 20)), LONGEST_WAIT) if beyond >= 0 else timedelta()
