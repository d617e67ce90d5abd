"""Passkeys: add one, remove one. Signing in with one is a matter of the sign-in page."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.account import PasskeyForm
from diary.services import passkey as passkeys
from diary.views.access import requires
from diary.views.browser import challenge, take_challenge, this_device_label, this_site
from diary.views.sign_in import WRONG_PASSKEY

blueprint = Blueprint("passkey", __name__, url_prefix="/account/passkeys")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.SECURE_ACCOUNT, checks_csrf=True)
def new() -> ResponseReturnValue:
    """Add a passkey that this phone, this computer or a stick holds."""
    form, account = PasskeyForm(data={"name": this_device_label()}), current_user._get_current_object()
    if form.validate_on_submit():
        try:
            site, now = this_site(take_challenge()), datetime.now(UTC)
            passkeys.begin(db.session, account, form.name.data, form.credential.data or "", site, now)
            db.session.commit()
            flash(gettext("Your passkey is ready. You can sign in with it."), "saved")
            return redirect(url_for("account.show"))
        except passkeys.PasskeyError:
            form.form_errors.append(WRONG_PASSKEY)
            form.credential.data = ""
    options = passkeys.options_to_begin(db.session, account, this_site(challenge()))
    return render_template("account/passkey.html", form=form, options=options)


@blueprint.post("/<passkey_id>/remove")
@requires(Permission.SECURE_ACCOUNT)
def remove(passkey_id: str) -> ResponseReturnValue:
    """Remove a passkey: it opens nothing any more."""
    try:
        passkeys.remove(db.session, current_user.id, passkey_id, datetime.now(UTC))
    except passkeys.PasskeyError:
        abort(404)
    db.session.commit()
    flash(gettext("The passkey is removed."), "saved")
    return redirect(url_for("account.show"))
