"""A diary as it was set up: whom it is about, whom to call, and what the care team decided."""

from dataclasses import dataclass
from datetime import datetime

from diary.domain.contact import Contact
from diary.domain.reading import TemperatureUnit
from diary.domain.treatment import CarePlan, Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One patient's diary, without its entries. ``country`` is ISO 3166.

    ``erase_at`` is when it is to be erased, once an owner asked for that.
    """

    id: str
    patient_name: str
    patient: Patient
    country: str
    temperature_unit: TemperatureUnit
    contact: Contact
    care_plan: CarePlan
    erase_at: datetime | None = None
