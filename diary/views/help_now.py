"""Help now: the numbers to call, with no look-up, no sign-in and no name. They lie in a signed cookie on the phone."""

from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from itsdangerous import BadSignature

from diary.domain.access import Permission
from diary.domain.contact import Contact
from diary.views import cookies
from diary.views.access import requires
from diary.views.browser import KNOWN_DEVICE

blueprint = Blueprint("help_now", __name__)

COOKIE: Final = "help_now"
SALT: Final = "help-now"


@blueprint.get("/help-now")
@requires(Permission.SEE_PUBLIC_PAGE)
def show() -> ResponseReturnValue:
    """Show the numbers that this phone keeps."""
    return render_template("help_now.html", contact=numbers_of_this_phone())


@blueprint.post("/help-now/forget")
@requires(Permission.SEE_PUBLIC_PAGE)
def forget() -> ResponseReturnValue:
    """Forget the numbers on this phone, and that somebody has signed in on it."""
    response = redirect(url_for("help_now.show"))
    cookies.forget(response, COOKIE)
    cookies.forget(response, KNOWN_DEVICE)
    return response


def numbers_of_this_phone() -> Contact | None:
    """The numbers in the cookie; ``None`` when there are none, or somebody changed them."""
    try:
        team, night, emergency = cookies.signer(SALT).loads(cookies.read(COOKIE))
    except (BadSignature, ValueError, TypeError):
        return None
    return Contact(team_number=team, night_number=night, emergency_number=emergency)


def remember_numbers(response: Response, contact: Contact) -> None:
    """Keep the numbers on the phone, so that they can be seen when nobody is signed in."""
    numbers = [contact.team_number, contact.night_number, contact.emergency_number]
    cookies.keep(response, COOKIE, cookies.signer(SALT).dumps(numbers))
