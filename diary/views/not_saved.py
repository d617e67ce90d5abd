"""The database is away, locked or full: what was typed into a form stays on the page, to be sent again."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from diary.domain.access import OF_A_DIARY, Permission
from diary.extensions import StoreError
from diary.views.access import permission_of
from diary.views.carry import carried


def install_not_saved(app: Flask) -> None:
    """Lose nothing of any form of a diary."""
    app.register_error_handler(StoreError, not_saved)


def not_saved(error: StoreError, cards: Sequence[Any] = ()) -> ResponseReturnValue:
    """Carry what was typed, below ``cards`` of advice. A page that was only asked for, or takes a password, fails."""
    is_of_a_diary = permission_of(request.endpoint or "") in OF_A_DIARY | {Permission.BEGIN_DIARY}
    if request.method != "POST" or not is_of_a_diary:
        raise error
    current_app.logger.error("A form could not be saved.", exc_info=error)
    g.looks_nobody_up = True
    page = render_template("not_saved.html", cards=list(cards), carried=list(carried()))
    return page, HTTPStatus.SERVICE_UNAVAILABLE
