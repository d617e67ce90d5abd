"""The quick log: one number, from the icon on the phone, in two taps and the digits."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from diary.domain.access import Permission, is_granted
from diary.extensions import db
from diary.forms.check_in import CheckInForm
from diary.services import care_team
from diary.services import check_in as check_ins
from diary.views.access import requires, this_access, this_diary
from diary.views.check_in import last_values, save
from diary.views.offline import typed_at
from diary.views.unsaved import advice_for, signed_out, typed_in

blueprint = Blueprint("log", __name__)

NUMBERS: Final = {
    "temperature": ("temperature", "temperature_unit"),
    "blood_pressure": ("systolic", "diastolic"),
    "pulse": ("pulse",),
    "oxygen_saturation": ("oxygen", "no_oxygen_number"),
    "respiratory_rate": ("respiratory_rate",),
    "neuro_check": ("neuro_score",),
}
"""The fields of each kind of reading."""


@blueprint.get("/log")
@requires(Permission.USE_ACCOUNT)
def first() -> ResponseReturnValue:
    """Lead to the quick log of the reader's diary; to the first page, when they log in none or in several."""
    ways = care_team.memberships(db.session, current_user.id)
    logs = [access for access in ways if is_granted(access.role, Permission.RECORD_CHECK_IN)]
    if len(logs) != 1:
        return redirect(url_for("home.first"))
    return redirect(url_for("log.quick", diary_id=logs[0].diary_id))


@blueprint.route("/diaries/<diary_id>/log", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=signed_out())
def quick(diary_id: str) -> ResponseReturnValue:
    """Log one number, or a few: the one that the address asks for stands first."""
    form = CheckInForm(diary=this_diary(), now=typed_at(datetime.now(UTC)), data={"token": str(uuid4())})
    if request.method != "POST":
        form.by.data = check_ins.last_reporter(db.session, this_access())
    if form.validate_on_submit():
        return save(form)
    context = {"form": form} | numbers_page(request.args.get("what", "")) | last_values() | advice_for(typed_in(form))
    return render_template("check_in_quick.html", **context), 422 if form.is_submitted() else 200


def numbers_page(asked: str) -> dict[str, Any]:
    """Which fields the quick log asks first, and which are one tap away."""
    asked = asked if asked in NUMBERS else "temperature"
    others = [name for kind, names in NUMBERS.items() if kind != asked for name in names]
    return {"asked": NUMBERS[asked], "others": others}
