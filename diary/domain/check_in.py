"""A check-in: what one person reports at one moment."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import (
    RANGES,
    USUAL_PULSE_PRESSURE,
    BloodPressure,
    OxygenSaturation,
    Pulse,
    Temperature,
    temperature_range,
)
from diary.domain.treatment import ADULT_AGE
from diary.domain.vocabulary import REPORTERS as REPORTERS

Reporter = Literal["patient", "caregiver", "clinician"]

READINGS: Final = (
    "temperature",
    "blood_pressure",
    "standing_blood_pressure",
    "pulse",
    "oxygen_saturation",
    "respiratory_rate",
    "neuro_check",
    "capd_score",
)
"""What of a check-in is a number, in the order in which a page shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """Everything that was reported at ``at`` (aware) by one person. ``None`` and not listed both mean unknown.

    ``signs`` are present, ``signs_absent`` were asked about and answered no; a sign in neither is unknown.
    ``doses_absent`` are the medicine kinds that were asked about and answered no, at this check-in's time.
    ``extra`` holds other programs' keys, which the diary file keeps (see :mod:`diary.domain.diary_file`).
    """

    at: datetime
    by: Reporter
    temperature: Temperature | None = None
    blood_pressure: BloodPressure | None = None
    standing_blood_pressure: BloodPressure | None = None
    pulse: Pulse | None = None
    oxygen_saturation: OxygenSaturation | None = None
    respiratory_rate: int | None = None
    neuro_check: NeuroCheck | None = None
    capd_score: int | None = None
    signs: frozenset[str] = frozenset()
    signs_absent: frozenset[str] = frozenset()
    doses_absent: frozenset[str] = frozenset()
    id: str | None = None
    written_at: datetime | None = None
    author: str | None = None
    note: str | None = None
    replaces: str | None = None
    withdrawn: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was reported."""
        said = replace(self, id=None, written_at=None, author=None, replaces=None, withdrawn=False, extra={})
        return said == CheckIn(at=self.at, by=self.by)


def continued(check_in: CheckIn, typed: CheckIn, keys: Collection[str], asked: Set[str]) -> CheckIn:
    """``check_in`` with what ``typed`` says of ``keys`` and of the signs that were ``asked`` about; the rest stays."""
    return replace(
        check_in,
        id=typed.id,
        replaces=check_in.id,
        signs=check_in.signs - asked | typed.signs & asked,
        signs_absent=check_in.signs_absent - asked | typed.signs_absent & asked,
        **{key: getattr(typed, key) for key in keys},
    )


def odd_readings(check_in: CheckIn, age: int | None) -> tuple[str, ...]:
    """The kinds of a check-in's readings that are possible but unusual, in the order of the page.

    They are judged as typed, and asked about. ``age`` is in years completed; unknown is an adult's.
    """
    child = age is not None and age < ADULT_AGE
    temperature, pulse, oxygen = check_in.temperature, check_in.pulse, check_in.oxygen_saturation
    adult_breaths = check_in.respiratory_rate if not child else None
    odd = {
        "temperature": temperature and not temperature_range(temperature.unit).is_usual(temperature.value),
        "blood_pressure": _is_odd_pressure(check_in.blood_pressure),
        "standing_blood_pressure": _is_odd_pressure(check_in.standing_blood_pressure),
        "pulse": pulse and not RANGES["child_pulse" if child else "pulse"].is_usual(pulse.value),
        "oxygen_saturation": oxygen and _is_odd("oxygen_saturation", oxygen.value),
        "respiratory_rate": _is_odd("respiratory_rate", adult_breaths),
    }
    return tuple(kind for kind, is_odd in odd.items() if is_odd)


def _is_odd_pressure(pressure: BloodPressure | None) -> bool:
    if pressure is None:
        return False
    systolic, diastolic = pressure.systolic, pressure.diastolic
    is_narrow = systolic is not None and diastolic is not None and systolic - diastolic < USUAL_PULSE_PRESSURE
    return is_narrow or _is_odd("systolic", systolic) or _is_odd("diastolic", diastolic)


def _is_odd(kind: str, value: int | None) -> bool:
    return value is not None and not RANGES[kind].is_usual(value)
