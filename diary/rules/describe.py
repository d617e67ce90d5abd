"""The rule table in plain words, made from the data itself: for a page that shows it, and for a clinician's review."""

from __future__ import annotations

from diary.domain import degrees
from diary.domain.vocabulary import SIGN_IDS
from diary.domain.wording import mark
from diary.rules.explain import duration_words, medicine_words
from diary.rules.interval import AGAINST_USUAL, decimal
from diary.rules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from diary.domain.urgency import Urgency
    from diary.rules.explain import Reader
    from diary.rules.table import Rule, RuleTable

    Bound = tuple[str, Any]
    Node = dict[str, Any]

_BOUNDS = {
    "below": mark("below %(number)s"),
    "at_most": mark("%(number)s or lower"),
    "at_least": mark("%(number)s or higher"),
    "above": mark("above %(number)s"),
    "drop_at_least": mark("%(number)s or more below your usual"),
    "drop_at_least_percent": mark("%(number)s or more below your usual"),
    "rise_at_least": mark("%(number)s or more above your usual"),
}
_LATE = {
    "below": mark("less than %(number)s"),
    "at_most": mark("%(number)s or less"),
    "at_least": mark("%(number)s or more"),
    "above": mark("more than %(number)s"),
}
_AND, _OR = mark("%(one)s and %(other)s"), mark("%(one)s or %(other)s")
_IN_THE_LAST = mark("%(what)s in the last %(time)s")
_AGAIN = mark("%(what)s, and an earlier one too, up to %(within)s before")
_AGAIN_AFTER = mark("%(what)s, and an earlier one too, from %(after)s to %(within)s before")
_AGAIN_OTHER = mark("%(what)s, and earlier %(other)s, up to %(within)s before")
_AGAIN_OTHER_AFTER = mark("%(what)s, and earlier %(other)s, from %(after)s to %(within)s before")
_USUAL_TAKEN_AS = mark("%(what)s (a usual of %(number)s where none is set)")
_DOSES = {"taken": mark("taken"), "missed": mark("missed"), "stopped": mark("stopped")}
_DOSE = mark("%(medicine)s %(status)s in the last %(time)s")
_ANY_MEDICINE = mark("any medicine")
_REASONS = {"felt_hot": mark("because of feeling hot")}
_AGREED = {True: mark("agreed with the team"), False: mark("not agreed with the team")}
_UNLESS_AGREED = mark("unless it was agreed with the team")
_FIRST_DOSE = mark("for the first time")
_WITHOUT = mark("with no %(what)s in the %(time)s before it")
_AGE, _DAY = mark("age %(bounds)s"), mark("treatment day %(bounds)s")
_DAY_BEFORE = mark("%(what)s (with no infusion yet, it counts as day %(number)s)")
_PROFILES = {"uk": mark("the UK number set"), "standard": mark("the standard number set")}
_NO_USUAL = mark("no usual %(what)s is set")
_SOME_USUAL = mark("a usual %(what)s is set")
_USUAL = mark("usual %(bounded)s")
_BOUNDED = mark("%(what)s %(bounds)s")
_TWO_FLAGS = mark("two signs to tell the team about today, of different kinds, in the last %(time)s")
_LIMIT_PLUS = mark("%(limit)s plus %(plus)s")
_LIMIT_TIMES = mark("%(times)s times %(limit)s")
_SETTING = mark("%(words)s (%(standard)s; UK number set %(uk)s; or the team's own)")
_ANY_SIGN = mark("any sign")
_NONE_LEFT_OUT = mark("any sign but these: %(signs)s")


class LevelWords(Value):
    """One level of a rule in words: when it speaks, what it says, and when to check again."""

    __slots__ = ("recheck", "says", "urgency", "when")
    urgency: Urgency
    when: str
    says: str
    recheck: str | None


def describe(rule: Rule, table: RuleTable, reader: Reader) -> tuple[LevelWords, ...]:
    """Each level of a rule, most urgent first, in the reader's language and units."""
    return tuple(
        LevelWords(
            urgency=level.urgency,
            when=condition_words(level.data["when"], table, reader),
            says=reader.translate(level.says),
            recheck=None if level.recheck_seconds is None else duration_words(level.recheck_seconds, reader),
        )
        for level in rule.levels
    )


def describe_named(table: RuleTable, reader: Reader) -> tuple[tuple[str, str], ...]:
    """The conditions that have a name, each with what it means."""
    return tuple(
        (_name(name, reader), condition_words(node, table, reader)) for name, node in table.data["named"].items()
    )


