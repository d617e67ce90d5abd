"""Pages that a phone keeps for a time without a connection: nobody has typed anything on them.

They name no patient and hold no token; the names that a family agreed on are not on them either.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.check_in import CheckInForm
from diary.forms.neuro_check import check_form
from diary.services import neuro_check as neuro_checks
from diary.views import neuro_words
from diary.views.access import requires, this_diary
from diary.views.log import numbers_page

blueprint = Blueprint("kept", __name__, url_prefix="/diaries/<diary_id>/on-this-phone")


@blueprint.get("")
@requires(Permission.RECORD_CHECK_IN)
def phone(diary_id: str) -> ResponseReturnValue:
    """What waits on this phone, and what it means: the page's script fills it in."""
    return _nameless("offline/phone.html")


@blueprint.get("/check-in")
@requires(Permission.RECORD_CHECK_IN)
def check_in(diary_id: str) -> ResponseReturnValue:
    """The check-in page."""
    return _form("check_in.html", CheckInForm(diary=this_diary(), now=datetime.now(UTC), formdata=None))


@blueprint.get("/log")
@requires(Permission.RECORD_CHECK_IN)
def log(diary_id: str) -> ResponseReturnValue:
    """The quick log."""
    form = CheckInForm(diary=this_diary(), now=datetime.now(UTC), formdata=None)
    return _form("check_in_quick.html", form, **numbers_page(""))


@blueprint.get("/neuro-check")
@requires(Permission.RECORD_CHECK_IN)
def neuro_check(diary_id: str) -> ResponseReturnValue:
    """The neuro check. A page that lay on a phone for days does not know the month."""
    diary, now = this_diary(), datetime.now(UTC)
    plan = replace(neuro_checks.load_plan(db.session, diary_id), town="", hospital="")
    form = check_form(diary, plan, now, formdata=None)
    said = neuro_words.check(form, diary, now, neuro_words.standard_sentence())
    said["folded"] = {**said.get("folded", {}), "year": "", "month": ""}
    return _form("neuro_check/new.html", **said)


def _form(page: str, form: Any, **context: Any) -> str:
    form.csrf_token.current_token = ""
    return _nameless("offline/kept.html", page=page, form=form, cards=[], odd_words="", last_values={}, **context)


def _nameless(template: str, **context: Any) -> str:
    g.diary = replace(this_diary(), patient_name="")
    return render_template(template, csrf_token=str, sign_out_url=None, **context)
