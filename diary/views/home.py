"""Home: all the people somebody helps, and for each what is open, where the treatment stands, and the way to log."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from diary.domain.access import Permission
from diary.extensions import db
from diary.services import care_team, flag, neuro_check, overview, recheck, record
from diary.views import check_in_words, home_words, neuro_words, presenters
from diary.views.access import requires, this_diary

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(Permission.SEE_PUBLIC_PAGE)
def first() -> ResponseReturnValue:
    """Lead everybody to where they belong: their diary, the list of several, set-up, or the sign-in page."""
    if not current_user.is_authenticated:
        if not care_team.has_accounts(db.session):
            return render_template("set_up/needed.html")
        return redirect(url_for("security.login"))
    diaries = care_team.memberships(db.session, current_user.id)
    if not diaries:
        return redirect(url_for("set_up.begin"))
    if len(diaries) > 1:
        return redirect(url_for("home.people"))
    return redirect(url_for("home.diary", diary_id=diaries[0].diary_id))


@blueprint.get("/diaries/")
@requires(Permission.USE_ACCOUNT)
def people() -> ResponseReturnValue:
    """Show everybody whose diary the reader may enter, the most urgent first."""
    now = datetime.now(UTC)
    found = overview.glances(db.session, current_user.id, now)
    return render_template("people/yours.html", people=home_words.people(found, now))


@blueprint.get("/diaries/<diary_id>/")
@requires(Permission.SEE_DIARY)
def diary(diary_id: str) -> ResponseReturnValue:
    """Show the open flags first, then the treatment day and the last check-in."""
    now, this = datetime.now(UTC), this_diary()
    open_flags = flag.open_flags(db.session, diary_id, now)
    last = record.load_last_check_in(db.session, this)
    recent = record.load_recent(db.session, this, now)
    last_check_at = neuro_check.last_at(db.session, this, now)
    neuro = neuro_words.last_check(last_check_at, this, now)
    return render_template(
        "home.html",
        **presenters.home(this, open_flags, last, recent, now),
        neuro=neuro,
        timers=check_in_words.timers(recheck.due(db.session, this, open_flags, now), this, now),
        masking=check_in_words.masking(record.load_masking(db.session, this, now), this),
    )
