"""The same data as a table: for the page below the picture, and for files."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from diary.domain.check_in import READINGS, CheckIn, Reporter
from diary.domain.medicine import Dose
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.record import PatientRecord
from diary.reports.charts.charted import is_fever_medicine
from diary.reports.charts.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """What was measured or taken at one moment. ``at`` is on the patient's own clock; ``None`` was not logged.

    ``treatment_day`` counts as the picture does: from the latest infusion, negative before the first. ``by`` is
    ``None`` for a dose that stands alone. ``temperature`` keeps the unit and the digits that were typed.
    """

    at: datetime
    treatment_day: int | None
    by: Reporter | None = None
    check_in_id: str | None = None
    temperature: Temperature | None = None
    blood_pressure: BloodPressure | None = None
    standing_blood_pressure: BloodPressure | None = None
    pulse: Pulse | None = None
    oxygen_saturation: OxygenSaturation | None = None
    respiratory_rate: int | None = None
    neuro_score: int | None = None
    neuro_not_done: str | None = None
    capd_score: int | None = None
    fever_medicines: tuple[Dose, ...] = ()


def trend_rows(record: PatientRecord) -> tuple[TrendRow, ...]:
    """One row for every standing check-in with a reading and every dose against fever, newest first.

    A dose at the moment of a check-in stands in that check-in's row.
    """
    timeline = Timeline.of(record)
    doses: dict[datetime, list[Dose]] = defaultdict(list)
    for dose in record.doses:
        if is_fever_medicine(dose):
            doses[dose.at].append(dose)
    check_ins = sorted(
        (check_in for check_in in record.standing_check_ins if _has_a_reading(check_in) or check_in.at in doses),
        key=lambda check_in: (check_in.at, check_in.by, check_in.id or ""),
    )
    rows = [_check_in_row(timeline, check_in, tuple(doses.pop(check_in.at, ()))) for check_in in check_ins]
    rows += [_dose_row(timeline, at, tuple(taken)) for at, taken in doses.items()]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _has_a_reading(check_in: CheckIn) -> bool:
    return any(getattr(check_in, kind) is not None for kind in READINGS)


def _check_in_row(timeline: Timeline, check_in: CheckIn, doses: tuple[Dose, ...]) -> TrendRow:
    at = timeline.local(check_in.at)
    return TrendRow(
        at=at,
        treatment_day=timeline.treatment_day(at.date()),
        by=check_in.by,
        check_in_id=check_in.id,
        temperature=check_in.temperature,
        blood_pressure=check_in.blood_pressure,
        standing_blood_pressure=check_in.standing_blood_pressure,
        pulse=check_in.pulse,
        oxygen_saturation=check_in.oxygen_saturation,
        respiratory_rate=check_in.respiratory_rate,
        neuro_score=check_in.neuro_check.total if check_in.neuro_check else None,
        neuro_not_done=check_in.neuro_check.not_done if check_in.neuro_check else None,
        capd_score=check_in.capd_score,
        fever_medicines=doses,
    )


def _dose_row(timeline: Timeline, at: datetime, doses: tuple[Dose, ...]) -> TrendRow:
    local = timeline.local(at)
    return TrendRow(at=local, treatment_day=timeline.treatment_day(local.date()), fever_medicines=doses)
