"""The advice for what was sent, while it is not saved: refused, nobody signed in, or the database away."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.extensions import StoreError, db
from diary.services import check_in as check_ins
from diary.views import advice
from diary.views.carry import carried, sign_in_first
from diary.views.help_now import numbers_of_this_phone

Sent = Callable[[Diary | None], CheckIn]
"""Reads the check-in out of what was sent, for this diary or for somebody who is not signed in."""


def cards(check_in: CheckIn, diary: Diary) -> Sequence[advice.Card]:
    """The advice for a check-in that was refused, judged with the record."""
    seen = check_ins.preview(db.session, diary, check_in, check_in, ())
    return advice.cards_of_findings(seen.findings, diary.contact, diary)


def cards_without_record(sent: Sent) -> list[advice.Card]:
    """The advice for what was sent, when the record cannot be asked."""
    diary: Diary | None = g.get("diary")
    check_in = sent(diary)
    seen = check_ins.preview_without_record(check_in, check_in, ())
    return advice.cards_of_findings(seen.findings, diary.contact if diary else numbers_of_this_phone(), diary)


def advise_signed_out(sent: Sent) -> Callable[..., ResponseReturnValue | None]:
    """Show the advice for what was sent before asking to sign in: a prompt never waits for a sign-in."""

    def advise(**_: str) -> ResponseReturnValue | None:
        return sign_in_first(cards_without_record(sent) if request.method == "POST" else ())

    return advise


def advise_not_saved(sent: Sent) -> Callable[[StoreError], ResponseReturnValue]:
    """Show the advice although the database is away, and keep what was typed on the page, to be sent again."""

    def advise(error: StoreError) -> ResponseReturnValue:
        if request.method != "POST":
            raise error
        current_app.logger.error("A check could not be saved.", exc_info=error)
        g.looks_nobody_up = True
        page = render_template("not_saved.html", cards=cards_without_record(sent), carried=list(carried()))
        return page, HTTPStatus.SERVICE_UNAVAILABLE

    return advise
