"""Accounts: the sign-in library's settings and signals, and the one-time link that sets a copy up."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_out
from flask_security import hash_password, login_user, password_changed, user_authenticated

from diary.domain.access import Permission
from diary.domain.audit import Event
from diary.extensions import db, security
from diary.forms.set_up import PASSWORD_LENGTH, AccountForm
from diary.services import audit, care_team
from diary.views.access import requires
from diary.views.carry import WRONG_SIGN_IN

blueprint = Blueprint("account", __name__)

SIGN_IN: Final = {
    "SECURITY_PASSWORD_HASH": "argon2",
    # argon2 brings its own salt; the library still wants a second one for a keyed hash of the password.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_LENGTH,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_VERIFY_URL": "/sign-in-again",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_CHANGE_VIEW": "/",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_STATIC_FOLDER": None,
    # Our own headers say it; the library writes "no-store=True", which no browser understands.
    "SECURITY_CACHE_CONTROL": None,
    # A role belongs to a membership in a diary; an account has none to join.
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_DEFAULT_REMEMBER_ME": True,
    # The library's own words are for programmers.
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG_SIGN_IN, "error"),
    "SECURITY_MSG_INVALID_PASSWORD": (_l("The password is wrong. Type it again."), "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": (_l("Type your password."), "error"),
    "SECURITY_MSG_PASSWORD_INVALID_LENGTH": (
        _l("Choose a password of %(length)s characters or more. Three words work well."),
        "error",
    ),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": (
        _l("The two new passwords are not the same. Type both again."),
        "error",
    ),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": (_l("Choose another password than the one you have."), "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": (_l("Your password is changed."), "saved"),
    "SECURITY_MSG_INVALID_REDIRECT": (_l("This link leads elsewhere. Start from the first page."), "error"),
    "SECURITY_MSG_REAUTHENTICATION_SUCCESSFUL": (_l("Thank you. You can go on."), "saved"),
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_DURATION": timedelta(days=180),
}
"""A long session on a person's own phone, and nothing switched on that is not used."""


def set_up_token(secret_key: str) -> str:
    """The secret part of the one-time set-up link. It works until the first account exists."""
    return hmac.new(secret_key.encode(), b"set up the diary", sha256).hexdigest()[:40]


@blueprint.route("/set-up/<token>", methods=["GET", "POST"])
@requires(Permission.USE_SET_UP_LINK, checks_csrf=True)
def set_up(token: str) -> ResponseReturnValue:
    """Create the first account, for whoever holds the link that the terminal printed."""
    if request.method == "POST":
        care_team.wait_for_others(db.session)
    is_right = hmac.compare_digest(token.encode(), set_up_token(current_app.config["SECRET_KEY"]).encode())
    if not is_right or care_team.has_accounts(db.session):
        abort(404)
    form = AccountForm()
    if not form.validate_on_submit():
        return render_template("set_up/account.html", form=form)
    account = create_account(form, datetime.now(UTC))
    db.session.commit()
    login_user(account, remember=True, authn_via=["password"])
    return redirect(url_for("set_up.begin"))


def create_account(form: AccountForm, now: datetime) -> Any:
    """Add the account that a form describes; whoever asked commits, and signs it in."""
    account = security.datastore.create_user(
        # As the sign-in page will read them: accents can be typed in two ways.
        email=security.mail_util.normalize(form.email.data),
        password=hash_password(security.password_util.normalize(form.password.data)),
        name=form.name.data,
        created_at=now,
    )
    db.session.flush()
    audit.write_account(db.session, Event.ACCOUNT_CREATED, str(account.id), now)
    return account


def _audits(event: Event) -> Any:
    def write(_app: object, *, user: Any, **_: object) -> None:
        audit.write_account(db.session, event, user.id, datetime.now(UTC))
        db.session.commit()

    return write


AUDITED_SIGNALS: Final = (
    (user_authenticated, _audits(Event.ACCOUNT_SIGNED_IN)),
    (user_logged_out, _audits(Event.ACCOUNT_SIGNED_OUT)),
    (password_changed, _audits(Event.ACCOUNT_PASSWORD_CHANGED)),
)
"""What the sign-in library does is written down when it says so."""
