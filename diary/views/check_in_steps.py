"""The check-in in short steps: each is saved and judged at once, so walking away after any of them loses nothing."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from diary.domain.access import Permission
from diary.domain.check_in import REPORTERS
from diary.extensions import db
from diary.forms.check_in_steps import WAYS, Step, StepForm
from diary.forms.fields import legible
from diary.services import check_in as check_ins
from diary.services import flag as flags
from diary.services.errors import AlreadyChangedError
from diary.views import check_in_words
from diary.views.access import requires, this_access, this_diary
from diary.views.check_in import last_values
from diary.views.errors import SENTENCES
from diary.views.offline import typed_at
from diary.views.unsaved import advice_for, signed_out, typed_in

blueprint = Blueprint("check_in_steps", __name__, url_prefix="/diaries/<diary_id>/check-ins")


@blueprint.route("/steps/<step_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=signed_out())
def begin(diary_id: str, step_id: str) -> ResponseReturnValue:
    """Answer a step of a check-in of which nothing is saved yet."""
    step = _find(step_id)
    form = _form(step, None, None)
    if request.method != "POST":
        asked = request.args.get("by")
        form.by.data = asked if asked in REPORTERS else check_ins.last_reporter(db.session, this_access())
        for field in (form.on_date, form.at_time):
            field.raw_data = [legible(request.args.get(field.name, ""))]
    return _save(form, None) if form.validate_on_submit() else _ask(form, None)


@blueprint.route("/<check_in_id>/steps/<step_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=signed_out())
def go_on(diary_id: str, check_in_id: str, step_id: str) -> ResponseReturnValue:
    """Answer a step of a check-in whose earlier steps are saved; the newest version of it is gone on with."""
    step, now = _find(step_id), typed_at(datetime.now(UTC))
    kept = check_ins.to_continue(db.session, this_diary(), check_in_id, now)
    form = _form(step, check_in_id, kept)
    if request.method != "POST":
        if kept is None:
            return _redirect(WAYS[step.id][0], None)
        if kept[0].id != check_in_id:
            return _redirect(step, kept[0].id)
        form.fill(*kept)
    return _save(form, check_in_id) if form.validate_on_submit() else _ask(form, check_in_id)


def _find(step_id: str) -> Step:
    return next((step for step in WAYS.get(step_id, ()) if step.id == step_id), None) or abort(404)


def _form(step: Step, page: str | None, kept: check_ins.Kept | None) -> StepForm:
    token = {"token": str(uuid4())}
    now = typed_at(datetime.now(UTC))
    return StepForm(diary=this_diary(), now=now, step=step, page=page, kept=kept, data=token)


def _save(form: StepForm, check_in_id: str | None) -> ResponseReturnValue:
    """Save what this step says, and lead to the next, or after the last to what it all led to."""
    if form.is_new:
        typed, access, now = (form.to_check_in(), form.to_doses()), this_access(), datetime.now(UTC)
        try:
            check_in_id = check_ins.record(
                db.session, this_diary(), *typed, access, now, continues=form.kept is not None
            )
        except AlreadyChangedError:
            form.form_errors.append(SENTENCES[HTTPStatus.CONFLICT])
            return _ask(form, check_in_id)
        db.session.commit()
    elif form.kept is not None:
        check_in_id = form.kept[0].id
    way = WAYS[form.step.id]
    place = way.index(form.step) + 1
    if place < len(way):
        carried = {name: form[name]._value() for name in ("on_date", "at_time") if form[name].data}
        return _redirect(way[place], check_in_id, **({} if check_in_id else {"by": form.by.data, **carried}))
    if check_in_id is None:
        flash(gettext("You answered nothing, so nothing is logged."), "note")
        return redirect(url_for("home.diary", diary_id=this_diary().id))
    return redirect(url_for("check_in.outcome", diary_id=this_diary().id, check_in_id=check_in_id))


def _redirect(step: Step, check_in_id: str | None, **more: str) -> Response:
    return redirect(check_in_words.step_href(this_diary(), step, check_in_id, **more))


def _ask(form: StepForm, check_in_id: str | None) -> ResponseReturnValue:
    """Show a step, with the advice for what was saved so far, or for what could be read, above it."""
    page = check_in_words.step(form, this_diary(), check_in_id)
    if form.is_submitted():
        page |= advice_for(typed_in(form))
    elif check_in_id is not None:
        before = form.corrects and form.corrects.replaces
        page |= check_in_words.step_advice(
            flags.raised_by(db.session, check_in_id),
            flags.raised_by(db.session, before) if before else (),
            this_diary(),
        )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_submitted() else HTTPStatus.OK
    return render_template("check_in_step.html", **last_values(), **page), status