def condition_words(node: Node, table: RuleTable, reader: Reader) -> str:
    """A condition of the table as part of a sentence."""
    return str(_WORDS[node["op"]](node, table, reader))


def _joined(parts: list[str], template: str, reader: Reader) -> str:
    words = parts[0] if parts else ""
    for part in parts[1:]:
        words = reader.translate(template) % {"one": words, "other": part}
    return words


def _all(node: Node, table: RuleTable, reader: Reader) -> str:
    return _joined([_part(part, _says_or(part), table, reader) for part in node["of"]], _AND, reader)


def _any(node: Node, table: RuleTable, reader: Reader) -> str:
    return _joined([_part(part, _says_and(part), table, reader) for part in node["of"]], _OR, reader)


def _part(part: Node, could_be_misread: bool, table: RuleTable, reader: Reader) -> str:
    words = condition_words(part, table, reader)
    return f"({words})" if could_be_misread else words


def _says_or(part: Node) -> bool:
    """Whether a part's words hold an “or” of their own, which could be misread beside an “and”."""
    if part["op"] == "named":
        return "_or_" in part["name"]
    is_any = part["op"] == "any" and len(part["of"]) > 1
    return is_any or "again" in part or any(len(part.get(key, ())) > 1 for key in ("ids", "kinds", "statuses"))


def _says_and(part: Node) -> bool:
    """Whether a part's words hold an “and” of their own, which could be misread beside an “or”."""
    return len(part.get("of" if part["op"] == "all" else "bounds", ())) > 1 or "again" in part


def _named(node: Node, table: RuleTable, reader: Reader) -> str:
    return _name(node["name"], reader)


def _name(name: str, reader: Reader) -> str:
    return reader.translate(name.replace("_", " "))


def _reading(node: Node, table: RuleTable, reader: Reader) -> str:
    kind, say = node["kind"], reader.translate
    words = _kind_bounded(kind, node["bounds"], table, reader)
    if "usual" in node:
        usual = reader.number(str(node["usual"]), table.data["readings"][kind]["unit"])
        words = say(_USUAL_TAKEN_AS) % {"what": words, "number": usual}
    words = _in_the_last(words, node, reader)
    if "again" not in node:
        return words
    again = node["again"]
    said = {"what": words, "within": duration_words(again.get("within", table.data["again_within"]), reader)}
    if "after" in again:
        said["after"] = duration_words(again["after"], reader)
    if "bounds" not in again:
        return say(_AGAIN_AFTER if "after" in again else _AGAIN) % said
    said["other"] = _kind_bounded(again.get("kind", kind), again["bounds"], table, reader)
    return say(_AGAIN_OTHER_AFTER if "after" in again else _AGAIN_OTHER) % said


def _in_the_last(words: str, node: Node, reader: Reader) -> str:
    if "within" not in node:
        return words
    return reader.translate(_IN_THE_LAST) % {"what": words, "time": duration_words(node["within"], reader)}


def _kind_bounded(kind: str, bounds: list[Bound], table: RuleTable, reader: Reader) -> str:
    said = table.data["readings"][kind]
    what = reader.translate(said["words"])
    return reader.translate(_BOUNDED) % {"what": what, "bounds": _bounds(bounds, said["unit"], table, reader)}


def _bounds(
    bounds: list[Bound], unit: str, table: RuleTable, reader: Reader, templates: Mapping[str, str] = _BOUNDS
) -> str:
    parts = [
        reader.translate(templates[word]) % {"number": _number(value, word, unit, table, reader)}
        for word, value in bounds
    ]
    return _joined(parts, _AND, reader)


def _number(value: Any, word: str, unit: str, table: RuleTable, reader: Reader) -> str:
    """A bound's number with its unit; a limit by age and a setting by their names."""
    if isinstance(value, dict):
        return _variable(value, table, reader)
    if word == "drop_at_least_percent":
        return reader.number(str(value), "%")
    if unit == "time":
        return duration_words(value, reader)
    if unit != "Cel":
        return reader.number(str(value), unit)
    if word in AGAINST_USUAL:
        return reader.difference(degrees.words_of_difference(value, "Cel"), "Cel")
    return reader.number(degrees.words(value, "Cel"), "Cel")


