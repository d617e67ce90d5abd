"""Neuro check: done, judged at once, compared with the usual result; and what it asks of this person."""

from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.domain.diary import Diary
from diary.domain.neuro_check import FROM_AGE, NeuroPlan
from diary.extensions import db
from diary.forms.neuro_check import NeuroPlanForm, check_form
from diary.services import check_in as check_ins
from diary.services import neuro_check, picture
from diary.views import neuro_words, unsaved
from diary.views.access import requires, this_access, this_diary
from diary.views.offline import typed_at
from diary.views.overtaken import ask_again, is_newest

blueprint = Blueprint("neuro_check", __name__, url_prefix="/diaries/<diary_id>/neuro-check")


def _sent(diary: Diary | None, now: datetime) -> Iterable[unsaved.Typed]:
    """What was answered. Which questions can never be asked is not known here, and changes no advice."""
    form = check_form(diary, NeuroPlan(uses_capd=True), now)
    form.validate()
    return [(form.to_check_in(), form.to_check_in(), ())]


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=unsaved.signed_out(_sent))
def new(diary_id: str) -> ResponseReturnValue:
    """Do a neuro check: one page, one question at a time, saved at the end or when the patient is too sleepy."""
    diary, access, now = this_diary(), this_access(), datetime.now(UTC)
    plan = neuro_check.load_plan(db.session, diary_id)
    form = check_form(diary, plan, typed_at(now), data={"token": str(uuid4())})
    if not form.validate_on_submit():
        typed = [(form.to_check_in(), form.to_check_in(), ())] if form.is_submitted() else []
        sentence = picture.sentence(db.session, diary_id) or neuro_words.standard_sentence()
        page = render_template(
            "neuro_check/new.html", **neuro_words.check(form, diary, now, sentence), **unsaved.advice_for(typed)
        )
        return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    neuro_check.change_plan(db.session, access, form.to_plan(), now)
    check_in_id = check_ins.record(db.session, diary, form.to_check_in(), (), access, now)
    db.session.commit()
    return redirect(url_for("check_in.outcome", diary_id=diary_id, check_in_id=check_in_id))


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True)
def settings(diary_id: str) -> ResponseReturnValue:
    """Change what the check asks."""
    diary, now = this_diary(), datetime.now(UTC)
    age = diary.patient.age_at(now)

    def form_of_now(**more: Any) -> NeuroPlanForm:
        plan = neuro_check.load_plan(db.session, diary_id)
        return NeuroPlanForm(plan=plan, is_child=age is not None and age < FROM_AGE, **more)

    form = form_of_now()
    if not (form.validate_on_submit() and is_newest(form, form_of_now)):
        return ask_again("neuro_check/settings.html", form)
    neuro_check.change_plan(db.session, this_access(), form.to_plan(), now)
    db.session.commit()
    flash(gettext("Saved."), "saved")
    return redirect(url_for("neuro_check.new", diary_id=diary_id))


@blueprint.post("/<check_in_id>/usual")
@requires(Permission.RECORD_CHECK_IN)
def usual(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Let this check be the usual result, which later ones are shown beside."""
    neuro_check.choose_usual(db.session, check_in_id, this_access(), datetime.now(UTC))
    return _saved(diary_id, check_in_id)


@blueprint.post("/<check_in_id>/usual-score")
@requires(Permission.CHANGE_CARE_PLAN)
def usual_score(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Write the usual result's score into the care plan, as the team confirmed it: the rules read it from now on."""
    neuro_check.set_usual_score(db.session, this_diary(), check_in_id, this_access(), datetime.now(UTC))
    return _saved(diary_id, check_in_id)


def _saved(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    db.session.commit()
    flash(gettext("Saved."), "saved")
    return redirect(url_for("check_in.outcome", diary_id=diary_id, check_in_id=check_in_id))
