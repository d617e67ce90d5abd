"""What a phone keeps between visits: cookies that no script reads, bound to this very host on HTTPS."""

from typing import Any, Final

from flask import current_app, request
from itsdangerous import URLSafeSerializer
from werkzeug.wrappers import Response

A_YEAR: Final = 365 * 24 * 3600


def read(name: str) -> str:
    """What the phone keeps under a name; empty when it keeps nothing."""
    return request.cookies.get(_of_this_host(name), "")


def keep(response: Response, name: str, value: str | bytes) -> None:
    """Let the phone keep a value for a year, unless it keeps it already."""
    text = value if isinstance(value, str) else value.decode()
    if read(name) != text:
        response.set_cookie(_of_this_host(name), text, max_age=A_YEAR, **_attributes())


def forget(response: Response, name: str) -> None:
    """Let the phone keep nothing under a name. A browser heeds this only when it looks like the cookie it keeps."""
    response.delete_cookie(_of_this_host(name), **_attributes())


def signer(salt: str) -> URLSafeSerializer:
    """Signs what only this server may have written; what an older key signed is still believed."""
    # The serializer wants the newest key last.
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt=salt)


def _of_this_host(name: str) -> str:
    return f"{current_app.config['COOKIE_PREFIX']}{name}"


def _attributes() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": current_app.config["IS_HTTPS"]}
