"""Checks one diary, as JSON, against the contract ``symptom-diary/1``: every fault, each with the path to it.

Works on plain JSON values and builds nothing, so that thousands of diaries are checked in a blink; what passes here
can be read by :mod:`diary.domain.diary_file` and by the rules without another look.

A check takes a value and returns its faults, ``None`` for none; a fault is the path below the value and a sentence.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from diary.domain import degrees
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
    from collections.abc import Callable, Iterable
    from typing import Any

    Faults = list[tuple[str, str]] | None
    Check = Callable[[object], Faults]


class DiaryFileError(ValueError):
    """A diary that cannot be read. ``faults`` holds every fault as a path and a sentence."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {sentence}" if path else sentence for path, sentence in self.faults))


class NumberText(str):
    """A JSON number that is not a whole one, kept as the text it was written in, so that it stays exact."""

    __slots__ = ()


class Twice:
    """Stands as the value of a key that an object held twice."""


def check_diary(data: object) -> dict[str, Any]:
    """Refuse what is not one diary of the contract; raises :class:`DiaryFileError` with all faults."""
    if isinstance(data, dict) and data.get("format", FORMAT) != FORMAT:
        raise DiaryFileError([("format", f"is {_shown(data['format'])}; only {FORMAT} can be read")])
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


def _shown(value: object) -> str:
    """The value for a sentence: short, and never a long note."""
    text = value if isinstance(value, str) else repr(value)
    return f"“{text}”" if len(text) <= 40 else f"“{text[:37]}…”"


def _say(sentence: str) -> list[tuple[str, str]]:
    return [("", sentence)]


# Single values.


def _text(value: object) -> Faults:
    return None if type(value) is str else _say("must be text")


def _flag(value: object) -> Faults:
    return None if type(value) is bool else _say("must be true or false")


def _whole(lowest: int, highest: int) -> Check:
    def check(value: object) -> Faults:
        if type(value) is not int:
            return _say("must be a whole number")
        if not lowest <= value <= highest:
            return _say(f"{value} is not possible; it must be from {lowest} to {highest}")
        return None

    return check


def _one_of(*words: str) -> Check:
    known = frozenset(words)

    def check(value: object) -> Faults:
        if type(value) is str and value in known:
            return None
        return _say(f"{_shown(value)} is not known; it must be one of {', '.join(words)}")

    return check


def _list_of(item: Check) -> Check:
    def check(value: object) -> Faults:
        if type(value) is not list:
            return _say("must be a list")
        faults = []
        for position, entry in enumerate(value):
            faults += [(f"[{position}]{path}", sentence) for path, sentence in item(entry) or ()]
        return faults

    return check


def _words_of(known: frozenset[str], what: str) -> Check:
    def check(value: object) -> Faults:
        if type(value) is not list:
            return _say("must be a list")
        return [
            (f"[{position}]", f"{_shown(entry)} is not a {what} that this version knows")
            for position, entry in enumerate(value)
            if not (type(entry) is str and entry in known)
        ]

    return check


YEARS = (1900, 2200)
"""The years that a time may lie in: no time zone can then lead out of the calendar."""


def _moment(value: object) -> Faults:
    if type(value) is not str or not is_rfc3339(value):
        return _say("must be a time with seconds and an offset, such as 2026-03-14T08:00:00+00:00")
    if not YEARS[0] <= int(value[:4]) <= YEARS[1]:
        return _say(f"must be in the years {YEARS[0]} to {YEARS[1]}")
    return None


def is_rfc3339(text: str) -> bool:
    """Whether ``text`` is a real time in RFC 3339, with seconds and an offset."""
    tail = text[19:].lstrip("0123456789.") if text[19:20] == "." else text[19:]
    shaped = (
        text.isascii()
        and text[4:5] == text[7:8] == "-"
        and text[10:11] in ("T", "t")
        and text[13:14] == text[16:17] == ":"
        and (tail in ("Z", "z") or (len(tail) == 6 and tail[0] in "+-" and tail[3] == ":"))
        and (text[19:20] != "." or text[20:21].isdigit())
    )
    try:
        return shaped and moment(text).utcoffset() is not None
    except (ValueError, OverflowError):
        return False


def moment(text: str) -> datetime:
    """The time that an RFC 3339 ``text`` names; also accepts its lower-case forms."""
    return datetime.fromisoformat(text.upper())


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970 in UTC: the time as the rules compare it."""
    return (at - _EPOCH) // _MICROSECOND


def _day(value: object) -> Faults:
    if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return None
    return _say("must be a date such as 2026-03-14")


_known_zones = {"UTC"}


def _time_zone(value: object) -> Faults:
    if type(value) is str and value in _known_zones:
        return None
    from zoneinfo import ZoneInfo  # Loaded only when a diary lives outside UTC: it costs a tenth of a cold start.

    try:
        ZoneInfo(value if type(value) is str else "")
    except (ValueError, OSError, KeyError):
        return _say(f"{_shown(value)} is not a time zone of the IANA list, such as Europe/London")
    _known_zones.add(str(value))
    return None


def _decimal_between(lowest: str, highest: str) -> Check:
    """A decimal as text or as a number, in °C, with its limits."""
    low, high = degrees.fine(lowest, "Cel"), degrees.fine(highest, "Cel")

    def check(value: object) -> Faults:
        text = decimal_text(value)
        if text is None:
            return _say("must be a decimal number such as 36.6")
        if not low <= degrees.fine(text, "Cel") <= high:
            return _say(f"{text} is not possible; it must be from {lowest} to {highest}")
        return None

    return check


def decimal_text(value: object) -> str | None:
    """The digits of a decimal that stands as text or as a JSON number; ``None`` when it is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    return text if degrees.is_decimal(text) else None


