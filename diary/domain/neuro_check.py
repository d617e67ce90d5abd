"""The neuro check: an ICE-like home check. Never an ICANS grade."""

from collections.abc import Mapping
from dataclasses import dataclass

from diary.domain.vocabulary import ITEM_POINTS as ITEM_POINTS
from diary.domain.vocabulary import NOT_DONE_REASONS as NOT_DONE_REASONS


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
        return sum(point for point in self.items.values() if point is not None) if self.items else None
