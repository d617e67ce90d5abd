"""What each panel shows: its words, its unit, the values that it always spans, and the steps of its axis."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from diary.domain.reading import Temperature, TemperatureUnit
from diary.domain.wording import mark
from diary.reports.charts.request import ChartRequest, Panel


@dataclass(frozen=True, slots=True)
class PanelKind:
    """``span``: the lowest and highest value that the axis always reaches, so that small wobbles stay small.

    ``steps``: distances of axis labels to choose from, rising. ``worst``: the end that people worry about.
    """

    title: str
    unit: str
    span: tuple[Decimal, Decimal]
    steps: tuple[Decimal, ...]
    worst: Literal["highest", "lowest"]


def _kind(
    title: str, unit: str, span: tuple[str, str], steps: str, worst: Literal["highest", "lowest"] = "highest"
) -> PanelKind:
    return PanelKind(title, unit, (Decimal(span[0]), Decimal(span[1])), tuple(map(Decimal, steps.split())), worst)


_CELSIUS: Final = _kind(mark("Temperature"), "°C", ("36.0", "38.5"), "0.5 1 2 5 10")
_FAHRENHEIT: Final = _kind(mark("Temperature"), "°F", ("97", "101"), "1 2 5 10 20")
_KINDS: Final = {
    Panel.BLOOD_PRESSURE: _kind(mark("Blood pressure"), mark("mmHg"), ("60", "140"), "10 20 40 50 100", "lowest"),
    Panel.PULSE: _kind(mark("Pulse"), mark("beats a minute"), ("50", "120"), "10 20 40 50 100"),
    Panel.OXYGEN: _kind(mark("Oxygen saturation"), "%", ("90", "100"), "2 5 10 20", "lowest"),
    Panel.BREATHING: _kind(mark("Breathing"), mark("breaths a minute"), ("10", "30"), "5 10 20 50"),
    Panel.NEURO: _kind(mark("Neuro check"), mark("points of 10"), ("0", "10"), "2 5 10", "lowest"),
    Panel.CAPD: _kind(mark("CAPD"), mark("points of 32"), ("0", "32"), "4 8 16"),
}


def panel_kind(panel: Panel, temperature_unit: TemperatureUnit) -> PanelKind:
    """How to draw and describe this panel for a reader of this unit."""
    if panel is Panel.TEMPERATURE:
        return _CELSIUS if temperature_unit == "Cel" else _FAHRENHEIT
    return _KINDS[panel]


def in_unit(temperature: Temperature, unit: TemperatureUnit) -> Decimal:
    """The value as typed where the units agree, else converted, unrounded. For drawing only."""
    if temperature.unit == unit:
        return temperature.value
    return temperature.celsius if unit == "Cel" else temperature.value * 9 / 5 + 32


def in_panel_unit(value: Decimal, panel: Panel, request: ChartRequest) -> Decimal:
    """A limit in the unit that its panel is drawn in; only °C is ever converted."""
    return in_unit(Temperature(value, "Cel"), request.temperature_unit) if panel is Panel.TEMPERATURE else value


def number_words(value: Decimal | int, panel: Panel, request: ChartRequest) -> str:
    """A reading in the reader's numbers: temperatures to one decimal, all others whole.

    A temperature is cut, not rounded: 37.97 must not read as the fever that it is not.
    """
    places = Decimal("0.1") if panel is Panel.TEMPERATURE else Decimal(1)
    return request.format_number(Decimal(value).quantize(places, rounding="ROUND_FLOOR"))


def limit_number(value: Decimal, panel: Panel) -> Decimal:
    """A limit with all its digits, a temperature with one decimal at least: a shortened limit is another limit."""
    whole = value.quantize(Decimal("0.1") if panel is Panel.TEMPERATURE else Decimal(1))
    return whole if whole == value else value.normalize()
