"""Several past readings at once, each judged at its own time; and then what they led to."""

from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary.domain.access import Permission
from diary.domain.diary import Diary
from diary.extensions import db
from diary.forms.check_in_several import MOST_ROWS, ROWS, SeveralForm
from diary.forms.fields import legible
from diary.services import check_in as check_ins
from diary.services import flag as flags
from diary.services import recheck, record
from diary.views import check_in_words
from diary.views.access import requires, this_access, this_diary
from diary.views.unsaved import Typed, advice_for, signed_out, typed_in

blueprint = Blueprint("check_in_several", __name__, url_prefix="/diaries/<diary_id>/check-ins/several")


def _sent(diary: Diary | None, now: datetime) -> Iterable[Typed]:
    form = SeveralForm(diary=diary, now=now)
    form.validate()
    return typed_in(*(row for _, row in form.filled))


@blueprint.route("/", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=signed_out(_sent))
def new(diary_id: str) -> ResponseReturnValue:
    """Log several past readings. Nothing is saved unless all is right."""
    form = SeveralForm(diary=this_diary(), now=datetime.now(UTC), data={"token": str(uuid4())})
    if request.method != "POST":
        form.by.data = check_ins.last_reporter(db.session, this_access())
        form.rows[0].on_date.data = this_diary().patient.local(form.now).date()
    if "more" in request.form:
        form.rows_shown.data = str(min(len(form.rows) + ROWS, MOST_ROWS))
        form.rows += [form.row(number) for number in range(len(form.rows), int(form.rows_shown.data))]
        return render_template("check_in_several.html", form=form, cards=[], odd_words="")
    if not form.validate_on_submit():
        seen = advice_for(typed_in(*(row for _, row in form.filled)))
        refused = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_submitted() else HTTPStatus.OK
        return render_template("check_in_several.html", form=form, **seen), refused
    return _save(form)


@blueprint.get("/outcome")
@requires(Permission.SEE_DIARY)
def outcome(diary_id: str) -> ResponseReturnValue:
    """Show what several check-ins led to, all together and one by one."""
    this, now = this_diary(), datetime.now(UTC)
    ids = legible(request.args.get("ids", "")).split(",")[:MOST_ROWS]
    found = [check_ins.outcome(db.session, this, entry_id) for entry_id in ids]
    open_flags = flags.open_flags(db.session, diary_id, now)
    timers = check_in_words.timers(recheck.due(db.session, this, open_flags, now), this, now)
    recent = record.load_recent(db.session, this, max(now, *(each.at for each in found)))
    words = check_in_words.several(found, open_flags, this, recent, now)
    return render_template("several_outcome.html", timers=timers, **words)


def _save(form: SeveralForm) -> ResponseReturnValue:
    rows = sorted((row.to_check_in() for _, row in form.filled), key=lambda check_in: check_in.at)
    ids = [check_ins.record(db.session, this_diary(), row, (), this_access(), form.now) for row in rows]
    db.session.commit()
    return redirect(url_for("check_in_several.outcome", diary_id=this_diary().id, ids=",".join(ids)))
