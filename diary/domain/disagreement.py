"""Disagreement: two people report on the same hours, and one says yes where the other says no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations
from typing import Final

from diary.domain.check_in import CheckIn

TOGETHER: Final = timedelta(hours=2)
"""What lies this close is about the same time (evidence part 5.0, rule 11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """``yes`` reported these signs, ``no`` was asked about them and said no. No rule takes the no for an answer."""

    signs: frozenset[str]
    yes: CheckIn
    no: CheckIn


def disagreements(check_ins: Iterable[CheckIn]) -> tuple[Disagreement, ...]:
    """Where two different reporters disagree within two hours, the newest first. A sign not asked about is no no."""
    found = [
        Disagreement(signs=yes.signs & no.signs_absent, yes=yes, no=no)
        for yes, no in permutations(check_ins, 2)
        if yes.by != no.by and abs(yes.at - no.at) <= TOGETHER and yes.signs & no.signs_absent
    ]
    return tuple(sorted(found, key=lambda each: max(each.yes.at, each.no.at), reverse=True))
