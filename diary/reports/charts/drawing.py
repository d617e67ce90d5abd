"""Draws the picture: the strip of flags, then panel below panel, all over the same days."""

from datetime import timedelta
from typing import Final

from diary.domain.urgency import Urgency
from diary.domain.wording import mark
from diary.reports.charts.canvas import Canvas, alone, words_width
from diary.reports.charts.charted import Charted
from diary.reports.charts.days import Days
from diary.reports.charts.flags import FLAG_LOOKS, draw_flags
from diary.reports.charts.palette import PALETTES
from diary.reports.charts.panels import panel_kind
from diary.reports.charts.plot import DOSE_LOOKS, LOOKS, Desk, Look, draw_plot
from diary.reports.charts.request import ChartRequest, Panel
from diary.reports.charts.sheet import SHEETS, KeyItem, draw_key, key_rows
from diary.reports.charts.summary import URGENCY_WORDS, alt_text_of

DOSE_WORDS: Final = {"antipyretic": mark("fever medicine"), "nsaid": mark("ibuprofen or similar")}
STRIP: Final = 20
"""The height of the strip of flags, in pixels."""


def draw(shown: Charted, request: ChartRequest) -> bytes:
    """Draw what was selected, as an SVG document. Threads may call this at the same time; they take turns."""
    with alone():
        return _draw(shown, request)


def _draw(shown: Charted, request: ChartRequest) -> bytes:
    sheet, palette = SHEETS[request.layout], PALETTES[request.theme]
    canvas = Canvas(sheet.width, palette.paper)
    desk = Desk(canvas, shown, request, sheet, palette, Days.of(shown, request, sheet))
    y = _draw_strip(desk, 4)
    for panel in request.panels:
        y = _draw_heading(desk, panel, y)
        y = draw_plot(desk, panel, y)
        # A narrow picture is scrolled, so each panel names its days; on a wide one the last does it for all.
        if request.layout == "phone" or panel is request.panels[-1]:
            y += sheet.words + 4
            desk.days.draw_labels(canvas, panel, request, sheet, palette, y)
        y += sheet.words
    if not desk.days.is_undated:
        y += 2
        words = request.translate(mark("Treatment day") if shown.timeline.infusions else mark("Date"))
        canvas.words("days", (sheet.left + sheet.plot_right) / 2, y, words, sheet.words, palette.ink, "center")
    titles = [request.translate(panel_kind(panel, request.temperature_unit).title) for panel in request.panels]
    return canvas.svg(y + 8, ", ".join(titles), alt_text_of(shown, request))


def _draw_strip(desk: Desk, y: float) -> float:
    flags = [flag for flag in desk.shown.flags if flag.panel is None]
    if not flags:
        return y
    key = _flag_key(desk, {flag.urgency for flag in flags})
    y = _draw_title(desk, "flags", desk.request.translate(mark("Warnings")), "", key, y)
    middle = y + STRIP / 2
    ends = [desk.sheet.left, desk.sheet.plot_right]
    desk.canvas.line("flags-strip", ends, [middle, middle], desk.palette.grid, 1)
    draw_flags(desk.canvas, "flags", flags, desk.days.xs([flag.at for flag in flags]), middle, desk.palette)
    return y + STRIP + 4


def _draw_heading(desk: Desk, panel: Panel, y: float) -> float:
    request, palette = desk.request, desk.palette
    kind = panel_kind(panel, request.temperature_unit)
    key: list[KeyItem] = []
    if panel is request.panels[0] and desk.days.infusion_lines():
        key.append(KeyItem(request.translate(mark("infusion")), palette.ink, "|", 13))
    series = desk.shown.of(panel)
    if len(series) > 1:
        words_seen: set[str] = set()
        for one in series:
            look = LOOKS.get(one.id, Look())
            words = request.translate(look.key or one.words)
            # Both pressures of a standing measurement have the same shape: one key is enough.
            if words not in words_seen:
                words_seen.add(words)
                dash = look.dash if one.joined else None
                colour = look.colour(palette)
                key.append(KeyItem(words, colour, look.shape, desk.sheet.mark, look.hollow, dash))
    key += [KeyItem(request.translate(absence.words), palette.ink, "x", 8) for absence in desk.shown.absent_in(panel)]
    if panel is Panel.TEMPERATURE:
        key += _dose_key(desk)
    key += _flag_key(desk, {flag.urgency for flag in desk.shown.flags if flag.panel is panel})
    return _draw_title(desk, panel, request.translate(kind.title), request.translate(kind.unit), key, y)


def _dose_key(desk: Desk) -> list[KeyItem]:
    request, palette = desk.request, desk.palette
    kinds = {dose.kind for dose in desk.shown.doses}
    key = [
        KeyItem(request.translate(DOSE_WORDS[kind]), palette.medicine, "^", 9, hollow)
        for kind, hollow in DOSE_LOOKS.items()
        if kind in kinds
    ]
    if request.masked:
        key.append(
            KeyItem(request.translate(mark("a medicine may hide a fever")), palette.medicine, shade=palette.shade)
        )
    elif kinds:
        hours = f"{request.fever_medicine_lasts / timedelta(hours=1):g}"
        words = request.translate(mark("may hide a fever, {hours} hours")).format(hours=hours)
        key.append(KeyItem(words, palette.medicine, shade=palette.shade))
    return key


def _flag_key(desk: Desk, urgencies: set[Urgency]) -> list[KeyItem]:
    return [
        KeyItem(desk.request.translate(URGENCY_WORDS[urgency]), desk.palette.urgency[urgency], shape, size, hollow)
        for urgency, (shape, size, hollow) in reversed(FLAG_LOOKS.items())
        if urgency in urgencies
    ]


def _draw_title(desk: Desk, name: str, title: str, unit: str, key: list[KeyItem], y: float) -> float:
    """Write a heading with its key beside it, or below where there is no room; return the pixel below both."""
    sheet, palette, canvas = desk.sheet, desk.palette, desk.canvas
    baseline = y + sheet.title
    canvas.words(f"{name}-title", 10, baseline, title, sheet.title, palette.ink, bold=True)
    x = 10 + words_width(title, sheet.title, bold=True) + 6
    if unit:
        canvas.words(f"{name}-unit", x, baseline, unit, sheet.words, palette.muted)
        x += words_width(unit, sheet.words) + 14
    rows = key_rows(key, sheet, x + 6)
    draw_key(canvas, name, rows, sheet, baseline, palette.ink)
    return baseline + (len(rows) - 1) * sheet.row + 8
