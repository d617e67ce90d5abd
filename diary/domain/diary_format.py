"""Checks one diary, as JSON, against the contract ``symptom-diary/1``: every fault, each with the path to it.

Works on plain JSON values and builds nothing, so that thousands of diaries are checked in a blink; what passes here
can be read by :mod:`diary.domain.diary_file` and by the rules without another look.

The checks of single values, lists and objects that it is put together from are in :mod:`diary.domain.checks`.
"""

from __future__ import annotations

from diary.domain import checks, degrees
from diary.domain.timestamp import moment
from diary.domain.vocabulary import (
    CALL_TEMPERATURE,
    DOSE_REASONS,
    DOSE_STATUSES,
    FORMAT,
    ITEM_POINTS,
    MEDICINE_KINDS,
    NOT_DONE_REASONS,
    POSITIONS,
    POSSIBLE,
    PROFILES,
    REPORTERS,
    SIGN_IDS,
    TEMPERATURE_SITES,
    TEMPERATURE_UNITS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from diary.domain.checks import Check, Faults


class DiaryFileError(ValueError):
    """A diary that cannot be read. ``faults`` holds every fault as a path and a sentence."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {sentence}" if path else sentence for path, sentence in self.faults))


def check_diary(data: object) -> dict[str, Any]:
    """Refuse what is not one diary of the contract; raises :class:`DiaryFileError` with all faults."""
    if isinstance(data, dict) and data.get("format", FORMAT) != FORMAT:
        raise DiaryFileError([("format", f"is {checks.shown(data['format'])}; only {FORMAT} can be read")])
    return _sound(data, _diary)


def check_check_in(data: object) -> dict[str, Any]:
    """Refuse what is not one check-in of the contract."""
    return _sound(data, _check_in)


def check_care_plan(data: object) -> dict[str, Any]:
    """Refuse what is not the care plan of a diary."""
    return _sound(data, _care_plan)


def check_dose(data: object) -> dict[str, Any]:
    """Refuse what is not one dose of the contract."""
    return _sound(data, _dose)


def _sound(data: Any, check: Check) -> dict[str, Any]:
    """``data`` unchanged when ``check`` finds no fault in it."""
    faults = check(data)
    if faults:
        raise DiaryFileError((path.lstrip("."), sentence) for path, sentence in faults)
    sound: dict[str, Any] = data
    return sound


_POSSIBLE_TEXTS = {"Cel": POSSIBLE["temperature_celsius"], "[degF]": POSSIBLE["temperature_fahrenheit"]}
_POSSIBLE_TEMPERATURES = {
    unit: (degrees.fine(lowest, unit), degrees.fine(highest, unit))
    for unit, (lowest, highest) in _POSSIBLE_TEXTS.items()
}


def _temperature_text(value: object) -> Faults:
    if type(value) is str and degrees.is_decimal(value):
        return None
    return checks.fault('must be a decimal as text, such as "38.4", with a point and no sign')


def _temperature_possible(value: dict[str, object]) -> Faults:
    text, unit = str(value["value"]), str(value["unit"])
    if _is_possible(text, unit):
        return None
    lowest, highest = _POSSIBLE_TEXTS[unit]
    other = "[degF]" if unit == "Cel" else "Cel"
    slip = f"; was it measured in {other}?" if _is_possible(text, other) else ""
    return [(".value", f"{text} is not possible in {unit}; it must be from {lowest} to {highest}{slip}")]


def _is_possible(text: str, unit: str) -> bool:
    lowest, highest = _POSSIBLE_TEMPERATURES[unit]
    return lowest <= degrees.fine(text, unit) <= highest


def _pressure_possible(value: dict[str, object]) -> Faults:
    systolic, diastolic = value.get("systolic"), value.get("diastolic")
    if isinstance(systolic, int) and isinstance(diastolic, int) and systolic <= diastolic:
        return [(".systolic", f"{systolic} must be above the diastolic pressure {diastolic}; were they swapped?")]
    return None


def _oxygen_possible(value: dict[str, object]) -> Faults:
    shown, no_number = value.get("value"), value.get("no_number") is True
    if (shown is None) is not no_number:
        return [(".value", "must be a whole number, or null with no_number true when none was shown")]
    return None


def _neuro_check_possible(value: dict[str, object]) -> Faults:
    score, items = value.get("score"), value.get("items")
    if "not_done" in value and (score is not None or items is not None):
        return [(".not_done", "cannot stand beside a score")]
    if isinstance(items, dict) and score is not None:
        points = sum(point for key, point in items.items() if key in ITEM_POINTS and point is not None)
        if points != score:
            return [(".score", f"{score} is not the sum of the items, {points}")]
    return None


def _kind(name: str) -> Check:
    lowest, highest = POSSIBLE[name]
    return checks.whole(int(lowest), int(highest))


def _pressure(*positions: str) -> Check:
    keys: dict[str, Check] = {"systolic": _kind("systolic"), "diastolic": _kind("diastolic")}
    return checks.an_object((), keys | {"position": checks.one_of(*positions)}, _pressure_possible)


_signs = checks.words_of(SIGN_IDS, "sign")

_check_in = checks.an_object(
    ("at", "by"),
    {
        "at": checks.time,
        "by": checks.one_of(*REPORTERS),
        "temperature": checks.an_object(
            ("value", "unit"),
            {
                "value": _temperature_text,
                "unit": checks.one_of(*TEMPERATURE_UNITS),
                "site": checks.one_of(*TEMPERATURE_SITES),
            },
            _temperature_possible,
        ),
        "blood_pressure": _pressure(*POSITIONS),
        "standing_blood_pressure": _pressure("standing"),
        "pulse": checks.an_object(("value",), {"value": _kind("pulse"), "at_rest": checks.yes_or_no}),
        "oxygen_saturation": checks.an_object(
            (), {"value": checks.or_null(_kind("oxygen_saturation")), "no_number": checks.yes_or_no}, _oxygen_possible
        ),
        "respiratory_rate": checks.an_object(("value",), {"value": _kind("respiratory_rate")}),
        "neuro_check": checks.an_object(
            (),
            {
                "score": _kind("neuro_score"),
                "items": checks.an_object(
                    (), {item: checks.or_null(checks.whole(0, points)) for item, points in ITEM_POINTS.items()}
                ),
                "not_done": checks.one_of(*NOT_DONE_REASONS),
            },
            _neuro_check_possible,
        ),
        "capd": checks.an_object(("score",), {"score": _kind("capd_score")}),
        "signs": _signs,
        "signs_absent": _signs,
        "doses_absent": checks.words_of(frozenset(MEDICINE_KINDS), "kind of medicine"),
        "id": checks.text,
        "written_at": checks.time,
        "author": checks.text,
        "note": checks.text,
        "replaces": checks.text,
        "withdrawn": checks.yes_or_no,
    },
)

_dose = checks.an_object(
    ("at", "medicine", "status"),
    {
        "at": checks.time,
        "medicine": lambda value: (
            None if type(value) is str and value.strip() else checks.fault("must be a medicine's name")
        ),
        "status": checks.one_of(*DOSE_STATUSES),
        "reason": checks.one_of(*DOSE_REASONS),
        "agreed_with_team": checks.yes_or_no,
        "first_dose": checks.yes_or_no,
        "name": checks.text,
    },
)

_baseline = checks.an_object(
    (),
    {
        "systolic_mmhg": _kind("systolic"),
        "temperature_celsius": checks.decimal_between(*POSSIBLE["temperature_celsius"]),
        "oxygen_saturation_percent": _kind("oxygen_saturation"),
        "pulse_per_minute": _kind("pulse"),
        "neuro_score": _kind("neuro_score"),
        "capd_score": _kind("capd_score"),
    },
)

_care_plan = checks.an_object(
    ("profile",),
    {
        "profile": checks.one_of(*PROFILES),
        "infusions": checks.list_of(checks.an_object(("on",), {"on": checks.day, "product": checks.text})),
        "baseline": _baseline,
        "call_temperature_celsius": checks.decimal_between(*CALL_TEMPERATURE),
    },
)


def _history_possible(diary: dict[str, Any]) -> Faults:
    """Each check-in has an id of its own, is corrected by a later version of it alone, and lies after the birth."""
    faults: list[tuple[str, str]] = []
    check_ins = diary.get("check_ins", ())
    replaces = {check_in["id"]: check_in.get("replaces") for check_in in check_ins if "id" in check_in}
    seen: set[str] = set()
    for position, check_in in enumerate(check_ins):
        name = check_in.get("id")
        if name is not None and name in seen:
            faults.append((f".check_ins[{position}].id", "is another check-in's id as well"))
        seen.add(name)
        if _goes_in_a_circle(name, replaces):
            faults.append((f".check_ins[{position}].replaces", "leads back to this check-in"))
    born_on = diary["patient"]["born_on"]
    times = [moment(entry["at"]).date().isoformat() for key in ("check_ins", "doses") for entry in diary.get(key, ())]
    if born_on is not None and times and born_on > max(times):
        faults.append((".patient.born_on", "is later than everything in the diary"))
    return faults


def _goes_in_a_circle(name: str | None, replaces: dict[str | None, str | None]) -> bool:
    earlier, passed = replaces.get(name), {name}
    while earlier is not None and earlier not in passed:
        passed.add(earlier)
        earlier = replaces.get(earlier)
    return earlier is not None and earlier == name


_diary = checks.an_object(
    ("format", "patient", "care_plan"),
    {
        "format": checks.one_of(FORMAT),
        "id": checks.text,
        "patient": checks.an_object(("born_on", "time_zone"), {"born_on": checks.day, "time_zone": checks.time_zone}),
        "care_plan": _care_plan,
        "doses": checks.list_of(_dose),
        "check_ins": checks.list_of(_check_in),
    },
    _history_possible,
)
