"""Marks of flags: each urgency has a shape of its own, and the most urgent of a crowd is the one that is seen."""

from collections.abc import Sequence
from typing import Final

from diary.domain.urgency import Urgency
from diary.reports.charts.canvas import Canvas, Shape
from diary.reports.charts.palette import Palette
from diary.reports.charts.request import FlagMark

FLAG_LOOKS: Final[dict[Urgency, tuple[Shape, float, bool]]] = {
    Urgency.WATCH: ("o", 8, True),
    Urgency.TODAY: ("s", 9, False),
    Urgency.CALL: ("D", 8, False),
    Urgency.EMERGENCY: ("8", 12, False),
}
"""Shape, size in pixels, and whether it is hollow."""

CROWD: Final = 8
"""Pixels within which marks would hide each other."""


def draw_flags(
    canvas: Canvas, name: str, flags: Sequence[FlagMark], xs: Sequence[float], y: float, palette: Palette
) -> None:
    """Draw flags (in order of time, at pixels ``xs``) at height ``y``."""
    shown = crowded([(x, flag.urgency) for x, flag in zip(xs, flags, strict=True)])
    for urgency, (shape, size, hollow) in FLAG_LOOKS.items():
        if places := [x for x, shown_urgency in shown if shown_urgency is urgency]:
            ys = [y] * len(places)
            canvas.marks(
                f"{name}-{urgency.word}", places, ys, palette.urgency[urgency], shape, size, hollow, parted=True
            )


def crowded(marks: Sequence[tuple[float, Urgency]]) -> list[tuple[float, Urgency]]:
    """Of marks (in order of x) that would cover each other, leave the most urgent, the first of equals."""
    shown: list[tuple[float, Urgency]] = []
    for x, urgency in marks:
        if not shown or x - shown[-1][0] >= CROWD:
            shown.append((x, urgency))
        elif urgency > shown[-1][1]:
            shown[-1] = (x, urgency)
    return shown
