"""Medicines: log one dose that was taken, missed or stopped; correct it, withdraw it."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.dose import DoseForm
from diary.services import dose as doses
from diary.services import flag as flags
from diary.services import medicine as medicines
from diary.services import recheck, record
from diary.services.errors import AlreadyChangedError
from diary.views import check_in_words, medicine_words, presenters
from diary.views.access import requires, this_access, this_diary
from diary.views.errors import SENTENCES
from diary.views.medicine import own_list

blueprint = Blueprint("dose", __name__, url_prefix="/diaries/<diary_id>/doses")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True)
def new(diary_id: str) -> ResponseReturnValue:
    """Log a dose."""
    form = DoseForm(diary=this_diary(), now=datetime.now(UTC), data={"token": str(uuid4())})
    if not form.validate_on_submit():
        return render_template("dose.html", form=form, **own_list(form.now))
    return _save(form)


@blueprint.get("/<dose_id>")
@requires(Permission.SEE_DIARY)
def outcome(diary_id: str, dose_id: str) -> ResponseReturnValue:
    """Show what a dose led to."""
    now = datetime.now(UTC)
    found = doses.outcome(db.session, this_diary(), dose_id)
    open_flags = flags.open_flags(db.session, diary_id, now)
    timers = check_in_words.timers(recheck.due(db.session, this_diary(), open_flags, now), this_diary(), now)
    recent = record.load_recent(db.session, this_diary(), max(now, found.at))
    page = presenters.outcome(found, open_flags, this_diary(), recent, now)
    page["too_soon"] = [
        medicine_words.too_soon(medicine, dose.at, before)
        for medicine, dose, before in medicines.too_soon(db.session, this_diary(), found.doses)
    ]
    return render_template("outcome.html", **page, timers=timers)


@blueprint.route("/<dose_id>/correct", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True)
def correct(diary_id: str, dose_id: str) -> ResponseReturnValue:
    """Correct a dose: the new version counts, the old one stays visible."""
    old = doses.to_correct(db.session, this_diary(), dose_id, is_newest=request.method != "POST")
    now, token = datetime.now(UTC), {"token": str(uuid4())}
    form = DoseForm(diary=this_diary(), now=now, corrects=dose_id, was_at=old.at, data=token)
    if request.method != "POST":
        form.fill(old)
    if not form.validate_on_submit():
        return render_template("dose.html", form=form, correcting=dose_id)
    try:
        return _save(form)
    except AlreadyChangedError:
        form.form_errors.append(SENTENCES[HTTPStatus.CONFLICT])
        return render_template("dose.html", form=form, correcting=dose_id), HTTPStatus.CONFLICT


@blueprint.route("/<dose_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN)
def withdraw(diary_id: str, dose_id: str) -> ResponseReturnValue:
    """Withdraw a dose: it stays in History, struck through, and its flags stay open."""
    diary = this_diary()
    if request.method != "POST":
        old = doses.to_correct(db.session, diary, dose_id, is_newest=True)
        return render_template("withdraw.html", entry=presenters.dose_entry(old, diary), is_dose=True)
    doses.withdraw(db.session, diary, dose_id, this_access(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("Withdrawn. It stays in History, struck through."), "saved")
    return redirect(url_for("history.show", diary_id=diary_id))


def _save(form: DoseForm) -> ResponseReturnValue:
    diary, dose_id = this_diary(), form.dose_id
    doses.record(db.session, diary, dose_id, form.to_dose(), this_access(), form.now, replaces=form.corrects)
    db.session.commit()
    if form.kind != form.medicine.data:
        flash(medicine_words.counted(form.name.data, form.kind or "other"), "saved")
    return redirect(url_for("dose.outcome", diary_id=diary.id, dose_id=dose_id))
