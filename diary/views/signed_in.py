"""Who is signed in on this device, and whether they have shown a short while ago that it is them."""

import time
from datetime import datetime, timedelta
from typing import Any, Final

from flask import g, request, session
from flask_security import login_user
from flask_security.utils import set_request_attr

from diary.extensions import db
from diary.services import device as devices
from diary.views.browser import know_this_device, this_device_label

FRESH_FOR: Final = timedelta(minutes=30)
SENT_WITHIN: Final = timedelta(minutes=60)
"""A form that was opened fresh can be sent for another half hour."""


def begin_device(account: Any, now: datetime) -> None:
    """Begin a device for the account in this browser, which is known from now on. Signing in comes next."""
    devices.begin(db.session, account, this_device_label(), now)
    know_this_device(account)


def enter(account: Any, now: datetime) -> None:
    """Sign somebody in, for good, who has shown in another way who they are: by a link that was meant for them."""
    begin_device(account, now)
    login_user(account, remember=True, authn_via=["password"])


def load_account(device_id: str) -> Any:
    """Who is signed in, by what the cookies carry. Nobody is looked up while the database may be away."""
    if g.get("looks_nobody_up"):
        return None
    account = devices.find_account(db.session, device_id)
    if account is not None:
        # The library asks these two where its own loader would have set them.
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", session.get("fs_paa", 0))
    return account


def is_only_remembered(_: Any, **__: Any) -> None:
    """Count nobody as fresh whom the phone only remembers, whoever signed in on it a short while ago."""
    session.pop("fs_paa", None)


def is_fresh() -> bool:
    """Whether whoever is signed in has shown so a short while ago."""
    age = timedelta(seconds=time.time() - session.get("fs_paa", 0))
    return age < (SENT_WITHIN if request.method == "POST" else FRESH_FOR)
