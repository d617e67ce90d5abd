"""Medicines and doses: only what the rules ask about, and what a nurse needs to hear."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

DoseStatus = Literal["taken", "missed", "stopped"]
DOSE_STATUSES: Final = ("taken", "missed", "stopped")
DOSE_REASONS: Final = ("felt_hot",)

ANTI_CYTOKINE_NAMES: Final = ("anakinra", "siltuximab", "emapalumab", "ruxolitinib")
"""Medicines that may also be logged by their own name; each is of the kind ``anti_cytokine``."""

MEDICINE_KINDS: Final = (
    "antipyretic",
    "steroid",
    "tocilizumab",
    "nsaid",
    "anti_cytokine",
    "anti_seizure",
    "anti_infective",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dose of a medicine, taken, missed or stopped at a moment (aware).

    ``medicine`` is one of :data:`MEDICINE_KINDS`, of :data:`ANTI_CYTOKINE_NAMES`, or a free name that no rule reads.
    """

    at: datetime
    medicine: str
    status: DoseStatus
    reason: str | None = None
    agreed_with_team: bool | None = None
    first_dose: bool | None = None
    name: str | None = None

    @property
    def kind(self) -> str:
        """The kind that the rules know this medicine by."""
        return "anti_cytokine" if self.medicine in ANTI_CYTOKINE_NAMES else self.medicine
