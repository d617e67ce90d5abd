"""Trend charts: one patient record in, one SVG out, with the same in words and as a table.

Nothing here imports matplotlib until a picture is drawn.
"""

from diary.domain.record import PatientRecord
from diary.reports.charts.charted import charted
from diary.reports.charts.request import (
    DEFAULT_PANELS,
    ChartRequest,
    FlagMark,
    Layout,
    Panel,
    Theme,
    Thresholds,
)
from diary.reports.charts.shelf import Picture, PictureShelf, cache_key
from diary.reports.charts.summary import alt_text, panel_summary
from diary.reports.charts.table import TrendRow, trend_rows

__all__ = [
    "DEFAULT_PANELS",
    "ChartRequest",
    "FlagMark",
    "Layout",
    "Panel",
    "Picture",
    "PictureShelf",
    "Theme",
    "Thresholds",
    "TrendRow",
    "alt_text",
    "cache_key",
    "draw_trends",
    "panel_summary",
    "trend_rows",
]


def draw_trends(record: PatientRecord, request: ChartRequest) -> bytes:
    """Draw the picture as an SVG document for ``<img src>``: the same bytes for the same record and request."""
    # Importing matplotlib costs up to two seconds, which only somebody who draws should pay.
    from diary.reports.charts.drawing import draw

    return draw(charted(record, request), request)
