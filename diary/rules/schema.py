"""Reads the TOML files of the rule table, checks all of it, and makes the plain data that the evaluators take.

A bad table names every fault and is refused whole: an unknown reading, a missing unit, a row without a source or
without an example, an example that is contradicted, a level that could say yes with nothing logged, and so on.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from diary.domain.degrees import fine
from diary.domain.diary_format import DiaryFileError, check_diary
from diary.domain.sign import GROUPS
from diary.rules.examples import example_diary, says
from diary.rules.language import ConditionReader, Node
from diary.rules.nodes import OF_PATIENT, needs, of_patient, parts, reads
from diary.rules.table import RuleTable, load_table

FOLDER: Final = Path(__file__).parent / "table"
URGENCIES: Final = ("emergency", "call", "today", "watch")
_LEVEL_KEYS: Final = tuple(key for urgency in URGENCIES for key in (urgency, f"also_{urgency}"))
_RULE_KEYS: Final = {
    *_LEVEL_KEYS,
    "about",
    "source",
    "letter",
    "add",
    "examples",
    "keeps_open",
    "recheck_kinds",
    "recheck_can_wait",
    "never_unknown",
}
_LETTERS: Final = {"A", "P", "J"}
_DAY: Final = 86_400


class TableError(ValueError):
    """A rule table that is refused. ``faults`` holds every fault as the place and a sentence."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {sentence}" for path, sentence in self.faults))


def read_files(folder: Path = FOLDER) -> list[tuple[str, dict[str, Any]]]:
    """Every TOML file of the table, by name. Raises :class:`TableError` when one is no TOML or says a thing twice."""
    files = []
    for path in sorted(folder.glob("*.toml")):
        try:
            files.append((path.name, tomllib.loads(path.read_text(encoding="utf-8"))))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TableError([(path.name, str(error))]) from error
    return files


def compile_table(files: Iterable[tuple[str, dict[str, Any]]] | None = None) -> dict[str, Any]:
    """The whole table as plain data. Raises :class:`TableError` with every fault."""
    reader = _TableReader(read_files() if files is None else files)
    data = reader.compile()
    if not reader.faults:
        reader.faults += _example_faults(data, reader.rules)
    if reader.faults:
        raise TableError(reader.faults)
    return data


def check_table() -> None:
    """Refuse to start with a bad table, or with one whose compiled form is not what the TOML files say."""
    if compile_table() != load_table().data:
        raise TableError([("compiled.json", "is not what the TOML files say; run “diary rules --compile”")])


