"""Privacy: what is kept, where, who sees it, and what leaves. For everybody, signed in or not."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diary.domain.access import Permission
from diary.extensions import db
from diary.services.erasure import GRACE
from diary.views.access import requires

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@requires(Permission.SEE_PUBLIC_PAGE)
def show() -> ResponseReturnValue:
    """Say what is kept."""
    is_one_file = db.engine.dialect.name == "sqlite"
    return render_template("privacy.html", is_one_file=is_one_file, days=GRACE.days)
