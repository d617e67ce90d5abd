"""The paper sheet: one day on two sides, for a day without a phone. The browser prints it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.domain.contact import Contact
from diary.domain.diary import Diary
from diary.domain.reading import Temperature
from diary.domain.sign import GROUPS
from diary.domain.urgency import Urgency
from diary.reports.paper import call_from, urgency_of_signs
from diary.rules import load_table
from diary.views import words
from diary.views.access import requires, this_diary

blueprint = Blueprint("paper", __name__)


@blueprint.get("/diaries/<diary_id>/paper")
@requires(Permission.SEE_DIARY)
def show(diary_id: str) -> ResponseReturnValue:
    """Show the sheet as it will be printed."""
    return render_template("paper.html", **_sheet(this_diary(), datetime.now(UTC)))


def _sheet(diary: Diary, now: datetime) -> dict[str, Any]:
    urgency, age = urgency_of_signs(load_table(), diary, now), diary.patient.age_at(now)
    call_at = call_from(load_table(), diary).quantize(Decimal("0.1"))
    return {
        "unit": "°C" if diary.temperature_unit == "Cel" else "°F",
        "call_at": words.temperature(Temperature(call_at, diary.temperature_unit)),
        "numbers": [(label, number) for label, number in _numbers(diary.contact) if number],
        "groups": [
            (gettext(group.title), [(gettext(sign.words), _act(urgency[sign.id], diary.contact)) for sign in asked])
            for group in GROUPS
            if (asked := [sign for sign in group.signs if sign.is_asked_at(age)])
        ],
    }


def _numbers(contact: Contact) -> list[tuple[str, str]]:
    team = contact.team_name or gettext("Care team")
    night = gettext("Care team at night")
    return [
        (team, contact.team_number),
        (night, contact.night_number),
        (gettext("Emergency"), contact.emergency_number),
    ]


def _act(urgency: Urgency, contact: Contact) -> str:
    """What to do about a sign that is ticked, in a few words."""
    if urgency is Urgency.EMERGENCY:
        return gettext("call %(number)s now", number=contact.emergency_number or gettext("112, 911 or 999"))
    return {
        Urgency.CALL: gettext("ring your team now"),
        Urgency.TODAY: gettext("tell your team today"),
    }.get(urgency, "")
