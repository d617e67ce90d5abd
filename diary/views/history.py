"""History: every check-in and dose, who logged it, and what was corrected or withdrawn."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from diary.domain.access import Permission
from diary.extensions import db
from diary.services import history
from diary.views import presenters
from diary.views.access import requires, this_diary

blueprint = Blueprint("history", __name__)


@blueprint.get("/diaries/<diary_id>/history")
@requires(Permission.SEE_DIARY)
def show(diary_id: str) -> ResponseReturnValue:
    """Show one page of entries, the newest first."""
    page = history.load_page(db.session, this_diary(), moment_in(request.args.get("before", "")))
    return render_template("history.html", **presenters.history(page, this_diary()))


def moment_in(text: str) -> datetime | None:
    """The moment in an address, in microseconds since 1970; ``None`` for anything else, which is the first page."""
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        return None
    return datetime.fromtimestamp(int(text) / 1_000_000, UTC)
