"""Readings: one measured value each, with its unit, and the range in which such a value is possible.

The ranges are evidence part 4.1. A value outside ``possible`` is refused; one outside ``usual`` is taken, judged as
typed, and asked about.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from diary.domain.vocabulary import POSSIBLE

TemperatureUnit = Literal["Cel", "[degF]"]
TemperatureSite = Literal["oral", "ear", "forehead", "armpit"]
Position = Literal["sitting", "lying"]


@dataclass(frozen=True, slots=True)
class Temperature:
    """A body temperature as typed: an exact decimal in °C (``Cel``) or °F (``[degF]``), never converted."""

    value: Decimal
    unit: TemperatureUnit
    site: TemperatureSite | None = None

    @property
    def celsius(self) -> Decimal:
        """The value in °C, for drawing only: rules compare in the unit that was typed."""
        return self.value if self.unit == "Cel" else (self.value - 32) * 5 / 9


@dataclass(frozen=True, slots=True)
class BloodPressure:
    """Systolic and diastolic pressure in mmHg; ``None`` for the one that was not given."""

    systolic: int | None
    diastolic: int | None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Pulse:
    """Heart beats per minute; a pulse whose ``at_rest`` was not given counts as one at rest."""

    value: int
    at_rest: bool = True


@dataclass(frozen=True, slots=True)
class OxygenSaturation:
    """Oxygen saturation in percent; ``None`` when the device showed no number, which is a reading too."""

    value: int | None

    @property
    def no_number(self) -> bool:
        """Whether the device was tried and showed nothing."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest value of a kind that is possible, and that is usual, both inclusive."""

    possible: tuple[Decimal, Decimal]
    usual: tuple[Decimal, Decimal]

    def is_possible(self, value: Decimal | int) -> bool:
        return self.possible[0] <= value <= self.possible[1]

    def is_usual(self, value: Decimal | int) -> bool:
        return self.usual[0] <= value <= self.usual[1]


_USUAL = {
    "temperature_celsius": ("35.0", "41.0"),
    "temperature_fahrenheit": ("95.0", "105.8"),
    "systolic": ("70", "220"),
    "diastolic": ("40", "130"),
    "pulse": ("40", "180"),
    "child_pulse": ("20", "220"),
    "oxygen_saturation": ("85", "100"),
    "respiratory_rate": ("10", "35"),
    "neuro_score": ("0", "10"),
    "capd_score": ("0", "32"),
}

RANGES: Final = {
    kind: Range((Decimal(lowest), Decimal(highest)), (Decimal(_USUAL[kind][0]), Decimal(_USUAL[kind][1])))
    for kind, (lowest, highest) in POSSIBLE.items()
}

USUAL_PULSE_PRESSURE: Final = 15
"""Systolic less diastolic, mmHg: a smaller difference is asked about."""


def temperature_range(unit: TemperatureUnit) -> Range:
    """The range of a temperature in its own unit."""
    return RANGES["temperature_celsius" if unit == "Cel" else "temperature_fahrenheit"]
