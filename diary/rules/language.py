"""Reads one condition of the TOML table into the plain data that both evaluators take. Names what it cannot read.

The language is described in docs/rule-language.md: eight atoms, joined by ``all`` and ``any``, and conditions with a
name. There is no ``not``: a row says what must be there, so that adding a fact never takes an alarm away.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from diary.domain import degrees
from diary.domain.vocabulary import DOSE_REASONS, DOSE_STATUSES, MEDICINE_KINDS, PROFILES, SIGN_IDS, TEMPERATURE_UNITS

Node = dict[str, Any]

PLAIN_BOUNDS: Final = ("at_least", "above", "at_most", "below")
RELATIVE_BOUNDS: Final = ("drop_at_least", "drop_at_least_percent", "rise_at_least")
BOUNDS: Final = PLAIN_BOUNDS + RELATIVE_BOUNDS

_UNIT_SECONDS: Final = {"min": 60, "h": 3600, "d": 86_400}
_KEYS: Final = {
    "reading": ("reading", "within", "again", "usual", *BOUNDS),
    "sign": ("sign", "except", "within"),
    "dose": (
        "dose",
        "status",
        "within",
        "reason",
        "agreed_with_team",
        "unless_agreed",
        "first_dose",
        "without_reading_before",
    ),
    "patient": ("patient", "is", "default", *PLAIN_BOUNDS),
    "baseline": ("baseline", "missing", *PLAIN_BOUNDS),
    "overdue": ("overdue", *PLAIN_BOUNDS),
    "flags": ("flags", "within"),
    "all": ("all",),
    "any": ("any",),
}


def seconds(text: object) -> int | None:
    """The seconds of a duration such as ``15 min``, ``24 h`` or ``14 d``; ``None`` for anything else."""
    number, _, unit = text.partition(" ") if isinstance(text, str) else ("", "", "")
    if unit not in _UNIT_SECONDS or not number.removeprefix("-").isdigit():
        return None
    return int(number) * _UNIT_SECONDS[unit]


class ConditionReader:
    """Reads conditions against the vocabulary of one table; ``faults`` collects every fault with its path."""

    def __init__(self, vocabulary: Mapping[str, Any], names: Iterable[str]) -> None:
        self.readings: Mapping[str, Any] = vocabulary["reading"]
        self.limits: Mapping[str, Any] = vocabulary["limit"]
        self.settings: Mapping[str, Any] = vocabulary["setting"]
        self.overdue: Mapping[str, Any] = vocabulary["overdue"]
        self.signs = SIGN_IDS | set(vocabulary["extra_sign"])
        self.names = frozenset(names)
        self.faults: list[tuple[str, str]] = []

    def fault(self, path: str, sentence: str) -> None:
        self.faults.append((path, sentence))

    def read(self, value: object, path: str) -> Node:
        """The node of a condition; an unreadable one is named in ``faults`` and stands as a condition that is no."""
        nothing: Node = {"op": "any", "of": []}
        if isinstance(value, str):
            if value not in self.names:
                self.fault(path, f"no condition is named “{value}”")
                return nothing
            return {"op": "named", "name": value}
        if not isinstance(value, dict):
            self.fault(path, "is no condition")
            return nothing
        atoms = [atom for atom in _KEYS if atom in value]
        if len(atoms) != 1:
            self.fault(path, f"must have exactly one of {', '.join(_KEYS)}")
            return nothing
        atom = atoms[0]
        for key in value:
            if key not in _KEYS[atom]:
                self.fault(f"{path}.{key}", f"does not belong to “{atom}”")
        node: Node = getattr(self, f"_read_{atom}")(value, path)
        return node

    def _read_all(self, value: Node, path: str) -> Node:
        return {"op": "all", "of": [self.read(part, f"{path}.all[{n}]") for n, part in enumerate(value["all"])]}

    def _read_any(self, value: Node, path: str) -> Node:
        return {"op": "any", "of": [self.read(part, f"{path}.any[{n}]") for n, part in enumerate(value["any"])]}

    def _read_reading(self, value: Node, path: str) -> Node:
        kind = value["reading"]
        if kind not in self.readings:
            self.fault(f"{path}.reading", f"unknown reading “{kind}”")
            return {"op": "any", "of": []}
        node: Node = {"op": "reading", "kind": kind, "bounds": self.bounds(value, kind, path)}
        if not node["bounds"]:
            self.fault(path, "a reading needs a bound")
        if any(word in RELATIVE_BOUNDS for word, _ in node["bounds"]) and "baseline" not in self.readings[kind]:
            self.fault(path, f"{kind} has no usual value to be compared with")
        if "within" in value:
            node["within"] = self.duration(value["within"], f"{path}.within")
            if "also" in self.readings[kind]:
                self.fault(f"{path}.within", f"{kind} has a second kind and is only judged as it is now")
        if "usual" in value:
            node["usual"] = value["usual"]
        if "again" in value:
            node["again"] = self._again(value["again"], kind, f"{path}.again")
        return node

    def _again(self, value: Node, kind: str, path: str) -> Node:
        node: Node = {}
        for key in ("after", "within"):
            if key in value:
                node[key] = self.duration(value[key], f"{path}.{key}")
        other = value.get("reading", kind)
        if other not in self.readings:
            self.fault(f"{path}.reading", f"unknown reading “{other}”")
            return node
        if other != kind:
            node["kind"] = other
        bounds = self.bounds(value, other, path)
        if bounds:
            node["bounds"] = bounds
        elif other != kind:
            self.fault(path, "another reading needs its own bound")
        return node

    def bounds(self, value: Node, kind: str | None, path: str) -> list[list[Any]]:
        """The bounds that stand in ``value``, in the fine unit of temperatures or as whole numbers."""
        return [[word, self._number(value[word], word, kind, f"{path}.{word}")] for word in BOUNDS if word in value]

    def _number(self, value: object, word: str, kind: str | None, path: str) -> Any:
        if isinstance(value, dict):
            if word in RELATIVE_BOUNDS:
                self.fault(path, "is a difference, and must be a number")
            return self._variable(value, path)
        if kind is not None and self.readings[kind]["unit"] == "Cel" and word != "drop_at_least_percent":
            text, _, unit = value.partition(" ") if isinstance(value, str) else (str(value), "", "")
            if unit not in TEMPERATURE_UNITS:
                self.fault(path, f"unit missing: a temperature names one of {', '.join(TEMPERATURE_UNITS)}")
                return 0
            if not degrees.is_decimal(text):
                self.fault(path, f"“{text}” is no decimal")
                return 0
            return degrees.fine_difference(text, unit) if word in RELATIVE_BOUNDS else degrees.fine(text, unit)
        if type(value) is not int:
            self.fault(path, "must be a whole number")
            return 0
        return value

    def _variable(self, value: Node, path: str) -> Node:
        if "setting" in value:
            if value["setting"] not in self.settings:
                self.fault(path, f"unknown setting “{value['setting']}”")
            return {"setting": value["setting"]}
        if value.get("limit") not in self.limits:
            self.fault(path, f"unknown limit “{value.get('limit')}”")
        node: Node = {"limit": value.get("limit")}
        if "plus" in value:
            node["plus"] = value["plus"]
        if "times" in value:
            whole, _, half = str(value["times"]).partition(".")
            if half not in ("", "0", "5") or not whole.isdigit():
                self.fault(path, "times must be a whole number or a half")
            else:
                node["times"] = [int(whole) * 2 + (half == "5"), 2]
        return node

    def _read_sign(self, value: Node, path: str) -> Node:
        asked = value["sign"]
        left_out = set(value.get("except", ()))
        ids = sorted(SIGN_IDS - left_out) if asked == "any" else asked
        for sign in {*ids, *left_out}:
            if sign not in self.signs:
                self.fault(f"{path}.sign", f"unknown sign “{sign}”")
        node: Node = {"op": "sign", "ids": list(ids)}
        if "within" in value:
            node["within"] = self.duration(value["within"], f"{path}.within")
        return node

    def _read_dose(self, value: Node, path: str) -> Node:
        kinds = ["any"] if value["dose"] == "any" else value["dose"]
        for kind in kinds:
            if kind not in (*MEDICINE_KINDS, "any"):
                self.fault(f"{path}.dose", f"unknown medicine “{kind}”")
        statuses = value.get("status", [])
        if not statuses or any(status not in DOSE_STATUSES for status in statuses):
            self.fault(f"{path}.status", f"must list some of {', '.join(DOSE_STATUSES)}")
        node: Node = {"op": "dose", "kinds": list(kinds), "statuses": list(statuses)}
        node["within"] = self.duration(value.get("within"), f"{path}.within")
        if "reason" in value:
            node["reason"] = value["reason"]
            if value["reason"] not in DOSE_REASONS:
                self.fault(f"{path}.reason", f"unknown reason “{value['reason']}”")
        if "agreed_with_team" in value:
            node["agreed"] = value["agreed_with_team"]
        for key in ("unless_agreed", "first_dose"):
            if key in value:
                node[key] = True
        if "without_reading_before" in value:
            node["without"] = self.read(value["without_reading_before"], f"{path}.without_reading_before")
        return node

    def _read_patient(self, value: Node, path: str) -> Node:
        what = value["patient"]
        if what == "profile":
            if value.get("is") not in PROFILES:
                self.fault(f"{path}.is", f"must be one of {', '.join(PROFILES)}")
            return {"op": "profile", "is": value.get("is")}
        if what not in ("age", "treatment_day"):
            self.fault(f"{path}.patient", f"unknown “{what}”: age, treatment_day or profile")
        node: Node = {"op": what, "bounds": self.bounds(value, None, path)}
        if "default" in value:
            node["default"] = value["default"]
        return node

    def _read_baseline(self, value: Node, path: str) -> Node:
        kind = value["baseline"]
        if "baseline" not in self.readings.get(kind, {}):
            self.fault(f"{path}.baseline", f"“{kind}” has no usual value")
            return {"op": "any", "of": []}
        if "missing" in value:
            return {"op": "usual", "kind": kind, "missing": value["missing"]}
        return {"op": "usual", "kind": kind, "bounds": self.bounds(value, kind, path)}

    def _read_overdue(self, value: Node, path: str) -> Node:
        what = value["overdue"]
        if what not in self.overdue:
            self.fault(f"{path}.overdue", f"unknown “{what}”")
            return {"op": "any", "of": []}
        is_time = self.overdue[what]["unit"] == "time"
        bounds = [
            [word, self.duration(value[word], f"{path}.{word}") if is_time else value[word]]
            for word in PLAIN_BOUNDS
            if word in value
        ]
        return {"op": "overdue", "what": what, "bounds": bounds}

    def _read_flags(self, value: Node, path: str) -> Node:
        return {
            "op": "flags",
            "urgency": value["flags"],
            "within": self.duration(value.get("within"), f"{path}.within"),
        }

    def duration(self, text: object, path: str) -> int:
        """The seconds of a duration; a fault when it is none."""
        found = seconds(text)
        if found is None:
            self.fault(path, f"“{text}” is no duration such as 15 min, 24 h or 14 d")
        return found or 0
