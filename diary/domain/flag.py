"""Flags: findings that were raised, and stay until somebody records what happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from diary.domain.urgency import Urgency

TODAY_ENDS_AFTER: Final = timedelta(hours=24)
"""A flag of urgency *today* ends by itself after this time (evidence part 5.0, rule 21)."""


class ClosureKind(StrEnum):
    """Why a flag is closed."""

    TOLD = "told"
    MEASURED_AGAIN = "measured_again"
    RAN_OUT = "ran_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What happened after a flag: whom somebody told, when, and what they said."""

    kind: ClosureKind
    at: datetime
    by: str
    told_at: datetime | None = None
    told: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A reading that an open flag asks for again: its kind, by its key in a check-in, and when it is due.

    ``can_wait``: until the patient wakes.
    """

    kind: str
    due_at: datetime
    can_wait: bool


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """That a finding used numbers of the person's own care plan: who wrote them down, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One finding of a flag, as it was kept: its moment, its reasons as JSON, and the table's version."""

    rule: str
    urgency: Urgency
    at: datetime
    reasons: tuple[dict[str, Any], ...]
    table_version: str
    own_numbers: OwnNumbers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One rule's flag, with every finding that was added to it, oldest first."""

    id: str
    rule: str
    urgency: Urgency
    findings: tuple[Raised, ...]
    closure: Closure | None = None

    @property
    def latest_at(self) -> datetime:
        """The moment of its newest finding."""
        return max(finding.at for finding in self.findings)

    def is_open(self, now: datetime) -> bool:
        """Whether it still asks for something: *call* and *emergency* until closed, *today* for 24 hours."""
        return self.closure is None and still_asks(self.urgency, self.latest_at, now)


def still_asks(urgency: Urgency, latest_at: datetime, now: datetime) -> bool:
    """Whether a flag that nobody closed still asks for something: *today* ends 24 hours after its newest finding."""
    return urgency != Urgency.TODAY or now <= latest_at + TODAY_ENDS_AFTER
