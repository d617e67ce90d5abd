"""What a reader asks for: which panels, in which unit, size, colours and language, with which limits and flags."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

from diary.domain.reading import TemperatureUnit
from diary.domain.urgency import Urgency
from diary.domain.wording import mark

Layout = Literal["phone", "wide"]
Theme = Literal["light", "dark"]


class Panel(StrEnum):
    """One panel of the picture: one kind of reading over time."""

    TEMPERATURE = "temperature"
    BLOOD_PRESSURE = "blood-pressure"
    PULSE = "pulse"
    OXYGEN = "oxygen"
    BREATHING = "breathing"
    NEURO = "neuro"
    CAPD = "capd"


DEFAULT_PANELS: Final = (Panel.TEMPERATURE, Panel.BLOOD_PRESSURE, Panel.PULSE, Panel.OXYGEN, Panel.NEURO)


@dataclass(frozen=True, slots=True)
class Level:
    """One limit: the panel it belongs to, its value in the panel's unit (temperature: °C), its words with {number}."""

    id: str
    panel: Panel
    value: Decimal
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits to draw, as the rule table and the care plan have them; ``None`` draws none.

    The y axis always reaches every limit given here, so a limit far from the usual flattens its panel.
    """

    temperature_celsius: Decimal | None = None
    call_temperature_celsius: Decimal | None = None
    low_temperature_celsius: Decimal | None = None
    low_systolic_mmhg: int | None = None
    high_systolic_mmhg: int | None = None
    slow_pulse_per_minute: int | None = None
    fast_pulse_per_minute: int | None = None
    low_oxygen_percent: int | None = None
    fast_breathing_per_minute: int | None = None
    low_neuro_score: int | None = None
    high_capd_score: int | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The limits that were given, one for each value of a panel: the first of two equal ones stands for both."""
        given = (
            (Panel.TEMPERATURE, "fever", self.temperature_celsius, mark("fever {number}")),
            (Panel.TEMPERATURE, "call", self.call_temperature_celsius, mark("call {number}")),
            (Panel.TEMPERATURE, "low", self.low_temperature_celsius, mark("low {number}")),
            (Panel.BLOOD_PRESSURE, "low", self.low_systolic_mmhg, mark("systolic low {number}")),
            (Panel.BLOOD_PRESSURE, "high", self.high_systolic_mmhg, mark("systolic high {number}")),
            (Panel.PULSE, "slow", self.slow_pulse_per_minute, mark("slow {number}")),
            (Panel.PULSE, "fast", self.fast_pulse_per_minute, mark("fast {number}")),
            (Panel.OXYGEN, "low", self.low_oxygen_percent, mark("low {number}")),
            (Panel.BREATHING, "fast", self.fast_breathing_per_minute, mark("fast {number}")),
            (Panel.NEURO, "low", self.low_neuro_score, mark("low {number}")),
            (Panel.CAPD, "high", self.high_capd_score, mark("high {number}")),
        )
        levels: dict[tuple[Panel, Decimal], Level] = {}
        for panel, name, value, words in given:
            if value is not None:
                exact = Decimal(value)
                levels.setdefault((panel, exact), Level(f"{panel}-threshold-{name}", panel, exact, words))
        return tuple(levels.values())


@dataclass(frozen=True, slots=True)
class FlagMark:
    """A flag to mark: when it was raised (aware), how urgent it is, and in which panel; ``None`` is the top strip."""

    at: datetime
    urgency: Urgency
    panel: Panel | None = None


MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def english_date(on: date) -> str:
    """Day and short month, such as 3 Nov."""
    return f"{on.day} {MONTHS[on.month - 1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRequest:
    """One picture as it is asked for.

    ``language`` names the three functions for :func:`cache_key`, which cannot look into them: two requests with the
    same ``language`` must have functions that answer alike. ``from_on`` and ``to_on`` are local dates, inclusive.
    """

    panels: tuple[Panel, ...] = DEFAULT_PANELS
    thresholds: Thresholds = field(default_factory=Thresholds)
    flags: tuple[FlagMark, ...] = ()
    temperature_unit: TemperatureUnit = "Cel"
    layout: Layout = "phone"
    theme: Theme = "light"
    from_on: date | None = None
    to_on: date | None = None
    gap: timedelta = timedelta(hours=36)
    """Readings further apart than this are not joined by a line: nobody knows what lay between."""
    fever_medicine_lasts: timedelta = timedelta(hours=8)
    """How long a dose against fever can hide one (evidence part 4.2)."""
    masked: tuple[tuple[datetime, datetime], ...] = ()
    """From when until when another medicine, such as a steroid, can hide a fever."""
    language: str = "en"
    translate: Callable[[str], str] = str
    format_number: Callable[[Decimal], str] = str
    format_date: Callable[[date], str] = english_date
