"""The time axis: treatment days from local midnight of the infusion, or dates while there is no infusion."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diary.domain.record import PatientRecord

STEPS: Final = (1, 2, 7, 14, 28, 56, 112, 364, 728, 3640)
"""Days from one label to the next, to choose from: whole weeks are how people count after an infusion."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Places moments in days of the patient's own clock. ``zero`` is the date at position 0.0.

    Every local day is one wide, also the one with 23 or 25 hours.
    """

    time_zone: str
    infusions: tuple[date, ...]
    zero: date

    @classmethod
    def of(cls, record: PatientRecord) -> "Timeline":
        """The timeline of a record: from its first infusion, or from the epoch while there is none."""
        infusions = tuple(sorted({infusion.on for infusion in record.care_plan.infusions}))
        return cls(record.patient.time_zone, infusions, infusions[0] if infusions else date(1970, 1, 1))

    def positions(self, moments: list[datetime]) -> list[float]:
        """Days since ``zero``, as fractions, for aware moments."""
        zone, zero = ZoneInfo(self.time_zone), self.zero.toordinal()
        positions = []
        for moment in moments:
            local = moment.astimezone(zone)
            seconds = local.hour * 3600 + local.minute * 60 + local.second
            positions.append(local.toordinal() - zero + seconds / 86400)
        return positions

    def local(self, at: datetime) -> datetime:
        """``at`` on the patient's own clock."""
        return at.astimezone(ZoneInfo(self.time_zone))

    def treatment_day(self, on: date) -> int | None:
        """Days since the latest infusion on or before ``on``, negative before the first; ``None`` without any."""
        if not self.infusions:
            return None
        past = [infusion for infusion in self.infusions if infusion <= on]
        return (on - (past[-1] if past else self.infusions[0])).days

    def date_at(self, position: int) -> date:
        """The local date that begins at this whole position."""
        return self.zero + timedelta(days=position)

    def labelled_days(self, start: int, end: int, days_between: float) -> list[int]:
        """Whole positions in ``[start, end)`` to label, at least ``days_between`` apart.

        Counting restarts at every infusion, whose day 0 is always labelled; a day too close before it is not.
        """
        step = next((step for step in STEPS if step >= days_between), STEPS[-1])
        zeros = [(infusion - self.zero).days for infusion in self.infusions]
        labelled: list[int] = []
        for position in range(start, end):
            day = self.treatment_day(self.date_at(position))
            is_zero = position in zeros
            if not is_zero and (day if day is not None else position - start) % step:
                continue
            if labelled and position - labelled[-1] < days_between:
                if not is_zero:
                    continue
                labelled.pop()
            labelled.append(position)
        return labelled
