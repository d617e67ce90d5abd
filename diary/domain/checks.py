"""Checks of plain JSON values, from which the contract of the diary file is put together.

A check takes a value and returns its faults, ``None`` for none; a fault is the path below the value and a sentence.
"""

from __future__ import annotations

from datetime import date

from diary.domain import degrees
from diary.domain.timestamp import is_rfc3339

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Faults = list[tuple[str, str]] | None
    Check = Callable[[object], Faults]


class NumberText(str):
    """A JSON number that is not a whole one, kept as the text it was written in, so that it stays exact."""

    __slots__ = ()


class Twice:
    """Stands as the value of a key that an object held twice."""


def shown(value: object) -> str:
    """The value for a sentence: short, and never a long note."""
    words = value if isinstance(value, str) else repr(value)
    return f"“{words}”" if len(words) <= 40 else f"“{words[:37]}…”"


def fault(sentence: str) -> list[tuple[str, str]]:
    """The one fault of a value, at the value itself."""
    return [("", sentence)]


# Single values.


def text(value: object) -> Faults:
    return None if type(value) is str else fault("must be text")


def yes_or_no(value: object) -> Faults:
    return None if type(value) is bool else fault("must be true or false")


def whole(lowest: int, highest: int) -> Check:
    def check(value: object) -> Faults:
        if type(value) is not int:
            return fault("must be a whole number")
        if not lowest <= value <= highest:
            return fault(f"{value} is not possible; it must be from {lowest} to {highest}")
        return None

    return check


def one_of(*words: str) -> Check:
    known = frozenset(words)

    def check(value: object) -> Faults:
        if type(value) is str and value in known:
            return None
        return fault(f"{shown(value)} is not known; it must be one of {', '.join(words)}")

    return check


def list_of(item: Check) -> Check:
    def check(value: object) -> Faults:
        if type(value) is not list:
            return fault("must be a list")
        faults = []
        for position, entry in enumerate(value):
            faults += [(f"[{position}]{path}", sentence) for path, sentence in item(entry) or ()]
        return faults

    return check


def words_of(known: frozenset[str], what: str) -> Check:
    def check(value: object) -> Faults:
        if type(value) is not list:
            return fault("must be a list")
        return [
            (f"[{position}]", f"{shown(entry)} is not a {what} that this version knows")
            for position, entry in enumerate(value)
            if not (type(entry) is str and entry in known)
        ]

    return check


YEARS = (1900, 2200)
"""The years that a time may lie in: no time zone can then lead out of the calendar."""


def time(value: object) -> Faults:
    if type(value) is not str or not is_rfc3339(value):
        return fault("must be a time with seconds and an offset, such as 2026-03-14T08:00:00+00:00")
    if not YEARS[0] <= int(value[:4]) <= YEARS[1]:
        return fault(f"must be in the years {YEARS[0]} to {YEARS[1]}")
    return None


def day(value: object) -> Faults:
    if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return None
    return fault("must be a date such as 2026-03-14")


def time_zone(value: object) -> Faults:
    if value == "UTC":
        return None
    from zoneinfo import ZoneInfo  # Loaded only when a diary lives outside UTC: it costs a tenth of a cold start.

    try:
        ZoneInfo(str(value))
    except (ValueError, OSError, KeyError):
        return fault(f"{shown(value)} is not a time zone of the IANA list, such as Europe/London")
    return None


def decimal_between(lowest: str, highest: str) -> Check:
    """A decimal as text or as a number, in °C, with its limits."""
    low, high = degrees.fine(lowest, "Cel"), degrees.fine(highest, "Cel")

    def check(value: object) -> Faults:
        digits = decimal_text(value)
        if digits is None:
            return fault("must be a decimal number such as 36.6")
        if not low <= degrees.fine(digits, "Cel") <= high:
            return fault(f"{digits} is not possible; it must be from {lowest} to {highest}")
        return None

    return check


def decimal_text(value: object) -> str | None:
    """The digits of a decimal that stands as text or as a JSON number; ``None`` when it is neither."""
    if not isinstance(value, str | int | float):
        return None
    digits = str(value)
    return digits if degrees.is_decimal(digits) else None


# Objects.


def an_object(
    required: tuple[str, ...],
    keys: dict[str, Check],
    together: Callable[[dict[str, object]], Faults] | None = None,
) -> Check:
    """An object with these keys; ``together`` looks at a whole whose parts are in order."""

    def check(value: object) -> Faults:
        if type(value) is not dict:
            return fault("must be an object")
        faults: list[tuple[str, str]] = []
        for key, entry in value.items():
            known = keys.get(key)
            if entry.__class__ is Twice:
                faults.append((f".{key}", "stands twice"))
            elif known is not None:
                found = known(entry)
                if found:
                    faults += [(f".{key}{path}", sentence) for path, sentence in found]
            elif not key.startswith("x_"):
                faults.append((f".{key}", "is not a key of this version; own keys begin with x_"))
        for key in required:
            if key not in value:
                faults.append((f".{key}", "is missing"))
        if together is not None and not faults:
            return together(value)
        return faults

    return check


def or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)
