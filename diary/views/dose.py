"""Medicines: log one dose that was taken, missed or stopped."""

from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.dose import DoseForm
from diary.services import check_in as check_ins
from diary.services import flag as flags
from diary.views import presenters
from diary.views.access import requires, this_access, this_diary

blueprint = Blueprint("dose", __name__, url_prefix="/diaries/<diary_id>/doses")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True)
def new(diary_id: str) -> ResponseReturnValue:
    """Log a dose."""
    diary, now = this_diary(), datetime.now(UTC)
    form = DoseForm(diary=diary, now=now, data={"token": str(uuid4())})
    if not form.validate_on_submit():
        return render_template("dose.html", form=form)
    dose_id = check_ins.record_dose(db.session, diary, form.dose_id, form.to_dose(), this_access(), now)
    db.session.commit()
    return redirect(url_for("dose.outcome", diary_id=diary_id, dose_id=dose_id))


@blueprint.get("/<dose_id>")
@requires(Permission.SEE_DIARY)
def outcome(diary_id: str, dose_id: str) -> ResponseReturnValue:
    """Show what a dose led to."""
    now = datetime.now(UTC)
    found = check_ins.dose_outcome(db.session, this_diary(), dose_id)
    open_flags = flags.open_flags(db.session, diary_id, now)
    return render_template("outcome.html", **presenters.outcome(found, open_flags, this_diary(), now))
