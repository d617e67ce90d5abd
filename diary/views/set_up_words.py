"""What is set up, in words: for Settings, and for the page that shows the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for
from flask_babel import gettext

from diary.domain.diary import Diary
from diary.domain.flag import OwnNumbers
from diary.views import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of what is set up, with the page that changes it."""

    title: str
    change: str
    endpoint: str
    href: str
    rows: Sequence[tuple[str, str]]


def sections(diary: Diary) -> list[Section]:
    """What is set up, part by part; what is missing says so."""
    return [_numbers(diary), _treatment(diary), _patient(diary)]


def own_numbers(diary: Diary, note: OwnNumbers | None) -> list[str]:
    """The numbers of the person's own care plan, a line each, and who wrote them down; nothing when there are none."""
    lines = list(_usual_values(diary))
    call_from = diary.care_plan.call_temperature_celsius
    if call_from is not None:
        lines.insert(0, gettext("call from a temperature of %(number)s", number=_degrees(call_from, diary)))
    if lines and note is not None:
        when = words.day(diary.patient.local(note.at).date())
        lines.append(gettext("written down by %(name)s on %(when)s", name=words.isolated(note.by), when=when))
    return lines


def _section(diary: Diary, title: str, change: str, endpoint: str, rows: Iterable[tuple[str, str]]) -> Section:
    unknown = gettext("not filled in")
    filled = [(term, text or unknown) for term, text in rows]
    return Section(
        title=title, change=change, endpoint=endpoint, href=url_for(endpoint, diary_id=diary.id), rows=filled
    )


def _numbers(diary: Diary) -> Section:
    contact = diary.contact
    rows = [
        (gettext("Care team"), words.isolated(contact.team_name)),
        (gettext("24-hour number"), contact.team_number),
        (gettext("Nights and weekends"), contact.night_number),
        (gettext("Emergency"), contact.emergency_number),
        (gettext("Allergies"), words.isolated(contact.allergies)),
        (gettext("Usual medicines"), words.isolated(contact.usual_medicines)),
    ]
    return _section(diary, gettext("Whom to call"), gettext("Change the numbers"), "set_up.numbers", rows)


def _treatment(diary: Diary) -> Section:
    plan = diary.care_plan
    infusions = (words.day(i.on) + (f" ({words.isolated(i.product)})" if i.product else "") for i in plan.infusions)
    call_from = plan.call_temperature_celsius
    rows = [
        (gettext("Infusion"), "; ".join(infusions)),
        (gettext("Numbers"), gettext("UK") if plan.profile == "uk" else gettext("standard")),
        (gettext("Call from"), _degrees(call_from, diary) if call_from else gettext("as in the numbers")),
        (gettext("Usual values"), "; ".join(_usual_values(diary))),
    ]
    return _section(diary, gettext("Treatment"), gettext("Change the treatment"), "set_up.treatment", rows)


def _patient(diary: Diary) -> Section:
    born_on = diary.patient.born_on
    rows = [
        (gettext("Name"), words.isolated(diary.patient_name)),
        (gettext("Date of birth"), words.birth(born_on) if born_on else ""),
        (gettext("Time zone"), diary.patient.time_zone),
        (gettext("Temperature in"), "°F" if diary.temperature_unit == "[degF]" else "°C"),
    ]
    return _section(diary, gettext("The patient"), gettext("Change the patient"), "set_up.patient", rows)


def _usual_values(diary: Diary) -> Iterable[str]:
    """The person's own usual values, set by the care team: what, how much, and its unit."""
    baseline = diary.care_plan.baseline
    temperature = baseline.temperature_celsius
    if temperature is not None:
        yield gettext("temperature: %(number)s", number=_degrees(temperature, diary))
    for name, value, unit in (
        (gettext("top blood pressure"), baseline.systolic_mmhg, "mmHg"),
        (gettext("oxygen"), baseline.oxygen_saturation_percent, "%"),
        (gettext("pulse"), baseline.pulse_per_minute, gettext("a minute")),
        (gettext("neuro check"), baseline.neuro_score, gettext("out of 10")),
        (gettext("CAPD"), baseline.capd_score, ""),
    ):
        if value is not None:
            yield f"{name}: {words.number(value)} {unit}".rstrip()


def _degrees(celsius: Decimal, diary: Diary) -> str:
    """A temperature that the team set, in the unit that this person measures in."""
    if diary.temperature_unit == "[degF]":
        return f"{words.number((celsius * 9 / 5 + 32).quantize(Decimal('0.1')))} °F"
    return f"{words.number(celsius)} °C"
