"""The link of an invitation. Opening it changes nothing: programs that preview links open them too."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from diary.domain.access import Permission
from diary.domain.invitation import Invitation
from diary.extensions import db, limiter, security
from diary.forms.set_up import AccountForm
from diary.services import care_team, lock
from diary.services import invitation as invitations
from diary.views import words
from diary.views.access import requires
from diary.views.account import create_account
from diary.views.signed_in import enter

blueprint = Blueprint("invitation", __name__)

JOIN_LIMIT: Final = "30 per minute"
"""Each try works out a password's hash."""


@blueprint.errorhandler(invitations.ClosedError)
def closed(_: invitations.ClosedError) -> ResponseReturnValue:
    """Say the same of every link that lets nobody in, whatever the reason."""
    db.session.rollback()
    return render_template("people/closed.html"), HTTPStatus.NOT_FOUND


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@requires(Permission.SEE_PUBLIC_PAGE, checks_csrf=True)
def show(token: str) -> ResponseReturnValue:
    """Show who invites to what; accept it, with an account that there is or that is made here."""
    found = invitations.find(db.session, token, datetime.now(UTC))
    return _accept(token, found) if current_user.is_authenticated else _join(token, found)


def _accept(token: str, found: Invitation) -> ResponseReturnValue:
    access = care_team.find_access(db.session, current_user.id, found.diary_id)
    form = FlaskForm()
    if access is None and form.validate_on_submit():
        try:
            return _enter(token, current_user.id)
        except invitations.AlreadyMemberError:  # By another link, a moment ago.
            return redirect(url_for("invitation.show", token=token))
    return _page(
        "people/accept.html", found, form=form, own_role=access and words.ROLES[access.role], email=current_user.email
    )


def _join(token: str, found: Invitation) -> ResponseReturnValue:
    form = AccountForm(data={"email": found.email})
    if request.method == "POST":
        lock.beginning(db.session)
        lock.diary(db.session, found.diary_id)
        with limiter.limit(JOIN_LIMIT):
            is_valid = form.validate()
        if is_valid and _is_new(form):
            now = datetime.now(UTC)
            account = create_account(form, now)
            answer = _enter(token, str(account.id))
            enter(account, now)
            return answer
    sign_in = url_for("security.login", next=url_for("invitation.show", token=token))
    return _page("people/join.html", found, form=form, sign_in=sign_in)


def _is_new(form: AccountForm) -> bool:
    """Whether nobody has an account with this address yet; somebody who has is asked to sign in with it."""
    email = security.mail_util.normalize(form.email.data)
    if security.datastore.find_user(case_insensitive=True, email=email) is None:  # As the sign-in page looks it up.
        return True
    form.email.errors = [gettext("There is an account with this address. Sign in with it, or type another.")]
    return False


def _enter(token: str, account_id: str) -> ResponseReturnValue:
    access = invitations.accept(db.session, token, account_id, datetime.now(UTC))
    db.session.commit()
    flash(gettext("You can now open this diary."), "saved")
    return redirect(url_for("home.diary", diary_id=access.diary_id))


def _page(template: str, found: Invitation, **more: Any) -> ResponseReturnValue:
    return render_template(
        template,
        invited_by=found.invited_by,
        role=words.ROLES[found.role],
        may=words.ROLES_MAY[found.role],
        **more,
    )
