"""A check-in: what one person reports at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.vocabulary import REPORTERS as REPORTERS

Reporter = Literal["patient", "caregiver", "clinician"]


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
