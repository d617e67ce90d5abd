"""The atoms of the rule table other than readings, and what joins them: all, any, and named conditions."""

from __future__ import annotations

from diary.rules.answers import NO, UNKNOWN, YES
from diary.rules.condition import Condition
from diary.rules.interval import interval
from diary.rules.readings import reading
from diary.rules.timeline import SECOND
from diary.rules.values import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from diary.rules.condition import Witness
    from diary.rules.moment import Moment
    from diary.rules.narrowed import Narrowed
    from diary.rules.table import RuleTable
    from diary.rules.timeline import Entry, LoggedDose

    Node = dict[str, Any]
    Table: TypeAlias = RuleTable | Narrowed


NEVER = "never"
"""The group of rules whose flags are not counted."""


def compile_condition(node: Node, table: Table) -> Condition:
    """The condition that a node of the table stands for."""
    return _COMPILERS[node["op"]](node, table)


def _all(node: Node, table: Table) -> Condition:
    parts = [compile_condition(part, table) for part in node["of"]]
    answers = [part.answer for part in parts]

    def answer(moment: Moment) -> int:
        smallest = YES
        for ask in answers:
            found = ask(moment)
            if found == NO:
                return NO
            if found == UNKNOWN:
                smallest = UNKNOWN
        return smallest

    def because(moment: Moment) -> list[Witness]:
        return [witness for part in parts for witness in part.because(moment)]

    return Condition(answer, because)


def _any(node: Node, table: Table) -> Condition:
    parts = [compile_condition(part, table) for part in node["of"]]
    answers = [part.answer for part in parts]

    def answer(moment: Moment) -> int:
        largest = NO
        for ask in answers:
            found = ask(moment)
            if found == YES:
                return YES
            if found == UNKNOWN:
                largest = UNKNOWN
        return largest

    def because(moment: Moment) -> list[Witness]:
        return [witness for part in parts if part.answer(moment) == YES for witness in part.because(moment)]

    return Condition(answer, because)


def _named(node: Node, table: Table) -> Condition:
    """A condition with a name; its answer is remembered for the moment."""
    name = node["name"]
    inner = table.named(name)
    ask = inner.answer

    def answer(moment: Moment) -> int:
        found = moment.answers.get(name)
        if found is None:
            found = moment.answers[name] = ask(moment)
        return found

    return Condition(answer, inner.because)


def _sign(node: Node, table: Table) -> Condition:
    """Is any of these signs present? No only when each was asked about and answered no."""
    ids = frozenset(node["ids"])
    within = node["within"] * SECOND if "within" in node else None

    def entries(moment: Moment) -> list[Entry]:
        if within is None:
            return moment.recent
        return moment.timeline.entries_between(moment.time - within, moment.time)

    def recent_answer(moment: Moment) -> int:
        if not ids.isdisjoint(moment.present):
            return YES
        return NO if ids <= moment.absent else UNKNOWN

    def window_answer(moment: Moment) -> int:
        absent: set[str] = set()
        for entry in entries(moment):
            if not ids.isdisjoint(entry.present):
                return YES
            absent |= entry.absent
        return NO if ids <= absent else UNKNOWN

    def because(moment: Moment) -> list[Witness]:
        return [
            (entry.time, reason("sign", sign, entry.at))
            for entry in entries(moment)
            for sign in sorted(ids & entry.present)
        ]

    return Condition(recent_answer if within is None else window_answer, because)


