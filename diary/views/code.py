"""Codes from an app as a second step: switch them on and off, and make recovery codes."""

from datetime import UTC, datetime
from typing import Any

import segno
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from markupsafe import Markup

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.account import CodeForm
from diary.services import code as codes
from diary.views.access import requires
from diary.views.sign_in import WRONG_CODE

blueprint = Blueprint("code", __name__, url_prefix="/account/codes")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SECURE_ACCOUNT, checks_csrf=True)
def switch_on() -> ResponseReturnValue:
    """Share a secret with an app, and ask for its codes from now on."""
    if current_user.code_secret:
        return redirect(url_for("account.show"))
    form = CodeForm(data={"secret": codes.new_secret()})
    if form.validate_on_submit():
        account, typed = current_user._get_current_object(), form.code.data
        if made := codes.switch_on(db.session, account, form.secret.data or "", typed, datetime.now(UTC)):
            db.session.commit()
            return render_template("account/recovery_codes.html", codes=made, is_new=True)
        form.code.errors = [WRONG_CODE]
    return render_template("account/codes.html", form=form, **_shared(form))


@blueprint.post("/off")
@requires(Permission.SECURE_ACCOUNT)
def switch_off() -> ResponseReturnValue:
    """Ask for no code any more."""
    codes.switch_off(db.session, current_user._get_current_object(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("The diary asks for no code any more."), "saved")
    return redirect(url_for("account.show"))


@blueprint.post("/recovery")
@requires(Permission.SECURE_ACCOUNT)
def renew() -> ResponseReturnValue:
    """Make new recovery codes, and show them this once."""
    if not current_user.code_secret:
        return redirect(url_for("account.show"))
    made = codes.renew_recovery_codes(db.session, current_user._get_current_object(), datetime.now(UTC))
    db.session.commit()
    return render_template("account/recovery_codes.html", codes=made, is_new=False)


def _shared(form: CodeForm) -> dict[str, Any]:
    """The secret as a picture, as a link, and in groups of four for typing."""
    try:
        link = codes.link(form.secret.data or "", current_user.email)
    except ValueError:
        form.secret.data = codes.new_secret()
        link = codes.link(form.secret.data, current_user.email)
    picture = segno.make(link, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000", omitsize=True)
    secret = form.secret.data or ""
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"picture": Markup(picture), "link": link, "secret": groups}  # noqa: S704 - segno drew it.
