"""One moment of one diary: what a condition may look at when it is asked then."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from diary.rules.table import RuleTable
    from diary.rules.timeline import Entry, Timeline


class Moment:
    """The facts of ``timeline`` as they stood at ``time`` (microseconds), with the answers already found for then.

    ``recent`` are the entries of the moment and of the time before it that belongs together with it (engine rule 11).
    ``raised`` are the flags that A1 counts, as (time, rule); ``overdue`` is what only a schedule knows.
    """

    __slots__ = (
        "absent",
        "age",
        "answers",
        "day",
        "overdue",
        "present",
        "raised",
        "recent",
        "recent_values",
        "rule_answers",
        "rules",
        "table",
        "time",
        "timeline",
    )

    def __init__(
        self,
        table: RuleTable,
        timeline: Timeline,
        time: int,
        raised: list[tuple[int, str]] | None = None,
        overdue: Mapping[str, int] | None = None,
    ) -> None:
        self.table, self.timeline, self.time = table, timeline, time
        self.raised = [] if raised is None else raised
        self.overdue = overdue or {}
        self.answers: dict[str, int] = {}
        self.rule_answers: dict[int, int] = {}
        local_day = timeline.local_day(time)
        self.age = timeline.age(local_day)
        self.day = timeline.treatment_day(local_day)
        self.rules = table.narrowed(self)
        self.recent: list[Entry] = timeline.entries_between(time - table.together, time)
        self.present: set[str] = set()
        self.absent: set[str] = set()
        self.recent_values: dict[str, list[int]] = {}
        for entry in self.recent:
            self.present |= entry.present
            self.absent |= entry.absent
            for kind, readings in entry.readings.items():
                self.recent_values.setdefault(kind, []).extend(reading[0] for reading in readings)

    def setting(self, name: str) -> int:
        """What the care team chose, else what the number set says."""
        chosen = self.timeline.settings.get(name)
        if chosen is not None:
            return chosen
        number: int = self.table.data["settings"][name][self.timeline.profile]
        return number

    def limit(self, name: str) -> int | None:
        """The limit's number at the patient's age; its last number holds until 17, and none from 18."""
        years: list[int] = self.table.data["limits"][name]["years"]
        return None if self.age > 17 else years[min(self.age, len(years) - 1)]

    def at_time(self, time: int) -> Moment:
        """The same diary at an earlier time."""
        return Moment(self.table, self.timeline, time)