# Objects.


def _object(
    required: tuple[str, ...],
    keys: dict[str, Check],
    together: Callable[[dict[str, object]], Faults] | None = None,
) -> Check:
    """An object with these keys; ``together`` looks at a whole whose parts are in order."""

    def check(value: object) -> Faults:
        if type(value) is not dict:
            return _say("must be an object")
        faults: list[tuple[str, str]] = []
        for key, entry in value.items():
            known = keys.get(key)
            if entry.__class__ is Twice:
                faults.append((f".{key}", "stands twice"))
            elif known is not None:
                found = known(entry)
                if found:
                    faults += [(f".{key}{path}", sentence) for path, sentence in found]
            elif not key.startswith("x_"):
                faults.append((f".{key}", "is not a key of this version; own keys begin with x_"))
        for key in required:
            if key not in value:
                faults.append((f".{key}", "is missing"))
        if together is not None and not faults:
            return together(value)
        return faults

    return check


_POSSIBLE_TEXTS = {"Cel": POSSIBLE["temperature_celsius"], "[degF]": POSSIBLE["temperature_fahrenheit"]}
_POSSIBLE_TEMPERATURES = {
    unit: (degrees.fine(lowest, unit), degrees.fine(highest, unit))
    for unit, (lowest, highest) in _POSSIBLE_TEXTS.items()
}


def _temperature_text(value: object) -> Faults:
    if type(value) is str and degrees.is_decimal(value):
        return None
    return _say('must be a decimal as text, such as "38.4", with a point and no sign')


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


def _or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _kind(name: str) -> Check:
    lowest, highest = POSSIBLE[name]
    return _whole(int(lowest), int(highest))


def _pressure(*positions: str) -> Check:
    keys: dict[str, Check] = {"systolic": _kind("systolic"), "diastolic": _kind("diastolic")}
    return _object((), keys | {"position": _one_of(*positions)}, _pressure_possible)


_signs = _words_of(SIGN_IDS, "sign")

_check_in = _object(
    ("at", "by"),
    {
        "at": _moment,
        "by": _one_of(*REPORTERS),
        "temperature": _object(
            ("value", "unit"),
            {"value": _temperature_text, "unit": _one_of(*TEMPERATURE_UNITS), "site": _one_of(*TEMPERATURE_SITES)},
            _temperature_possible,
        ),
        "blood_pressure": _pressure(*POSITIONS),
        "standing_blood_pressure": _pressure("standing"),
        "pulse": _object(("value",), {"value": _kind("pulse"), "at_rest": _flag}),
        "oxygen_saturation": _object(
            (), {"value": _or_null(_kind("oxygen_saturation")), "no_number": _flag}, _oxygen_possible
        ),
        "respiratory_rate": _object(("value",), {"value": _kind("respiratory_rate")}),
        "neuro_check": _object(
            (),
            {
                "score": _kind("neuro_score"),
                "items": _object((), {item: _or_null(_whole(0, points)) for item, points in ITEM_POINTS.items()}),
                "not_done": _one_of(*NOT_DONE_REASONS),
            },
            _neuro_check_possible,
        ),
        "capd": _object(("score",), {"score": _kind("capd_score")}),
        "signs": _signs,
        "signs_absent": _signs,
        "doses_absent": _words_of(frozenset(MEDICINE_KINDS), "kind of medicine"),
        "id": _text,
        "written_at": _moment,
        "author": _text,
        "note": _text,
        "replaces": _text,
        "withdrawn": _flag,
    },
)

_dose = _object(
    ("at", "medicine", "status"),
    {
        "at": _moment,
        "medicine": lambda value: None if type(value) is str and value.strip() else _say("must be a medicine's name"),
        "status": _one_of(*DOSE_STATUSES),
        "reason": _one_of(*DOSE_REASONS),
        "agreed_with_team": _flag,
        "first_dose": _flag,
        "name": _text,
    },
)

_baseline = _object(
    (),
    {
        "systolic_mmhg": _kind("systolic"),
        "temperature_celsius": _decimal_between(*POSSIBLE["temperature_celsius"]),
        "oxygen_saturation_percent": _kind("oxygen_saturation"),
        "pulse_per_minute": _kind("pulse"),
        "neuro_score": _kind("neuro_score"),
        "capd_score": _kind("capd_score"),
    },
)

_care_plan = _object(
    ("profile",),
    {
        "profile": _one_of(*PROFILES),
        "infusions": _list_of(_object(("on",), {"on": _day, "product": _text})),
        "baseline": _baseline,
        "call_temperature_celsius": _decimal_between(*CALL_TEMPERATURE),
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


def _goes_in_a_circle(name: str | None, replaces: dict[str, str | None]) -> bool:
    earlier, passed = replaces.get(name or ""), {name}
    while earlier is not None and earlier not in passed:
        passed.add(earlier)
        earlier = replaces.get(earlier)
    return earlier is not None and earlier == name


_diary = _object(
    ("format", "patient", "care_plan"),
    {
        "format": _one_of(FORMAT),
        "id": _text,
        "patient": _object(("born_on", "time_zone"), {"born_on": _day, "time_zone": _time_zone}),
        "care_plan": _care_plan,
        "doses": _list_of(_dose),
        "check_ins": _list_of(_check_in),
    },
    _history_possible,
)
