"""Medicines and doses: only what the rules ask about, and what a nurse needs to hear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from diary.domain.catalogue import SEDATIVE, look_up
from diary.domain.vocabulary import ANTI_CYTOKINE_NAMES as ANTI_CYTOKINE_NAMES
from diary.domain.vocabulary import MEDICINE_KINDS as MEDICINE_KINDS

FEVER_HIDING: Final = frozenset({"antipyretic", "nsaid", "steroid", "tocilizumab", "anti_cytokine"})
"""The kinds that can hide a fever; for how long stands in the rule table."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine of a person's own list, as their team told them. ``id`` is ``None`` before it is kept.

    ``kind`` is one of :data:`MEDICINE_KINDS`, ``sedative`` or ``other``. ``hours_apart`` is the least time between two
    doses, ``usual_times`` are the times of day as typed. ``agreed_with_team``: whether the team said to take it.
    """

    id: str | None = None
    name: str
    kind: str
    hours_apart: int | None = None
    usual_times: str = ""
    agreed_with_team: bool | None = None

    def dose(self, at: datetime) -> Dose:
        """One dose of it, taken as the list says."""
        is_known = self.kind in MEDICINE_KINDS
        return Dose(
            at=at,
            medicine=self.kind if is_known else self.name,
            status="taken",
            agreed_with_team=self.agreed_with_team,
            name=self.name if is_known else None,
        )

    def is_of(self, dose: Dose) -> bool:
        """Whether a dose was of this medicine, or of another name of what is in it."""
        return substance(dose.name or dose.medicine) == substance(self.name)

    def too_soon_after(self, dose: Dose, earlier: Iterable[Dose]) -> Dose | None:
        """The dose that was taken less than ``hours_apart`` before this one, the newest; ``None`` without any."""
        if self.hours_apart is None or dose.status != "taken" or not self.is_of(dose):
            return None
        since = dose.at - timedelta(hours=self.hours_apart)
        taken = [one for one in earlier if one.status == "taken" and since < one.at < dose.at and self.is_of(one)]
        return max(taken, key=lambda one: one.at, default=None)


def counted_kind(chosen: str | None, name: str) -> str | None:
    """The kind that a medicine counts as: the one that was chosen, unless its name says otherwise.

    A name that the catalogue knows decides when nothing, or only "other", was chosen; and always when it can hide a
    fever, because a fever that nobody looks for is the greater harm.
    """
    known = look_up(name)
    if known is None:
        return chosen
    return known.kind if chosen in (None, "other", SEDATIVE) or known.kind in FEVER_HIDING else chosen


def substance(name: str) -> str:
    """What is in a medicine, by its name; the name itself, when the catalogue does not know it."""
    known = look_up(_USUAL.get(name, name))
    return known.substance if known else name.casefold().strip()


_USUAL: Final = {"antipyretic": "paracetamol"}
"""What a kind without a name means on the check-in page."""
