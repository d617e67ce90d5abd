"""Readings: one measured value each, with its unit, and the range in which such a value is possible.

The ranges are evidence part 4.1. A value outside ``possible`` is refused; one outside ``usual`` is taken, judged as
typed, and asked about.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

TemperatureUnit = Literal["Cel", "[degF]"]
TemperatureSite = Literal["oral", "ear", "forehead", "armpit"]
Position = Literal["sitting", "lying"]

TEMPERATURE_UNITS: Final = ("Cel", "[degF]")
TEMPERATURE_SITES: Final = ("oral", "ear", "forehead", "armpit")
POSITIONS: Final = ("sitting", "lying")


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
    """Systolic and diastolic pressure in mmHg."""

    systolic: int
    diastolic: int
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


def _range(lowest: str, highest: str, usual_lowest: str, usual_highest: str) -> Range:
    return Range((Decimal(lowest), Decimal(highest)), (Decimal(usual_lowest), Decimal(usual_highest)))


RANGES: Final = {
    "temperature_celsius": _range("30.0", "43.5", "35.0", "41.0"),
    "temperature_fahrenheit": _range("86.0", "110.3", "95.0", "105.8"),
    "systolic": _range("40", "300", "70", "220"),
    "diastolic": _range("20", "200", "40", "130"),
    "pulse": _range("20", "300", "40", "180"),
    "child_pulse": _range("20", "300", "20", "220"),
    "oxygen_saturation": _range("40", "100", "85", "100"),
    "respiratory_rate": _range("4", "100", "10", "35"),
    "neuro_score": _range("0", "10", "0", "10"),
    "capd_score": _range("0", "32", "0", "32"),
}

USUAL_PULSE_PRESSURE: Final = 15
"""Systolic less diastolic, mmHg: a smaller difference is asked about."""


def temperature_range(unit: TemperatureUnit) -> Range:
    """The range of a temperature in its own unit."""
    return RANGES["temperature_celsius" if unit == "Cel" else "temperature_fahrenheit"]
