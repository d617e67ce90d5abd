"""Colours, light and dark. None of them carries a meaning alone: shapes, dashes and words say the same."""

from dataclasses import dataclass
from typing import Final

from diary.domain.urgency import Urgency
from diary.reports.charts.request import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour that carries text or a mark has at least 4.5:1 against ``paper`` and ``shade``."""

    paper: str
    ink: str
    muted: str
    grid: str
    reading: str
    other_reading: str
    limit: str
    medicine: str
    shade: str
    urgency: dict[Urgency, str]


PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        paper="#ffffff",
        ink="#1b2733",
        muted="#4a5763",
        grid="#dce1e5",
        reading="#0b4f8a",
        other_reading="#00635a",
        limit="#a3211b",
        medicine="#5f3a8c",
        shade="#ece6f4",
        urgency={
            Urgency.WATCH: "#33526e",
            Urgency.TODAY: "#6b5200",
            Urgency.CALL: "#a23c00",
            Urgency.EMERGENCY: "#a3001e",
        },
    ),
    "dark": Palette(
        paper="#14191f",
        ink="#f1f4f6",
        muted="#b9c3cc",
        grid="#333d47",
        reading="#7cc0ff",
        other_reading="#6fdccb",
        limit="#ff9b8f",
        medicine="#cdb2f5",
        shade="#302a3d",
        urgency={
            Urgency.WATCH: "#b5cfe6",
            Urgency.TODAY: "#ecd06f",
            Urgency.CALL: "#ffb07c",
            Urgency.EMERGENCY: "#ff9aa8",
        },
    ),
}
