"""Values as the reader writes them: numbers, units, times, and the words for readings, signs and medicines."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from unicodedata import bidirectional

from babel import dates, numbers
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from diary.domain.access import Role
from diary.domain.check_in import READINGS, CheckIn
from diary.domain.diary import Diary
from diary.domain.medicine import Dose
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import BloodPressure, OxygenSaturation, Pulse, Temperature
from diary.domain.sign import SIGNS

KINDS: Final = {
    "temperature": _l("Temperature"),
    "blood_pressure": _l("Blood pressure"),
    "standing_blood_pressure": _l("Blood pressure, standing"),
    "pulse": _l("Pulse"),
    "oxygen_saturation": _l("Oxygen"),
    "respiratory_rate": _l("Breathing"),
    "neuro_check": _l("Neuro check"),
    "capd_score": _l("CAPD score"),
}
SITES: Final = {"oral": _l("mouth"), "ear": _l("ear"), "forehead": _l("forehead"), "armpit": _l("armpit")}
REPORTERS: Final = {"patient": _l("patient"), "caregiver": _l("caregiver"), "clinician": _l("clinician")}
ROLES: Final[Mapping[str, Any]] = {
    Role.OWNER: _l("owner"),
    Role.CAREGIVER: _l("caregiver"),
    Role.VIEWER: _l("viewer"),
    Role.CLINICIAN: _l("clinician"),
}
ROLES_MAY: Final = {
    Role.OWNER: _l("May do everything, and decides who sees the diary."),
    Role.CAREGIVER: _l("Logs check-ins for the patient, and writes down what the team said. Sees everything."),
    Role.VIEWER: _l("Sees everything, and changes nothing."),
    Role.CLINICIAN: _l("Sees everything, sets the team’s numbers, and answers warnings."),
}
MEDICINES: Final = {
    "antipyretic": _l("fever medicine (paracetamol, acetaminophen)"),
    "nsaid": _l("ibuprofen, aspirin or similar"),
    "steroid": _l("steroid"),
    "tocilizumab": _l("tocilizumab"),
    "anti_cytokine": _l("anakinra, siltuximab, emapalumab or ruxolitinib"),
    "anti_seizure": _l("medicine against fits"),
    "anti_infective": _l("medicine against infection"),
}
STATUSES: Final = {"taken": _l("taken"), "missed": _l("missed"), "stopped": _l("stopped or cut down")}


_DIRECTING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def isolated(text: str) -> str:
    """What somebody typed, so that its direction turns nothing around it: a name, a note, what they were told.

    A sentence of one direction stays as it is. Characters that would reach beyond it are not shown.
    """
    locale, shown = get_locale(), text.translate(_DIRECTING)
    turns_page = locale is not None and locale.text_direction == "rtl"
    if turns_page or any(bidirectional(character) in _RIGHT_TO_LEFT for character in shown):
        return f"\u2068{shown}\u2069"
    return shown


def number(value: Decimal | int) -> str:
    """A number with the reader's decimal sign, and with the digits that were typed."""
    exact = Decimal(value)
    places = max(0, -int(exact.as_tuple().exponent))
    pattern = "0." + "0" * places if places else "0"
    return str(numbers.format_decimal(exact, format=pattern, locale=get_locale()))


def temperature(value: Temperature) -> str:
    """Such as ``38.4 °C``."""
    return f"{number(value.value)}\u00a0{'°C' if value.unit == 'Cel' else '°F'}"


def reading(value: Any) -> str:
    """One reading with its unit."""
    match value:
        case Temperature():
            site = f" ({SITES[value.site]})" if value.site else ""
            return temperature(value) + site
        case BloodPressure():
            top, bottom = (gettext("not given") if n is None else number(n) for n in (value.systolic, value.diastolic))
            return f"{top}/{bottom}\u00a0mmHg"
        case Pulse():
            beats = gettext("%(number)s a minute", number=number(value.value))
            return beats if value.at_rest else gettext("%(beats)s, not at rest", beats=beats)
        case OxygenSaturation(value=None):
            return gettext("no number shown")
        case OxygenSaturation():
            return f"{number(value.value or 0)}\u00a0%"
        case NeuroCheck():
            if value.total is None:
                return gettext("not done, too sleepy or confused") if value.not_done else gettext("no score")
            return gettext("%(number)s out of 10", number=number(value.total))
    return number(value)


def readings(check_in: CheckIn) -> list[tuple[str, str]]:
    """The readings of a check-in: the kind, and the value with its unit."""
    given = ((kind, getattr(check_in, kind)) for kind in READINGS)
    return [(str(KINDS[kind]), reading_of(kind, value)) for kind, value in given if value is not None]


def reading_of(kind: str, value: Any) -> str:
    """One reading with its unit, by the name of its kind."""
    if kind == "respiratory_rate":
        return gettext("%(number)s a minute", number=number(value))
    return reading(value)


def signs(ids: Any) -> list[str]:
    """The words of signs, in the order of the page."""
    return [gettext(sign.words) for sign in SIGNS.values() if sign.id in ids]


def dose(value: Dose, diary: Diary, when: Callable[[datetime, Diary], str] | None = None) -> str:
    """One dose: what, what happened, and when."""
    name = isolated(value.name) if value.name else MEDICINES.get(value.kind) or value.medicine
    return f"{name}, {STATUSES[value.status]}, {(when or moment)(value.at, diary)}"


def moment(at: datetime, diary: Diary) -> str:
    """Date and time on the patient's clock, the reader's way."""
    return local_moment(diary.patient.local(at))


def local_moment(local: datetime) -> str:
    """Date and time of a clock that is already the patient's."""
    return f"{day(local.date())}, {local_clock(local)}"


def local_clock(local: datetime) -> str:
    """The time of day of a clock that is already the patient's."""
    return str(dates.format_time(local.time(), "short", locale=get_locale()))


def day(on: date) -> str:
    """A date with its day of the week."""
    return str(dates.format_skeleton("yMMMEd", on, locale=get_locale()))


def birth(on: date) -> str:
    """A date of birth: nobody is asked for its day of the week."""
    return str(dates.format_skeleton("yMMMd", on, locale=get_locale()))


def short_moment(at: datetime, diary: Diary) -> str:
    """Date without its year, and time, on the patient's clock: for tables."""
    local = diary.patient.local(at)
    return f"{short_day(local.date())} {local_clock(local)}"


def lately(at: datetime, diary: Diary) -> str:
    """Day of the week and time, on the patient's clock: for the last few days, and for reading out on the telephone."""
    local = diary.patient.local(at)
    return f"{dates.format_date(local.date(), 'EEE', locale=get_locale())} {local_clock(local)}"


def ago(since: timedelta) -> str:
    """How long ago, in the reader's language."""
    return str(dates.format_timedelta(-since, add_direction=True, locale=get_locale()))


def span(length: timedelta) -> str:
    """How long, in the reader's language."""
    return str(dates.format_timedelta(length, locale=get_locale()))


def ahead(length: timedelta) -> str:
    """How long until then, in the reader's language."""
    return str(dates.format_timedelta(length, add_direction=True, locale=get_locale()))


def by_author(name: str, role: Role) -> str:
    """Who wrote an entry, and what they were when they wrote it."""
    return gettext("logged by %(name)s (%(role)s)", name=isolated(name), role=ROLES[role])


def short_day(on: date) -> str:
    """A date without its year."""
    return str(dates.format_skeleton("MMMd", on, locale=get_locale()))
