"""A forgotten password: ask for a link, and choose another password by it."""

from datetime import UTC, datetime
from logging import Logger
from threading import Thread
from typing import Final

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import hash_password

from diary.domain.access import Permission
from diary.extensions import db, security
from diary.forms.account import NewPasswordForm, ResetForm
from diary.notify import Letter, Notifier, NotifyError
from diary.services import password as passwords
from diary.services import sign_in as tries
from diary.views.access import requires
from diary.views.browser import our_address

blueprint = Blueprint("reset", __name__, url_prefix="/forgotten-password")

POSTING: Final = "a letter"
"""The name of a thread that sends one."""


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SEE_PUBLIC_PAGE, checks_csrf=True)
def ask() -> ResponseReturnValue:
    """Send a link to whoever has an account, and say the same to everybody."""
    form, has_mail = ResetForm(), current_app.extensions["notifier"].has_mail
    if not has_mail or not form.validate_on_submit():
        return render_template("account/forgotten.html", form=form, has_mail=has_mail)
    letter = _letter(form.email.data, datetime.now(UTC))
    db.session.commit()
    response = current_app.make_response(render_template("account/letter_sent.html"))
    # How long the post takes would tell a stranger who has an account: this answer, and the next one on the same
    # line, do not wait for it.
    sending = (letter, current_app.extensions["notifier"], current_app.logger)
    response.call_on_close(Thread(target=_send, name=POSTING, args=sending).start)
    return response


@blueprint.route("/<token>", methods=["GET", "POST"])
@requires(Permission.SEE_PUBLIC_PAGE, checks_csrf=True)
def choose(token: str) -> ResponseReturnValue:
    """Choose another password. Opening the link changes nothing: chat programs and mail filters open links too."""
    account = passwords.account_of_token(db.session, current_app.config["SECRET_KEY"], token)
    if account is None:
        return render_template("account/link_old.html"), 404
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return render_template("account/new_password.html", form=form, email=account.email)
    password_hash = hash_password(security.password_util.normalize(form.password.data))
    passwords.replace(db.session, account, password_hash, datetime.now(UTC))
    db.session.commit()
    flash(gettext("Your password is changed. Sign in with it."), "saved")
    return redirect(url_for("security.login"))


def _letter(email: str, now: datetime) -> Letter | None:
    """The letter with the link; none for an unknown address, and none when several were sent within the hour."""
    secret_key = current_app.config["SECRET_KEY"]
    keys = tries.keys_of(secret_key, letter=email.casefold())
    account = passwords.find_account(db.session, email)
    is_too_often = bool(tries.waiting_time(db.session, keys, now))
    if not is_too_often:
        tries.fail(db.session, keys, now)
    if account is None or is_too_often:
        return None
    link = our_address() + url_for("reset.choose", token=passwords.reset_token(secret_key, account))
    text = gettext(
        "Somebody, most likely you, forgot the password of your symptom diary. Choose another one here:\n\n"
        "%(link)s\n\nThe link works once, for one hour.\n"
        "If it was not you, do nothing. Your password stays as it is.",
        link=link,
    )
    return Letter(to=account.email, subject=gettext("Choose another password"), text=text)


def _send(letter: Letter | None, notifier: Notifier, log: Logger) -> None:
    try:
        if letter is not None:
            notifier.send(letter)
    except NotifyError as error:
        log.error("The letter with the link for a new password: %s", error)
