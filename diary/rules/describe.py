"""The rule table in plain words, made from the data itself: for a page that shows it, and for a clinician's review."""

from __future__ import annotations

from diary.domain import degrees
from diary.domain.wording import mark
from diary.rules.explain import Reader, medicine_words
from diary.rules.interval import AGAINST_USUAL, decimal
from diary.rules.nodes import uses_setting
from diary.rules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from diary.domain.urgency import Urgency
    from diary.rules.table import Rule, RuleTable

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
_FELT_HOT = mark("because of feeling hot")
_NOT_AGREED = mark("not agreed with the team")
_FIRST_DOSE = mark("for the first time")
_WITHOUT = mark("with no %(what)s in the %(time)s before it")
_AGE, _DAY = mark("age %(bounds)s"), mark("treatment day %(bounds)s")
_PROFILES = {"uk": mark("the UK number set"), "standard": mark("the standard number set")}
_NO_USUAL = mark("no usual %(what)s is set")
_SOME_USUAL = mark("a usual %(what)s is set")
_USUAL = mark("usual %(what)s %(bounds)s")
_OVERDUE = mark("%(what)s %(bounds)s")
_TWO_FLAGS = mark("two signs to tell the team about today, of different kinds, in the last %(time)s")
_LIMIT, _LIMIT_PLUS, _LIMIT_TIMES = (
    mark("%(limit)s"),
    mark("%(limit)s and %(plus)s more"),
    mark("%(times)s times %(limit)s"),
)
_MINUTES, _HOURS, _DAYS = mark("%(number)s minutes"), mark("%(number)s hours"), mark("%(number)s days")
_ONE_HOUR = mark("1 hour")
_SETTING = mark("%(words)s (%(standard)s; UK number set %(uk)s; or the team's own)")
_NONE_LEFT_OUT = mark("any sign but these: %(signs)s")


class LevelWords(Value):
    """One level of a rule in words: when it speaks, what it says, what to do, and when to check again."""

    __slots__ = ("do", "recheck", "says", "urgency", "uses_setting", "when")
    urgency: Urgency
    when: str
    says: str
    do: tuple[str, ...]
    recheck: str | None
    uses_setting: bool


def describe(rule: Rule, table: RuleTable, reader: Reader) -> tuple[LevelWords, ...]:
    """Each level of a rule, most urgent first, in the reader's language and units."""
    return tuple(
        LevelWords(
            urgency=level.urgency,
            when=condition_words(level.data["when"], table, reader),
            says=reader.translate(level.says),
            do=tuple(reader.translate(sentence) for sentence in level.do),
            recheck=None if level.recheck_seconds is None else duration_words(level.recheck_seconds, reader),
            uses_setting=uses_setting(level.data["when"]),
        )
        for level in rule.levels
    )


def describe_named(table: RuleTable, reader: Reader) -> tuple[tuple[str, str], ...]:
    """The conditions that have a name, each with what it means."""
    return tuple(
        (name_words(name, reader), condition_words(node, table, reader)) for name, node in table.data["named"].items()
    )


def name_words(name: str, reader: Reader) -> str:
    """A condition's name as words."""
    return reader.translate(name.replace("_", " "))


def condition_words(node: Node, table: RuleTable, reader: Reader) -> str:
    """A condition of the table as part of a sentence."""
    return str(_WORDS[node["op"]](node, table, reader))


