"""Headers on every answer: nothing from elsewhere, no inline script, no copy of a page with health data."""

from typing import Final

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

POLICY: Final = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'")
    .img_src("'self'")
    .font_src("'self'")
    .connect_src("'self'")
    .manifest_src("'self'")
    .form_action("'self'")
    .frame_ancestors("'none'")
    .base_uri("'none'")
)
ALWAYS: Final = Secure(
    csp=POLICY,
    coop=CrossOriginOpenerPolicy().same_origin(),
    corp=CrossOriginResourcePolicy().same_origin(),
    permissions=PermissionsPolicy().camera().microphone().geolocation(),
    # Sent to this server alone: the token check of forms reads it on HTTPS.
    referrer=ReferrerPolicy().same_origin(),
    xcto=XContentTypeOptions().nosniff(),
    xfo=XFrameOptions().deny(),
)
ON_HTTPS: Final = Secure(hsts=StrictTransportSecurity().max_age(365 * 24 * 3600))


def install_headers(app: Flask) -> None:
    """Set the headers after every request."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    ALWAYS.set_headers(response)
    if current_app.config["IS_HTTPS"]:
        ON_HTTPS.set_headers(response)
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
