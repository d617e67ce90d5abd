"""What a new version of the table would say otherwise of what an old one found."""

from __future__ import annotations

from diary.rules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from diary.domain.urgency import Urgency

    Found = tuple[str, Urgency, datetime]


class Difference(Value):
    """One rule at one moment, found otherwise; ``None`` is not found."""

    __slots__ = ("at", "is_now", "rule", "was")
    rule: str
    at: datetime
    was: Urgency | None
    is_now: Urgency | None


def compare(old: Iterable[Found], new: Iterable[Found]) -> tuple[Difference, ...]:
    """The differences between two sets of findings, each given as rule, urgency and moment, in time order."""
    was = {(rule, at): urgency for rule, urgency, at in old}
    is_now = {(rule, at): urgency for rule, urgency, at in new}
    return tuple(
        Difference(rule=rule, at=at, was=was.get((rule, at)), is_now=is_now.get((rule, at)))
        for rule, at in sorted(was.keys() | is_now.keys(), key=lambda key: (key[1], key[0]))
        if was.get((rule, at)) != is_now.get((rule, at))
    )
