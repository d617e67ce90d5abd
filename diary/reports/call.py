"""What to have ready when somebody answers: the facts a nurse asks for, in the order of asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from diary.domain.check_in import READINGS, CheckIn
from diary.domain.medicine import Dose
from diary.domain.record import PatientRecord
from diary.domain.treatment import Infusion

RECENT: Final = timedelta(hours=72)
"""How far back the facts reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNotes:
    """Facts for one call. ``readings`` holds the latest of each kind with its moment; ``signs`` those of 24 hours."""

    infusion: Infusion | None
    treatment_day: int | None
    readings: tuple[tuple[str, Any, datetime], ...]
    signs: tuple[str, ...]
    doses: tuple[Dose, ...]


def call_notes(record: PatientRecord, now: datetime) -> CallNotes:
    """Gather what a nurse asks for out of the last 72 hours of a record."""
    recent = sorted(
        (check_in for check_in in record.standing_check_ins if now - RECENT <= check_in.at <= now),
        key=lambda check_in: check_in.at,
    )
    on = record.patient.local(now).date()
    infused = [infusion for infusion in record.care_plan.infusions if infusion.on <= on]
    return CallNotes(
        infusion=max(infused, key=lambda infusion: infusion.on, default=None),
        treatment_day=record.patient.treatment_day(record.care_plan, now),
        readings=tuple(_latest(recent)),
        signs=tuple(dict.fromkeys(sign for check_in in reversed(recent) for sign in _signs_of_a_day(check_in, now))),
        doses=tuple(sorted((d for d in record.doses if now - RECENT <= d.at <= now), key=lambda d: d.at, reverse=True)),
    )


def _latest(recent: list[CheckIn]) -> Iterable[tuple[str, Any, datetime]]:
    for kind in READINGS:
        for check_in in reversed(recent):
            value = getattr(check_in, kind)
            if value is not None:
                yield kind, value, check_in.at
                break


def _signs_of_a_day(check_in: CheckIn, now: datetime) -> list[str]:
    return sorted(check_in.signs) if check_in.at >= now - timedelta(hours=24) else []
