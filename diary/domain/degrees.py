"""Exact temperatures: whole numbers of a unit so fine that Celsius and Fahrenheit both fall on it.

One degree Celsius is 9 × 10¹² of it, one degree Fahrenheit 5 × 10¹²; so a decimal with up to twelve places is exact in
either, comparing needs no rounding, and the numbers stay exact in a browser as well.
"""

PLACES = 12
CELSIUS = 9 * 10**PLACES
FAHRENHEIT = 5 * 10**PLACES
_FREEZING_FAHRENHEIT = 32 * 10**PLACES


def is_decimal(text: str) -> bool:
    """Whether ``text`` is digits with at most one point and at most twelve places: ``38``, ``38.4``."""
    whole, point, places = text.partition(".")
    return (
        text.isascii()
        and whole.isdigit()
        and len(whole) < 5
        and (not point or (places.isdigit() and len(places) <= PLACES))
    )


def fine(text: str, unit: str) -> int:
    """The decimal ``text`` of ``unit`` (``Cel`` or ``[degF]``) above the freezing point, as a fine whole number."""
    whole, _, places = text.partition(".")
    number = int(whole + places.ljust(PLACES, "0"))
    return number * 9 if unit == "Cel" else (number - _FREEZING_FAHRENHEIT) * 5


def fine_difference(text: str, unit: str) -> int:
    """A difference between two temperatures, as a fine whole number."""
    whole, _, places = text.partition(".")
    return int(whole + places.ljust(PLACES, "0")) * (9 if unit == "Cel" else 5)


def words(value: int, unit: str) -> str:
    """A fine temperature as a decimal of ``unit``, with one place or as many as it needs, at most three."""
    if unit == "Cel":
        thousandths = (value * 1000 + CELSIUS // 2) // CELSIUS
    else:
        thousandths = (value * 1000 + FAHRENHEIT // 2) // FAHRENHEIT + 32_000
    whole, places = divmod(thousandths, 1000)
    return f"{whole}.{f'{places:03d}'.rstrip('0') or '0'}"


def words_of_difference(value: int, unit: str) -> str:
    """A fine difference as a decimal of ``unit``, with one place or as many as it needs, at most three."""
    scale = CELSIUS if unit == "Cel" else FAHRENHEIT
    whole, places = divmod((value * 1000 + scale // 2) // scale, 1000)
    return f"{whole}.{f'{places:03d}'.rstrip('0') or '0'}"
