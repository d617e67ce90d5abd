"""Audit entries in words: "Bob (caregiver) opened Charts"."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from diary.domain.access import Role
from diary.domain.audit import Event
from diary.domain.audit_chain import AuditEntry
from diary.domain.diary import Diary
from diary.services.audit import AuditPage
from diary.views import words

ROLES: Final[Mapping[str, Any]] = {
    Role.VIEWER: _l("viewer"),
    Role.CAREGIVER: _l("caregiver"),
    Role.CLINICIAN: _l("clinician"),
    Role.OWNER: _l("owner"),
}
EVENTS: Final[Mapping[str, Any]] = {
    Event.DIARY_BEGUN: _l("began the diary"),
    Event.DIARY_EXPORTED: _l("downloaded everything"),
    Event.DIARY_ERASURE_ASKED: _l("asked to delete the diary"),
    Event.DIARY_KEPT: _l("kept the diary after all"),
    Event.PATIENT_CHANGED: _l("changed whom the diary is about"),
    Event.CONTACT_CHANGED: _l("changed the numbers to call"),
    Event.CARE_PLAN_CHANGED: _l("changed the treatment or the team’s numbers"),
    Event.CHECK_IN_RECORDED: _l("logged a check-in"),
    Event.CHECK_IN_CORRECTED: _l("corrected a check-in"),
    Event.CHECK_IN_WITHDRAWN: _l("withdrew a check-in"),
    Event.DOSE_RECORDED: _l("logged a medicine"),
    Event.FLAG_RAISED: _l("logged something that raised a warning"),
    Event.FLAG_CLOSED: _l("logged what closed a warning"),
    Event.ACCOUNT_ERASED: _l("left, and deleted their account"),
}
"""What somebody did in a diary; what an account does outside any diary is in the server's chain alone."""

PAGES: Final = {
    "audit.show": _l("Who did what"),
    "charts.show": _l("Charts"),
    "check_in.new": _l("Log a check-in"),
    "check_in.outcome": _l("what a check-in led to"),
    "check_in.correct": _l("Correct a check-in"),
    "check_in.withdraw": _l("Withdraw a check-in"),
    "dose.new": _l("Log a medicine"),
    "dose.outcome": _l("what a medicine led to"),
    "flag.close": _l("Write down what they said"),
    "history.show": _l("History"),
    "home.diary": _l("Home"),
    "rights.download": _l("Download everything"),
    "rights.delete": _l("Delete this diary"),
    "rights.receipt": _l("the receipt for deleting"),
    "rules.of_diary": _l("the rules"),
    "set_up.settings": _l("Settings"),
    "set_up.patient": _l("Settings: the patient"),
    "set_up.numbers": _l("Settings: whom to call"),
    "set_up.treatment": _l("Settings: treatment"),
}
"""The pages of a diary, by their endpoint."""


def page(shown: AuditPage, names: Mapping[str, str], who: str | None, diary: Diary) -> dict[str, Any]:
    """One page of entries, with a way to see those of one person."""

    def address(**query: Any) -> str:
        return url_for("audit.show", diary_id=diary.id, **query)

    everybody = (gettext("Everybody"), address(), who is None)
    return {
        "people": [everybody, *((name, address(who=each), each == who) for each, name in names.items())],
        "entries": [(words.moment(each.at, diary), *said(each, names)) for each in shown.entries],
        "next_href": shown.next_before and address(before=shown.next_before, who=who),
    }


def said(entry: AuditEntry, names: Mapping[str, str]) -> tuple[str, str]:
    """Who, with the role that they had then; and what they did."""
    name = names.get(entry.account_id) or gettext("Somebody")
    who = gettext("%(name)s (%(role)s)", name=name, role=ROLES.get(entry.role, entry.role))
    if entry.event == Event.DIARY_SEEN:
        return who, gettext("opened: %(page)s", page=PAGES.get(entry.subject_id or "", gettext("a page")))
    return who, str(EVENTS.get(entry.event, entry.event))
