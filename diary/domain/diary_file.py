"""The diary file, ``symptom-diary/1``: JSON into a patient's record and back.

Keys that begin with ``x_`` are other programs': they are kept in ``extra``, in the shape in which they stood, and
written out again at the same place. A time is written as it was read, so that going there and back changes nothing.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from diary.domain import diary_format
from diary.domain.check_in import CheckIn
from diary.domain.checks import decimal_text
from diary.domain.diary_format import DiaryFileError
from diary.domain.medicine import Dose
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.record import PatientRecord
from diary.domain.timestamp import moment
from diary.domain.treatment import Baseline, CarePlan, Infusion, Patient
from diary.domain.vocabulary import FORMAT

__all__ = [
    "DiaryFileError",
    "care_plan_from_json",
    "care_plan_to_json",
    "check_in_from_json",
    "check_in_to_json",
    "dose_from_json",
    "dose_to_json",
    "dump",
    "parse",
]

Json = dict[str, Any]

_WHOLE_BASELINES: Final = (
    "systolic_mmhg",
    "oxygen_saturation_percent",
    "pulse_per_minute",
    "neuro_score",
    "capd_score",
)


def parse(file: object) -> PatientRecord:
    """Read one diary. Raises :class:`DiaryFileError` with every fault when it is not one."""
    data = diary_format.check_diary(file)
    patient = data["patient"]
    return PatientRecord(
        patient=Patient(date.fromisoformat(patient["born_on"]), patient["time_zone"]),
        care_plan=_care_plan(data["care_plan"]),
        check_ins=tuple(_check_in(check_in) for check_in in data.get("check_ins", ())),
        doses=tuple(_dose(dose) for dose in data.get("doses", ())),
        id=data.get("id"),
        extra=_extra({key: value for key, value in data.items() if key not in ("check_ins", "doses")}),
    )


def dump(record: PatientRecord) -> Json:
    """Write a record as one diary; :func:`parse` gives the same record back."""
    patient = record.patient
    data = {
        "format": FORMAT,
        "id": record.id,
        "patient": {
            "born_on": None if patient.born_on is None else patient.born_on.isoformat(),
            "time_zone": patient.time_zone,
        },
        "care_plan": care_plan_to_json(record.care_plan),
        "doses": [dose_to_json(dose) for dose in record.doses],
        "check_ins": [check_in_to_json(check_in) for check_in in record.check_ins],
    }
    return _with_extra(_known(data), record.extra)


def check_in_from_json(data: object) -> CheckIn:
    """Read one check-in, in the shape in which a diary file holds it. Raises :class:`DiaryFileError`."""
    return _check_in(diary_format.check_check_in(data))


def check_in_to_json(check_in: CheckIn) -> Json:
    """Write one check-in; what is unknown is left out."""
    temperature, pulse, oxygen = check_in.temperature, check_in.pulse, check_in.oxygen_saturation
    neuro_check, capd = check_in.neuro_check, check_in.capd_score
    breaths = check_in.respiratory_rate
    data = {
        "id": check_in.id,
        "at": check_in.at.isoformat(),
        "by": check_in.by,
        "temperature": temperature
        and _known({"value": f"{temperature.value:f}", "unit": temperature.unit, "site": temperature.site}),
        "blood_pressure": _pressure_to_json(check_in.blood_pressure),
        "standing_blood_pressure": _pressure_to_json(check_in.standing_blood_pressure),
        "pulse": pulse and {"value": pulse.value, "at_rest": pulse.at_rest},
        "oxygen_saturation": oxygen
        and ({"value": None, "no_number": True} if oxygen.no_number else {"value": oxygen.value}),
        "respiratory_rate": None if breaths is None else {"value": breaths},
        "neuro_check": neuro_check
        and _known(
            {
                "score": neuro_check.score,
                "items": None if neuro_check.items is None else dict(neuro_check.items),
                "not_done": neuro_check.not_done,
            }
        ),
        "capd": None if capd is None else {"score": capd},
        "signs": sorted(check_in.signs) or None,
        "signs_absent": sorted(check_in.signs_absent) or None,
        "doses_absent": sorted(check_in.doses_absent) or None,
        "written_at": check_in.written_at and check_in.written_at.isoformat(),
        "author": check_in.author,
        "note": check_in.note,
        "replaces": check_in.replaces,
        "withdrawn": check_in.withdrawn or None,
    }
    return _with_extra(_known(data), check_in.extra)


def dose_from_json(data: object) -> Dose:
    """Read one dose, in the shape in which a diary file holds it. Raises :class:`DiaryFileError`."""
    return _dose(diary_format.check_dose(data))


def dose_to_json(dose: Dose) -> Json:
    """Write one dose; what is unknown is left out."""
    data = {
        "at": dose.at.isoformat(),
        "medicine": dose.medicine,
        "status": dose.status,
        "reason": dose.reason,
        "agreed_with_team": dose.agreed_with_team,
        "first_dose": dose.first_dose,
        "name": dose.name,
    }
    return _with_extra(_known(data), dose.extra)


def care_plan_from_json(data: object) -> CarePlan:
    """Read a care plan, in the shape in which a diary file holds it. Raises :class:`DiaryFileError`."""
    return _care_plan(diary_format.check_care_plan(data))


def care_plan_to_json(care_plan: CarePlan) -> Json:
    """Write a care plan; what is unknown is left out."""
    baseline, call_at = care_plan.baseline, care_plan.call_temperature_celsius
    usual = baseline.temperature_celsius
    values: Json = {key: getattr(baseline, key) for key in _WHOLE_BASELINES}
    values["temperature_celsius"] = None if usual is None else f"{usual:f}"
    data = {
        "profile": care_plan.profile,
        "infusions": [
            _known({"on": infusion.on.isoformat(), "product": infusion.product}) for infusion in care_plan.infusions
        ],
        "baseline": _known(values),
        "call_temperature_celsius": None if call_at is None else f"{call_at:f}",
    }
    return _known(data)


def _care_plan(data: Json) -> CarePlan:
    call_at = decimal_text(data.get("call_temperature_celsius"))
    baseline = data.get("baseline", {})
    usual = decimal_text(baseline.get("temperature_celsius"))
    return CarePlan(
        profile=data["profile"],
        infusions=tuple(
            Infusion(date.fromisoformat(infusion["on"]), infusion.get("product"))
            for infusion in data.get("infusions", ())
        ),
        baseline=Baseline(
            **{key: baseline.get(key) for key in _WHOLE_BASELINES},
            temperature_celsius=None if usual is None else Decimal(usual),
        ),
        call_temperature_celsius=None if call_at is None else Decimal(call_at),
    )


def _check_in(data: Json) -> CheckIn:
    temperature, pulse, neuro_check = data.get("temperature"), data.get("pulse"), data.get("neuro_check")
    oxygen = data.get("oxygen_saturation")
    written_at = data.get("written_at")
    return CheckIn(
        at=moment(data["at"]),
        by=data["by"],
        temperature=temperature
        and Temperature(Decimal(temperature["value"]), temperature["unit"], temperature.get("site")),
        blood_pressure=_pressure(data.get("blood_pressure")),
        standing_blood_pressure=_pressure(data.get("standing_blood_pressure"), stands=True),
        pulse=pulse and Pulse(pulse["value"], pulse.get("at_rest", True)),
        oxygen_saturation=oxygen and OxygenSaturation(oxygen.get("value")),
        respiratory_rate=data.get("respiratory_rate", {}).get("value"),
        neuro_check=None
        if neuro_check is None
        else NeuroCheck(
            score=neuro_check.get("score"), items=_items(neuro_check), not_done=neuro_check.get("not_done")
        ),
        capd_score=data.get("capd", {}).get("score"),
        signs=frozenset(data.get("signs", ())),
        signs_absent=frozenset(data.get("signs_absent", ())),
        doses_absent=frozenset(data.get("doses_absent", ())),
        id=data.get("id"),
        written_at=None if written_at is None else moment(written_at),
        author=data.get("author"),
        note=data.get("note"),
        replaces=data.get("replaces"),
        withdrawn=data.get("withdrawn", False),
        extra=_extra(data),
    )


def _items(neuro_check: Json) -> dict[str, int | None] | None:
    items = neuro_check.get("items")
    return None if items is None else {key: value for key, value in items.items() if not key.startswith("x_")}


def _dose(data: Json) -> Dose:
    return Dose(
        at=moment(data["at"]),
        medicine=data["medicine"],
        status=data["status"],
        reason=data.get("reason"),
        agreed_with_team=data.get("agreed_with_team"),
        first_dose=data.get("first_dose"),
        name=data.get("name"),
        extra=_extra(data),
    )


def _pressure(data: Json | None, *, stands: bool = False) -> BloodPressure | None:
    if data is None:
        return None
    return BloodPressure(data.get("systolic"), data.get("diastolic"), None if stands else data.get("position"))


def _pressure_to_json(pressure: BloodPressure | None) -> Json | None:
    if pressure is None:
        return None
    return _known({"systolic": pressure.systolic, "diastolic": pressure.diastolic, "position": pressure.position})


def _known(data: Json) -> Json:
    return {key: value for key, value in data.items() if value is not None}


def _extra(data: object) -> Json:
    """The keys that are other programs', in the shape in which they stand; a list becomes a mapping by position."""
    if isinstance(data, list):
        data = {str(position): entry for position, entry in enumerate(data)}
    if not isinstance(data, dict):
        return {}
    kept = {key: value if key.startswith("x_") else _extra(value) for key, value in data.items()}
    return {key: value for key, value in kept.items() if key.startswith("x_") or value}


def _with_extra(data: Json, extra: Mapping[str, Any]) -> Json:
    """``data`` with other programs' keys back where they stood, as far as that place still exists."""
    for key, value in extra.items():
        if key.startswith("x_"):
            data[key] = value
        elif isinstance(data.get(key), dict):
            _with_extra(data[key], value)
        elif isinstance(data.get(key), list):
            for position, entry in enumerate(data[key]):
                _with_extra(entry, value.get(str(position), {}))
    return data
