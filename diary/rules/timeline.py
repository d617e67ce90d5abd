"""One patient's diary in the order of time, as plain facts: what the conditions look at.

Reading the file makes it plain, so that the evaluator needs no special case: a pulse after moving is a kind of its
own, "no number" and "check not done" are signs, and a standing pressure is a pressure as well as a drop.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime

from diary.domain import degrees
from diary.domain.checks import decimal_text
from diary.domain.timestamp import microseconds, moment
from diary.domain.vocabulary import ANTI_CYTOKINE_NAMES, ITEM_POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any
    from zoneinfo import ZoneInfo

SECOND = 1_000_000
_DAY = 86_400 * SECOND
_EPOCH_DAY = date(1970, 1, 1).toordinal()

NO_NUMBER = "oxygen_showed_no_number"
TOO_SLEEPY = "neuro_check_refused_too_sleepy"

BASELINES = {
    "systolic_mmhg": ("systolic", "resting_systolic"),
    "temperature_celsius": ("temperature",),
    "oxygen_saturation_percent": ("oxygen_saturation",),
    "pulse_per_minute": ("pulse", "pulse_not_at_rest"),
    "neuro_score": ("neuro_score",),
    "capd_score": ("capd_score",),
}
"""The kinds of reading that each usual value of the care plan is compared with."""


class Entry:
    """What one check-in holds: the time in microseconds, readings by kind, and what was asked and answered."""

    __slots__ = ("absent", "at", "doses_absent", "present", "readings", "time")

    def __init__(self, check_in: Mapping[str, Any]) -> None:
        self.at: datetime = moment(check_in["at"])
        self.time = microseconds(self.at)
        self.present = set(check_in.get("signs", ()))
        self.absent = set(check_in.get("signs_absent", ()))
        self.doses_absent = check_in.get("doses_absent", ())
        self.readings: dict[str, list[tuple[int, str, str]]] = {}
        self._read(check_in)

    def _add(self, kind: str, value: int, text: str = "", unit: str = "") -> None:
        self.readings.setdefault(kind, []).append((value, text, unit))

    def _read(self, check_in: Mapping[str, Any]) -> None:
        get = check_in.get
        if temperature := get("temperature"):
            text, unit = temperature["value"], temperature["unit"]
            self._add("temperature", degrees.fine(text, unit), text, unit)
        if pressure := get("blood_pressure"):
            if (systolic := pressure.get("systolic")) is not None:
                self._add("systolic", systolic)
                self._add("resting_systolic", systolic)
            if (diastolic := pressure.get("diastolic")) is not None:
                self._add("resting_diastolic", diastolic)
        if standing := get("standing_blood_pressure"):
            if (systolic := standing.get("systolic")) is not None:
                self._add("systolic", systolic)
            self._read_drops(pressure or {}, standing)
        if pulse := get("pulse"):
            self._add("pulse" if pulse.get("at_rest", True) else "pulse_not_at_rest", pulse["value"])
        if oxygen := get("oxygen_saturation"):
            if (value := oxygen.get("value")) is None:
                self.present.add(NO_NUMBER)
            else:
                self._add("oxygen_saturation", value)
                self.absent.add(NO_NUMBER)
        if breathing := get("respiratory_rate"):
            self._add("respiratory_rate", breathing["value"])
        if neuro_check := get("neuro_check"):
            if (score := neuro_total(neuro_check)) is not None:
                self._add("neuro_score", score)
            if "not_done" in neuro_check:
                self.present.add(TOO_SLEEPY)
        if capd := get("capd"):
            self._add("capd_score", capd["score"])

    def order(self) -> tuple[Any, ...]:
        """What entries are sorted by; those of one time by what they say, so that order in the file means nothing."""
        return self.time, self.at.isoformat(), sorted(self.readings.items()), sorted(self.present)

    def _read_drops(self, pressure: Mapping[str, Any], standing: Mapping[str, Any]) -> None:
        """A pressure whose position was not given is taken as sitting: the smaller drop already counts.

        A drop measured from one position also answers the question about the other: none was seen from there.
        """
        position, other = ("lying", "sitting") if pressure.get("position") == "lying" else ("sitting", "lying")
        for name in ("systolic", "diastolic"):
            before, after = pressure.get(name), standing.get(name)
            if before is not None and after is not None:
                self._add(f"{name}_drop_from_{position}", before - after)
                self._add(f"{name}_drop_from_{other}", 0)


def neuro_total(neuro_check: Mapping[str, Any]) -> int | None:
    """The score of a neuro check: as given, else the sum of its items; 0 where none of them was possible."""
    if (score := neuro_check.get("score")) is not None:
        return int(score)
    points = [point for item, point in neuro_check.get("items", {}).items() if item in ITEM_POINTS]
    return sum([point for point in points if point is not None]) if points else None


class LoggedDose:
    """One dose: its time in microseconds, the kind that the rules know, and how it was logged."""

    __slots__ = ("agreed", "at", "first_dose", "kind", "medicine", "reason", "status", "time")

    def __init__(self, dose: Mapping[str, Any]) -> None:
        self.at: datetime = moment(dose["at"])
        self.time = microseconds(self.at)
        self.medicine: str = dose["medicine"]
        self.kind = "anti_cytokine" if self.medicine in ANTI_CYTOKINE_NAMES else self.medicine
        self.status: str = dose["status"]
        self.reason: str | None = dose.get("reason")
        self.agreed: bool | None = dose.get("agreed_with_team")
        self.first_dose: bool | None = dose.get("first_dose")


class Timeline:
    """The facts of one diary, each kind in the order of time; built once, asked at many moments."""

    def __init__(self, diary: Mapping[str, Any]) -> None:
        self._read_patient(diary)
        check_ins = diary.get("check_ins", ())
        replaced = {check_in["replaces"] for check_in in check_ins if "replaces" in check_in}
        self.entries = [
            Entry(check_in)
            for check_in in check_ins
            if not check_in.get("withdrawn") and (not replaced or check_in.get("id") not in replaced)
        ]
        doses = [LoggedDose(dose) for dose in diary.get("doses", ())]
        self.entries.sort(key=Entry.order)
        doses.sort(key=lambda dose: (dose.time, dose.at.isoformat(), dose.medicine, dose.status))
        self.entry_times = [entry.time for entry in self.entries]
        self.series: dict[str, tuple[list[int], list[int], list[tuple[Entry, str, str]]]] = {}
        self.doses: dict[str, tuple[list[int], list[LoggedDose]]] = {}
        self.keys_at: dict[int, set[str]] = {}
        asked: set[str] = set()
        self.at: dict[int, datetime] = {}
        for entry in self.entries:
            self._index_entry(entry)
            asked |= entry.absent
            asked.update(["dose:" + kind for kind in entry.doses_absent])
        for dose in doses:
            self._index_dose(dose)
        self.times = sorted(self.keys_at)
        self.logged = frozenset().union(*self.keys_at.values())
        self.asked = self.logged | asked

    def _read_patient(self, diary: Mapping[str, Any]) -> None:
        patient, plan = diary["patient"], diary["care_plan"]
        born_on = patient["born_on"]
        self.born_on = None if born_on is None else date.fromisoformat(born_on)
        self.zone = zone(patient["time_zone"])
        self.profile: str = plan["profile"]
        self.infusions = sorted(
            date.fromisoformat(infusion["on"]).toordinal() for infusion in plan.get("infusions", ())
        )
        self.settings = {}
        call_temperature = decimal_text(plan.get("call_temperature_celsius"))
        if call_temperature is not None:
            self.settings["call_temperature"] = degrees.fine(call_temperature, "Cel")
        self.usual: dict[str, int] = {}
        for key, value in plan.get("baseline", {}).items():
            for kind in BASELINES.get(key, ()):
                self.usual[kind] = degrees.fine(str(value), "Cel") if kind == "temperature" else value

    def _index_entry(self, entry: Entry) -> None:
        keys = self.keys_at.setdefault(entry.time, set())
        self.at.setdefault(entry.time, entry.at)
        for kind, readings in entry.readings.items():
            keys.add(kind)
            times, values, sources = self.series.setdefault(kind, ([], [], []))
            for value, text, unit in readings:
                times.append(entry.time)
                values.append(value)
                sources.append((entry, text, unit))
        keys |= entry.present

    def _index_dose(self, dose: LoggedDose) -> None:
        keys = self.keys_at.setdefault(dose.time, set())
        self.at.setdefault(dose.time, dose.at)
        for kind in (dose.kind, "any"):
            times, doses = self.doses.setdefault(kind, ([], []))
            times.append(dose.time)
            doses.append(dose)
            keys.add("dose:" + kind)

    def time_of(self, time: int) -> datetime:
        """The moment of ``time``, as it was written down where something was logged then."""
        return self.at.get(time) or datetime.fromtimestamp(time / SECOND, UTC)

    def times_between(self, since: int, until: int) -> list[int]:
        """The moments from ``since`` to ``until``, both inclusive."""
        return self.times[bisect_left(self.times, since) : bisect_right(self.times, until)]

    def entries_between(self, since: int, until: int) -> list[Entry]:
        """The entries from ``since`` to ``until``, both inclusive, in microseconds."""
        return self.entries[bisect_left(self.entry_times, since) : bisect_right(self.entry_times, until)]

    def doses_between(self, kind: str, since: int, until: int) -> list[LoggedDose]:
        """The doses of one kind (``any`` for all) from ``since`` to ``until``, both inclusive."""
        if (logged := self.doses.get(kind)) is None:
            return []
        times, doses = logged
        return doses[bisect_left(times, since) : bisect_right(times, until)]

    def local_day(self, time: int) -> int:
        """The ordinal of the patient's local date at ``time``."""
        if self.zone is None:
            return _EPOCH_DAY + time // _DAY
        return datetime.fromtimestamp(time // SECOND, self.zone).toordinal()

    def age(self, day: int) -> int:
        """Years completed on the local ``day``; an unknown date of birth is judged as an adult's (engine rule 18)."""
        if self.born_on is None:
            return 18
        on, born = date.fromordinal(day), self.born_on
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def treatment_day(self, day: int) -> int | None:
        """Days since the latest infusion on or before the local ``day``; ``None`` before the first and without any."""
        past = bisect_right(self.infusions, day)
        return day - self.infusions[past - 1] if past else None


_zones: dict[str, ZoneInfo | None] = {"UTC": None}


def zone(name: str) -> ZoneInfo | None:
    """The time zone of this IANA name; ``None`` for UTC, which needs no table."""
    if name not in _zones:
        from zoneinfo import ZoneInfo  # Loaded only when a diary lives outside UTC: it costs a tenth of a cold start.

        _zones[name] = ZoneInfo(name)
    return _zones[name]


def clock(at: datetime, in_zone: ZoneInfo | None) -> datetime:
    """``at`` on the patient's own clock."""
    return at.astimezone(in_zone or UTC)
