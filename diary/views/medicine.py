"""The person's own list of medicines: see it, take one now with one tap, add, change, take one off."""

from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.medicine import MedicineForm
from diary.forms.page import OfOnePage
from diary.services import medicine as medicines
from diary.services import record
from diary.views import check_in_words, medicine_words
from diary.views.access import requires, this_access, this_diary

blueprint = Blueprint("medicine", __name__, url_prefix="/diaries/<diary_id>/medicines")


@blueprint.get("/")
@requires(Permission.SEE_DIARY)
def show(diary_id: str) -> ResponseReturnValue:
    """Show the list, when each was taken last, and what a fever may be hidden by."""
    this, now = this_diary(), datetime.now(UTC)
    masked = record.load_masking(db.session, this, now)
    page = {"masking": check_in_words.masking(masked, this), **own_list(now)}
    return render_template("medicines.html", **page)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True)
def new(diary_id: str) -> ResponseReturnValue:
    """Put a medicine on the list."""
    form = MedicineForm(data={"token": str(uuid4())})
    if not form.validate_on_submit():
        return render_template("medicine.html", form=form)
    return _keep(form)


@blueprint.route("/<medicine_id>/change", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True)
def change(diary_id: str, medicine_id: str) -> ResponseReturnValue:
    """Change a medicine of the list."""
    old = medicines.find(db.session, diary_id, medicine_id)
    form = MedicineForm(data={"token": str(uuid4())})
    if request.method != "POST":
        form.fill(old)
    if not form.validate_on_submit():
        return render_template("medicine.html", form=form, changing=old)
    return _keep(form, replaces=medicine_id)


@blueprint.post("/<medicine_id>/end")
@requires(Permission.RECORD_CHECK_IN)
def end(diary_id: str, medicine_id: str) -> ResponseReturnValue:
    """Take a medicine off the list."""
    medicines.end(db.session, medicine_id, this_access(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("Taken off your list. What you logged of it stays."), "saved")
    return redirect(url_for("medicine.show", diary_id=diary_id))


@blueprint.post("/<medicine_id>/take")
@requires(Permission.RECORD_CHECK_IN)
def take(diary_id: str, medicine_id: str) -> ResponseReturnValue:
    """Log a dose of it, taken now. A second tap on the same page is the same dose."""
    this, now = this_diary(), datetime.now(UTC)
    page_id = OfOnePage(request.form).entry_id(diary_id, medicine_id)
    dose_id = medicines.take(db.session, this, medicine_id, page_id, this_access(), now)
    db.session.commit()
    return redirect(url_for("dose.outcome", diary_id=diary_id, dose_id=dose_id))


def own_list(now: datetime) -> dict[str, object]:
    """The list, as a page shows it, with a token for what is taken from it."""
    listed = medicines.of_diary(db.session, this_diary().id)
    last = medicines.last_doses(db.session, this_diary(), listed, now)
    return {"medicines": medicine_words.listed(listed, last, this_diary(), now), "token": str(uuid4())}


def _keep(form: MedicineForm, replaces: str | None = None) -> ResponseReturnValue:
    medicine = form.to_medicine()
    medicines.keep(db.session, medicine, this_access(), datetime.now(UTC), replaces=replaces)
    db.session.commit()
    if medicine.kind != form.kind.data:
        flash(medicine_words.counted(medicine.name, medicine.kind), "saved")
    return redirect(url_for("medicine.show", diary_id=this_diary().id))
