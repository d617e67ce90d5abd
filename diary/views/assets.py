"""Static files: an address changes with its file, so that a phone keeps each file and never an old one."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from flask import Flask, request
from flask.wrappers import Response

A_YEAR: Final = 365 * 24 * 3600
AN_HOUR: Final = 3600
"""For files that a style sheet or a script names without a version: the font, and the parts of a script."""


def install_assets(app: Flask) -> None:
    """Name the version of a file in its address, and let a phone keep what has one for good."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = AN_HOUR
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        # The style sheet asks for the font by its plain address; a page that asks for another fetches it twice.
        if endpoint == "static" and not values["filename"].endswith(".woff2"):
            values.setdefault("v", _version(folder / values["filename"]))

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = A_YEAR
            response.cache_control.immutable = True
        return response


@lru_cache(maxsize=64)
def _version(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""
