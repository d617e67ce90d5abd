"""The whole numbers that a row's bounds allow: every bound of one atom is about one reading.

All readings are whole numbers (temperatures of a very fine unit), so any set of bounds is one closed interval.
"""

from __future__ import annotations

from diary.domain import degrees
from diary.rules.values import Comparison

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from diary.rules.moment import Moment

    Bound = tuple[str, Any]

LOWEST, HIGHEST = -(10**18), 10**18
NOTHING = (HIGHEST, LOWEST)
"""The interval that holds no number: what a limit allows at an age that it has no number for."""

AGAINST_USUAL = ("drop_at_least", "drop_at_least_percent", "rise_at_least")


def is_fixed(bounds: list[Bound]) -> bool:
    """Whether the bounds are plain numbers, the same for everybody."""
    return all(word not in AGAINST_USUAL and isinstance(value, int) for word, value in bounds)


def interval(bounds: list[Bound], moment: Moment | None = None, usual: int | None = None) -> tuple[int, int]:
    """The lowest and highest value that meet all bounds; those against the usual value need ``usual``."""
    lowest, highest = LOWEST, HIGHEST
    for word, value in bounds:
        if word in AGAINST_USUAL:
            if usual is None:
                raise ValueError(f"{word} needs a usual value")
            if word == "drop_at_least":
                highest = min(highest, usual - value)
            elif word == "drop_at_least_percent":
                highest = min(highest, usual * (100 - value) // 100)
            else:
                lowest = max(lowest, usual + value)
            continue
        number = threshold(value, moment)
        if number is None:
            return NOTHING
        over, under = number
        if word == "at_least":
            lowest = max(lowest, -(-over // under))
        elif word == "above":
            lowest = max(lowest, over // under + 1)
        elif word == "at_most":
            highest = min(highest, over // under)
        else:
            highest = min(highest, -(-over // under) - 1)
    return lowest, highest


def threshold(value: Any, moment: Moment | None) -> tuple[int, int] | None:
    """A bound's number as a fraction; ``None`` where a limit has no number at this age."""
    if isinstance(value, int):
        return value, 1
    if moment is None:
        raise ValueError("a limit or a setting needs a moment")
    if "setting" in value:
        return moment.setting(value["setting"]), 1
    by_age = moment.limit(value["limit"])
    if by_age is None:
        return None
    over, under = value.get("times", (1, 1))
    return (by_age + value.get("plus", 0)) * over, under


def comparisons(
    bounds: list[Bound], moment: Moment, reading: int, usual: int | None, unit: str, written_in: str
) -> tuple[Comparison, ...]:
    """What a reading that meets ``bounds`` was compared with, in the unit in which it was written."""
    said = []
    for word, value in bounds:
        relative = word in AGAINST_USUAL
        over, under = threshold(value, moment) or (0, 1)
        percent = word == "drop_at_least_percent"
        is_temperature = unit == "Cel"
        if percent:
            text = str(value)
        elif is_temperature and relative:
            text = degrees.words_of_difference(value, written_in)
        elif is_temperature:
            text = degrees.words(over, written_in)
        else:
            text = decimal(over, under)
        usual_text = difference = None
        if relative and usual is not None:
            away = reading - usual if word == "rise_at_least" else usual - reading
            usual_text = degrees.words(usual, written_in) if is_temperature else str(usual)
            difference = degrees.words_of_difference(away, written_in) if is_temperature else str(away)
        said.append(
            Comparison(
                is_=word,
                threshold=text,
                unit="%" if percent else written_in,
                usual=usual_text,
                difference=difference,
                age=moment.age if isinstance(value, dict) and "limit" in value else None,
            )
        )
    return tuple(said)


def decimal(over: int, under: int) -> str:
    """A fraction with the denominator 1 or 2, as a decimal."""
    return str(over // under) if over % under == 0 else f"{over // under}.5"
