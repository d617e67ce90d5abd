"""Finds room for words in a plot: where they cover the fewest readings and no other words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, hypot
from typing import Final

from diary.reports.charts.scale import Place

REACH: Final = 3
"""How far a mark reaches from its middle, in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet, in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def is_near(self, place: Place) -> bool:
        """Whether a mark at ``place`` would touch the box."""
        x, y = place
        return self.left - REACH <= x <= self.right + REACH and self.top - REACH <= y <= self.bottom + REACH

    def covers(self, other: "Box") -> bool:
        """Whether the two share any pixel."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def surrounds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(slots=True)
class Room:
    """The room in one plot: ``obstacles`` are places better not covered, ``taken`` must not be."""

    plot: Box
    obstacles: list[Place] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)

    def add_runs(self, runs: Iterable[Sequence[Place]], apart: float = 4) -> None:
        """Make lines and their readings obstacles, seen as places ``apart`` pixels apart."""
        for run in runs:
            self.obstacles += run
            for (x1, y1), (x2, y2) in pairwise(run):
                parts = ceil(hypot(x2 - x1, y2 - y1) / apart)
                self.obstacles += [
                    (x1 + (x2 - x1) * part / parts, y1 + (y2 - y1) * part / parts) for part in range(1, parts)
                ]

    def take(self, candidates: Sequence[Box]) -> Box | None:
        """Take the best of the candidates, the first of equals; ``None`` where each leaves the plot or covers words."""
        free = [
            box for box in candidates if self.plot.surrounds(box) and not any(box.covers(other) for other in self.taken)
        ]
        if not free:
            return None
        best = min(free, key=lambda box: sum(map(box.is_near, self.obstacles)))
        self.taken.append(best)
        return best
