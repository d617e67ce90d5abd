"""The neuro check: an ICE-like home check. Never an ICANS grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ITEM_POINTS: Final[Mapping[str, int]] = {
    "year": 1,
    "month": 1,
    "town": 1,
    "hospital": 1,
    "name_objects": 3,
    "command": 1,
    "sentence": 1,
    "count_back": 1,
}
"""The highest points of each item; together 10 (evidence part 1.3)."""

NOT_DONE_REASONS: Final = ("too_sleepy_or_confused",)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuroCheck:
    """A score from 0 to 10, or points by item (``None`` where an item was not possible), or why it was not done."""

    score: int | None = None
    items: Mapping[str, int | None] | None = None
    not_done: str | None = None

    @property
    def total(self) -> int | None:
        """The score: as given, else the sum of the items that were possible; ``None`` when no item was scored.

        An item that was not possible adds nothing, and is not held against a person whose baseline was scored the
        same way. Where no baseline is known the sum may be low for want of an item: the safer of the two errors.
        """
        if self.score is not None or self.items is None:
            return self.score
        points = [point for point in self.items.values() if point is not None]
        return sum(points) if points else None
