"""Help now: the numbers to call, with no look-up, no sign-in and no name. They lie in a signed cookie on the phone."""

from typing import Any, Final

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from itsdangerous import BadSignature, URLSafeSerializer

from diary.domain.access import Permission
from diary.domain.contact import Contact
from diary.views.access import requires

blueprint = Blueprint("help_now", __name__)

COOKIE: Final = "help_now"
A_YEAR: Final = 365 * 24 * 3600


@blueprint.get("/help-now")
@requires(Permission.SEE_PUBLIC_PAGE)
def show() -> ResponseReturnValue:
    """Show the numbers that this phone keeps."""
    return render_template("help_now.html", contact=numbers_of_this_phone())


@blueprint.post("/help-now/forget")
@requires(Permission.SEE_PUBLIC_PAGE)
def forget() -> ResponseReturnValue:
    """Forget the numbers on this phone."""
    response = redirect(url_for("help_now.show"))
    # A browser heeds this only when it looks like the cookie that it keeps.
    response.delete_cookie(_cookie(), **_attributes())
    return response


def numbers_of_this_phone() -> Contact | None:
    """The numbers in the cookie; ``None`` when there are none, or somebody changed them."""
    try:
        team, night, emergency = _signer().loads(request.cookies.get(_cookie(), ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return Contact(team_number=team, night_number=night, emergency_number=emergency)


def remember_numbers(response: Response, contact: Contact) -> None:
    """Keep the numbers on the phone, so that they can be seen when nobody is signed in."""
    kept = _signer().dumps([contact.team_number, contact.night_number, contact.emergency_number])
    if request.cookies.get(_cookie()) != kept:
        response.set_cookie(
            _cookie(), kept if isinstance(kept, str) else kept.decode(), max_age=A_YEAR, **_attributes()
        )


def _cookie() -> str:
    return f"{current_app.config['COOKIE_PREFIX']}{COOKIE}"


def _attributes() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": current_app.config["IS_HTTPS"]}


def _signer() -> URLSafeSerializer:
    # The serializer wants the newest key last.
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt="help-now")
