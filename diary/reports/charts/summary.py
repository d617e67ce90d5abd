"""A picture in words, for those who do not see it: one sentence or two for each panel."""

from datetime import datetime
from typing import Final

from diary.domain.record import PatientRecord
from diary.domain.urgency import Urgency
from diary.domain.wording import mark
from diary.reports.charts.charted import Absence, Charted, Series, charted
from diary.reports.charts.panels import in_panel_unit, limit_number, number_words, panel_kind
from diary.reports.charts.request import ChartRequest, Level, Panel
from diary.reports.charts.timeline import Timeline

URGENCY_WORDS: Final = {
    Urgency.WATCH: mark("measure again"),
    Urgency.TODAY: mark("tell your team today"),
    Urgency.CALL: mark("ring your team now"),
    Urgency.EMERGENCY: mark("emergency"),
}

_HIGHEST: Final = {
    True: mark("{what}: {count} readings, from {lowest} to {highest} {unit}; highest on {day}."),
    False: mark("{what}: {count} readings, from {lowest} to {highest} {unit}; lowest on {day}."),
}
_REACHED: Final = {
    True: mark("At or above “{limit}”: {count}."),
    False: mark("At or below “{limit}”: {count}."),
}


def panel_summary(record: PatientRecord, request: ChartRequest, panel: Panel) -> str:
    """One panel in a sentence or two, in the reader's language, unit and numbers."""
    return summary_of(charted(record, request), request, panel)


def alt_text(record: PatientRecord, request: ChartRequest) -> str:
    """The whole picture in words, for ``alt``: every panel, then doses and flags."""
    return alt_text_of(charted(record, request), request)


def alt_text_of(shown: Charted, request: ChartRequest) -> str:
    """As :func:`alt_text`, of what was already selected."""
    sentences = [summary_of(shown, request, panel) for panel in request.panels]
    if shown.doses:
        sentences.append(request.translate(mark("Fever medicine taken: {count}.")).format(count=len(shown.doses)))
    if request.masked and Panel.TEMPERATURE in request.panels:
        sentences.append(request.translate(mark("Times in which another medicine may hide a fever are shaded.")))
    sentences += [
        request.translate(mark("Warnings, {urgency}: {count}, latest on {day}.")).format(
            urgency=request.translate(URGENCY_WORDS[urgency]),
            count=len(moments),
            day=day_words(shown.timeline, moments[-1], request),
        )
        for urgency in sorted(URGENCY_WORDS, reverse=True)
        if (moments := [flag.at for flag in shown.flags if flag.urgency is urgency])
    ]
    return " ".join(sentences)


def summary_of(shown: Charted, request: ChartRequest, panel: Panel) -> str:
    """As :func:`panel_summary`, of what was already selected."""
    translate = request.translate
    title = translate(panel_kind(panel, request.temperature_unit).title)
    sentences = [_series_words(shown, request, series, title) for series in shown.of(panel)]
    sentences += [_absence_words(request, absence, title) for absence in shown.absent_in(panel)]
    if not sentences:
        return translate(mark("{what}: no readings.")).format(what=title)
    sentences += [_level_words(shown, request, level) for level in request.thresholds.levels if level.panel is panel]
    return " ".join(sentences)


def _series_words(shown: Charted, request: ChartRequest, series: Series, title: str) -> str:
    kind = panel_kind(series.panel, request.temperature_unit)
    name = request.translate(series.words)
    what = f"{title}, {name}" if len(shown.of(series.panel)) > 1 else title
    lowest, highest = (end(series.points, key=lambda point: point.value) for end in (min, max))
    is_high_worst = kind.worst == "highest"
    worst = highest if is_high_worst else lowest
    words = {
        "what": what,
        "unit": request.translate(kind.unit),
        "day": day_words(shown.timeline, worst.at, request),
        "lowest": number_words(lowest.value, series.panel, request),
        "highest": number_words(highest.value, series.panel, request),
    }
    if len(series.points) == 1:
        return request.translate(mark("{what}: one reading, {highest} {unit} on {day}.")).format(**words)
    return request.translate(_HIGHEST[is_high_worst]).format(count=len(series.points), **words)


def _absence_words(request: ChartRequest, absence: Absence, title: str) -> str:
    return request.translate(mark("{what}, {how}: {count}.")).format(
        what=title, how=request.translate(absence.words), count=len(absence.moments)
    )


def _level_words(shown: Charted, request: ChartRequest, level: Level) -> str:
    limit = in_panel_unit(level.value, level.panel, request)
    is_upper = level.id.endswith(("fever", "call", "high", "fast"))
    readings = shown.counting(level.panel)
    reached = [point for point in readings if (point.value >= limit if is_upper else point.value <= limit)]
    return request.translate(_REACHED[is_upper]).format(limit=level_label(level, request), count=len(reached))


def level_label(level: Level, request: ChartRequest) -> str:
    """The words at a limit's line, such as “fever 38.0”."""
    limit = in_panel_unit(level.value, level.panel, request)
    return request.translate(level.words).format(number=request.format_number(limit_number(limit, level.panel)))


def day_words(timeline: Timeline, at: datetime, request: ChartRequest) -> str:
    """“day 3”, or the date while there is no infusion."""
    on = timeline.local(at).date()
    day = timeline.treatment_day(on)
    if day is None:
        return request.format_date(on)
    return request.translate(mark("day {number}")).format(number=day_number(day))


def day_number(day: int) -> str:
    """A treatment day with a true minus sign."""
    return f"−{-day}" if day < 0 else str(day)
