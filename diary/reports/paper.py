"""The paper sheet: how urgent each sign is by itself, so that somebody without a phone knows what to do."""

from datetime import datetime
from decimal import Decimal

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.record import PatientRecord
from diary.domain.sign import SIGNS
from diary.domain.urgency import Urgency
from diary.rules import RuleTable, judge_since
from diary.rules.limits import call_temperature


def urgency_of_signs(table: RuleTable, diary: Diary, now: datetime) -> dict[str, Urgency]:
    """What the rules say of each sign when nothing else is known, for this person and day."""
    return {sign: _urgency(table, diary, now, sign) for sign in SIGNS}


def _urgency(table: RuleTable, diary: Diary, now: datetime, sign: str) -> Urgency:
    check_in = CheckIn(at=now, by="patient", signs=frozenset({sign}))
    record = PatientRecord(patient=diary.patient, care_plan=diary.care_plan, check_ins=(check_in,))
    return max((found.urgency for found in judge_since(table, record, now, ())), default=Urgency.NONE)


def call_from(table: RuleTable, diary: Diary) -> Decimal:
    """The temperature that means *call* for this person, in the unit that they measure in."""
    celsius = diary.care_plan.call_temperature_celsius or call_temperature(table, diary.care_plan.profile)
    return celsius if diary.temperature_unit == "Cel" else celsius * 9 / 5 + 32
