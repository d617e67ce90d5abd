"""Check-ins: log one, see what it means at once, correct it, withdraw it."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.extensions import StoreError, db
from diary.forms.check_in import CheckInForm
from diary.services import check_in as check_ins
from diary.services import flag as flags
from diary.services import neuro_check
from diary.services import record as records
from diary.views import advice, neuro_words, presenters
from diary.views.access import requires, this_access, this_diary
from diary.views.carry import sign_in_first
from diary.views.errors import SENTENCES
from diary.views.help_now import numbers_of_this_phone
from diary.views.not_saved import not_saved
from diary.views.offline import typed_at

blueprint = Blueprint("check_in", __name__, url_prefix="/diaries/<diary_id>/check-ins")


def advise_signed_out(**_: str) -> ResponseReturnValue | None:
    """Show the advice for what was typed before asking to sign in: a prompt never waits for a sign-in."""
    if request.method != "POST":
        return sign_in_first()
    return sign_in_first(_cards_without_record())


def _cards_without_record() -> list[advice.Card]:
    """The advice for what was sent, when the record cannot be asked."""
    diary = g.get("diary")
    form = CheckInForm(diary=diary, now=datetime.now(UTC))
    form.validate()
    seen = check_ins.preview_without_record(form.to_check_in(), form.to_check_in(if_true=True), form.to_doses())
    return advice.cards_of_findings(seen.findings, diary.contact if diary else numbers_of_this_phone(), diary)


@blueprint.errorhandler(StoreError)
def advise_unsaved(error: StoreError) -> ResponseReturnValue:
    """Show the advice although the database is away or full: a prompt never waits for it."""
    is_form = request.method == "POST" and request.endpoint in ("check_in.new", "check_in.correct")
    return not_saved(error, _cards_without_record() if is_form else ())


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=advise_signed_out)
def new(diary_id: str) -> ResponseReturnValue:
    """Log a check-in."""
    diary, now = this_diary(), datetime.now(UTC)
    form = CheckInForm(diary=diary, now=typed_at(now), data={"token": str(uuid4())})
    if request.method != "POST":
        form.by.data = check_ins.last_reporter(db.session, this_access())
    if not form.validate_on_submit():
        return _ask(form)
    return _save(form)


@blueprint.get("/<check_in_id>")
@requires(Permission.SEE_DIARY)
def outcome(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Show what a check-in led to: what to do, why, what to say, and what could not be checked."""
    now = datetime.now(UTC)
    found = check_ins.outcome(db.session, this_diary(), check_in_id)
    open_flags = flags.open_flags(db.session, diary_id, now)
    usual = neuro_check.usual_result(db.session, diary_id)
    neuro = neuro_words.result(found.check_in, usual, this_diary(), this_access())
    shown = presenters.outcome(found, open_flags, this_diary(), now)
    return render_template("outcome.html", **shown, neuro=neuro, check_in_id=check_in_id)


@blueprint.route("/<check_in_id>/correct", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=advise_signed_out)
def correct(diary_id: str, check_in_id: str) -> ResponseReturnValue:
    """Correct a check-in: the new version counts, the old one stays visible."""
    diary, now = this_diary(), datetime.now(UTC)
    old, doses = check_ins.to_correct(db.session, diary, check_in_id, is_newest=request.method != "POST")
    form = CheckInForm(diary=diary, now=now, corrects=old, data={"token": str(uuid4())})
    if request.method != "POST":
        form.fill(old, doses)
    if not form.validate_on_submit():
        return _ask(form, correcting=old)
    try:
        return _save(form)
    except check_ins.AlreadyChangedError:
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


def _save(form: CheckInForm) -> ResponseReturnValue:
    diary, access, now = this_diary(), this_access(), datetime.now(UTC)
    check_in_id = check_ins.record(db.session, diary, form.to_check_in(), form.to_doses(), access, now)
    db.session.commit()
    return redirect(url_for("check_in.outcome", diary_id=diary.id, check_in_id=check_in_id))


def _ask(
    form: CheckInForm, refused: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY, **context: object
) -> ResponseReturnValue:
    """Show the form; one that came back with errors shows the advice for what could be read of it, at once."""
    cards, odd_words = [], ""
    if form.is_submitted():
        typed = form.to_check_in(), form.to_check_in(if_true=True), form.to_doses()
        seen = check_ins.preview(db.session, this_diary(), *typed)
        cards = advice.cards_of_findings(seen.findings, this_diary().contact, this_diary())
        odd_words = advice.odd_words() if seen.is_odd else ""
    last = records.load_last_check_in(db.session, this_diary())
    return render_template(
        "check_in.html",
        form=form,
        cards=cards,
        odd_words=odd_words,
        last_values=presenters.last_values(last, this_diary()),
        **context,
    ), refused if cards or form.errors else HTTPStatus.OK
