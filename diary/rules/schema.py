"""Reads the TOML files of the rule table, checks all of it, and makes the plain data that the evaluators take.

A bad table names every fault and is refused whole: an unknown reading, a missing unit, a row without a source or
without an example, an example that is contradicted, a level that could say yes with nothing logged, and so on.
"""

import tomllib
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from diary.domain.degrees import fine
from diary.domain.sign import GROUPS
from diary.rules.examples import contradicted
from diary.rules.language import ConditionReader, Node
from diary.rules.nodes import OF_PATIENT, needs, of_patient, parts, reads
from diary.rules.table import RuleTable, load_table

FOLDER: Final = Path(__file__).parent / "table"
URGENCIES: Final = ("emergency", "call", "today", "watch")

_OWN: Final = ("area", "title", "add")
"""What a file says of its own rules. All else that a file may say, every file shares."""
_VALUES: Final = ("version", "together", "again_within")
_TABLES: Final = (
    *("rule", "named", "urgency", "advice", "about", "reading", "extra_sign", "missing", "sign_groups", "medicine"),
    *("setting", "limit", "group", "overdue", "same_as"),
)

_LEVELS: Final = tuple(key for urgency in URGENCIES for key in (urgency, f"also_{urgency}"))
_LEVEL_AS_IT_STANDS: Final = ("says_caregiver", "recheck")
_LEVEL_KEYS: Final = ("when", "says", "add", *_LEVEL_AS_IT_STANDS)
_RULE_AS_IT_STANDS: Final = ("keeps_open", "recheck_kinds", "recheck_can_wait", "never_unknown")
_RULE_KEYS: Final = (*_LEVELS, "about", "source", "letter", "add", "examples", *_RULE_AS_IT_STANDS)
_LETTERS: Final = frozenset("APJ")
_MARKS: Final = {"overdue": "needs_schedule", "flags": "counts_flags"}
"""What a rule is marked with when any of its conditions asks this."""
_NUMBERS: Final = ("standard", "uk", "floor", "ceiling")


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
            files.append((path.name, tomllib.loads(path.read_bytes().decode())))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TableError([(path.name, str(error))]) from error
    return files


def compile_table(files: Iterable[tuple[str, dict[str, Any]]] | None = None) -> dict[str, Any]:
    """The whole table as plain data. Raises :class:`TableError` with every fault."""
    reader = _TableReader(read_files() if files is None else files)
    data = reader.compile()
    faults = reader.faults or list(contradicted(RuleTable(data), reader.words["rule"]))
    if faults:
        raise TableError(faults)
    return data


def check_table() -> None:
    """Refuse to start with a bad table, or with one whose compiled form is not what the TOML files say."""
    if compile_table() != load_table().data:
        raise TableError([("compiled.json", "is not what the TOML files say; run “diary rules --compile”")])


