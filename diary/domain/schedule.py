"""Schedule: how often a check-in is due. It changes how often the diary asks, never what a reading means."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from diary.domain.treatment import CarePlan, Patient


class Phase(NamedTuple):
    """A stretch of treatment days that ends with ``last_day`` (``None`` is never), and how often to check in it."""

    last_day: int | None
    every: timedelta


PHASES: Final = (
    # Four times a day, and every 8 hours at the least while awake.
    Phase(14, timedelta(hours=8)),
    # The temperature twice a day, as European leaflets ask for three to four weeks.
    Phase(30, timedelta(hours=12)),
    # Once a week, at least to day 100: late effects on nerves begin slowly.
    Phase(100, timedelta(days=7)),
    # Once a month.
    Phase(None, timedelta(days=30)),
)
"""The phases P1 to P4 of evidence part 2.7, with the frequencies of part 3 ("Reading these for design"); both are
project judgement from what programmes and leaflets do."""


def due_every(patient: Patient, care_plan: CarePlan, now: datetime) -> timedelta | None:
    """How often a check-in is due at ``now``; ``None`` before the first infusion."""
    day = patient.treatment_day(care_plan, now)
    if day is None:
        return None
    return next(phase.every for phase in PHASES if phase.last_day is None or day <= phase.last_day)


def late_by(every: timedelta | None, last_at: datetime | None, now: datetime) -> timedelta | None:
    """How late the next check-in is after the one at ``last_at``; ``None`` when it is not.

    Without any check-in there is nothing to count from: it is due now, and late by nothing yet.
    """
    if every is None:
        return None
    late = timedelta(0) if last_at is None else now - last_at - every
    return late if late >= timedelta(0) else None
