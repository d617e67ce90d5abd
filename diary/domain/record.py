"""The patient record: what rules and reports read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from diary.domain.check_in import CheckIn
from diary.domain.medicine import Dose
from diary.domain.treatment import CarePlan, Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """One patient's diary, or the part of it that a question needs. Order of check-ins and doses means nothing."""

    patient: Patient
    care_plan: CarePlan
    check_ins: tuple[CheckIn, ...] = ()
    doses: tuple[Dose, ...] = ()
    id: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def standing_check_ins(self) -> tuple[CheckIn, ...]:
        """The check-ins that count: neither withdrawn nor replaced by a later version."""
        return standing(self.check_ins)


def standing(check_ins: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """Leave out check-ins that were withdrawn or replaced."""
    check_ins = tuple(check_ins)
    replaced = {check_in.replaces for check_in in check_ins if check_in.replaces is not None}
    return tuple(
        check_in
        for check_in in check_ins
        if not check_in.withdrawn and (check_in.id is None or check_in.id not in replaced)
    )
