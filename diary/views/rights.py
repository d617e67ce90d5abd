"""People's rights: download everything, delete a diary or an account for good."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user, logout_user

from diary.domain.access import Permission
from diary.domain.audit import Event
from diary.extensions import db, empty_journal
from diary.forms.rights import DeleteAccountForm, DeleteDiaryForm
from diary.reports.archive import File, zipped
from diary.services import audit, erasure, export
from diary.views import charts, words
from diary.views.access import requires, this_access, this_diary

blueprint = Blueprint("rights", __name__)


@blueprint.route("/diaries/<diary_id>/download", methods=["GET", "POST"])
@requires(Permission.EXPORT_DIARY)
def download(diary_id: str) -> ResponseReturnValue:
    """Send everything as one archive. It is a POST: no link, no preview and no other site may take a copy."""
    if request.method != "POST":
        return render_template("rights/download.html")
    now = datetime.now(UTC)
    audit.write(db.session, Event.DIARY_EXPORTED, this_access(), now)
    db.session.commit()
    g.is_reading = True  # However slow the line is, nobody waits for it to log.
    explained = render_template("rights/archive.txt", when=words.moment(now, this_diary()))
    answer = Response(stream_with_context(zipped(_files(explained), now)), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename=symptom-diary-{now:%Y-%m-%d}.zip"
    return answer


@blueprint.route("/diaries/<diary_id>/delete", methods=["GET", "POST"])
@requires(Permission.DELETE_DIARY, checks_csrf=True)
def delete(diary_id: str) -> ResponseReturnValue:
    """Have the diary erased after two weeks, once its patient's name is typed; then show the receipt."""
    diary, now = this_diary(), datetime.now(UTC)
    if diary.erase_at is not None:
        return render_template("rights/deleting.html", **_receipt())
    form = DeleteDiaryForm(patient_name=diary.patient_name)
    if not form.validate_on_submit():
        last_day = words.day(diary.patient.local(now + erasure.GRACE).date())
        return render_template("rights/delete.html", form=form, last_day=last_day, days=erasure.GRACE.days)
    erasure.ask(db.session, this_access(), now)
    db.session.commit()
    return redirect(url_for("rights.delete", diary_id=diary_id))


@blueprint.get("/diaries/<diary_id>/delete/receipt.txt")
@requires(Permission.DELETE_DIARY)
def receipt(diary_id: str) -> ResponseReturnValue:
    """The receipt as a text to keep: the diary's pages will be gone with it."""
    if this_diary().erase_at is None:
        return redirect(url_for("rights.delete", diary_id=diary_id))
    answer = Response(render_template("rights/receipt.txt", **_receipt()), mimetype="text/plain")
    answer.headers["Content-Disposition"] = "attachment; filename=receipt.txt"
    return answer


@blueprint.post("/diaries/<diary_id>/keep")
@requires(Permission.DELETE_DIARY)
def keep(diary_id: str) -> ResponseReturnValue:
    """Keep the diary after all."""
    erasure.keep(db.session, this_access(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("The diary stays. Nothing is deleted."), "saved")
    return redirect(url_for("home.diary", diary_id=diary_id))


@blueprint.route("/account/delete", methods=["GET", "POST"])
@requires(Permission.SECURE_ACCOUNT, checks_csrf=True)
def delete_account() -> ResponseReturnValue:
    """Delete one's own account at once, once its address is typed. A diary's only owner cannot go."""
    owned = erasure.owned_alone(db.session, current_user.id)
    form = DeleteAccountForm(address=current_user.email)
    if owned or not form.validate_on_submit():
        return render_template("rights/delete_account.html", form=form, owned=owned)
    name, account_id = gettext("somebody who left"), current_user.id
    end = erasure.erase_account(db.session, account_id, name, datetime.now(UTC))
    db.session.commit()
    logout_user()
    empty_journal(db.engine)
    answer = make_response(render_template("rights/account_deleted.html", end=end))
    answer.headers["Deleted-Account"] = account_id  # The phone forgets what it kept (static/worker.js).
    return answer


def _receipt() -> dict[str, object]:
    diary = this_diary()
    found = erasure.receipt(db.session, diary.id)
    if found is None or diary.erase_at is None:
        raise LookupError("A diary that is to be erased has a receipt.")
    asked, erased = (words.moment(at, diary) for at in (found.asked_at, diary.erase_at))
    return {"asked": asked, "erased": erased, "end": found.end}


def _files(explained: str) -> Iterator[File]:
    """Every file, read while it is sent: by then nobody is signed in any more, and no page can be drawn."""
    yield "README.txt", [explained.encode()]
    yield from export.load(db.session, this_diary(), _charts())


def _charts() -> Iterator[tuple[str, bytes]]:
    """The charts as pictures, by their names in the archive."""
    for span in ("100", "all"):
        yield f"charts/{'all' if span == 'all' else f'last-{span}-days'}.svg", charts.picture_file(span)
