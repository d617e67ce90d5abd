"""What each page says: words only, so that templates decide nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from flask import url_for
from flask_babel import gettext

from diary.domain.check_in import CheckIn, odd_readings
from diary.domain.diary import Diary
from diary.domain.disagreement import disagreements
from diary.domain.flag import Closure, Flag, Raised
from diary.domain.medicine import Dose
from diary.domain.record import PatientRecord
from diary.reports.call import call_notes
from diary.rules import load_table
from diary.services.entry import Outcome
from diary.services.history import HistoryEntry, HistoryPage
from diary.views import advice, home_words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as a reader sees it."""

    when: str
    who: str
    lines: tuple[str, ...]
    ago: str = ""
    state: str = ""
    closures: tuple[str, ...] = ()
    outcome_href: str | None = None
    correct_href: str | None = None


def entry(check_in: CheckIn, diary: Diary, doses: Sequence[Dose] = (), **more: Any) -> Entry:
    """A check-in as a reader sees it."""
    return Entry(
        when=words.moment(check_in.at, diary),
        who=gettext("answered by the %(who)s", who=words.REPORTERS[check_in.by]),
        lines=_lines(check_in, diary, doses),
        **more,
    )


def _lines(check_in: CheckIn, diary: Diary, doses: Sequence[Dose]) -> tuple[str, ...]:
    lines = [f"{kind}: {value}" for kind, value in words.readings(check_in)]
    lines += words.signs(check_in.signs)
    lines += [words.dose(dose, diary) for dose in doses]
    if not lines and check_in.signs_absent:
        lines.append(_no_to(check_in))
    if check_in.note:
        lines.append(gettext("Note: %(note)s", note=words.isolated(check_in.note)))
    return tuple(lines) or (gettext("Nothing was filled in."),)


def _no_to(check_in: CheckIn) -> str:
    """That signs were asked about and are not there; by its name when it was asked about alone, such as handwriting."""
    if len(check_in.signs_absent) == 1:
        return gettext("Asked, and no: %(sign)s", sign="; ".join(words.signs(check_in.signs_absent)))
    return gettext("None of the signs that were asked about")


def last_values(last: CheckIn | None, diary: Diary) -> dict[str, str]:
    """What the last check-in measured, to be shown beside each field; nothing is copied into it."""
    if last is None:
        return {}
    when = words.short_moment(last.at, diary)
    return {
        kind: gettext("Last: %(value)s, %(when)s", value=words.reading_of(kind, getattr(last, kind)), when=when)
        for kind in words.KINDS
        if getattr(last, kind) is not None
    }


def home(
    diary: Diary, flags: Sequence[Flag], last: CheckIn | None, recent: PatientRecord, now: datetime
) -> dict[str, Any]:
    """The first page of a diary."""
    return {
        "cards": advice.cards_of_flags(flags, diary),
        "treatment": treatment_words(diary, now),
        "last": last and entry(last, diary, ago=words.ago(now - last.at)),
        "call_lines": call_lines(diary, recent, now) if flags else [],
        "late": home_words.late_words(diary, last.at, now) if last else "",
        "differing": home_words.disagreements(home_words.lately(disagreements(recent.check_ins), now), diary),
    }


def treatment_words(diary: Diary, now: datetime) -> str:
    """Where the treatment stands."""
    day = diary.patient.treatment_day(diary.care_plan, now)
    if day is not None:
        return gettext("Treatment day %(day)s", day=day)
    if diary.care_plan.infusions:
        return gettext("Infusion planned for %(on)s", on=words.day(diary.care_plan.infusions[0].on))
    return gettext("No infusion date yet.")


def outcome(
    found: Outcome, open_flags: Sequence[Flag], diary: Diary, recent: PatientRecord, now: datetime
) -> dict[str, Any]:
    """What an entry led to, and what is open still from before."""
    check_in = found.check_in
    is_standing = not found.is_withdrawn and not found.is_replaced
    of_check_in = check_in.id if check_in else found.told_in
    if of_check_in:
        correct_href = url_for("check_in.correct", diary_id=diary.id, check_in_id=of_check_in)
    else:
        correct_href = url_for("dose.correct", diary_id=diary.id, dose_id=found.id)
    return {
        **what_now(found.raised, open_flags, diary),
        "closures": [_closure(each, diary) for each in found.closures],
        "state": _state(found),
        "missing": not_checked(found),
        "differing": home_words.disagreements(found.disagreements, diary),
        "odd": [_question(kind, check_in) for kind in odd_readings(check_in, diary.patient.age_at(found.at))]
        if check_in and is_standing
        else [],
        "logged": _signed(
            entry(check_in, diary, found.doses) if check_in else dose_entry(found.doses[0], diary),
            words.by_author(found.author, found.author_role),
        ),
        "call_lines": call_lines(diary, recent, max(now, found.at)),
        "correct_href": correct_href if is_standing else None,
    }


def what_now(raised: Collection[tuple[Raised, Flag]], open_flags: Sequence[Flag], diary: Diary) -> dict[str, Any]:
    """The advice of what was raised, and of what is open still from before: a better reading hides no warning."""
    ids = {flag.id for _, flag in raised}
    return {
        "cards": advice.cards_of_raised([each for each, _ in raised], diary),
        "earlier": advice.cards_of_flags([flag for flag in open_flags if flag.id not in ids], diary),
        "has_open": bool(open_flags),
    }


