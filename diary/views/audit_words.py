"""Audit entries in words: "Bob (caregiver) opened Charts"."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from diary.domain.audit import Event
from diary.domain.audit_chain import AuditEntry
from diary.domain.diary import Diary
from diary.services.audit import AuditPage
from diary.views import words

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
    Event.DOSE_CORRECTED: _l("corrected a medicine"),
    Event.DOSE_WITHDRAWN: _l("withdrew a medicine"),
    Event.MEDICINES_CHANGED: _l("changed the list of medicines"),
    Event.NEURO_PLAN_CHANGED: _l("changed what the neuro check asks"),
    Event.USUAL_RESULT_CHOSEN: _l("chose the usual result of the neuro check"),
    Event.PICTURE_RECORDED: _l("kept a picture of handwriting"),
    Event.PICTURE_WITHDRAWN: _l("withdrew a picture of handwriting"),
    Event.INVITATION_MADE: _l("invited somebody"),
    Event.INVITATION_REVOKED: _l("took an invitation back"),
    Event.INVITATION_ACCEPTED: _l("accepted an invitation"),
    Event.MEMBER_ROLE_CHANGED: _l("changed what somebody may do"),
    Event.MEMBER_REMOVED: _l("removed somebody"),
    Event.MEMBER_LEFT: _l("left the diary"),
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
    "check_in_several.new": _l("Log past readings"),
    "check_in_several.outcome": _l("what past readings led to"),
    "check_in_steps.begin": _l("Log a check-in"),
    "check_in_steps.go_on": _l("Log a check-in"),
    "dose.correct": _l("Correct a medicine"),
    "dose.outcome": _l("what a medicine led to"),
    "dose.withdraw": _l("Withdraw a medicine"),
    "flag.close": _l("Write down what they said"),
    "handwriting.compare": _l("Handwriting: compare"),
    "handwriting.new": _l("Handwriting: a new picture"),
    "handwriting.show": _l("Handwriting"),
    "history.show": _l("History"),
    "home.diary": _l("Home"),
    "log.quick": _l("Log one number"),
    "medicine.change": _l("Change a medicine"),
    "medicine.new": _l("Put a medicine on your list"),
    "medicine.show": _l("Your medicines"),
    "neuro_check.new": _l("Neuro check"),
    "neuro_check.settings": _l("What the neuro check asks"),
    "offline.carry": _l("what a phone keeps without a connection"),
    "paper.show": _l("Print a paper sheet"),
    "people.invite": _l("Invite somebody"),
    "people.leave": _l("Leave this diary"),
    "people.member": _l("People: one of them"),
    "people.remove": _l("Remove somebody"),
    "people.show": _l("People"),
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

CARRY: Final = "offline.carry"
ALONG: Final = timedelta(minutes=1)


def page(shown: AuditPage, names: Mapping[str, str], who: str | None, diary: Diary) -> dict[str, Any]:
    """One page of entries, with a way to see those of one person."""

    def address(**query: Any) -> str:
        return url_for("audit.show", diary_id=diary.id, **query)

    everybody = (gettext("Everybody"), address(), who is None)
    return {
        "people": [everybody, *((name, address(who=each), each == who) for each, name in names.items())],
        "entries": [(words.moment(each.at, diary), *said(each, names)) for each in _by_people(shown.entries)],
        "next_href": shown.next_before and address(before=shown.next_before, who=who),
    }


def _by_people(entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    """All but what a phone fetched to keep along with a page that its reader had just opened."""
    opened = [(each.account_id, each.at) for each in entries if each.subject_id != CARRY]

    def is_along(entry: AuditEntry) -> bool:
        return any(who == entry.account_id and abs(at - entry.at) < ALONG for who, at in opened)

    return [entry for entry in entries if entry.subject_id != CARRY or not is_along(entry)]


def said(entry: AuditEntry, names: Mapping[str, str]) -> tuple[str, str]:
    """Who, with the role that they had then; and what they did."""
    name = names.get(entry.account_id) or gettext("Somebody")
    who = gettext("%(name)s (%(role)s)", name=name, role=words.ROLES.get(entry.role, entry.role))
    if entry.event == Event.DIARY_SEEN:
        return who, gettext("opened: %(page)s", page=PAGES.get(entry.subject_id or "", gettext("a page")))
    return who, str(EVENTS.get(entry.event, entry.event))
