"""What this browser is, and what it keeps for signing in: that it is known, and what a passkey has to sign."""

import secrets
import time
from typing import Any, Final

from flask import after_this_request, current_app, request, session
from flask.wrappers import Response
from flask_babel import gettext
from itsdangerous import BadData

from diary.domain.device import label_of
from diary.services.passkey import Site
from diary.views import cookies

KNOWN_DEVICE: Final = "known_device"
SALT: Final = "known-device"
CHALLENGE_SECONDS: Final = 15 * 60


def this_device_label() -> str:
    """This browser and what it runs on."""
    return label_of(request.user_agent.string)


def know_this_device(account: Any) -> None:
    """Keep in this browser that the account was signed in here, as the device that it has now."""
    known = cookies.signer(SALT).dumps([account.device_id, account.id])

    @after_this_request
    def remember(response: Response) -> Response:
        cookies.keep(response, KNOWN_DEVICE, known)
        return response


def known_device(account: Any) -> str:
    """The id of the device that this browser was when this very account was signed in here before; else empty."""
    try:
        device_id, account_id = cookies.signer(SALT).loads(cookies.read(KNOWN_DEVICE))
    except (BadData, ValueError, TypeError):
        return ""
    return str(device_id) if account is not None and account.id == account_id else ""


def this_site(challenge: bytes) -> Site:
    """This site as the browser knows it."""
    origin = request.host_url.rstrip("/")
    return Site(gettext("Symptom diary"), request.host.partition(":")[0], origin, challenge)


def our_address() -> str:
    """Where this server is found, for a letter. Whoever asks for it may say that they know it at another port."""
    known: tuple[str, ...] = current_app.config["ADDRESSES"]
    said = request.host_url.rstrip("/")
    return said if said in known else known[0]


def challenge() -> bytes:
    """What a passkey has to sign. Pages that are open side by side share one; a used or an old one makes place."""
    made_at, number = session.get("passkey", (0, ""))
    if time.time() - made_at > CHALLENGE_SECONDS / 2:
        number = secrets.token_hex(32)
        session["passkey"] = (int(time.time()), number)
    return bytes.fromhex(number)


def take_challenge() -> bytes:
    """What was to be signed, once; something that nobody has signed when it is too old."""
    made_at, number = session.pop("passkey", (0, ""))
    return bytes.fromhex(number) if time.time() - made_at < CHALLENGE_SECONDS else secrets.token_bytes(32)
