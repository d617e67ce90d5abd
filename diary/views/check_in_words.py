"""What the ways to log a check-in say: steps, several readings, a recheck's timer, until when a fever may hide."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from diary.domain.diary import Diary
from diary.domain.flag import Flag, Raised, Recheck
from diary.domain.medicine import Dose
from diary.domain.record import PatientRecord
from diary.forms.check_in_steps import WAYS, Step, StepForm
from diary.services.entry import Outcome
from diary.views import advice, presenters, words


def step_href(diary: Diary, step: Step, check_in_id: str | None = None, **more: str) -> str:
    """The address of a step, of a check-in of which something is saved or nothing."""
    endpoint = "check_in_steps.go_on" if check_in_id else "check_in_steps.begin"
    values: dict[str, Any] = {"diary_id": diary.id, "check_in_id": check_in_id, "step_id": step.id, **more}
    return url_for(endpoint, **values)


def step(form: StepForm, diary: Diary, check_in_id: str | None) -> dict[str, Any]:
    """One screen of a check-in."""
    way, this = WAYS[form.step.id], form.step
    place = way.index(this)
    return {
        "form": form,
        "step": this,
        "title": this.title,
        "count": gettext("Step %(step)s of %(steps)s", step=place + 1, steps=len(way)),
        "is_last": place + 1 == len(way),
        "is_more_open": any(form[name].data or form[name].errors for name in this.more),
        "back_href": step_href(diary, way[place - 1], check_in_id) if place else None,
        "outcome_href": check_in_id and url_for("check_in.outcome", diary_id=diary.id, check_in_id=check_in_id),
        "cards": [],
        "earlier": [],
        "odd_words": "",
    }


def step_advice(
    raised: Sequence[tuple[Raised, Flag]], before: Sequence[tuple[Raised, Flag]], diary: Diary
) -> dict[str, Any]:
    """What is saved so far led to. Advice that stood above the step before already is small."""
    known = {(each.rule, each.urgency) for each, _ in before}
    is_new = any((each.rule, each.urgency) not in known for each, _ in raised)
    cards = advice.cards_of_raised([each for each, _ in raised], diary)
    return {"cards": cards} if is_new else {"earlier": cards}


def timers(rechecks: Sequence[Recheck], diary: Diary, now: datetime) -> list[dict[str, Any]]:
    """What to measure again, and when: the soonest first."""
    return [
        {
            "words": gettext("Measure again: %(kind)s", kind=words.KINDS[each.kind]),
            "now_words": gettext("Measure again now: %(kind)s", kind=words.KINDS[each.kind]),
            "log_words": gettext("Log it: %(kind)s", kind=words.KINDS[each.kind]),
            "when": _due_words(each, diary, now),
            "is_due": each.due_at <= now,
            "seconds": max(0, math.ceil((each.due_at - now).total_seconds())),
            "can_wait": each.can_wait,
            "href": url_for("neuro_check.new", diary_id=diary.id)
            if each.kind == "neuro_check"
            else url_for("log.quick", diary_id=diary.id, what=each.kind),
        }
        for each in rechecks
    ]


def _due_words(recheck: Recheck, diary: Diary, now: datetime) -> str:
    time, away = words.lately(recheck.due_at, diary), words.ago(now - recheck.due_at)
    if recheck.due_at > now:
        return gettext("At %(time)s (%(away)s).", time=time, away=away)
    return gettext("It was due at %(time)s (%(away)s).", time=time, away=away)


def masking(masked: Sequence[tuple[Dose, datetime]], diary: Diary) -> list[str]:
    """Until when a fever may be hidden, and by which medicine: one sentence a kind."""
    return [
        gettext(
            "A fever may be hidden until %(until)s, because of: %(dose)s.",
            until=words.lately(until, diary) if until - dose.at < timedelta(days=6) else words.moment(until, diary),
            dose=words.dose(dose, diary, words.lately if until - dose.at < timedelta(days=6) else words.moment),
        )
        for dose, until in masked
    ]


def several(
    found: Sequence[Outcome], open_flags: Sequence[Flag], diary: Diary, recent: PatientRecord, now: datetime
) -> dict[str, Any]:
    """What several check-ins led to: the advice of all together with what is open still, and then each by itself."""
    raised = {(each.rule, each.urgency): (each, flag) for outcome in found for each, flag in outcome.raised}
    latest = max(found, key=lambda outcome: outcome.at)
    return {
        **presenters.what_now(raised.values(), open_flags, diary),
        "missing": presenters.not_checked(latest),
        "call_lines": presenters.call_lines(diary, recent, max(now, latest.at)),
        "entries": [
            (
                presenters.entry(outcome.check_in, diary),
                url_for("check_in.outcome", diary_id=diary.id, check_in_id=outcome.id),
                outcome.raised[0][1].urgency.word if outcome.raised else "",
            )
            for outcome in found
            if outcome.check_in
        ],
    }
