"""The limits that a picture draws, read off the table's own rows."""

from __future__ import annotations

from decimal import Decimal

from diary.domain.degrees import CELSIUS
from diary.rules.interval import AGAINST_USUAL
from diary.rules.nodes import all_parts, parts, uses_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diary.domain.treatment import CarePlan
    from diary.rules.table import RuleTable
    from diary.rules.values import Finding


def limit(table: RuleTable, rule_id: str, kind: str) -> Decimal | None:
    """The first fixed bound on a kind of reading in a rule, its mildest level first; °C for temperatures.

    ``None`` when the rule has none: its limit is the person's own, or depends on age.
    """
    for level in reversed(table.rule(rule_id).data["levels"]):
        for part in parts(level["when"]):
            if part["op"] == "reading" and part["kind"] == kind:
                for word, value in part["bounds"]:
                    if isinstance(value, int) and word not in AGAINST_USUAL:
                        return Decimal(value) / (CELSIUS if kind == "temperature" else 1)
    return None


def call_temperature(table: RuleTable, profile: str) -> Decimal:
    """The temperature, °C, that means *call* in a number set."""
    number: int = table.data["settings"]["call_temperature"][profile]
    return Decimal(number) / Decimal(CELSIUS)


def uses_own_numbers(table: RuleTable, finding: Finding, care_plan: CarePlan) -> bool:
    """Whether a finding rests on a number that the care team set: a usual value, or the temperature that means call.

    A row that only asks whether the usual value is not too low for the fixed numbers rests on those.
    """
    own = {
        kind
        for kind, reading in table.data["readings"].items()
        if "baseline" in reading and getattr(care_plan.baseline, reading["baseline"]) is not None
    }
    if any(reason.kind in own and comparison.usual for reason in finding.reasons for comparison in reason.comparisons):
        return True
    level = next(level for level in table.rule(finding.rule).levels if level.urgency == finding.urgency)
    for part in all_parts(level.data["when"], table.data["named"]):
        if (
            part["op"] == "usual"
            and part["kind"] in own
            and any(word == "at_most" for word, _ in part.get("bounds", ()))
        ):
            return True
        if care_plan.call_temperature_celsius is not None and uses_setting(part):
            return True
    return False
