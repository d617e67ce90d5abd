"""The table as it stands for one kind of patient: what the patient alone decides is decided once.

For an adult without a usual pressure, say, a third of the table falls away before any reading is looked at. What is
left is compiled when it is first asked, and kept for every later moment of anybody alike.
"""

from __future__ import annotations

from diary.rules.answers import NO, YES
from diary.rules.conditions import compile_condition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from diary.rules.condition import Condition
    from diary.rules.table import Level, Rule, RuleTable

    Node = dict[str, Any]
    Facts = frozenset[str]

REMEMBERED = 1000
"""How many patterns of logged facts are kept; a person's own are far fewer."""


class Narrowed:
    """``decided`` are the answers of the conditions about the patient, by how they stand in the table."""

    def __init__(self, table: RuleTable, decided: Mapping[str, int]) -> None:
        self.table, self.data, self.together = table, table.data, table.together
        self._decided = decided
        self._named: dict[str, Condition] = {}
        self._levels: dict[int, tuple[tuple[Level, Condition], ...]] = {}
        self._firing: dict[tuple[Facts, Facts], tuple[Rule, ...]] = {}
        self._touched: dict[Facts, tuple[Rule, ...]] = {}
        self._unknown_when_bare: frozenset[int] | None = None

    def named(self, name: str) -> Condition:
        """The condition of this name, for these patients."""
        if name not in self._named:
            self._named[name] = compile_condition(self.narrow(self.data["named"][name]), self)
        return self._named[name]

    def levels(self, rule: Rule) -> tuple[tuple[Level, Condition], ...]:
        """The levels of a rule that these patients can have, most urgent first, each with its condition."""
        found = self._levels.get(rule.number)
        if found is None:
            narrowed = [(level, self.narrow(level.data["when"])) for level in rule.levels]
            found = self._levels[rule.number] = tuple(
                [(level, compile_condition(node, self)) for level, node in narrowed if node.get("answer") != NO]
            )
        return found

    def narrow(self, node: Node) -> Node:
        """The node without what the patient has decided; a wholly decided one is ``{"op": "known", "answer": …}``."""
        op = node["op"]
        if op == "named":
            inner = self.narrow(self.data["named"][node["name"]])
            return inner if inner["op"] == "known" else node
        if op not in ("all", "any"):
            decided = self._decided.get(repr(node))
            return node if decided is None else {"op": "known", "answer": decided}
        settles, leaves_open = (NO, YES) if op == "all" else (YES, NO)
        parts = []
        for part in node["of"]:
            narrowed = self.narrow(part)
            answer = narrowed.get("answer")
            if answer == settles:
                return narrowed
            if answer != leaves_open:
                parts.append(narrowed)
        if not parts:
            return {"op": "known", "answer": leaves_open}
        return parts[0] if len(parts) == 1 else {"op": op, "of": parts}

    def firing(self, new: Facts, logged: Facts) -> tuple[Rule, ...]:
        """The rules that could raise something: they read a fact of ``new``, and what they need is ``logged``."""
        found = self._firing.get((new, logged))
        if found is None:
            rules = [rule for rule in self.table.rules if not new.isdisjoint(rule.reads) and rule.can_say_yes(logged)]
            found = tuple([rule for rule in rules if self.levels(rule)])
            _remember(self._firing, (new, logged), found)
        return found

    def touched(self, asked: Facts) -> tuple[Rule, ...]:
        """The rules that read any fact that was ``asked`` about."""
        found = self._touched.get(asked)
        if found is None:
            found = tuple([rule for rule in self.table.assessable_rules if not asked.isdisjoint(rule.reads)])
            _remember(self._touched, asked, found)
        return found

    def unknown_when_bare(self) -> frozenset[int]:
        """The numbers of the rules that are unknown while nothing is logged: those the patient does not rule out."""
        if self._unknown_when_bare is None:
            assessable = {rule.id: rule.number for rule in self.table.assessable_rules}
            self._unknown_when_bare = frozenset(
                assessable[rule]
                for group in self.data["of_patient"]
                if group["when"] is None or self.narrow(group["when"]).get("answer") != NO
                for rule in group["rules"]
                if rule in assessable
            )
        return self._unknown_when_bare


def _remember(known: dict[Any, Any], key: object, value: object) -> None:
    if len(known) >= REMEMBERED:
        known.clear()
    known[key] = value
