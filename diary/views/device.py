"""Signed-in devices: sign one of them out, or all others."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from diary.domain.access import Permission
from diary.domain.audit import Event
from diary.extensions import db
from diary.services import audit
from diary.services import device as devices
from diary.views.access import requires

blueprint = Blueprint("device", __name__, url_prefix="/account/devices")


@blueprint.post("/<device_id>/end")
@requires(Permission.USE_ACCOUNT)
def end(device_id: str) -> ResponseReturnValue:
    """Sign one device out. It needs no fresh sign-in: a lost phone cannot wait."""
    if not devices.has(db.session, current_user.id, device_id):
        abort(404)
    now = datetime.now(UTC)
    devices.end(db.session, current_user.id, device_id, now)
    return _ended(now)


@blueprint.post("/end-others")
@requires(Permission.USE_ACCOUNT)
def end_others() -> ResponseReturnValue:
    """Sign every device out but this one."""
    now = datetime.now(UTC)
    devices.end_others(db.session, current_user.id, current_user.device_id, now)
    return _ended(now)


def _ended(now: datetime) -> ResponseReturnValue:
    audit.write_account(db.session, Event.ACCOUNT_DEVICE_ENDED, current_user.id, now)
    db.session.commit()
    flash(gettext("Signed out."), "saved")
    return redirect(url_for("account.show"))
