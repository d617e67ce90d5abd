"""Set-up and settings: the same three pages begin a diary and change it later."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from diary.domain.access import Permission
from diary.domain.contact import EMERGENCY_NUMBERS, FAHRENHEIT_COUNTRIES, UK_NUMBER_COUNTRIES, Contact
from diary.domain.diary import Diary
from diary.domain.treatment import CarePlan, Patient
from diary.extensions import db
from diary.forms.set_up import NumbersForm, PatientForm, TreatmentForm
from diary.services import care_team
from diary.views import set_up_words
from diary.views.access import requires, this_access, this_diary

blueprint = Blueprint("set_up", __name__)


@blueprint.route("/diaries/new", methods=["GET", "POST"])
@requires(Permission.BEGIN_DIARY, checks_csrf=True)
def begin() -> ResponseReturnValue:
    """Begin a diary with whom it is about; the numbers come next. The form sent twice begins one."""
    if request.method == "POST":
        care_team.wait_for_others(db.session)
    if care_team.memberships(db.session, current_user.id):
        return redirect(url_for("home.first"))
    now = datetime.now(UTC)
    country = _likely_country()
    unit = "[degF]" if country in FAHRENHEIT_COUNTRIES else "Cel"
    form = PatientForm(today=now.date(), data={"country": country, "temperature_unit": unit})
    if not form.validate_on_submit():
        return render_template("set_up/patient.html", form=form, is_first=True)
    blank = Diary(
        id=care_team.new_diary_id(),
        patient_name="",
        patient=Patient(None, "UTC"),
        country="",
        temperature_unit="Cel",
        contact=Contact(),
        care_plan=CarePlan(profile="uk" if form.country.data in UK_NUMBER_COUNTRIES else "standard"),
    )
    access = care_team.begin_diary(db.session, current_user.id, form.apply_to(blank), now)
    db.session.commit()
    return redirect(url_for("set_up.numbers", diary_id=access.diary_id, first="yes"))


@blueprint.get("/diaries/<diary_id>/settings")
@requires(Permission.CHANGE_DIARY, only_shows=True)
def settings(diary_id: str) -> ResponseReturnValue:
    """Show what is set up, with a way to change each part."""
    return render_template("settings.html", sections=set_up_words.sections(this_diary()))


@blueprint.route("/diaries/<diary_id>/settings/patient", methods=["GET", "POST"])
@requires(Permission.CHANGE_DIARY, checks_csrf=True)
def patient(diary_id: str) -> ResponseReturnValue:
    """Change whom the diary is about."""
    diary, now = this_diary(), datetime.now(UTC)
    form = PatientForm(
        today=now.date(),
        data={
            "name": diary.patient_name,
            "born_on": diary.patient.born_on,
            "country": diary.country,
            "time_zone": diary.patient.time_zone,
            "temperature_unit": diary.temperature_unit,
        },
    )
    if not form.validate_on_submit():
        return render_template("set_up/patient.html", form=form, is_first=False)
    care_team.change_patient(db.session, this_access(), form.apply_to(diary), now)
    return _saved(diary_id)


@blueprint.route("/diaries/<diary_id>/settings/numbers", methods=["GET", "POST"])
@requires(Permission.CHANGE_DIARY, checks_csrf=True)
def numbers(diary_id: str) -> ResponseReturnValue:
    """Change whom to call."""
    diary = this_diary()
    suggested = diary.contact.emergency_number or EMERGENCY_NUMBERS.get(diary.country, "")
    form = NumbersForm(obj=replace(diary.contact, emergency_number=suggested))
    if not form.validate_on_submit():
        return render_template("set_up/numbers.html", form=form, is_first=_is_first())
    care_team.change_contact(db.session, this_access(), form.to_contact(), datetime.now(UTC))
    return _saved(diary_id, then="set_up.treatment")


@blueprint.route("/diaries/<diary_id>/settings/treatment", methods=["GET", "POST"])
@requires(Permission.CHANGE_CARE_PLAN, checks_csrf=True)
def treatment(diary_id: str) -> ResponseReturnValue:
    """Change the infusions, and the numbers that the care team gave."""
    diary, now = this_diary(), datetime.now(UTC)
    form = TreatmentForm(diary=diary, today=now.date())
    if not form.validate_on_submit():
        return render_template("set_up/treatment.html", form=form, is_first=_is_first())
    care_team.change_care_plan(db.session, this_access(), form.to_care_plan(), now)
    return _saved(diary_id, then="home.diary")


def _is_first() -> bool:
    return request.args.get("first") == "yes"


def _saved(diary_id: str, then: str = "set_up.settings") -> ResponseReturnValue:
    db.session.commit()
    if _is_first():
        onward: dict[str, Any] = {} if then == "home.diary" else {"first": "yes"}
        return redirect(url_for(then, diary_id=diary_id, **onward))
    flash(gettext("Saved."), "saved")
    return redirect(url_for("set_up.settings", diary_id=diary_id))


def _likely_country() -> str:
    """The region of the browser's language, as a first suggestion."""
    _, _, region = (request.accept_languages.best or "").partition("-")
    return region.upper() if len(region) == 2 else ""
