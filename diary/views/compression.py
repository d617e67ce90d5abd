"""Answers as small as the browser can read them: most of what a phone waits for is text."""

import gzip
import io
import secrets
from typing import Final

from flask import Flask, request
from flask.wrappers import Response

TEXT: Final = frozenset(
    {"application/json", "application/manifest+json", "image/svg+xml", "text/css", "text/html", "text/javascript"}
)
SMALLEST: Final = 600
"""Bytes below which a packet is sent all the same."""


def install_compression(app: Flask) -> None:
    """Compress text for whoever can read it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    is_static = request.endpoint == "static"
    if response.mimetype not in TEXT or (response.is_streamed and not is_static):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code in (204, 206, 304) or request.method == "HEAD" or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < SMALLEST or response.content_encoding:
        return response
    packed = io.BytesIO()
    # A page's length must not tell what stands on it: the name that a gzip file may carry is as long as chance has it.
    name = "" if is_static else secrets.token_hex(secrets.randbelow(24))
    with gzip.GzipFile(name, "wb", compresslevel=9 if is_static else 6, fileobj=packed, mtime=0) as file:
        file.write(plain)
    response.set_data(packed.getvalue())
    response.content_encoding = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # The same page, but other bytes.
    return response
