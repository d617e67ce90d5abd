"""Reasons in words: for a page in the reader's language and units, and in plain English for ``diary assess``."""

from __future__ import annotations

from diary.domain.wording import mark
from diary.rules.timeline import clock, zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from diary.rules.table import RuleTable
    from diary.rules.values import Comparison, Finding, Reason

_UNITS = {"Cel": "°C", "[degF]": "°F"}

_COMPARED = {
    "below": mark("below %(threshold)s"),
    "at_most": mark("%(threshold)s or lower"),
    "at_least": mark("%(threshold)s or higher"),
    "above": mark("above %(threshold)s"),
    "drop_at_least": mark("%(difference)s below the usual %(usual)s"),
    "drop_at_least_percent": mark("%(difference)s below the usual %(usual)s"),
    "rise_at_least": mark("%(difference)s above the usual %(usual)s"),
}
_DOSES = {
    "taken": mark("%(medicine)s taken at %(time)s"),
    "missed": mark("%(medicine)s missed at %(time)s"),
    "stopped": mark("%(medicine)s stopped at %(time)s"),
}
_AT_AGE = mark("%(comparison)s at the age of %(age)s")
_READING = mark("%(words)s %(value)s at %(time)s, %(comparisons)s")
_SIGN = mark("%(words)s, at %(time)s")
_FLAG = mark("%(rule)s, raised at %(time)s")
_OVERDUE = mark("%(words)s %(value)s")
_ONE = {1: mark("1 minute"), 60: mark("1 hour")}
_MINUTES, _HOURS, _DAYS = mark("%(number)s minutes"), mark("%(number)s hours"), mark("%(number)s days")


class Reader:
    """Whom the words are for: plain English, units as they were typed, the patient's own clock.

    A page overrides what it shows otherwise: the language, the units of temperatures, the form of times. ``at`` is
    the moment that was judged: a fact of another day is given its date as well.
    """

    def __init__(self, time_zone: str = "UTC", at: datetime | None = None) -> None:
        self.zone: ZoneInfo | None = zone(time_zone)
        self.today = None if at is None else clock(at, self.zone).date()

    def translate(self, sentence: str) -> str:
        """``sentence`` in the reader's language."""
        return sentence

    def number(self, decimal: str, unit: str) -> str:
        """A measured number with its unit, such as ``38.4 °C``."""
        shown = _UNITS.get(unit, unit)
        return f"{decimal} {shown}" if shown not in ("", "%") else f"{decimal}{shown}"

    def difference(self, decimal: str, unit: str) -> str:
        """How far apart two measured numbers are: a page that shows another unit must turn this into it otherwise."""
        return self.number(decimal, unit)

    def time(self, at: datetime) -> str:
        """The time of a fact on the patient's clock, with its date when it is not the day of the judgement."""
        local = clock(at, self.zone)
        written = f"{local.hour:02d}:{local.minute:02d}"
        return written if self.today in (None, local.date()) else f"{written} on {local:%Y-%m-%d}"


def phrases(reader: Reader) -> dict[str, str | dict[str, str]]:
    """What :func:`reason_words` is made of, in the reader's language: for whoever fills it in elsewhere."""
    say = reader.translate
    return {
        "compared": {word: say(words) for word, words in _COMPARED.items()},
        "doses": {status: say(words) for status, words in _DOSES.items()},
        "at_age": say(_AT_AGE),
        "reading": say(_READING),
        "sign": say(_SIGN),
        "flag": say(_FLAG),
    }


def because(finding: Finding, table: RuleTable, reader: Reader) -> list[str]:
    """Every reason of a finding in words; two that sound the same are said once."""
    return list(dict.fromkeys(reason_words(reason, table, reader) for reason in finding.reasons))


def reason_words(reason: Reason, table: RuleTable, reader: Reader) -> str:
    """One reason as a short sentence, such as “systolic 89 mmHg at 08:00, below 90”."""
    say, data = reader.translate, table.data
    if reason.at is None:
        late = data["overdue"][reason.kind]
        is_time = late["unit"] == "time"
        value = duration_words(int(str(reason.value)), reader) if is_time else reader.number(str(reason.value), "")
        return say(_OVERDUE) % {"words": say(late["words"]), "value": value}
    time = reader.time(reason.at)
    if reason.fact == "reading":
        return say(_READING) % {
            "words": say(data["readings"][reason.kind]["words"]),
            "value": reader.number(str(reason.value), str(reason.unit)),
            "time": time,
            "comparisons": ", ".join(comparison_words(comparison, reader) for comparison in reason.comparisons),
        }
    if reason.fact == "sign":
        return say(_SIGN) % {"words": say(data["signs"][reason.kind]["words"]), "time": time}
    if reason.fact == "dose":
        medicine = medicine_words(reason.kind, data["medicines"], reader)
        return say(_DOSES[str(reason.status)]) % {"medicine": medicine, "time": time}
    return say(_FLAG) % {"rule": reason.kind, "time": time}


def comparison_words(comparison: Comparison, reader: Reader) -> str:
    """What a reading was compared with, in its own unit: “below 90”, “38.0 or higher”, “32 below the usual 130”."""
    words = reader.translate(_COMPARED[comparison.is_]) % {
        "threshold": comparison.threshold,
        "difference": comparison.difference,
        "usual": comparison.usual,
    }
    if comparison.age is None:
        return words
    return reader.translate(_AT_AGE) % {"comparison": words, "age": comparison.age}


def duration_words(seconds: int, reader: Reader) -> str:
    """A length of time in its largest whole unit, hours up to three days."""
    minutes = seconds // 60
    if minutes in _ONE:
        return reader.translate(_ONE[minutes])
    hours, minutes_left = divmod(minutes, 60)
    days, hours_left = divmod(hours, 24)
    number, words = hours, _HOURS
    if minutes_left or not hours:
        number, words = minutes, _MINUTES
    elif days > 3 and not hours_left:
        number, words = days, _DAYS
    return reader.translate(words) % {"number": reader.number(str(number), "")}


def medicine_words(medicine: str, medicines: Mapping[str, Mapping[str, object]], reader: Reader) -> str:
    """A medicine's name: the table's words for a kind, and a free name as it was logged."""
    words = medicines.get(medicine, {}).get("words")
    return medicine if words is None else reader.translate(str(words))
