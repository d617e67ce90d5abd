"""What a picture shows of a record: the readings, doses and flags themselves, in the reader's unit and in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from diary.domain.check_in import CheckIn
from diary.domain.medicine import Dose
from diary.domain.record import PatientRecord
from diary.domain.urgency import Urgency
from diary.domain.wording import mark
from diary.reports.charts.panels import in_unit
from diary.reports.charts.request import ChartRequest, FlagMark, Panel
from diary.reports.charts.timeline import Timeline

FEVER_MEDICINES: Final = ("antipyretic", "nsaid")


class Point(NamedTuple):
    """One reading: when (aware), and its value in the panel's unit."""

    at: datetime
    value: Decimal | int


@dataclass(frozen=True, slots=True)
class Series:
    """Readings of one kind, in order of time.

    ``joined``: whether a line may run between them. ``counts``: whether the panel's limits are about these readings;
    they are not about diastolic pressures and a pulse after moving, and they are about a pressure when standing.
    """

    id: str
    panel: Panel
    words: str
    joined: bool
    counts: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Moments at which a reading was tried and gave no value, which is neither a value nor nothing."""

    id: str
    panel: Panel
    words: str
    moments: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Charted:
    """All that a picture shows, in order; equal values draw the same picture."""

    timeline: Timeline
    series: tuple[Series, ...]
    absences: tuple[Absence, ...]
    doses: tuple[Dose, ...]
    flags: tuple[FlagMark, ...]

    def of(self, panel: Panel) -> tuple[Series, ...]:
        """The series of one panel that have readings."""
        return tuple(series for series in self.series if series.panel is panel and series.points)

    def counting(self, panel: Panel) -> tuple[Point, ...]:
        """The readings that the panel's limits are about, in order of time."""
        return tuple(sorted(point for series in self.of(panel) if series.counts for point in series.points))

    def absent_in(self, panel: Panel) -> tuple[Absence, ...]:
        """The absences of one panel that happened."""
        return tuple(absence for absence in self.absences if absence.panel is panel and absence.moments)

    def moments(self) -> Iterable[datetime]:
        """The first and last moment of everything shown."""
        for series in self.series:
            yield from (point.at for point in (*series.points[:1], *series.points[-1:]))
        for moments in (
            *(absence.moments for absence in self.absences),
            tuple(dose.at for dose in self.doses),
            tuple(flag.at for flag in self.flags),
        ):
            yield from (*moments[:1], *moments[-1:])


ALONE: Final = ("standing-systolic", "standing-diastolic", "pulse-after-moving")
"""Readings taken now and then, for a reason: a line between them would mean nothing."""
NOT_JUDGED: Final = ("diastolic", "standing-diastolic", "pulse-after-moving")

_Value = Callable[[CheckIn], Decimal | int | None]


def _pressure(which: Literal["systolic", "diastolic"]) -> _Value:
    return lambda c: getattr(c.blood_pressure, which, None)


def _standing_pressure(which: Literal["systolic", "diastolic"]) -> _Value:
    return lambda c: getattr(c.standing_blood_pressure, which, None)


def _pulse(is_at_rest: bool) -> _Value:
    return lambda c: c.pulse.value if c.pulse and c.pulse.at_rest is is_at_rest else None


_SERIES: Final[dict[Panel, tuple[tuple[str, str, _Value], ...]]] = {
    Panel.BLOOD_PRESSURE: (
        ("systolic", mark("systolic"), _pressure("systolic")),
        ("diastolic", mark("diastolic"), _pressure("diastolic")),
        ("standing-systolic", mark("standing, systolic"), _standing_pressure("systolic")),
        ("standing-diastolic", mark("standing, diastolic"), _standing_pressure("diastolic")),
    ),
    Panel.PULSE: (
        ("pulse", mark("at rest"), _pulse(True)),
        ("pulse-after-moving", mark("after moving"), _pulse(False)),
    ),
    Panel.OXYGEN: (("oxygen", mark("oxygen"), lambda c: c.oxygen_saturation.value if c.oxygen_saturation else None),),
    Panel.BREATHING: (("breathing", mark("breathing"), lambda c: c.respiratory_rate),),
    Panel.NEURO: (("neuro", mark("score"), lambda c: c.neuro_check.total if c.neuro_check else None),),
    Panel.CAPD: (("capd", mark("score"), lambda c: c.capd_score),),
}
_ABSENCES: Final[dict[Panel, tuple[tuple[str, str, Callable[[CheckIn], bool]], ...]]] = {
    Panel.OXYGEN: (
        (
            "oxygen-no-number",
            mark("no number shown"),
            lambda c: c.oxygen_saturation is not None and c.oxygen_saturation.no_number,
        ),
    ),
    Panel.NEURO: (
        (
            "neuro-not-done",
            mark("could not be done"),
            lambda c: c.neuro_check is not None and c.neuro_check.not_done is not None,
        ),
    ),
}


def charted(record: PatientRecord, request: ChartRequest) -> Charted:
    """Select and order what ``request`` shows of ``record``; withdrawn and replaced check-ins are left out."""
    timeline = Timeline.of(record)
    unit = request.temperature_unit

    def is_asked_for(at: datetime) -> bool:
        on: date = timeline.local(at).date()
        return (request.from_on or date.min) <= on <= (request.to_on or date.max)

    is_bounded = request.from_on is not None or request.to_on is not None
    check_ins = [c for c in record.standing_check_ins if not is_bounded or is_asked_for(c.at)]

    def degrees(check_in: CheckIn) -> Decimal | None:
        return in_unit(check_in.temperature, unit) if check_in.temperature else None

    kinds = {**_SERIES, Panel.TEMPERATURE: (("temperature", mark("temperature"), degrees),)}
    return Charted(
        timeline,
        tuple(
            Series(
                name,
                panel,
                words,
                name not in ALONE,
                name not in NOT_JUDGED,
                # Two people may measure at the same time: order by value too, so that equal records draw equally.
                tuple(sorted(Point(c.at, value) for c in check_ins if (value := value_of(c)) is not None)),
            )
            for panel in request.panels
            for name, words, value_of in kinds[panel]
        ),
        tuple(
            Absence(name, panel, words, tuple(sorted(c.at for c in check_ins if is_absent(c))))
            for panel in request.panels
            for name, words, is_absent in _ABSENCES.get(panel, ())
        ),
        tuple(
            sorted(
                (dose for dose in record.doses if is_fever_medicine(dose) and is_asked_for(dose.at)),
                key=lambda dose: (dose.at, dose.kind),
            )
            if Panel.TEMPERATURE in request.panels
            else ()
        ),
        tuple(
            sorted(
                {
                    flag
                    for flag in request.flags
                    if flag.urgency is not Urgency.NONE
                    and (flag.panel is None or flag.panel in request.panels)
                    and is_asked_for(flag.at)
                },
                key=lambda flag: (flag.at, flag.urgency, flag.panel or ""),
            )
        ),
    )


def is_fever_medicine(dose: Dose) -> bool:
    """Whether this dose was taken and can hide a fever."""
    return dose.status == "taken" and dose.kind in FEVER_MEDICINES
