"""Medicines and doses: only what the rules ask about, and what a nurse needs to hear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from diary.domain.vocabulary import ANTI_CYTOKINE_NAMES as ANTI_CYTOKINE_NAMES
from diary.domain.vocabulary import DOSE_REASONS as DOSE_REASONS
from diary.domain.vocabulary import DOSE_STATUSES as DOSE_STATUSES
from diary.domain.vocabulary import MEDICINE_KINDS as MEDICINE_KINDS

DoseStatus = Literal["taken", "missed", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dose of a medicine, taken, missed or stopped at a moment (aware).

    ``medicine`` is one of :data:`MEDICINE_KINDS`, of :data:`ANTI_CYTOKINE_NAMES`, or a free name that no rule reads.
    Each of the anti-cytokine names is of the kind ``anti_cytokine``. ``extra`` holds other programs' keys.
    """

    at: datetime
    medicine: str
    status: DoseStatus
    reason: str | None = None
    agreed_with_team: bool | None = None
    first_dose: bool | None = None
    name: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind that the rules know this medicine by."""
        return "anti_cytokine" if self.medicine in ANTI_CYTOKINE_NAMES else self.medicine
