"""Set-up and settings: the same three pages begin a diary and change it later."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from diary.domain.access import Permission
from diary.domain.contact import EMERGENCY_NUMBERS, FAHRENHEIT_COUNTRIES, UK_NUMBER_COUNTRIES
from diary.domain.treatment import CarePlan, Profile
from diary.extensions import db
from diary.forms.set_up import NumbersForm, PatientForm, TreatmentForm
from diary.services import care_team, lock
from diary.services import member as members
from diary.views import people_words, set_up_words
from diary.views.access import requires, this_access, this_diary
from diary.views.overtaken import ask_again, is_newest

blueprint = Blueprint("set_up", __name__)


@blueprint.route("/diaries/new", methods=["GET", "POST"])
@requires(Permission.BEGIN_DIARY, checks_csrf=True)
def begin() -> ResponseReturnValue:
    """Begin a diary with whom it is about; the numbers come next. The form sent twice begins one."""
    now, country = datetime.now(UTC), _likely_country()
    unit = "[degF]" if country in FAHRENHEIT_COUNTRIES else "Cel"
    given = {"country": country, "temperature_unit": unit, "token": str(uuid4())}
    form = PatientForm(today=now.date(), data=given)
    if not form.validate_on_submit():
        return render_template("set_up/patient.html", form=form, is_first=True)
    lock.beginning(db.session)
    diary_id = form.entry_id(current_user.id)
    if not care_team.is_begun(db.session, diary_id):
        profile: Profile = "uk" if form.country.data in UK_NUMBER_COUNTRIES else "standard"
        care_team.begin_diary(db.session, current_user.id, form.to_diary(diary_id, CarePlan(profile=profile)), now)
        db.session.commit()
    return redirect(url_for("set_up.numbers", diary_id=diary_id, first="yes"))


@blueprint.get("/diaries/<diary_id>/settings")
@requires(Permission.SEE_DIARY)
def settings(diary_id: str) -> ResponseReturnValue:
    """Show what is set up and who sees it, with a way to change each part for those who may."""
    return render_template(
        "settings.html",
        sections=set_up_words.sections(this_diary()),
        people=people_words.people(members.members(db.session, diary_id), this_diary(), this_access()),
    )


@blueprint.route("/diaries/<diary_id>/settings/patient", methods=["GET", "POST"])
@requires(Permission.CHANGE_DIARY, checks_csrf=True)
def patient(diary_id: str) -> ResponseReturnValue:
    """Change whom the diary is about."""
    now = datetime.now(UTC)

    def form_of_now(**more: Any) -> PatientForm:
        diary = care_team.load_diary(db.session, diary_id)
        answers = {
            "name": diary.patient_name,
            "born_on": diary.patient.born_on,
            "country": diary.country,
            "time_zone": diary.patient.time_zone,
            "temperature_unit": diary.temperature_unit,
        }
        return PatientForm(today=now.date(), data=answers, **more)

    form = form_of_now()
    if not (form.validate_on_submit() and is_newest(form, form_of_now)):
        return ask_again("set_up/patient.html", form, is_first=False)
    care_team.change_patient(db.session, this_access(), form.apply_to(this_diary()), now)
    return _saved(diary_id)


@blueprint.route("/diaries/<diary_id>/settings/numbers", methods=["GET", "POST"])
@requires(Permission.CHANGE_DIARY, checks_csrf=True)
def numbers(diary_id: str) -> ResponseReturnValue:
    """Change whom to call."""

    def form_of_now(**more: Any) -> NumbersForm:
        diary = care_team.load_diary(db.session, diary_id)
        suggested = diary.contact.emergency_number or EMERGENCY_NUMBERS.get(diary.country, "")
        return NumbersForm(obj=replace(diary.contact, emergency_number=suggested), **more)

    form = form_of_now()
    if not (form.validate_on_submit() and is_newest(form, form_of_now, is_first=_is_first())):
        return ask_again("set_up/numbers.html", form, is_first=_is_first())
    care_team.change_contact(db.session, this_access(), form.to_contact(), datetime.now(UTC))
    return _saved(diary_id, then="set_up.treatment")


@blueprint.route("/diaries/<diary_id>/settings/treatment", methods=["GET", "POST"])
@requires(Permission.CHANGE_CARE_PLAN, checks_csrf=True)
def treatment(diary_id: str) -> ResponseReturnValue:
    """Change the infusions, and the numbers that the care team gave."""
    now = datetime.now(UTC)

    def form_of_now(**more: Any) -> TreatmentForm:
        return TreatmentForm(diary=care_team.load_diary(db.session, diary_id), today=now.date(), **more)

    form = form_of_now()
    if not (form.validate_on_submit() and is_newest(form, form_of_now, is_first=_is_first())):
        return ask_again("set_up/treatment.html", form, is_first=_is_first())
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
