"""Treatment: infusions, Day 0, treatment days, and what the care team set."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

Profile = Literal["standard", "uk"]

ADULT_AGE: Final = 18
"""Years completed from which the page asks, and asks about, what concerns adults."""


@dataclass(frozen=True, slots=True)
class Infusion:
    """One infusion of CAR T-cells: its local date is Day 0. ``product`` is the name as the team gave it."""

    on: date
    product: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The person's own usual values, set by the care team; ``None`` is unknown."""

    systolic_mmhg: int | None = None
    temperature_celsius: Decimal | None = None
    oxygen_saturation_percent: int | None = None
    pulse_per_minute: int | None = None
    neuro_score: int | None = None
    capd_score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePlan:
    """What the care team decided: number set, infusions, baselines and the temperature that means *call*.

    ``call_temperature_celsius`` lies between 37.5 and 38.0 °C (evidence part 5.0, rule 20); ``None`` leaves the number
    set's own.
    """

    profile: Profile
    infusions: tuple[Infusion, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    call_temperature_celsius: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the diary is about, as far as the rules need to know. ``time_zone`` is an IANA name."""

    born_on: date | None
    time_zone: str

    def local(self, at: datetime) -> datetime:
        """``at`` on the patient's own clock."""
        return at.astimezone(ZoneInfo(self.time_zone))

    def age_at(self, at: datetime) -> int | None:
        """Years completed on the patient's local date at ``at``; ``None`` when the date of birth is unknown."""
        if self.born_on is None:
            return None
        on = self.local(at).date()
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))

    def treatment_day(self, care_plan: CarePlan, at: datetime) -> int | None:
        """Local days since the latest infusion on or before ``at``; ``None`` before the first and without any."""
        on = self.local(at).date()
        past = [infusion.on for infusion in care_plan.infusions if infusion.on <= on]
        return (on - max(past)).days if past else None
