"""Flags: record what happened, once for all that one call was about."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.flag import ClosureForm
from diary.services import flag as flags
from diary.services import lock
from diary.views import advice
from diary.views.access import requires, this_access, this_diary

blueprint = Blueprint("flag", __name__, url_prefix="/diaries/<diary_id>/flags")


@blueprint.route("/close", methods=["GET", "POST"])
@requires(Permission.ANSWER_FLAG, checks_csrf=True)
def close(diary_id: str) -> ResponseReturnValue:
    """Record whom somebody told, when, and what they said; that closes the flags they were told about."""
    now = datetime.now(UTC)
    if request.method == "POST":
        lock.diary(db.session, diary_id)  # Nobody adds to a flag between the look at it and its closing.
    open_flags = flags.open_flags(db.session, diary_id, now)
    form = ClosureForm(
        diary=this_diary(), now=now, open_flags=[(flag, advice.title(flag, this_diary())) for flag in open_flags]
    )
    if not form.validate_on_submit():
        # What was added may say something else, and is read before anything is written down.
        cards = advice.cards_of_flags(open_flags if form.added_to else (), this_diary())
        return render_template("close_flags.html", form=form, cards=cards, has_flags=bool(open_flags))
    ticked = [flag.id for flag, _ in form.still_open]
    flags.close(db.session, ticked, form.to_closure(this_access().account_id), this_access())
    db.session.commit()
    flash(gettext("Written down. What you told them about is closed."), "saved")
    return redirect(url_for("home.diary", diary_id=diary_id))
