"""People: who may enter a diary, in which role, and who is invited; changing that, and leaving."""

from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.extensions import db
from diary.forms.people import InviteForm, MemberForm
from diary.notify import Letter, Notifier, NotifyError
from diary.services import invitation as invitations
from diary.services import member as members
from diary.services.errors import LastOwnerError
from diary.views import people_words
from diary.views.access import requires, this_access, this_diary
from diary.views.errors import LAST_OWNER

blueprint = Blueprint("people", __name__, url_prefix="/diaries/<diary_id>")


@blueprint.get("/people")
@requires(Permission.SHARE_DIARY, only_shows=True)
def show(diary_id: str) -> ResponseReturnValue:
    """Show who may enter, and who is invited."""
    found = invitations.open_invitations(db.session, diary_id, datetime.now(UTC))
    return render_template(
        "people/people.html",
        people=people_words.people(members.members(db.session, diary_id), this_diary(), this_access()),
        invitations=people_words.invitations(found, this_diary()),
    )


@blueprint.route("/people/invite", methods=["GET", "POST"])
@requires(Permission.SHARE_DIARY, checks_csrf=True)
def invite(diary_id: str) -> ResponseReturnValue:
    """Make an invitation, and show its link: this once, since the diary keeps no copy of it."""
    form = InviteForm(data={"token": str(uuid4())})
    if not form.validate_on_submit():
        return render_template("people/invite.html", form=form, roles_may=people_words.roles_may())
    invitation_id, email = form.entry_id(diary_id), form.their_email.data or ""
    now, role = datetime.now(UTC), form.to_role()
    secret = invitations.invite(db.session, this_access(), invitation_id, role, email, now)
    db.session.commit()
    if secret is None:
        flash(gettext("This link was shown once already. If you have lost it, revoke it and make another."), "saved")
        return redirect(url_for("people.show", diary_id=diary_id))
    address = url_for("invitation.show", token=secret, _external=True)
    letter = people_words.letter(address, email)
    post = _send(letter) if email else {}
    return render_template("people/link.html", **people_words.link(address, role, letter, **post))


@blueprint.post("/people/invitations/<invitation_id>/revoke")
@requires(Permission.SHARE_DIARY)
def revoke(diary_id: str, invitation_id: str) -> ResponseReturnValue:
    """Let nobody in by an invitation."""
    invitations.revoke(db.session, this_access(), invitation_id, datetime.now(UTC))
    return _saved(gettext("Revoked. The link does not work any more."), "people.show")


@blueprint.route("/people/<member_id>", methods=["GET", "POST"])
@requires(Permission.SHARE_DIARY, checks_csrf=True)
def member(diary_id: str, member_id: str) -> ResponseReturnValue:
    """Give somebody another role, or hand the diary over to them."""
    found, access = members.find(db.session, diary_id, member_id), this_access()
    form = MemberForm(is_other=found.account_id != access.account_id, data={"role": found.role})
    if form.validate_on_submit():
        change = members.hand_over if form.is_hand_over else members.change_role
        try:
            change(db.session, access, member_id, form.to_role(), datetime.now(UTC))
            return _saved(gettext("Saved."), "set_up.settings")
        except LastOwnerError:
            db.session.rollback()
            form.role.errors = [LAST_OWNER]
    return render_template("people/member.html", form=form, **people_words.member(found, this_diary(), access))


@blueprint.route("/people/<member_id>/remove", methods=["GET", "POST"])
@requires(Permission.SHARE_DIARY)
def remove(diary_id: str, member_id: str) -> ResponseReturnValue:
    """Let somebody in no longer."""
    found = members.find(db.session, diary_id, member_id)
    if request.method != "POST":
        return render_template("people/remove.html", name=found.name)
    members.remove(db.session, this_access(), member_id, datetime.now(UTC))
    return _saved(gettext("%(name)s can no longer open this diary.", name=found.name), "people.show")


@blueprint.route("/leave", methods=["GET", "POST"])
@requires(Permission.LEAVE_DIARY)
def leave(diary_id: str) -> ResponseReturnValue:
    """Leave the diary; its last owner is told what to do first."""
    if request.method != "POST":
        is_last = members.is_last_owner(db.session, this_access())
        return render_template("people/leave.html", is_last=is_last)
    members.leave(db.session, this_access(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("You have left the diary. What you wrote stays in it, under your name."), "saved")
    return redirect(url_for("home.people"))


def _send(letter: Letter) -> dict[str, bool]:
    """Send the letter where mail is set up. A failure is no reason to hide the link: it is shown all the same."""
    notifier: Notifier = current_app.extensions["notifier"]
    if not notifier.has_mail:
        return {}
    try:
        notifier.send(letter)
        return {"is_sent": True}
    except NotifyError as error:
        current_app.logger.warning("An invitation was not sent: %s", error)
        return {"is_failed": True}


def _saved(sentence: str, then: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "saved")
    return redirect(url_for(then, diary_id=this_diary().id))
