"""Invitations: a link that lets one person into one diary, once, in one role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from diary.domain.access import Role

LASTS: Final = timedelta(days=7)
"""How long a link works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation that can be accepted. ``invited_by`` is a name; ``email`` is empty when it was sent to nobody."""

    id: str
    diary_id: str
    role: Role
    invited_by: str
    email: str
    expires_at: datetime


def fingerprint(secret: str) -> str:
    """What is kept of a link's secret part: it is 256 random bits, so that nobody finds it from its hash."""
    return sha256(secret.encode()).hexdigest()
