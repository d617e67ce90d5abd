"""Accounts: the sign-in library's settings and signals, and the one-time link that sets a copy up."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_out
from flask_security import current_user, hash_password, password_changed, user_authenticated

from diary.domain.access import Permission
from diary.domain.audit import Event
from diary.domain.password import SHORTEST
from diary.extensions import db, security
from diary.forms.account import ChangeDetailsForm
from diary.forms.set_up import AccountForm
from diary.services import account as accounts
from diary.services import audit, care_team, lock
from diary.services import code as codes
from diary.services import device as devices
from diary.services import passkey as passkeys
from diary.views import words
from diary.views.access import requires
from diary.views.sign_in import WRONG_PASSWORD, WRONG_SIGN_IN
from diary.views.signed_in import enter

blueprint = Blueprint("account", __name__)

SIGN_IN: Final = {
    "SECURITY_PASSWORD_HASH": "argon2",
    # argon2 brings its own salt; the library still wants a second one for a keyed hash of the password.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_SHORTEST_MIN": SHORTEST,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_VERIFY_URL": "/sign-in-again",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_CHANGE_VIEW": "/account",
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
    "SECURITY_MSG_INVALID_PASSWORD": (WRONG_PASSWORD, "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": (_l("Type your password."), "error"),
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


def set_up_token(secret_key: str, past_accounts: int = 0) -> str:
    """The secret part of the one-time set-up link: good until an account exists, and another once all were deleted."""
    said = "set up the diary" + (f" after {past_accounts}" if past_accounts else "")
    return hmac.new(secret_key.encode(), said.encode(), sha256).hexdigest()[:40]


@blueprint.route("/set-up/<token>", methods=["GET", "POST"])
@requires(Permission.USE_SET_UP_LINK, checks_csrf=True)
def set_up(token: str) -> ResponseReturnValue:
    """Create the first account, for whoever holds the link that the terminal printed."""
    if request.method == "POST":
        lock.beginning(db.session)
    right = set_up_token(current_app.config["SECRET_KEY"], care_team.past_accounts(db.session))
    is_right = hmac.compare_digest(token.encode(), right.encode())
    if not is_right or care_team.has_accounts(db.session):
        abort(404)
    form = AccountForm()
    if not form.validate_on_submit():
        return render_template("set_up/account.html", form=form)
    now = datetime.now(UTC)
    account = create_account(form, now)
    db.session.commit()
    enter(account, now)
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


@blueprint.get("/account")
@requires(Permission.USE_ACCOUNT)
def show() -> ResponseReturnValue:
    """Show who is signed in, how they sign in, and where."""
    now, account_id = datetime.now(UTC), current_user.id
    return render_template(
        "account/account.html",
        account=current_user,
        passkeys=[
            (key, name, words.day(at.date())) for key, (name, at) in passkeys.passkeys(db.session, account_id).items()
        ],
        recovery_codes_left=codes.recovery_codes_left(db.session, account_id),
        devices=[
            (device, words.ago(now - device.last_used_at), device.id == current_user.device_id)
            for device in devices.signed_in(db.session, account_id)
        ],
    )


@blueprint.route("/account/details", methods=["GET", "POST"])
@requires(Permission.SECURE_ACCOUNT, checks_csrf=True)
def details() -> ResponseReturnValue:
    """Change one's name and e-mail address."""
    form = ChangeDetailsForm(data={"own_name": current_user.name, "own_email": current_user.email})
    if not form.validate_on_submit():
        return render_template("account/details.html", form=form)
    email = security.mail_util.normalize(form.own_email.data)
    try:
        accounts.change_details(db.session, current_user.id, form.own_name.data, email, datetime.now(UTC))
    except accounts.AddressTakenError:
        form.own_email.errors = [gettext("Another account has this e-mail address. Type another one.")]
        return render_template("account/details.html", form=form)
    db.session.commit()
    flash(gettext("Saved."), "saved")
    return redirect(url_for("account.show"))


@blueprint.post("/account/offer")
@requires(Permission.USE_ACCOUNT)
def answer_offer() -> ResponseReturnValue:
    """Offer better ways to sign in no more; they stay on the account's page."""
    accounts.answer_offer(db.session, current_user.id, datetime.now(UTC))
    db.session.commit()
    return redirect(url_for("account.show" if "show" in request.form else "home.first"))


def _audits(event: Event, ends: Callable[..., None] | None = None) -> Any:
    def write(_app: object, *, user: Any, **_: object) -> None:
        now = datetime.now(UTC)
        if ends is not None:
            ends(db.session, user.id, user.device_id, now)
        audit.write_account(db.session, event, user.id, now)
        db.session.commit()

    return write


AUDITED_SIGNALS: Final = (
    (user_authenticated, _audits(Event.ACCOUNT_SIGNED_IN)),
    (user_logged_out, _audits(Event.ACCOUNT_SIGNED_OUT, ends=devices.end)),
    (password_changed, _audits(Event.ACCOUNT_PASSWORD_CHANGED, ends=devices.end_others)),
)
"""What the sign-in library does is carried through to the devices, and written down, when it says so."""
