"""From values to pixels: the y axis of one panel and the thinning of what falls into one pixel column."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil, floor, nan

Place = tuple[float, float]
"""A position on the sheet in pixels: x from the left, y from the top."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The y axis: ``low`` lies at pixel ``bottom`` and ``high`` at pixel ``top`` (top is the smaller number)."""

    low: float
    high: float
    top: float
    bottom: float

    @classmethod
    def around(cls, values: Sequence[Decimal | int], top: float, bottom: float) -> "Scale":
        """The scale that reaches every one of ``values`` (at least two different ones)."""
        return cls(float(min(values)), float(max(values)), top, bottom)

    def y(self, value: Decimal | int) -> float:
        """The pixel of a value, from the top of the sheet."""
        return self.bottom - (float(value) - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def ticks(self, steps: Sequence[Decimal], pixels_between: float) -> list[Decimal]:
        """Round values to label, at least ``pixels_between`` apart: whole multiples of the first step that fits."""
        pixels = (self.bottom - self.top) / (self.high - self.low)
        step = next((step for step in steps if float(step) * pixels >= pixels_between), steps[-1])
        first, last = ceil(self.low / float(step) - 1e-9), floor(self.high / float(step) + 1e-9)
        return [step * number for number in range(first, last + 1)]


def thinned(places: list[Place], columns: float) -> list[Place]:
    """Keep of each pixel column the first, the lowest, the highest and the last place, in order.

    So no peak is lost however many readings there are. Fewer places than four a column come back as they are.
    """
    if len(places) <= 4 * columns:
        return places
    kept: list[Place] = []
    for _, column in groupby(places, key=lambda place: int(place[0])):
        members = list(column)
        heights = [y for _, y in members]
        chosen = {0, heights.index(min(heights)), heights.index(max(heights)), len(members) - 1}
        kept += [members[index] for index in sorted(chosen)]
    return kept


def lifted(runs: Sequence[Sequence[Place]]) -> tuple[list[float], list[float]]:
    """Several runs as one line that is lifted (NaN) between them; a run of one place draws no line."""
    xs: list[float] = []
    ys: list[float] = []
    for run in runs:
        if len(run) > 1:
            xs += [x for x, _ in run] + [nan]
            ys += [y for _, y in run] + [nan]
    return xs[:-1], ys[:-1]