def _dose(node: Node, table: Table) -> Condition:
    """Was any of these medicines taken, missed or stopped in the window?

    No when no logged dose is or could be such a dose, and of each kind one was taken, or it was asked about and
    answered no at a check-in of this moment for a window that covers this one (a medicine's own masking window).
    """
    kinds: list[str] = node["kinds"]
    wanted = [(name, node[name]) for name in ("agreed", "first_dose") if name in node]
    within = node["within"] * SECOND
    masks_for = {
        kind: medicine["masks_for"] * SECOND
        for kind, medicine in table.data["medicines"].items()
        if "masks_for" in medicine and "taken" in node["statuses"]
    }
    silenced_by = reading(node["without"], table) if "without" in node else None

    def meets(dose: LoggedDose, moment: Moment) -> int:
        """Is it such a dose? Unknown where nobody said whether it was agreed, or the first."""
        if (
            dose.status not in node["statuses"]
            or ("reason" in node and dose.reason != node["reason"])
            or ("unless_agreed" in node and dose.agreed)
            or (silenced_by is not None and silenced_by.answer(moment.at_time(dose.time)) == YES)
        ):
            return NO
        said = [(getattr(dose, name), value) for name, value in wanted]
        return min([UNKNOWN if given is None else YES if given is value else NO for given, value in said], default=YES)

    def is_answered(kind: str, logged: list[LoggedDose], moment: Moment) -> bool:
        """That one was missed or stopped does not say that no other was taken."""
        if any(dose.status == "taken" for dose in logged):
            return True
        return masks_for.get(kind, 0) >= within and any(kind in entry.doses_absent for entry in moment.recent)

    def answer(moment: Moment) -> int:
        largest = NO
        for kind in kinds:
            logged = moment.timeline.doses_between(kind, moment.time - within, moment.time)
            for dose in logged:
                largest = max(largest, meets(dose, moment))
                if largest == YES:
                    return YES
            if largest == NO and not is_answered(kind, logged, moment):
                largest = UNKNOWN
        return largest

    def because(moment: Moment) -> list[Witness]:
        return [
            (dose.time, reason("dose", dose.medicine, dose.at, status=dose.status))
            for kind in kinds
            for dose in moment.timeline.doses_between(kind, moment.time - within, moment.time)
            if meets(dose, moment) == YES
        ]

    return Condition(answer, because)


# What is known of the patient. No logged fact is behind these, so they raise nothing by themselves.


def _age(node: Node, table: Table) -> Condition:
    span = interval(node["bounds"])
    return Condition(lambda moment: YES if span[0] <= moment.age <= span[1] else NO)


def _treatment_day(node: Node, table: Table) -> Condition:
    """Before Day 0 and with no infusion the day is ``default``; without one it is no, or unknown if none is listed."""
    lowest, highest = interval(node["bounds"])
    default = node.get("default")

    def answer(moment: Moment) -> int:
        day = default if moment.day is None else moment.day
        if day is None:
            return NO if moment.timeline.infusions else UNKNOWN
        return YES if lowest <= day <= highest else NO

    return Condition(answer)


def _profile(node: Node, table: Table) -> Condition:
    return Condition(lambda moment: YES if moment.timeline.profile == node["is"] else NO)


def _usual(node: Node, table: Table) -> Condition:
    """The care team's usual value of a kind: missing, or within bounds."""
    kind = node["kind"]
    if "missing" in node:
        missing, there = (YES, NO) if node["missing"] else (NO, YES)
        return Condition(lambda moment: there if kind in moment.timeline.usual else missing)
    lowest, highest = interval(node["bounds"])

    def answer(moment: Moment) -> int:
        usual = moment.timeline.usual.get(kind)
        if usual is None:
            return UNKNOWN
        return YES if lowest <= usual <= highest else NO

    return Condition(answer)


def _known(node: Node, table: Table) -> Condition:
    """What was decided before, of the patient alone."""
    answer: int = node["answer"]
    return Condition(lambda moment: answer)


# What a schedule and the flags themselves supply.


def _overdue(node: Node, table: Table) -> Condition:
    what = node["what"]
    lowest, highest = interval(node["bounds"])

    def answer(moment: Moment) -> int:
        late = moment.overdue.get(what)
        if late is None:
            return UNKNOWN
        return YES if lowest <= late <= highest else NO

    def because(moment: Moment) -> list[Witness]:
        return [(moment.time, reason("overdue", what, None, value=str(moment.overdue[what])))]

    return Condition(answer, because)


def _flags(node: Node, table: Table) -> Condition:
    """Two flags of one urgency, about different things, within the window."""
    within = node["within"] * SECOND

    def in_window(moment: Moment) -> list[tuple[int, str]]:
        since, group_of = moment.time - within, moment.table.group_of
        return [
            (time, rule) for time, rule in moment.raised if since <= time <= moment.time and group_of(rule) != NEVER
        ]

    def answer(moment: Moment) -> int:
        groups = {moment.table.group_of(rule) for _, rule in in_window(moment)}
        return YES if len(groups) > 1 else NO

    def because(moment: Moment) -> list[Witness]:
        return [(time, reason("flag", rule, moment.timeline.time_of(time))) for time, rule in in_window(moment)]

    return Condition(answer, because)


_COMPILERS = {
    "all": _all,
    "any": _any,
    "named": _named,
    "reading": reading,
    "sign": _sign,
    "dose": _dose,
    "age": _age,
    "treatment_day": _treatment_day,
    "profile": _profile,
    "usual": _usual,
    "known": _known,
    "overdue": _overdue,
    "flags": _flags,
}
