"""Headers on every answer: nothing from elsewhere, no inline script, no copy of a page with health data."""

from typing import Any, Final

from flask import Flask, current_app, request
from flask.wrappers import Response
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)


def policy() -> ContentSecurityPolicy:
    """What a page may load and do. A script turns text into code in no way but by the policy called ``diary``."""
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'")
        .font_src("'self'")
        .connect_src("'self'")
        .manifest_src("'self'")
        .worker_src("'self'")
        .object_src("'none'")
        .form_action("'self'")
        .frame_ancestors("'none'")
        .base_uri("'none'")
        .require_trusted_types_for("'script'")
        .trusted_types("diary")
    )


def _headers(**more: Any) -> Secure:
    return Secure(
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy()
        .camera()
        .microphone()
        .geolocation()
        .payment()
        .usb()
        .publickey_credentials_create("self")
        .publickey_credentials_get("self"),
        # Sent to this server alone: the token check of forms reads it on HTTPS.
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        **more,
    )


ON_HTTP: Final = _headers(csp=policy())
ON_HTTPS: Final = _headers(
    csp=policy().upgrade_insecure_requests(), hsts=StrictTransportSecurity().max_age(365 * 24 * 3600)
)
WITHOUT_ADDRESS: Final = "strict-origin"
"""For a page whose address is a secret: no address goes along, and the token check still sees that it was our page."""


def install_headers(app: Flask) -> None:
    """Set the headers after every request."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    (ON_HTTPS if current_app.config["IS_HTTPS"] else ON_HTTP).set_headers(response)
    if "token" in (request.view_args or {}):
        response.headers["Referrer-Policy"] = WITHOUT_ADDRESS
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
