"""Members: the people around a diary."""

from dataclasses import dataclass
from datetime import datetime

from diary.domain.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may enter a diary: in which role, and since when. ``id`` is the membership's."""

    id: str
    account_id: str
    name: str
    role: Role
    since: datetime
