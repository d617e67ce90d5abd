"""Headers on every answer: nothing from elsewhere, no inline script, no copy of a page with health data."""

from flask import Flask, request
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


def install_headers(app: Flask) -> None:
    """Set the headers after every request."""
    policy = (
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
    secure = Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        hsts=StrictTransportSecurity().max_age(31536000) if app.config["IS_HTTPS"] else None,
        permissions=PermissionsPolicy().camera().microphone().geolocation(),
        # Sent to this server alone: the token check of forms reads it on HTTPS.
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    )

    @app.after_request
    def set_headers(response: Response) -> Response:
        secure.set_headers(response)
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