def dose_entry(dose: Dose, diary: Diary, **more: Any) -> Entry:
    """A dose as a reader sees it."""
    return Entry(when=words.moment(dose.at, diary), who=gettext("medicine"), lines=(words.dose(dose, diary),), **more)


def _signed(shown: Entry, author: str) -> Entry:
    """An entry that says who wrote it as well."""
    return replace(shown, who=f"{shown.who}, {author}")


def not_checked(found: Outcome) -> list[str]:
    """What was not logged at all, and then what was logged in part."""
    words_of = load_table().data["missing"]
    nothing = [gettext(words_of[group]) for group in found.missing]
    return nothing + [gettext("%(group)s, in part", group=gettext(words_of[group])) for group in found.partly]


def _state(found: Outcome) -> str:
    """That a version is no longer the newest; empty when it is."""
    if found.is_withdrawn:
        return gettext("Withdrawn")
    return gettext("Corrected later") if found.is_replaced else ""


def _closure(closure: Closure, diary: Diary) -> str:
    """What happened after a flag, in one line."""
    when = words.moment(closure.told_at or closure.at, diary)
    name, told, said = (words.isolated(text or "") for text in (closure.by, closure.told, closure.said))
    return gettext("%(name)s told %(told)s, %(when)s: %(said)s", name=name, told=told, when=when, said=said)


def _question(kind: str, check_in: CheckIn) -> str:
    value = words.reading(getattr(check_in, kind))
    return gettext("You typed %(kind)s %(value)s. That is unusual.", kind=words.KINDS[kind], value=value)


def call_lines(diary: Diary, recent: PatientRecord, now: datetime) -> list[tuple[str, str]]:
    """What to say on the telephone, in the order in which a nurse asks."""
    notes, lines = call_notes(recent, now), who_calls(diary)
    if notes.infusion:
        product = f"{words.isolated(notes.infusion.product)}, " if notes.infusion.product else ""
        day = gettext("%(on)s, today is day %(day)s", on=words.day(notes.infusion.on), day=notes.treatment_day)
        lines.append((gettext("Infusion"), product + day))
    lines += [
        (str(words.KINDS[kind]), f"{words.reading_of(kind, value)}, {words.lately(at, diary)}")
        for kind, value, at in notes.readings
    ]
    signs = words.signs(notes.signs)
    lines.append((gettext("Signs in the last 24 hours"), "; ".join(signs) or gettext("none logged")))
    doses = "; ".join(words.dose(dose, diary, words.lately) for dose in notes.doses)
    lines.append((gettext("Medicines in the last 3 days"), doses or gettext("none logged")))
    return lines + always_so(diary)


def who_calls(diary: Diary) -> list[tuple[str, str]]:
    """What to say first on the telephone."""
    patient, born_on = words.isolated(diary.patient_name), diary.patient.born_on
    if born_on:
        patient = gettext("%(name)s, born %(day)s", name=patient, day=words.birth(born_on))
    return [
        (gettext("First"), gettext("I have had CAR T-cell therapy.")),
        (gettext("Patient"), patient),
    ]


def always_so(diary: Diary) -> list[tuple[str, str]]:
    """What to say last: it does not change from day to day."""
    return [
        (title, words.isolated(text) or gettext("not filled in"))
        for title, text in (
            (gettext("Usual medicines"), diary.contact.usual_medicines),
            (gettext("Allergies"), diary.contact.allergies),
        )
    ]


def history(page: HistoryPage, diary: Diary) -> dict[str, Any]:
    """One page of entries."""
    before = page.next_before
    next_href = before and url_for("history.show", diary_id=diary.id, before=round(before.timestamp() * 1_000_000))
    return {"entries": [_history_entry(each, diary) for each in page.entries], "next_href": next_href}


SAME_MOMENT: Final = timedelta(minutes=5)
"""A check-in that was written down this soon was not written down later."""


def _history_entry(each: HistoryEntry, diary: Diary) -> Entry:
    logged = words.by_author(each.author, each.author_role)
    closures = tuple(_closure(closure, diary) for closure in each.closures)
    if abs(each.written_at - each.at) > SAME_MOMENT:
        logged += f", {words.moment(each.written_at, diary)}"
    kind, name = ("dose", "dose_id") if each.check_in is None else ("check_in", "check_in_id")
    ids: dict[str, Any] = {"diary_id": diary.id, name: each.id}
    state = ""
    if each.withdrawn_by:
        state = gettext("Withdrawn by %(name)s", name=each.withdrawn_by)
    elif each.replaced_by:
        state = gettext("Corrected later")
    more: dict[str, Any] = {
        "state": state,
        "closures": closures,
        "outcome_href": url_for(f"{kind}.outcome", **ids),
        "correct_href": None if state else url_for(f"{kind}.correct", **ids),
    }
    if each.check_in is None:
        shown = dose_entry(each.doses[0], diary, **more)
    else:
        shown = entry(each.check_in, diary, each.doses, **more)
    corrects = gettext(", a correction") if each.is_correction else ""
    return _signed(shown, logged + corrects)