class _TableReader:
    """Reads what the files share, and then rule after rule. ``faults`` collects every fault with its path."""

    def __init__(self, files: Iterable[tuple[str, dict[str, Any]]]) -> None:
        self.faults: list[tuple[str, str]] = []
        self.words: dict[str, Any] = {**dict.fromkeys(_VALUES), **{key: {} for key in _TABLES}}
        self.areas: list[dict[str, Any]] = []
        self.file_of: dict[str, dict[str, Any]] = {}
        for name, file in files:
            self._merge(name, file)
        self.conditions = ConditionReader(self.words, self.words["named"])
        self.conditions.faults = self.faults
        self.named = self._named()

    def _refuse_if(self, is_wrong: bool, path: str, sentence: str) -> None:
        if is_wrong:
            self.faults.append((path, sentence))

    def _refuse_others(self, value: Iterable[str], known: Container[str], path: str, what: str) -> None:
        for key in value:
            self._refuse_if(key not in known, f"{path}.{key}", f"is not a key of {what}")

    def _merge(self, name: str, file: dict[str, Any]) -> None:
        self._refuse_others(file, (*_OWN, *_VALUES, *_TABLES), name, "a file")
        self.words |= {key: file[key] for key in _VALUES if key in file}
        for rule_id in file.get("rule", ()):
            self._refuse_if(rule_id in self.file_of, rule_id, "stands twice")
            self.file_of[rule_id] = file
        for key in _TABLES:
            self.words[key].update(file.get(key, ()))
        if "rule" in file:
            area = {"id": file.get("area"), "title": file.get("title")}
            self._refuse_if(not all(area.values()), name, "a file with rules needs an area and a title")
            self.areas.append(area)

    def _named(self) -> dict[str, Node]:
        named = {name: self.conditions.read(value, f"named.{name}") for name, value in self.words["named"].items()}
        for name in _circles(named):
            self.faults.append((f"named.{name}", "names itself"))
            # It is cut here, so that the rest of the table can be read and every other fault be named as well.
            named[name] = {"op": "any", "of": []}
        return named

    def compile(self) -> dict[str, Any]:
        words = self.words
        self._refuse_if(not words["version"], "version", "is missing")
        for urgency in URGENCIES:
            self._refuse_if(urgency not in words["urgency"], f"urgency.{urgency}", "is missing")
        together, again_within = [self.conditions.duration(words[key], key) for key in ("together", "again_within")]
        rules = [self._rule(rule_id, rule) for rule_id, rule in words["rule"].items()]
        flat = [part for node in (*map(_any_level, rules), *self.named.values()) for part in parts(node)]
        longest = max([again_within, *(part["within"] for part in flat if "within" in part)])
        return {
            "version": words["version"],
            "together": together,
            "again_within": again_within,
            # A1 looks at flags of the day before, each of which looked back as far as its own rule does.
            "lookback": longest + again_within + together,
            "urgencies": words["urgency"],
            "about": words["about"],
            "areas": self.areas,
            "readings": words["reading"],
            "signs": self._signs(),
            "missing": words["missing"],
            "medicines": {
                kind: self._timed(value, "masks_for", f"medicine.{kind}") for kind, value in words["medicine"].items()
            },
            "settings": {name: _setting(value) for name, value in words["setting"].items()},
            "limits": words["limit"],
            "overdue": words["overdue"],
            "groups": words["group"],
            "same_as": words["same_as"],
            "named": self.named,
            "advice": words["advice"],
            "of_patient": _of_patient(rules, self.named),
            "patient_conditions": list({repr(part): part for part in flat if part["op"] in OF_PATIENT}.values()),
            "rules": rules,
        }

    def _signs(self) -> dict[str, Any]:
        group_of = {group: missing for missing, groups in self.words["sign_groups"].items() for group in groups}
        signs = {
            sign.id: {"words": sign.words, "missing": group_of.get(group.id, "other_signs")}
            for group in GROUPS
            for sign in group.signs
        }
        return {**signs, **self.words["extra_sign"]}

    def _timed(self, value: Mapping[str, Any], key: str, path: str) -> dict[str, Any]:
        """``value``, with the duration of ``key`` in seconds if it has one."""
        seconds = {key: self.conditions.duration(value[key], f"{path}.{key}")} if key in value else {}
        return {**value, **seconds}

    def _rule(self, rule_id: str, rule: Mapping[str, Any]) -> dict[str, Any]:
        self._refuse_others(rule, _RULE_KEYS, rule_id, "a rule")
        self._refuse_if(not rule.get("source"), rule_id, "no source")
        is_lettered = _LETTERS.issuperset(str(rule.get("letter")).split("/"))
        self._refuse_if(not is_lettered, rule_id, "letter must be made of A, P and J")
        for about in rule.get("about") or [""]:
            self._refuse_if(about not in self.words["about"], f"{rule_id}.about", f"unknown “{about}”")
        levels = [self._level(rule_id, key, rule) for key in _LEVELS if key in rule]
        sentences = {level["says"] for level in levels}
        self._refuse_if(not levels, rule_id, "has no level")
        self._refuse_if(len(sentences) < len(levels), rule_id, "two levels say the same sentence")
        compiled = {
            "id": rule_id,
            "area": self.file_of[rule_id].get("area"),
            "about": rule.get("about"),
            "source": rule.get("source"),
            "letter": rule.get("letter"),
            "levels": levels,
        }
        node = _any_level(compiled)
        asked = {part["op"] for part in parts(node)}
        compiled["reads"] = sorted(reads(node, self.named, self.words["reading"]))
        compiled |= {key: rule[key] for key in _RULE_AS_IT_STANDS if key in rule}
        compiled |= {mark: True for op, mark in _MARKS.items() if op in asked}
        self._check_examples(rule_id, rule, {level["urgency"] for level in levels})
        return compiled

    def _level(self, rule_id: str, key: str, rule: Mapping[str, Any]) -> dict[str, Any]:
        level, path, urgency = rule[key], f"{rule_id}.{key}", key.removeprefix("also_")
        self._refuse_others(level, _LEVEL_KEYS, path, "a level")
        self._refuse_if(not level.get("says"), path, "no sentence")
        node = self.conditions.read(level.get("when"), f"{path}.when")
        wanted = needs(node, self.named, self.words["reading"])
        self._refuse_if(wanted is None, path, "could say yes with nothing logged")
        adding = (self.file_of[rule_id], rule, level) if urgency in ("emergency", "call") else (level,)
        add = [name for each in adding for name in each.get("add", ())]
        for name in add:
            self._refuse_if(name not in self.words["advice"], path, f"unknown advice “{name}”")
        is_rechecked, is_late = "recheck" in level, any(part["op"] == "overdue" for part in parts(node))
        self._refuse_if(is_rechecked and "recheck_kinds" not in rule, rule_id, "a recheck needs recheck_kinds")
        self._refuse_if(urgency == "watch" and not (is_rechecked or is_late), path, "watch needs a recheck")
        compiled = {
            "urgency": urgency,
            "when": node,
            "says": level.get("says"),
            "add": add,
            "needs": [sorted(keys) for keys in wanted or ()],
            **{key: level[key] for key in _LEVEL_AS_IT_STANDS if key in level},
        }
        return self._timed(compiled, "recheck", path)

    def _check_examples(self, rule_id: str, rule: Mapping[str, Any], urgencies: set[str]) -> None:
        can_say = urgencies | ({"no"} if rule.get("never_unknown") else {"no", "unknown"})
        said = {str(example.get("says")) for example in rule.get("examples", ())}
        for word in sorted(can_say - said):
            self.faults.append((rule_id, f"no example says {word}"))
        for word in sorted(said - can_say):
            self.faults.append((rule_id, f"an example says {word}, which the rule cannot"))


def _any_level(rule: Mapping[str, Any]) -> Node:
    """The condition that any level of a rule speaks."""
    return {"op": "any", "of": [level["when"] for level in rule["levels"]]}


def _setting(value: Mapping[str, Any]) -> dict[str, Any]:
    return {**value, **{key: fine(*value[key].split()) for key in _NUMBERS}}


def _of_patient(rules: Iterable[Mapping[str, Any]], named: Mapping[str, Node]) -> list[dict[str, Any]]:
    """What the patient alone decides of each rule, and the rules of which that is so; see :func:`of_patient`."""
    groups: dict[str, dict[str, Any]] = {}
    for rule in rules:
        when = of_patient(_any_level(rule), named)
        groups.setdefault(repr(when), {"when": when, "rules": []})["rules"].append(rule["id"])
    return list(groups.values())


def _circles(named: Mapping[str, Node]) -> list[str]:
    """The names whose condition names itself, by whatever way."""
    reached = {name: {part["name"] for part in parts(node) if part["op"] == "named"} for name, node in named.items()}
    for between in named:
        for names in reached.values():
            if between in names:
                names |= reached[between]
    return [name for name in named if name in reached[name]]
