"""Check-ins: log one, see what it means at once, correct it, withdraw it."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.check_in import CheckInForm
from diary.services import check_in as check_ins
from diary.services import flag as flags
from diary.services import neuro_check, recheck
from diary.services import record as records
from diary.services.errors import AlreadyChangedError
from diary.views import check_in_words, neuro_words, presenters
from diary.views.access import requires, this_access, this_diary
from diary.views.errors import SENTENCES
from diary.views.offline import typed_at
from diary.views.unsaved import advice_for, signed_out, typed_in

blueprint = Blueprint("check_in", __name__, url_prefix="/diaries/<diary_id>/check-ins")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=signed_out())
def new(diary_id: str) -> ResponseReturnValue:
    """Log a check-in."""
    diary, now = this_diary(), datetime.now(UTC)
    form = CheckInForm(diary=diary, now=typed_at(now), data={"token": str(uuid4())})
    if request.method != "POST":
        form.by.data = check_ins.last_reporter(db.session, this_access())
    if not form.validate_on_submit():
        return _ask(form)
    return save(form)


@blueprint.get("/<check_in_id>")
@requires(Permission.SEE_DIARY)
def outcome(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Show what a check-in led to: what to do, why, what to say, and what could not be checked."""
    now = datetime.now(UTC)
    found = check_ins.outcome(db.session, this_diary(), check_in_id)
    open_flags = flags.open_flags(db.session, diary_id, now)
    usual = neuro_check.usual_result(db.session, diary_id)
    neuro = neuro_words.result(found.check_in, usual, this_diary(), this_access())
    timers = check_in_words.timers(recheck.due(db.session, this_diary(), open_flags, now), this_diary(), now)
    recent = records.load_recent(db.session, this_diary(), max(now, found.at))
    page = presenters.outcome(found, open_flags, this_diary(), recent, now)
    return render_template("outcome.html", **page, neuro=neuro, timers=timers, check_in_id=check_in_id)


@blueprint.route("/<check_in_id>/correct", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=signed_out())
def correct(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Correct a check-in: the new version counts, the old one stays visible."""
    diary, now = this_diary(), datetime.now(UTC)
    old, doses = check_ins.to_correct(db.session, diary, check_in_id, is_newest=request.method != "POST")
    form = CheckInForm(diary=diary, now=now, corrects=old, told=doses, data={"token": str(uuid4())})
    if request.method != "POST":
        form.fill(old, doses)
    if not form.validate_on_submit():
        return _ask(form, correcting=old)
    try:
        return save(form)
    except AlreadyChangedError:
        # Somebody else was quicker. What was typed, and its advice, must not give way to a page about that.
        form.form_errors.append(SENTENCES[HTTPStatus.CONFLICT])
        return _ask(form, HTTPStatus.CONFLICT, correcting=old)


@blueprint.route("/<check_in_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN)
def withdraw(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Withdraw a check-in: it stays in History, struck through, and its flags stay open."""
    diary = this_diary()
    if request.method != "POST":
        old, _ = check_ins.to_correct(db.session, diary, check_in_id, is_newest=True)
        return render_template("withdraw.html", entry=presenters.entry(old, diary))
    check_ins.withdraw(db.session, diary, check_in_id, this_access(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("Withdrawn. It stays in History, struck through."), "saved")
    return redirect(url_for("history.show", diary_id=diary_id))


def save(form: CheckInForm) -> ResponseReturnValue:
    """Save a check-in, and lead to what it means."""
    diary, access, now = this_diary(), this_access(), datetime.now(UTC)
    check_in_id = check_ins.record(db.session, diary, form.to_check_in(), form.to_doses(), access, now)
    db.session.commit()
    return redirect(url_for("check_in.outcome", diary_id=diary.id, check_in_id=check_in_id))


def _ask(
    form: CheckInForm, refused: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY, **context: object
) -> ResponseReturnValue:
    """Show the form; one that came back with errors shows the advice for what could be read of it, at once."""
    page = render_template(
        "check_in.html",
        form=form,
        **last_values(),
        **advice_for(typed_in(form)),
        **context,
    )
    return page, refused if form.is_submitted() else HTTPStatus.OK


def last_values() -> dict[str, object]:
    """What was measured last, to be shown beside the fields."""
    last = records.load_last_check_in(db.session, this_diary())
    return {"last_values": presenters.last_values(last, this_diary())}
