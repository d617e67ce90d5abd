"""Logs: what went wrong and where, never with what. A fault's own words may quote a reading, a name or an address."""

import logging
import traceback
from types import TracebackType

from flask import Flask, has_request_context, request
from sqlalchemy.exc import DataError, DBAPIError


def install_logs(app: Flask) -> None:
    """Let the application's log tell ids and places alone."""
    app.logger.addFilter(_leave_out)


def _leave_out(record: logging.LogRecord) -> bool:
    if has_request_context() and request.url_rule is not None:
        # An address may hold the secret of a one-time link; its pattern says as much to whoever mends the fault.
        record.msg = str(record.msg).replace(request.path, request.url_rule.rule)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = "\n".join(_lines(record.exc_info[1]))
        record.exc_info = None
    return True


def _lines(error: BaseException) -> list[str]:
    cause = error.__cause__ or error.__context__
    before = [*_lines(cause), "Then:"] if cause is not None else []
    return [*before, *_places(error.__traceback__), f"{type(error).__qualname__}{_words(error)}"]


def _places(trace: TracebackType | None) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]


def _words(error: BaseException) -> str:
    """What the database said, in its first line: values stand in the lines below it, or say that a value is wrong."""
    if isinstance(error, DBAPIError) and not isinstance(error, DataError):
        return f": {str(error.orig).partition(chr(10))[0]}"
    return ""