def _variable(value: Node, table: RuleTable, reader: Reader) -> str:
    if "setting" in value:
        setting = table.data["settings"][value["setting"]]
        numbers = {key: reader.number(degrees.words(setting[key], "Cel"), "Cel") for key in ("standard", "uk")}
        return reader.translate(_SETTING) % {"words": reader.translate(setting["words"]), **numbers}
    limit = reader.translate(table.data["limits"][value["limit"]]["words"])
    if "plus" in value:
        limit = reader.translate(_LIMIT_PLUS) % {"limit": limit, "plus": reader.number(str(value["plus"]), "")}
    if "times" in value:
        times = reader.number(decimal(*value["times"]), "")
        limit = reader.translate(_LIMIT_TIMES) % {"limit": limit, "times": times}
    return limit


def _sign(node: Node, table: RuleTable, reader: Reader) -> str:
    signs, ids = table.data["signs"], node["ids"]
    left_out = [reader.translate(signs[sign]["words"]) for sign in signs if sign in SIGN_IDS.difference(ids)]
    if not left_out:
        words = reader.translate(_ANY_SIGN)
    elif len(left_out) < len(ids):
        words = reader.translate(_NONE_LEFT_OUT) % {"signs": ", ".join(left_out)}
    else:
        words = _joined([f"“{reader.translate(signs[sign]['words'])}”" for sign in ids], _OR, reader)
    return _in_the_last(words, node, reader)


def _dose(node: Node, table: RuleTable, reader: Reader) -> str:
    say, medicines = reader.translate, table.data["medicines"]
    names = [say(_ANY_MEDICINE) if kind == "any" else medicine_words(kind, medicines, reader) for kind in node["kinds"]]
    words = say(_DOSE) % {
        "medicine": _joined(names, _OR, reader),
        "status": _joined([say(_DOSES[status]) for status in node["statuses"]], _OR, reader),
        "time": duration_words(node["within"], reader),
    }
    more = []
    if "reason" in node:
        more.append(_REASONS[node["reason"]])
    if "agreed" in node:
        more.append(_AGREED[node["agreed"]])
    if "unless_agreed" in node:
        more.append(_UNLESS_AGREED)
    if "first_dose" in node:
        more.append(_FIRST_DOSE)
    words = ", ".join([words, *map(say, more)])
    if "without" in node:
        without = node["without"]
        words += ", " + say(_WITHOUT) % {
            "what": _kind_bounded(without["kind"], without["bounds"], table, reader),
            "time": duration_words(without["within"], reader),
        }
    return words


def _age(node: Node, table: RuleTable, reader: Reader) -> str:
    return reader.translate(_AGE) % {"bounds": _bounds(node["bounds"], "", table, reader)}


def _treatment_day(node: Node, table: RuleTable, reader: Reader) -> str:
    words = reader.translate(_DAY) % {"bounds": _bounds(node["bounds"], "", table, reader)}
    if "default" not in node:
        return words
    return reader.translate(_DAY_BEFORE) % {"what": words, "number": reader.number(str(node["default"]), "")}


def _profile(node: Node, table: RuleTable, reader: Reader) -> str:
    return reader.translate(_PROFILES[node["is"]])


def _usual(node: Node, table: RuleTable, reader: Reader) -> str:
    if "missing" in node:
        what = reader.translate(table.data["readings"][node["kind"]]["words"])
        return reader.translate(_NO_USUAL if node["missing"] else _SOME_USUAL) % {"what": what}
    return reader.translate(_USUAL) % {"bounded": _kind_bounded(node["kind"], node["bounds"], table, reader)}


def _overdue(node: Node, table: RuleTable, reader: Reader) -> str:
    late = table.data["overdue"][node["what"]]
    unit = "time" if late["unit"] == "time" else ""
    bounds = _bounds(node["bounds"], unit, table, reader, _LATE)
    return reader.translate(_BOUNDED) % {"what": reader.translate(late["words"]), "bounds": bounds}


def _flags(node: Node, table: RuleTable, reader: Reader) -> str:
    return reader.translate(_TWO_FLAGS) % {"time": duration_words(node["within"], reader)}


_WORDS = {
    "all": _all,
    "any": _any,
    "named": _named,
    "reading": _reading,
    "sign": _sign,
    "dose": _dose,
    "age": _age,
    "treatment_day": _treatment_day,
    "profile": _profile,
    "usual": _usual,
    "overdue": _overdue,
    "flags": _flags,
}
