"""Who did what: every page of a diary that somebody saw is written down, and the owner reads it."""

from datetime import UTC, datetime

from flask import Blueprint, Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from diary.domain.access import Access, Permission
from diary.extensions import StoreError, db
from diary.services import audit, care_team
from diary.views import audit_words
from diary.views.access import requires, this_diary

blueprint = Blueprint("audit", __name__)


def install_audit(app: Flask) -> None:
    """Write down after every request who saw a page of a diary."""
    app.after_request(_write_seen)


@blueprint.get("/diaries/<diary_id>/audit")
@requires(Permission.SEE_AUDIT)
def show(diary_id: str) -> ResponseReturnValue:
    """Show who did what, the newest first: of everybody, or of one person."""
    names = care_team.names(db.session, diary_id)
    who = request.args.get("who")
    who = who if who in names else None
    page = audit.load_page(db.session, diary_id, _number(request.args.get("before", "")), who)
    return render_template("audit.html", **audit_words.page(page, names, who, this_diary()))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _write_seen(response: Response) -> Response:
    """Write one entry for a page of a diary. A picture belongs to the page that shows it.

    Nobody opens the empty pages that a phone fetches to keep (views/kept.py), and nothing of the diary stands on them.

    The page is made already, and is shown even when the entry cannot be kept: it may hold a prompt.
    """
    access: Access | None = g.get("access")
    is_picture = (response.mimetype or "").startswith("image/")
    is_seen = request.method == "GET" and response.status_code == 200 and not is_picture
    if access is None or request.endpoint is None or request.blueprint == "kept" or not is_seen:
        return response
    try:
        db.session.rollback()  # Reading ends here; what follows is a short transaction of its own.
        g.is_reading = False
        audit.write_seen(db.session, access, request.endpoint, datetime.now(UTC))
        db.session.commit()
    except StoreError:
        db.session.rollback()
        current_app.logger.exception("Who saw a page could not be written down.")
    finally:
        g.is_reading = True
    return response
