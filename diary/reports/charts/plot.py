"""One panel's plot: grid, limits, readings and doses; each is named, so that a reader of the SVG finds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from diary.domain.wording import mark
from diary.reports.charts.canvas import Canvas, Dash, Shape, words_width
from diary.reports.charts.charted import Charted, Series
from diary.reports.charts.days import Days
from diary.reports.charts.flags import draw_flags
from diary.reports.charts.palette import Palette
from diary.reports.charts.panels import in_panel_unit, number_words, panel_kind
from diary.reports.charts.placing import Box, Room
from diary.reports.charts.request import ChartRequest, Panel
from diary.reports.charts.scale import Place, Scale, lifted, thinned
from diary.reports.charts.sheet import Sheet
from diary.reports.charts.summary import level_label

EDGE: Final = 8
"""Pixels between the outermost values and the plot's edge, so that no mark is cut in half."""
CLEAR: Final = 4
"""Pixels between the line of a limit and any words, enough for the tail of a y."""
FOOT: Final = 14
"""Pixels at the plot's foot for marks of doses and of readings that gave no value."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the readings of one series are told apart without colour: shape, filling and dashes."""

    shape: Shape = "o"
    hollow: bool = False
    dash: Dash = ()
    is_second: bool = False
    key: str | None = None
    """The words of the key, where two series share them."""

    def colour(self, palette: Palette) -> str:
        return palette.other_reading if self.is_second else palette.reading


LOOKS: Final = {
    "diastolic": Look(hollow=True, dash=(3, 1.5), is_second=True),
    "standing-systolic": Look("D", key=mark("standing")),
    "standing-diastolic": Look("D", hollow=True, is_second=True, key=mark("standing")),
    "pulse-after-moving": Look("D", hollow=True, is_second=True),
}
DOSE_LOOKS: Final = {"antipyretic": False, "nsaid": True}
"""Whether the triangle of a kind of fever medicine is hollow."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of one picture needs."""

    canvas: Canvas
    shown: Charted
    request: ChartRequest
    sheet: Sheet
    palette: Palette
    days: Days


def draw_plot(desk: Desk, panel: Panel, top: float) -> float:
    """Draw the plot of ``panel`` from pixel ``top`` and return the pixel where it ends."""
    canvas, palette, days, sheet = desk.canvas, desk.palette, desk.days, desk.sheet
    kind = panel_kind(panel, desk.request.temperature_unit)
    levels = [level for level in desk.request.thresholds.levels if level.panel is panel]
    limits = [in_panel_unit(level.value, panel, desk.request) for level in levels]
    series = desk.shown.of(panel)
    flags = [flag for flag in desk.shown.flags if flag.panel is panel]
    doses = desk.shown.doses if panel is Panel.TEMPERATURE else ()
    absences = desk.shown.absent_in(panel)

    bottom = top + sheet.height_of(panel)
    ends = [end(one.points, key=lambda point: point.value).value for one in series for end in (min, max)]
    is_high_worst = kind.worst == "highest"
    scale = Scale.around(
        [*kind.span, *limits, *ends],
        top + (sheet.row if is_high_worst else EDGE) + (sheet.row if flags else 0),
        bottom - (EDGE if is_high_worst else sheet.row) - (FOOT if doses or absences else 0),
    )
    room = Room(Box(days.left, top, days.right, bottom))

    if doses or (panel is Panel.TEMPERATURE and desk.request.masked):
        _draw_windows(desk, top, bottom)
    _draw_grid(desk, panel, scale, top, bottom)
    for level, limit in zip(levels, limits, strict=True):
        y = scale.y(limit)
        canvas.line(level.id, [days.left, days.right], [y, y], palette.limit, 1.5, (5, 2, 1.5, 2))

    for one in series:
        _draw_series(desk, one, scale, room)
    for absence in absences:
        ys = [bottom - FOOT / 2] * len(absence.moments)
        canvas.marks(absence.id, days.xs(absence.moments), ys, palette.ink, "x", 8)
    for kind_of_dose, hollow in DOSE_LOOKS.items():
        if moments := [dose.at for dose in doses if dose.kind == kind_of_dose]:
            ys = [bottom - FOOT / 2] * len(moments)
            canvas.marks(f"doses-{kind_of_dose}", days.xs(moments), ys, palette.medicine, "^", 10, hollow, parted=True)
    if flags:
        draw_flags(canvas, f"{panel}-flags", flags, days.xs([flag.at for flag in flags]), top + EDGE + 2, palette)
        room.taken.append(Box(days.left, top, days.right, top + sheet.row))

    # No words may be struck through by the line of a limit.
    room.taken += [Box(days.left, y - CLEAR, days.right, y + CLEAR) for y in map(scale.y, limits)]
    if series:
        _name_worst(desk, panel, scale, room)
    else:
        _say_empty(desk, panel, room)
    for level, limit in zip(levels, limits, strict=True):
        _name_level(desk, level.id, level_label(level, desk.request), scale.y(limit), room)
    return bottom


def _draw_windows(desk: Desk, top: float, bottom: float) -> None:
    """Shade the hours in which a medicine can hide a fever; those that overlap make one window."""
    windows: list[tuple[float, float]] = []
    days, lasts = desk.days, desk.request.fever_medicine_lasts
    width = lasts / timedelta(days=1) * days.day_width
    hidden = [(start, start + width) for start in days.xs([dose.at for dose in desk.shown.doses])]
    hidden += [(max(start, days.left), end) for start, end in (days.xs(masked) for masked in desk.request.masked)]
    for start, reach in sorted(hidden):
        end = min(reach, days.right)
        if end <= start:
            continue  # It ended before the first day of the picture.
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(windows[-1][1], end)
        else:
            windows.append((start, end))
    desk.canvas.boxes("doses-windows", [(left, top, right, bottom) for left, right in windows], desk.palette.shade)


