"""The neuro check: an ICE-like home check. Never an ICANS grade."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from diary.domain.vocabulary import ITEM_POINTS as ITEM_POINTS
from diary.domain.vocabulary import NOT_DONE_REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuroCheck:
    """A score from 0 to 10, or points by item (``None`` where an item was not possible), or why it was not done."""

    score: int | None = None
    items: Mapping[str, int | None] | None = None
    not_done: str | None = None

    @property
    def total(self) -> int | None:
        """The score: as given, else the sum of the items that were possible: 0 where none was; ``None`` without items.

        An item that was not possible adds nothing, and is not held against a person whose baseline was scored the
        same way. Where no baseline is known the sum may be low for want of an item: the safer of the two errors.
        """
        if self.score is not None or self.items is None:
            return self.score
        return sum(point for point in self.items.values() if point is not None) if self.items else None


FROM_AGE: Final = 12
"""Years completed from which the questions are asked; a younger child's behaviour is asked about (evidence 1.4)."""

UNSCORED: Final = ("skipped", "refused", "not_possible")
"""Answers that are no points, and not the same thing: left out, not wanted, and never possible for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuroPlan:
    """What a diary's neuro check asks: the names agreed on, and the items that are not possible for this person.

    ``uses_capd`` says that the team of a child asks for the CAPD's number.
    """

    town: str = ""
    hospital: str = ""
    not_possible: tuple[str, ...] = ()
    uses_capd: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, item by item: points as text, or one of :data:`UNSCORED`. No answer is unknown."""

    by_item: Mapping[str, str] = field(default_factory=dict)
    is_too_sleepy: bool = False

    @property
    def points(self) -> dict[str, int | None]:
        """Points by item; ``None`` where there are none to give."""
        return {item: int(given) if given.isdecimal() else None for item, given in self.by_item.items()}

    def to_neuro_check(self) -> NeuroCheck:
        """What is kept. Nothing scored is no score, never 0; and being too sleepy is kept as the sign that it is.

        Points lost before somebody became too sleepy still count; see :attr:`shows_sign`.
        """
        if self.is_too_sleepy and not self._has_lost_points:
            return NeuroCheck(not_done=NOT_DONE_REASONS[0])
        items = {item: self.points.get(item) for item in ITEM_POINTS}
        return NeuroCheck(items=items if any(point is not None for point in items.values()) else {})

    @property
    def shows_sign(self) -> bool:
        """Whether the sign of being too sleepy must stand beside the points, which cannot say it themselves."""
        return self.is_too_sleepy and self._has_lost_points

    @property
    def _has_lost_points(self) -> bool:
        return any(point is not None and point < ITEM_POINTS[item] for item, point in self.points.items())


def turn_of(now: datetime) -> int:
    """Which of the rotated questions it is the turn of: others every eight hours, the same on a page sent twice."""
    return int(now.timestamp()) // (8 * 3600)
