"""How long a medicine can hide a fever, read off the table's own condition ``masked``."""

from __future__ import annotations

from datetime import timedelta

from diary.rules.nodes import all_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from diary.domain.medicine import Dose
    from diary.rules.table import RuleTable


def masking_windows(table: RuleTable) -> dict[tuple[str, str], timedelta]:
    """How long a dose hides a fever, by its kind and its status; what is not in it hides none."""
    named = table.data["named"]
    return {
        (kind, status): timedelta(seconds=part["within"])
        for part in all_parts(named["masked"], named)
        if part["op"] == "dose"
        for kind in part["kinds"]
        for status in part["statuses"]
    }


def masking(table: RuleTable, doses: Iterable[Dose], at: datetime) -> list[tuple[Dose, datetime]]:
    """The doses that may hide a fever ``at`` a moment, each with its end: one a kind, the longest first."""
    windows = masking_windows(table)
    until: dict[str, tuple[Dose, datetime]] = {}
    for dose in sorted(doses, key=lambda dose: dose.at):
        window = windows.get((dose.kind, dose.status))
        if window is not None and dose.at <= at <= dose.at + window:
            until[dose.kind] = dose, dose.at + window
    return sorted(until.values(), key=lambda masked: masked[1], reverse=True)