def _draw_grid(desk: Desk, panel: Panel, scale: Scale, top: float, bottom: float) -> None:
    canvas, palette, days, sheet = desk.canvas, desk.palette, desk.days, desk.sheet
    ticks = scale.ticks(panel_kind(panel, desk.request.temperature_unit).steps, sheet.words * 1.6)
    runs: list[list[Place]] = [[(x, top), (x, bottom)] for x in days.lines(sheet)]
    runs += [[(days.left, y), (days.right, y)] for y in map(scale.y, ticks)]
    canvas.line(f"{panel}-grid", *lifted(runs), palette.grid, 1)
    canvas.line(f"{panel}-foot", [days.left, days.right], [bottom, bottom], palette.muted, 1)
    for number, tick in enumerate(ticks):
        words = desk.request.format_number(tick)
        y = scale.y(tick) + sheet.words * 0.36
        canvas.words(f"{panel}-value-{number}", days.left - 5, y, words, sheet.words, palette.muted, "right")
    if lines := days.infusion_lines():
        canvas.line(f"{panel}-infusions", *lifted([[(x, top), (x, bottom)] for x in lines]), palette.ink, 2)


def _draw_series(desk: Desk, series: Series, scale: Scale, room: Room) -> None:
    """Draw lines between readings that are close in time, and a mark for each reading that has room for one."""
    look = LOOKS.get(series.id, Look())
    colour = look.colour(desk.palette)
    xs = desk.days.xs([point.at for point in series.points])
    places = [(x, scale.y(point.value)) for x, point in zip(xs, series.points, strict=True)]
    columns = desk.sheet.plot_width
    runs = [thinned(run, columns) for run in _runs(series, places, desk.request.gap)]
    if not series.joined:
        runs = [[place] for run in runs for place in run]
    room.add_runs(runs)
    if any(len(run) > 1 for run in runs):
        desk.canvas.line(f"{series.id}-line", *lifted(runs), colour, 2, look.dash)
    pixels_each = columns / sum(map(len, runs))
    # Where readings are too many for marks, the line shows them; a reading that no line reaches keeps its mark.
    marked = [place for run in runs for place in run if pixels_each >= 1.5 or len(run) == 1]
    if marked:
        size = desk.sheet.mark * (1 if pixels_each >= 4 else 0.6)
        marked_xs, marked_ys = [x for x, _ in marked], [y for _, y in marked]
        desk.canvas.marks(f"{series.id}-readings", marked_xs, marked_ys, colour, look.shape, size, look.hollow)


def _runs(series: Series, places: list[Place], gap: timedelta) -> list[list[Place]]:
    """Cut the places of a series that is joined where the next reading is further away than ``gap``."""
    if not series.joined:
        return [places]
    cuts = [index + 1 for index, (earlier, later) in enumerate(pairwise(series.points)) if later.at - earlier.at > gap]
    return [places[start:end] for start, end in pairwise([0, *cuts, len(places)])]


def _say_empty(desk: Desk, panel: Panel, room: Room) -> None:
    """Say in the plot that there is nothing in it, so that nobody takes it for a fault."""
    words, size = desk.request.translate(mark("No readings yet")), desk.sheet.words
    width, height = words_width(words, size), size * 0.8
    left = (room.plot.left + room.plot.right - width) / 2
    middle, step = (room.plot.top + room.plot.bottom) / 2, height * 2
    box = room.take([Box(left, up, left + width, up + height) for up in (middle, middle + step, middle - step)])
    if box is not None:
        desk.canvas.words(f"{panel}-empty", box.left, box.bottom, words, size, desk.palette.muted)


def _name_worst(desk: Desk, panel: Panel, scale: Scale, room: Room) -> None:
    """Write the number at the reading that people look for first: the highest temperature, the lowest oxygen."""
    readings = desk.shown.counting(panel)
    if not readings:
        return
    kind = panel_kind(panel, desk.request.temperature_unit)
    is_high = kind.worst == "highest"
    worst = (max if is_high else min)(readings, key=lambda point: point.value)
    x, y = desk.days.xs([worst.at])[0], scale.y(worst.value)
    words = number_words(worst.value, panel, desk.request)
    width, height = words_width(words, desk.sheet.words, bold=True), desk.sheet.words * 0.8
    above, below = y - 5 - height, y + 5
    sides = [(x + 6, y - height / 2), (x - 6 - width, y - height / 2)]
    rows = [above, below] if is_high else [below, above]
    corners = [(x - width / 2, row) for row in rows] + sides
    corners += [(left, row) for row in rows for left in (x + 2, x - 2 - width)]
    box = room.take([Box(left, up, left + width, up + height) for left, up in corners])
    if box is not None:
        desk.canvas.words(f"{panel}-worst", box.left, box.bottom, words, desk.sheet.words, desk.palette.ink, bold=True)


def _name_level(desk: Desk, name: str, words: str, y: float, room: Room) -> None:
    """Write a limit's words on or under its line, where they cover the fewest readings."""
    days, size = desk.days, desk.sheet.words
    width, height = words_width(words, size), size * 0.8
    room_between = days.right - days.left - width - 8
    lefts: Sequence[float] = [days.left + 4 + room_between * part / 8 for part in (8, 0, 7, 1, 6, 2, 5, 3, 4)]
    candidates = [Box(left, up, left + width, up + height) for up in (y - CLEAR - height, y + CLEAR) for left in lefts]
    box = room.take(candidates) or candidates[0]
    desk.canvas.words(f"{name}-words", box.left, box.bottom, words, size, desk.palette.limit)
