"""How much of a record the rules can see from one moment, so that no more of it need be loaded."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from diary.rules.nodes import parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diary.rules.table import RuleTable


@cache
def entry_lookback(table: RuleTable) -> timedelta:
    """How far back check-ins matter for one moment. Doses matter for ``table.lookback``, which is longer.

    A reading is looked for within its window, or together with what was logged just before; an earlier one that
    confirms it may lie as far back again.
    """
    data = table.data
    nodes = [level["when"] for rule in data["rules"] for level in rule["levels"]] + list(data["named"].values())
    longest = data["together"]
    for node in nodes:
        for part in parts(node):
            if part["op"] in ("reading", "sign"):
                again = part.get("again")
                confirmed = 0 if again is None else again.get("within", data["again_within"])
                longest = max(longest, part.get("within", data["together"]) + confirmed)
            if part["op"] == "dose" and "without" in part:
                longest = max(longest, part["within"] + part["without"].get("within", data["together"]))
    return timedelta(seconds=longest)
