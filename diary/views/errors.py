"""What went wrong, as a page that says what to do. Nothing that was typed stands on it."""

from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from diary.extensions import db
from diary.services.errors import AlreadyChangedError, LastOwnerError, NotFoundError

SENTENCES: Final = {
    HTTPStatus.BAD_REQUEST: _l("The page could not be sent. Go back, check what you typed, and send it again."),
    HTTPStatus.NOT_FOUND: _l("There is no such page. Check the address, or start from the first page."),
    HTTPStatus.METHOD_NOT_ALLOWED: _l("This page cannot be used in that way. Start from the first page."),
    HTTPStatus.CONFLICT: _l("This entry was changed in the meantime. Open History to see its newest version."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _l("That is too much text. Go back, shorten it, and send it again."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _l("The diary takes only what its own pages send. Start from the first page."),
    HTTPStatus.TOO_MANY_REQUESTS: _l("Too many tries. Wait a minute, then try again."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _l(
        "Something is wrong with the diary itself. If you are worried, ring the number on your wallet card."
    ),
}

LAST_OWNER: Final = _l("A diary needs an owner, and there is no other. Make somebody else an owner first.")


def install_errors(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(NotFoundError, lambda _: _page(HTTPStatus.NOT_FOUND))
    app.register_error_handler(AlreadyChangedError, lambda _: _page(HTTPStatus.CONFLICT))
    app.register_error_handler(LastOwnerError, lambda _: _page(HTTPStatus.CONFLICT, LAST_OWNER))


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # A request under a name that is not ours gets no page: addresses on a page would carry that name.
        return Response("This server does not answer to that name.", 400, mimetype="text/plain")
    if error.code is None or error.response is not None:
        return error
    return _page(HTTPStatus(error.code))


def _stale(_: CSRFError) -> ResponseReturnValue:
    return _page(HTTPStatus.BAD_REQUEST)


def _page(status: HTTPStatus, sentence: Any = None) -> ResponseReturnValue:
    sentence = sentence or SENTENCES.get(status) or gettext("This did not work. Start from the first page.")
    # The frame of a page asks who is signed in. Without a database the numbers to call must still reach their reader.
    g.looks_nobody_up = g.get("looks_nobody_up") or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        # What the request changed so far was not acknowledged, and must not be kept.
        db.session.rollback()
        return render_template("error.html", sentence=sentence, status=status.value), status
    except Exception:
        current_app.logger.exception("The error page could not be drawn.")
        return Response(str(sentence), status, mimetype="text/plain")
