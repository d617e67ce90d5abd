"""What the first pages say beside the warnings: how late a check-in is, where answers differ, who needs what first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import url_for
from flask_babel import gettext, ngettext

from diary.domain.access import Permission, is_granted
from diary.domain.contact import tel
from diary.domain.diary import Diary
from diary.domain.disagreement import Disagreement
from diary.domain.schedule import due_every, late_by
from diary.domain.urgency import Urgency
from diary.services.overview import Glance
from diary.views import advice, words
from diary.views.phone import log_href

A_DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of the list. ``numbers`` are label, number and address, in the order in which to call."""

    name: str
    href: str
    role: str
    urgency: str
    says: str
    more: str
    check_in: str
    numbers: Sequence[tuple[str, str, str]]
    log_href: str | None
    charts_href: str


def people(glances: Iterable[Glance], now: datetime) -> list[Person]:
    """Everybody whose diary the reader may enter, in the order of ``glances``."""
    return [_person(glance, now) for glance in glances]


def _person(glance: Glance, now: datetime) -> Person:
    diary, flags = glance.diary, glance.open_flags
    rule, urgency = flags[0] if flags else ("", Urgency.NONE)
    contact = diary.contact
    team = (contact.team_name or gettext("Care team"), contact.team_number)
    emergency = (gettext("Emergency"), contact.emergency_number)
    order = (emergency, team) if urgency is Urgency.EMERGENCY else (team,)
    is_logging = is_granted(glance.access.role, Permission.RECORD_CHECK_IN)
    return Person(
        name=diary.patient_name,
        href=url_for("home.diary", diary_id=diary.id),
        role=str(words.ROLES[glance.access.role]),
        urgency=urgency.word,
        says=advice.says(rule, urgency, diary) if flags else gettext("No warning is open."),
        more=ngettext("%(num)s more warning is open.", "%(num)s more warnings are open.", len(flags) - 1)
        if len(flags) > 1
        else "",
        check_in=check_in_words(glance.last_at, glance.every, now),
        numbers=[(label, number, tel(number)) for label, number in order if number],
        log_href=log_href(diary.id) if is_logging else None,
        charts_href=url_for("charts.show", diary_id=diary.id),
    )


def late_words(diary: Diary, last_at: datetime | None, now: datetime) -> str:
    """That a check-in is late; empty while none is."""
    every = due_every(diary.patient, diary.care_plan, now)
    return "" if late_by(every, last_at, now) is None else check_in_words(last_at, every, now)


def check_in_words(last_at: datetime | None, every: timedelta | None, now: datetime) -> str:
    """When the last check-in was, and when the next is due. A check-in on time is no good news, only a fact."""
    if last_at is None:
        is_due = "" if every is None else " " + gettext("A check-in is due now.")
        return gettext("Nothing is logged yet.") + is_due
    since = now - last_at
    if every is None:
        return gettext("Last check-in %(ago)s.", ago=words.ago(since))
    late = late_by(every, last_at, now)
    if late is None:
        return gettext(
            "Last check-in %(ago)s. The next is due %(ahead)s.", ago=words.ago(since), ahead=words.ahead(every - since)
        )
    return gettext("No check-in for %(time)s. One was due %(ago)s.", time=words.span(since), ago=words.ago(late))


def lately(found: Iterable[Disagreement], now: datetime) -> list[Disagreement]:
    """Those of the last 24 hours."""
    return [each for each in found if now - max(each.yes.at, each.no.at) <= A_DAY]


def disagreements(found: Iterable[Disagreement], diary: Diary) -> list[str]:
    """Where the answers of two people differ, a sentence or two each."""
    return [
        gettext(
            "%(signs)s: the %(yes)s said yes, %(yes_at)s. The %(no)s said no, %(no_at)s.",
            signs="; ".join(words.signs(each.signs)),
            yes=words.REPORTERS[each.yes.by],
            yes_at=words.lately(each.yes.at, diary),
            no=words.REPORTERS[each.no.by],
            no_at=words.lately(each.no.at, diary),
        )
        for each in found
    ]