class _TableReader:
    def __init__(self, files: Iterable[tuple[str, dict[str, Any]]]) -> None:
        self.faults: list[tuple[str, str]] = []
        self.rules: dict[str, dict[str, Any]] = {}
        self.areas: list[dict[str, Any]] = []
        self.vocabulary: dict[str, Any] = {
            key: {} for key in ("reading", "limit", "setting", "overdue", "extra_sign", "named", "same_as", "advice")
        }
        self.areas_of: dict[str, dict[str, Any]] = {}
        for name, file in files:
            self._merge(name, file)
        self.conditions = ConditionReader(self.vocabulary, self.vocabulary["named"])

    def _merge(self, name: str, file: Mapping[str, Any]) -> None:
        for key, value in file.items():
            if key == "rule":
                for rule_id, rule in value.items():
                    if rule_id in self.rules:
                        self.faults.append((rule_id, "stands twice"))
                    self.rules[rule_id] = rule
                    self.areas_of[rule_id] = dict(file)
            elif key in ("area", "title", "add"):
                continue
            elif isinstance(value, dict):
                self.vocabulary.setdefault(key, {}).update(value)
            else:
                self.vocabulary[key] = value
        if "rule" in file:
            self.areas.append({"id": file.get("area"), "title": file.get("title")})
            if not file.get("area") or not file.get("title"):
                self.faults.append((name, "a file with rules needs an area and a title"))

    def compile(self) -> dict[str, Any]:
        words, conditions = self.vocabulary, self.conditions
        named = {name: conditions.read(value, f"named.{name}") for name, value in words["named"].items()}
        conditions.faults += [(f"named.{name}", "names itself") for name in _circles(named)]
        if any(sentence == "names itself" for _, sentence in conditions.faults):
            self.faults += conditions.faults
            return {}
        rules = [self._rule(rule_id, rule, named) for rule_id, rule in self.rules.items()]
        self.faults += conditions.faults
        again_within = self._seconds("again_within")
        nodes = [level["when"] for rule in rules for level in rule["levels"]] + list(named.values())
        longest = max((part.get("within", 0) for node in nodes for part in parts(node)), default=0)
        return {
            "version": words.get("version"),
            "together": self._seconds("together"),
            "again_within": again_within,
            # A1 looks at flags of the day before, each of which looked back as far as its own rule does.
            "lookback": max(longest, again_within) + again_within + self._seconds("together"),
            "urgencies": {urgency: words.get("urgency", {}).get(urgency) for urgency in URGENCIES},
            "about": words.get("about", {}),
            "areas": self.areas,
            "readings": words["reading"],
            "signs": self._signs(),
            "missing": words.get("missing", {}),
            "medicines": {kind: self._medicine(kind, value) for kind, value in words.get("medicine", {}).items()},
            "settings": {name: self._setting(value) for name, value in words["setting"].items()},
            "limits": words["limit"],
            "overdue": words["overdue"],
            "groups": words.get("group", {}),
            "same_as": words["same_as"],
            "named": named,
            "advice": words["advice"],
            "of_patient": _of_patient(rules, named),
            "patient_conditions": _patient_conditions(nodes),
            "rules": rules,
        }

    def _seconds(self, key: str) -> int:
        return self.conditions.duration(self.vocabulary.get(key), key)

    def _signs(self) -> dict[str, Any]:
        group_of = {
            group: missing for missing, groups in self.vocabulary.get("sign_groups", {}).items() for group in groups
        }
        signs: dict[str, Any] = {
            sign.id: {"words": sign.words, "missing": group_of.get(group.id, "other_signs")}
            for group in GROUPS
            for sign in group.signs
        }
        return {**signs, **self.vocabulary["extra_sign"]}

    def _medicine(self, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
        if "masks_for" not in value:
            return dict(value)
        masks_for = self.conditions.duration(value["masks_for"], f"medicine.{kind}.masks_for")
        return {**value, "masks_for": masks_for}

    def _setting(self, value: Mapping[str, Any]) -> dict[str, Any]:
        numbers = {key: fine(*str(value[key]).split(" ")) for key in ("standard", "uk", "floor", "ceiling")}
        return dict(value) | numbers

    def _rule(self, rule_id: str, rule: Mapping[str, Any], named: Mapping[str, Node]) -> dict[str, Any]:
        file = self.areas_of[rule_id]
        for key in rule:
            if key not in _RULE_KEYS:
                self.faults.append((f"{rule_id}.{key}", "is not a key of a rule"))
        if not rule.get("source"):
            self.faults.append((rule_id, "no source"))
        if not rule.get("letter") or set(rule["letter"].split("/")) - _LETTERS:
            self.faults.append((rule_id, "letter must be made of A, P and J"))
        for about in rule.get("about") or [""]:
            if about not in self.vocabulary.get("about", {}):
                self.faults.append((f"{rule_id}.about", f"unknown “{about}”"))
        levels = [self._level(rule_id, key, rule, file, named) for key in _LEVEL_KEYS if key in rule]
        if not levels:
            self.faults.append((rule_id, "has no level"))
        if len({level["says"] for level in levels}) < len(levels):
            self.faults.append((rule_id, "two levels say the same sentence"))
        nodes = [level["when"] for level in levels]
        flat = [part for node in nodes for part in parts(node)]
        compiled = {
            "id": rule_id,
            "area": file.get("area"),
            "about": rule.get("about", []),
            "source": rule.get("source", ""),
            "letter": rule.get("letter", ""),
            "levels": levels,
            "reads": sorted(set().union(*(reads(node, named, self.vocabulary["reading"]) for node in nodes))),
        }
        for key in ("keeps_open", "recheck_kinds", "recheck_can_wait", "never_unknown"):
            if key in rule:
                compiled[key] = rule[key]
        if any(part["op"] == "overdue" for part in flat):
            compiled["needs_schedule"] = True
        if any(part["op"] == "flags" for part in flat):
            compiled["counts_flags"] = True
        self._check_examples(rule_id, rule, [level["urgency"] for level in levels])
        return compiled

    def _level(
        self, rule_id: str, key: str, rule: Mapping[str, Any], file: Mapping[str, Any], named: Mapping[str, Node]
    ) -> dict[str, Any]:
        level, path = rule[key], f"{rule_id}.{key}"
        urgency = key.removeprefix("also_")
        if not level.get("says"):
            self.faults.append((path, "no sentence"))
        node = self.conditions.read(level.get("when"), f"{path}.when")
        if not self.conditions.faults and needs(node, named, self.vocabulary["reading"]) is None:
            self.faults.append((path, "could say yes with nothing logged"))
        add = [*file.get("add", ()), *rule.get("add", ())] if urgency in ("emergency", "call") else []
        add += level.get("add", ())
        for name in add:
            if name not in self.vocabulary["advice"]:
                self.faults.append((path, f"unknown advice “{name}”"))
        wanted = needs(node, named, self.vocabulary["reading"]) or []
        compiled: dict[str, Any] = {
            "urgency": urgency,
            "when": node,
            "says": level.get("says", ""),
            "add": add,
            "needs": [sorted(keys) for keys in wanted],
        }
        if "says_caregiver" in level:
            compiled["says_caregiver"] = level["says_caregiver"]
        if "recheck" in level:
            compiled["recheck"] = self.conditions.duration(level["recheck"], f"{path}.recheck")
            if "recheck_kinds" not in rule:
                self.faults.append((rule_id, "a recheck needs recheck_kinds"))
        elif urgency == "watch" and not any(part["op"] == "overdue" for part in parts(node)):
            self.faults.append((path, "watch needs a recheck"))
        return compiled

    def _check_examples(self, rule_id: str, rule: Mapping[str, Any], urgencies: list[str]) -> None:
        said = {example.get("says") for example in rule.get("examples", ())}
        wanted = [*urgencies, "no"] if rule.get("never_unknown") else [*urgencies, "no", "unknown"]
        for word in dict.fromkeys(wanted):
            if word not in said:
                self.faults.append((rule_id, f"no example says {word}"))
        for word in said - set(wanted):
            self.faults.append((rule_id, f"an example says {word}, which the rule cannot"))


def _example_faults(data: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    table = RuleTable(data)
    faults = []
    for rule in table.rules:
        for number, example in enumerate(rules[rule.id]["examples"]):
            path = f"{rule.id}.examples[{number}]"
            try:
                check_diary(example_diary(example["given"]))
            except (DiaryFileError, KeyError) as error:
                faults.append((path, f"is no diary: {error}"))
                continue
            found = says(table, rule, example["given"])
            if found != example["says"]:
                faults.append((path, f"says {example['says']} and is contradicted: the rule says {found}"))
    return faults


def _of_patient(rules: Iterable[Mapping[str, Any]], named: Mapping[str, Node]) -> list[dict[str, Any]]:
    """What the patient alone decides of each rule, and the rules of which that is so; see :func:`of_patient`."""
    groups: list[dict[str, Any]] = []
    for rule in rules:
        when = of_patient({"op": "any", "of": [level["when"] for level in rule["levels"]]}, named)
        for group in groups:
            if group["when"] == when:
                group["rules"].append(rule["id"])
                break
        else:
            groups.append({"when": when, "rules": [rule["id"]]})
    return groups


def _patient_conditions(nodes: Iterable[Node]) -> list[Node]:
    """Every distinct condition that the patient alone decides."""
    distinct: list[Node] = []
    for node in nodes:
        for part in parts(node):
            if part["op"] in OF_PATIENT and part not in distinct:
                distinct.append(part)
    return distinct


def _circles(named: Mapping[str, Node]) -> list[str]:
    """The names whose condition names itself, by whatever way."""

    def reaches(name: str, target: str, seen: set[str]) -> bool:
        for part in parts(named.get(name, {"op": "any", "of": []})):
            if part["op"] == "named":
                if part["name"] == target:
                    return True
                if part["name"] not in seen:
                    seen.add(part["name"])
                    if reaches(part["name"], target, seen):
                        return True
        return False

    return [name for name in named if reaches(name, name, set())]
