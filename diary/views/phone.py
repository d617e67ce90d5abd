"""What this phone remembers of how its reader likes to log, in cookies: in steps or on one page, and a foggy day."""

from typing import Final

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from diary.domain.access import Permission
from diary.forms.check_in_steps import FOGGY_STEPS, STEPS
from diary.views import cookies
from diary.views.access import requires

blueprint = Blueprint("phone", __name__)

WAY: Final = "log_way"
FOGGY: Final = "foggy"


def install_phone(app: Flask) -> None:
    """Keep the way to log that a link asks to keep."""
    app.after_request(_keep_way)


def likes_one_page() -> bool:
    """Whether this phone's reader last chose to answer everything on one page."""
    return cookies.read(WAY) == "page"


def is_foggy() -> bool:
    """Whether this phone shows one very large question at a time."""
    return cookies.read(FOGGY) == "yes"


def log_href(diary_id: str) -> str:
    """Where this phone's reader logs a check-in: in steps, all on one page, or one question a screen."""
    if likes_one_page() and not is_foggy():
        return url_for("check_in.new", diary_id=diary_id)
    first = FOGGY_STEPS[0] if is_foggy() else STEPS[0]
    return url_for("check_in_steps.begin", diary_id=diary_id, step_id=first.id)


@blueprint.post("/diaries/<diary_id>/foggy-day")
@requires(Permission.RECORD_CHECK_IN)
def foggy(diary_id: str) -> ResponseReturnValue:
    """Begin or end a foggy day on this phone."""
    response = redirect(url_for("home.diary", diary_id=diary_id))
    if is_foggy():
        cookies.forget(response, FOGGY)
    else:
        cookies.keep(response, FOGGY, "yes")
    return response


def _keep_way(response: Response) -> Response:
    if request.args.get("keep") in ("page", "steps") and response.status_code == 200:
        cookies.keep(response, WAY, request.args["keep"])
    return response
