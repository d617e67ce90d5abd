"""The reading atom: did any reading of a kind, in a window, meet these bounds, and was it confirmed?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from diary.rules.answers import NO, UNKNOWN, YES
from diary.rules.condition import Condition
from diary.rules.interval import AGAINST_USUAL, NOTHING, comparisons, interval, is_fixed
from diary.rules.timeline import SECOND
from diary.rules.values import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from diary.rules.condition import Witness
    from diary.rules.moment import Moment
    from diary.rules.narrowed import Narrowed
    from diary.rules.table import RuleTable
    from diary.rules.timeline import Timeline
    from diary.rules.values import Reason

    Node = dict[str, Any]
    Table: TypeAlias = RuleTable | Narrowed


def reading(node: Node, table: Table) -> Condition:
    """A reading of ``kind``; without ``within``, of the moment or of the time that belongs together with it."""
    kind = node["kind"]
    plain = _Reading(node, kind, table).condition()
    also = table.data["readings"][kind].get("also")
    if also is None:
        return plain
    return _with_also(plain, kind, _Reading(node, also["reading"], table).condition(), also, table)


class _Reading:
    """One reading atom about one kind. ``again`` looks at earlier readings of the kind that the row names."""

    def __init__(self, node: Node, kind: str, table: Table) -> None:
        self.kind = kind
        self.bounds = node["bounds"]
        self.usual: int | None = node.get("usual")
        self.fixed = interval(self.bounds) if is_fixed(self.bounds) else None
        self.needs_usual = any(word in AGAINST_USUAL for word, _ in self.bounds)
        self.is_recent = "within" not in node
        self.within = table.together if self.is_recent else node["within"] * SECOND
        self.unit: str = table.data["readings"][kind]["unit"]
        self.again = _Again(node["again"], node, table) if "again" in node else None

    def condition(self) -> Condition:
        if self.is_recent and self.again is None and self.fixed is not None:
            return Condition(self._quick_answer(*self.fixed), self.because)
        return Condition(self.answer, self.because)

    def _quick_answer(self, lowest: int, highest: int) -> Any:
        """The commonest case, a fixed number and a recent reading, with nothing to look up."""
        kind = self.kind

        def answer(moment: Moment) -> int:
            values = moment.recent_values.get(kind)
            if values is None:
                return UNKNOWN
            for value in values:
                if lowest <= value <= highest:
                    return YES
            return NO

        return answer

    def span(self, moment: Moment) -> tuple[int, int] | None:
        """The values that meet the bounds; ``None`` when that takes a usual value that is unknown."""
        if self.fixed is not None:
            return self.fixed
        usual = self.usual_of(moment)
        return None if self.needs_usual and usual is None else interval(self.bounds, moment, usual)

    def usual_of(self, moment: Moment) -> int | None:
        return moment.timeline.usual.get(self.kind, self.usual)

    def answer(self, moment: Moment) -> int:
        times, values = _window(moment.timeline, self.kind, moment.time - self.within, moment.time)
        if not values:
            return UNKNOWN
        span = self.span(moment)
        if span is None:
            return self.answer_without_usual(moment, values)
        lowest, highest = span
        found = NO
        for time, value in zip(times, values, strict=True):
            if lowest <= value <= highest:
                if self.again is None:
                    return YES
                found = max(found, self.again.answer(moment, time))
        return found

    def answer_without_usual(self, moment: Moment, values: list[int]) -> int:
        """With the usual value unknown: no when not even the other bounds are met, else unknown."""
        others = [bound for bound in self.bounds if bound[0] not in AGAINST_USUAL]
        lowest, highest = interval(others, moment)
        return UNKNOWN if any(lowest <= value <= highest for value in values) else NO

    def because(self, moment: Moment) -> list[Witness]:
        witnesses: list[Witness] = []
        for place in self.matching(moment, moment.time - self.within, moment.time):
            time = moment.timeline.series[self.kind][0][place]
            earlier = [] if self.again is None else self.again.because(moment, time)
            if earlier or self.again is None:
                witnesses += [(time, self.reason(moment, place)), *earlier]
        return witnesses

    def matching(self, moment: Moment, since: int, until: int) -> list[int]:
        """The places, in the series, of the readings in a window that meet the bounds."""
        span = self.span(moment) or NOTHING
        times, values, _ = moment.timeline.series[self.kind]
        places = range(bisect_left(times, since), bisect_right(times, until))
        return [place for place in places if span[0] <= values[place] <= span[1]]

    def reason(self, moment: Moment, place: int, *, is_earlier: bool = False) -> Reason:
        _, values, sources = moment.timeline.series[self.kind]
        entry, text, written_in = sources[place]
        return reason(
            "reading",
            self.kind,
            entry.at,
            value=text or str(values[place]),
            unit=written_in or self.unit,
            comparisons=comparisons(
                self.bounds, moment, values[place], self.usual_of(moment), self.unit, written_in or self.unit
            ),
            is_earlier=is_earlier,
        )


class _Again:
    """An earlier reading that confirms: it met the same bounds, or those that the row gives for it (engine rule 12).

    It is never the same reading and never one of the same time: two people's entries of one time are one measurement.
    """

    def __init__(self, node: Node, row: Node, table: Table) -> None:
        bounds = node.get("bounds") or row["bounds"]
        kind: str = node["kind"] if "kind" in node else row["kind"]
        self.kind = kind
        self.reading = _Reading({"bounds": bounds, "usual": row.get("usual")}, kind, table)
        self.after = max(node.get("after", 0) * SECOND, 1)
        self.within = node.get("within", table.data["again_within"]) * SECOND

    def answer(self, moment: Moment, time: int) -> int:
        _, values = _window(moment.timeline, self.kind, time - self.within, time - self.after)
        if not values:
            return UNKNOWN
        span = self.reading.span(moment)
        if span is None:
            return self.reading.answer_without_usual(moment, values)
        return YES if any(span[0] <= value <= span[1] for value in values) else NO

    def because(self, moment: Moment, time: int) -> list[Witness]:
        times = moment.timeline.series[self.kind][0]
        return [
            (times[place], self.reading.reason(moment, place, is_earlier=True))
            for place in self.reading.matching(moment, time - self.within, time - self.after)
        ]


def _window(timeline: Timeline, kind: str, since: int, until: int) -> tuple[list[int], list[int]]:
    """The times and values of the readings of a kind from ``since`` to ``until``, both inclusive."""
    series = timeline.series.get(kind)
    if series is None:
        return [], []
    times, values, _ = series
    first, last = bisect_left(times, since), bisect_right(times, until)
    return times[first:last], values[first:last]


def _with_also(plain: Condition, kind: str, other: Condition, also: Node, table: Table) -> Condition:
    """Readings of another kind count as well, while the named condition ``also.when`` says so."""
    other_kind, when = also["reading"], table.named(also["when"])

    def answer(moment: Moment) -> int:
        found = plain.answer(moment)
        if found == YES or other_kind not in moment.recent_values:
            return found
        counts = when.answer(moment)
        if counts == NO:
            return found
        other_found = other.answer(moment)
        if counts == UNKNOWN:
            return max(found, min(other_found, UNKNOWN))
        return max(found, other_found) if kind in moment.recent_values else other_found

    def because(moment: Moment) -> list[Witness]:
        witnesses = plain.because(moment) if plain.answer(moment) == YES else []
        if other.answer(moment) == YES and when.answer(moment) == YES:
            witnesses = witnesses + other.because(moment) + when.because(moment)
        return witnesses

    return Condition(answer, because)
