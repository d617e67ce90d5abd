"""The x axis in pixels: which days the picture spans, where a moment lies, and which days are labelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor

from diary.reports.charts.canvas import Canvas
from diary.reports.charts.charted import Charted
from diary.reports.charts.palette import Palette
from diary.reports.charts.request import ChartRequest
from diary.reports.charts.sheet import Sheet
from diary.reports.charts.summary import day_number
from diary.reports.charts.timeline import Timeline

FEWEST_DAYS = 3
"""A diary of one day is not stretched over the whole width: the next days have their place already."""


NARROWEST_DAY = 8
"""Pixels of a day that can still be seen as a column of its own."""


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days from ``start`` up to ``end`` (positions on the timeline) between two pixels."""

    timeline: Timeline
    start: int
    end: int
    left: float
    right: float
    is_undated: bool = False
    """Nothing was logged and nothing was infused: there is no day to name."""

    @classmethod
    def of(cls, shown: Charted, request: ChartRequest, sheet: Sheet) -> "Days":
        """The days from the first to the last moment shown, or those that were asked for."""
        timeline = shown.timeline
        asked = [(on - timeline.zero).days for on in (request.from_on, request.to_on) if on is not None]
        positions = [floor(position) for position in timeline.positions(list(shown.moments()))] + asked
        start, end = (min(positions), max(positions) + 1) if positions else (0, 7)
        if len(asked) < 2:
            end = max(end, start + FEWEST_DAYS)
        is_undated = not positions and not timeline.infusions
        return cls(timeline, start, end, sheet.left, sheet.plot_right, is_undated)

    @property
    def day_width(self) -> float:
        """Pixels of one day."""
        return (self.right - self.left) / (self.end - self.start)

    def xs(self, moments: Sequence[datetime]) -> list[float]:
        """The pixels of moments (aware)."""
        return [self.x(position) for position in self.timeline.positions(list(moments))]

    def x(self, position: float) -> float:
        """The pixel of a position on the timeline."""
        return self.left + (position - self.start) * self.day_width

    def infusion_lines(self) -> list[float]:
        """The pixels of local midnight of each infusion's Day 0, as far as it is in the picture."""
        days = [(infusion - self.timeline.zero).days for infusion in self.timeline.infusions]
        return [self.x(day) for day in days if self.start <= day < self.end]

    def labelled(self, sheet: Sheet) -> list[int]:
        """The positions of the days that are labelled."""
        if self.is_undated:
            return []
        pixels = sheet.between_days if self.timeline.infusions else sheet.between_dates
        return self.timeline.labelled_days(self.start, self.end, pixels / self.day_width)

    def lines(self, sheet: Sheet) -> list[float]:
        """The pixels of the midnights to draw: every one if there is room, else those of labelled days."""
        days = range(self.start, self.end + 1) if self.day_width >= NARROWEST_DAY else self.labelled(sheet)
        return [self.x(day) for day in days]

    def draw_labels(
        self, canvas: Canvas, name: str, request: ChartRequest, sheet: Sheet, palette: Palette, y: float
    ) -> None:
        """Name the days, each label in the middle of its day where that is wide enough to be seen as a column."""
        for position in self.labelled(sheet):
            on = self.timeline.date_at(position)
            day = self.timeline.treatment_day(on)
            words = request.format_date(on) if day is None else day_number(day)
            x = self.x(position + 0.5) if self.day_width >= NARROWEST_DAY else self.x(position)
            canvas.words(f"{name}-day-{position - self.start}", x, y, words, sheet.words, palette.muted, "center")
