"""Whom to call: the care team's numbers, the emergency number, and what a nurse asks about."""

import re
from dataclasses import dataclass
from typing import Final

_EMERGENCY_112 = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IN",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
    "TR",
    "ZA",
    "CH",
]
EMERGENCY_NUMBERS: Final = {
    **dict.fromkeys(_EMERGENCY_112, "112"),
    "AR": "107",
    "AU": "000",
    "BR": "192",
    "CA": "911",
    "CL": "131",
    "GB": "999",
    "IL": "101",
    "IS": "112",
    "JP": "119",
    "KR": "119",
    "MX": "911",
    "NO": "113",
    "NZ": "111",
    "SG": "995",
    "US": "911",
}
"""The ambulance's number by ISO 3166 country; only ever a suggestion that a person confirms."""

FAHRENHEIT_COUNTRIES: Final = frozenset({"US", "LR", "PR", "BS", "KY", "PW"})
"""Where body temperature is usually taken in °F; only ever a suggestion."""

UK_NUMBER_COUNTRIES: Final = frozenset({"GB", "GG", "IM", "JE"})
"""Where teams usually ask to be called from 37.5 °C; a suggestion that the next page shows and the team may change."""

_EXTENSION = re.compile(r"ext\.?|x|,|;", re.IGNORECASE)
_DIALLABLE = re.compile(rf"\+?[0-9 ()./-]+(?:\s*(?:{_EXTENSION.pattern})\s*[0-9]+)?", re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"^(\s*(?:\+|00)[\d .-]+)\(0\)")
"""The zero of +44 (0)20 7946 0000: it is dialled only without the country's code."""


def is_phone_number(text: str) -> bool:
    """Whether ``text`` can be dialled: digits with the usual spacing, an extension allowed, three digits or more."""
    *codes, number = (sum(map(str.isdigit, part)) for part in text.split("/"))
    # A slash stands after a country's or an area's code, as in 089/1234567. Any other stands between two numbers.
    is_one = not codes or (max(codes) <= 6 and number >= 4)
    return is_one and bool(_DIALLABLE.fullmatch(text.strip())) and 3 <= sum(codes) + number <= 20


def tel(number: str) -> str:
    """The ``tel:`` address of a number as a person typed it (RFC 3966)."""
    main, *extension = _EXTENSION.split(number)
    digits = re.sub(r"[^0-9+]", "", _TRUNK_ZERO.sub(r"\1", main))
    return f"tel:{digits}" + (f";ext={extension[0].strip()}" if extension else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call, and what to have ready when somebody answers. Empty text is unknown."""

    team_name: str = ""
    team_number: str = ""
    night_number: str = ""
    emergency_number: str = ""
    allergies: str = ""
    usual_medicines: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether both numbers are known that every prompt needs."""
        return bool(self.team_number and self.emergency_number)
