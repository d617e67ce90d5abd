"""The rule table, ready to be asked.

It is read from ``table/compiled.json``, which :mod:`diary.rules.schema` makes from the TOML files beside it after
checking all of them; a test proves the two in step. The browser reads the same file.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from functools import cache

from diary.domain.urgency import Urgency
from diary.rules.condition import Condition
from diary.rules.conditions import compile_condition
from diary.rules.narrowed import Narrowed
from diary.rules.timeline import SECOND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from diary.rules.moment import Moment

FILE = os.path.join(os.path.dirname(__file__), "table", "compiled.json")


class Level:
    """One urgency of a rule: its condition, its sentence, and what to do."""

    def __init__(self, data: Mapping[str, Any], table: RuleTable) -> None:
        self.data = data
        self.urgency = Urgency[data["urgency"].upper()]
        self.says: str = data["says"]
        self.says_caregiver: str = data.get("says_caregiver", self.says)
        self.recheck_seconds: int | None = data.get("recheck")
        self._table = table

    @property
    def do(self) -> tuple[str, ...]:
        """What to do now, in the order of the page: the urgency's sentences and those that area and row add."""
        shared, advice = self._table.data["urgencies"][self.data["urgency"]]["do"], self._table.data["advice"]
        return (*shared, *(advice[name] for name in self.data["add"]))


class Rule:
    """One row of the table. ``letter`` says where its numbers come from: A label, P practice, J judgement."""

    def __init__(self, data: Mapping[str, Any], number: int, table: RuleTable) -> None:
        self.data, self.number, self._table = data, number, table
        self.id: str = data["id"]
        self.area: str = data["area"]
        self.about: tuple[str, ...] = tuple(data["about"])
        self.source: str = data["source"]
        self.letter: str = data["letter"]
        self.reads = frozenset(data["reads"])
        self.keeps_open: str | None = data.get("keeps_open")
        self.recheck_kinds: tuple[str, ...] = tuple(data.get("recheck_kinds", ()))
        self.recheck_can_wait: bool = data.get("recheck_can_wait", False)
        self.is_never_unknown: bool = data.get("never_unknown", False)
        self.needs_schedule: bool = data.get("needs_schedule", False)
        self.counts_flags: bool = data.get("counts_flags", False)
        self._levels: tuple[Level, ...] | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, most urgent first."""
        if self._levels is None:
            self._levels = tuple([Level(level, self._table) for level in self.data["levels"]])
        return self._levels

    def can_say_yes(self, logged: frozenset[str]) -> bool:
        """Whether enough kinds of fact are logged for any level to say yes, whatever the facts say."""
        return any(all(not logged.isdisjoint(wanted) for wanted in level["needs"]) for level in self.data["levels"])


class RuleTable:
    """The whole table. ``together`` is in microseconds, as all times inside the rules are."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.version: str = data["version"]
        self.together: int = data["together"] * SECOND
        self.lookback_seconds: int = data["lookback"]
        self.rules: tuple[Rule, ...] = tuple([Rule(rule, number, self) for number, rule in enumerate(data["rules"])])
        self.flag_rules = tuple([rule for rule in self.rules if rule.counts_flags])
        self.schedule_rules = tuple([rule for rule in self.rules if rule.needs_schedule])
        self.assessable_rules = tuple(
            [rule for rule in self.rules if not rule.needs_schedule and not rule.is_never_unknown]
        )
        self._by_id = {rule.id: rule for rule in self.rules}
        self._groups: dict[str, str] = {rule: group for group, rules in data["groups"].items() for rule in rules}
        self._named: dict[str, Condition] = {}
        self._narrowed: dict[tuple[int, ...], Narrowed] = {}
        self._of_patient = {repr(node): compile_condition(node, self) for node in data["patient_conditions"]}

    def named(self, name: str) -> Condition:
        """The condition of this name, for anybody."""
        if name not in self._named:
            self._named[name] = compile_condition(self.data["named"][name], self)
        return self._named[name]

    def narrowed(self, moment: Moment) -> Narrowed:
        """The table as it stands for the patient at a moment."""
        answers = tuple([condition.answer(moment) for condition in self._of_patient.values()])
        if answers not in self._narrowed:
            self._narrowed[answers] = Narrowed(self, dict(zip(self._of_patient, answers, strict=True)))
        return self._narrowed[answers]

    def group_of(self, rule: str) -> str:
        """What a rule is about, for A1: rules of one group count once."""
        return self._groups.get(rule, rule)

    @property
    def lookback(self) -> timedelta:
        """How far back a judgement can see: a window of a record that long gives the same answer as all of it."""
        return timedelta(seconds=self.lookback_seconds)

    def masking_window(self, medicine: str) -> timedelta | None:
        """How long a medicine's kind can hide a fever; ``None`` when it does not."""
        masks_for = self.data["medicines"].get(medicine, {}).get("masks_for")
        return None if masks_for is None else timedelta(seconds=masks_for)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id; raises ``KeyError`` when there is none."""
        return self._by_id[rule_id]


@cache
def load_table() -> RuleTable:
    """The table of this version, read once."""
    with open(FILE, encoding="utf-8") as file:
        return RuleTable(json.load(file))