def duration_words(seconds: int, reader: Reader) -> str:
    """A length of time in its largest whole unit, hours up to three days."""
    if seconds == 3600:
        return reader.translate(_ONE_HOUR)
    for size, words in ((86_400, _DAYS), (3600, _HOURS)):
        if seconds >= size and seconds % size == 0 and (size < 86_400 or seconds > 3 * size):
            return reader.translate(words) % {"number": seconds // size}
    return reader.translate(_MINUTES) % {"number": seconds // 60}


def _joined(parts: list[str], template: str, reader: Reader) -> str:
    words = parts[0] if parts else ""
    for part in parts[1:]:
        words = reader.translate(template) % {"one": words, "other": part}
    return words


def _all(node: Node, table: RuleTable, reader: Reader) -> str:
    return _joined([_inside(part, table, reader, "any") for part in node["of"]], _AND, reader)


def _any(node: Node, table: RuleTable, reader: Reader) -> str:
    return _joined([_inside(part, table, reader, "all") for part in node["of"]], _OR, reader)


def _inside(part: Node, table: RuleTable, reader: Reader, other: str) -> str:
    words = condition_words(part, table, reader)
    is_list = part["op"] == other and len(part["of"]) > 1
    is_choice = part["op"] == "sign" and len(part["ids"]) > 1 and other == "any"
    return f"({words})" if is_list or is_choice or "again" in part else words


def _named(node: Node, table: RuleTable, reader: Reader) -> str:
    return name_words(node["name"], reader)


def _reading(node: Node, table: RuleTable, reader: Reader) -> str:
    kind = node["kind"]
    words = _bounded(kind, node["bounds"], table, reader)
    if "usual" in node:
        words = reader.translate(_USUAL_TAKEN_AS) % {"what": words, "number": node["usual"]}
    if "within" in node:
        words = reader.translate(_IN_THE_LAST) % {"what": words, "time": duration_words(node["within"], reader)}
    if "again" not in node:
        return words
    again = node["again"]
    template = _AGAIN if "bounds" not in again else _AGAIN_OTHER
    if "after" in again:
        template = _AGAIN_AFTER if template == _AGAIN else _AGAIN_OTHER_AFTER
    return reader.translate(template) % {
        "what": words,
        "other": _bounded(again.get("kind", kind), again.get("bounds", []), table, reader),
        "after": duration_words(again.get("after", 0), reader),
        "within": duration_words(again.get("within", table.data["again_within"]), reader),
    }


def _bounded(kind: str, bounds: list[Any], table: RuleTable, reader: Reader) -> str:
    said = table.data["readings"][kind]
    parts = [
        reader.translate(_BOUNDS[word]) % {"number": number_words(value, word, said["unit"], table, reader)}
        for word, value in bounds
    ]
    return f"{reader.translate(said['words'])} {_joined(parts, _AND, reader)}"


def number_words(value: Any, word: str, unit: str, table: RuleTable, reader: Reader) -> str:
    """A bound's number with its unit; a limit by age and a setting by their names."""
    if isinstance(value, dict):
        if "setting" in value:
            setting = table.data["settings"][value["setting"]]
            numbers = {key: reader.number(degrees.words(setting[key], "Cel"), "Cel") for key in ("standard", "uk")}
            return reader.translate(_SETTING) % {"words": reader.translate(setting["words"]), **numbers}
        words = reader.translate(table.data["limits"][value["limit"]]["words"])
        if "plus" in value:
            return reader.translate(_LIMIT_PLUS) % {"limit": words, "plus": value["plus"]}
        if "times" in value:
            return reader.translate(_LIMIT_TIMES) % {"limit": words, "times": decimal(*value["times"])}
        return reader.translate(_LIMIT) % {"limit": words}
    if word == "drop_at_least_percent":
        return reader.number(str(value), "%")
    if unit == "Cel" and word in AGAINST_USUAL:
        return reader.difference(degrees.words_of_difference(value, "Cel"), "Cel")
    return reader.number(degrees.words(value, "Cel") if unit == "Cel" else str(value), unit)


def _sign(node: Node, table: RuleTable, reader: Reader) -> str:
    signs = table.data["signs"]
    ids = node["ids"]
    if len(ids) > len(signs) // 2:
        left_out = [reader.translate(signs[sign]["words"]) for sign in signs if sign not in ids and "_no_" not in sign]
        words = reader.translate(_NONE_LEFT_OUT) % {"signs": ", ".join(left_out)}
    else:
        words = _joined([f"“{reader.translate(signs[sign]['words'])}”" for sign in ids], _OR, reader)
    if "within" in node:
        words = reader.translate(_IN_THE_LAST) % {"what": words, "time": duration_words(node["within"], reader)}
    return words


def _dose(node: Node, table: RuleTable, reader: Reader) -> str:
    names = [
        reader.translate(_ANY_MEDICINE) if kind == "any" else medicine_words(kind, table.data["medicines"], reader)
        for kind in node["kinds"]
    ]
    words = reader.translate(_DOSE) % {
        "medicine": _joined(names, _OR, reader),
        "status": _joined([reader.translate(_DOSES[status]) for status in node["statuses"]], _OR, reader),
        "time": duration_words(node["within"], reader),
    }
    more = [
        _FELT_HOT if "reason" in node else "",
        _NOT_AGREED if "agreed" in node or "unless_agreed" in node else "",
        _FIRST_DOSE if "first_dose" in node else "",
    ]
    words = ", ".join([words, *(reader.translate(part) for part in more if part)])
    if "without" in node:
        without = node["without"]
        words += ", " + reader.translate(_WITHOUT) % {
            "what": _bounded(without["kind"], without["bounds"], table, reader),
            "time": duration_words(without["within"], reader),
        }
    return words


def _plain_bounds(bounds: list[Any], reader: Reader, unit: str = "") -> str:
    parts = [reader.translate(_BOUNDS[word]) % {"number": reader.number(str(value), unit)} for word, value in bounds]
    return _joined(parts, _AND, reader)


def _age(node: Node, table: RuleTable, reader: Reader) -> str:
    return reader.translate(_AGE) % {"bounds": _plain_bounds(node["bounds"], reader)}


def _treatment_day(node: Node, table: RuleTable, reader: Reader) -> str:
    return reader.translate(_DAY) % {"bounds": _plain_bounds(node["bounds"], reader)}


def _profile(node: Node, table: RuleTable, reader: Reader) -> str:
    return reader.translate(_PROFILES[node["is"]])


def _usual(node: Node, table: RuleTable, reader: Reader) -> str:
    said = table.data["readings"][node["kind"]]
    what = reader.translate(said["words"])
    if "missing" in node:
        return reader.translate(_NO_USUAL if node["missing"] else _SOME_USUAL) % {"what": what}
    return reader.translate(_USUAL) % {"what": what, "bounds": _plain_bounds(node["bounds"], reader, said["unit"])}


def _overdue(node: Node, table: RuleTable, reader: Reader) -> str:
    said = table.data["overdue"][node["what"]]
    parts = [
        reader.translate(_BOUNDS[word])
        % {"number": duration_words(value, reader) if said["unit"] == "time" else str(value)}
        for word, value in node["bounds"]
    ]
    return reader.translate(_OVERDUE) % {
        "what": reader.translate(said["words"]),
        "bounds": _joined(parts, _AND, reader),
    }


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
