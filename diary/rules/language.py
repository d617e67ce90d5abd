"""Reads one condition of the TOML table into the plain data that both evaluators take. Names what it cannot read.

The language is described in docs/rule-language.md: seven atoms, joined by ``all`` and ``any``, and conditions with a
name. There is no ``not``: a row says what must be there, so that adding a fact never takes an alarm away.
"""

import re
from collections.abc import Callable, Iterable, Mapping
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
    found = re.fullmatch("(-?[0-9]+) (min|h|d)", text) if isinstance(text, str) else None
    return None if found is None else int(found[1]) * _UNIT_SECONDS[found[2]]


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
        node: Node = {"op": "reading", "kind": kind, "bounds": self._bounds(value, kind, path)}
        if not node["bounds"]:
            self.fault(path, "a reading needs a bound")
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
        bounds = self._bounds(value, other, path)
        if bounds:
            node["bounds"] = bounds
        elif other != kind:
            self.fault(path, "another reading needs its own bound")
        return node

    def _bounds(self, value: Node, kind: str, path: str) -> list[list[Any]]:
        """The bounds of a reading, which may be a limit, a setting, or a difference from the usual value."""
        return [[word, self._bound(value[word], word, kind, f"{path}.{word}")] for word in BOUNDS if word in value]

    def _bound(self, value: object, word: str, kind: str, path: str) -> Any:
        if word not in RELATIVE_BOUNDS:
            return self._variable(value, path) if isinstance(value, dict) else self._number(value, kind, path)
        if "baseline" not in self.readings[kind]:
            self.fault(path, f"{kind} has no usual value to be compared with")
        if word == "drop_at_least_percent":
            return self._whole_number(value, path)
        return self._number(value, kind, path, degrees.fine_difference)

    def _number(self, value: object, kind: str, path: str, fine: Callable[[str, str], int] = degrees.fine) -> int:
        """A number of a kind of reading: a temperature in the fine unit, anything else as a whole number.

        One that cannot be read is named in ``faults`` and stands as 0.
        """
        if self.readings[kind]["unit"] != "Cel":
            return self._whole_number(value, path)
        text, _, unit = str(value).partition(" ")
        if unit not in TEMPERATURE_UNITS:
            self.fault(path, f"unit missing: a temperature names one of {', '.join(TEMPERATURE_UNITS)}")
        elif not degrees.is_decimal(text):
            self.fault(path, f"“{text}” is no decimal")
        else:
            return fine(text, unit)
        return 0

    def _whole_number(self, value: object, path: str) -> int:
        if type(value) is int:
            return value
        self.fault(path, "must be a whole number")
        return 0

    def _plain_bounds(self, value: Node, path: str, number: Callable[[object, str], int]) -> list[list[Any]]:
        """The bounds of what is no reading; ``number`` reads each."""
        bounds = [[word, number(value[word], f"{path}.{word}")] for word in PLAIN_BOUNDS if word in value]
        if not bounds:
            self.fault(path, "needs a bound")
        return bounds

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
            if half not in ("", "0", "5") or not whole.isdecimal():
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
                if value[key] is not True:
                    self.fault(f"{path}.{key}", "must be true, or left out")
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
        node: Node = {"op": what, "bounds": self._plain_bounds(value, path, self._whole_number)}
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
        bounds = self._plain_bounds(value, path, lambda number, at: self._number(number, kind, at))
        return {"op": "usual", "kind": kind, "bounds": bounds}

    def _read_overdue(self, value: Node, path: str) -> Node:
        what = value["overdue"]
        if what not in self.overdue:
            self.fault(f"{path}.overdue", f"unknown “{what}”")
            return {"op": "any", "of": []}
        number = self.duration if self.overdue[what]["unit"] == "time" else self._whole_number
        return {"op": "overdue", "what": what, "bounds": self._plain_bounds(value, path, number)}

    def _read_flags(self, value: Node, path: str) -> Node:
        if value["flags"] != "today":
            self.fault(f"{path}.flags", "only flags of urgency today are counted")
        return {
            "op": "flags",
            "urgency": value["flags"],
            "within": self.duration(value.get("within"), f"{path}.within"),
        }

    def duration(self, text: object, path: str) -> int:
        """The seconds of a duration; 0 and a fault when it is none."""
        found = seconds(text)
        if found is None:
            self.fault(path, f"“{text}” is no duration such as 15 min, 24 h or 14 d")
        return found or 0
