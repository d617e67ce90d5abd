"""What was typed and could not be saved: its advice comes at once, and all of it is carried along, to be sent again."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from diary.domain.diary import Diary
from diary.forms.check_in import CheckInForm
from diary.rules import Finding
from diary.services import check_in as check_ins
from diary.views import advice
from diary.views.access import SignedOut
from diary.views.carry import carried, sign_in_first
from diary.views.help_now import numbers_of_this_phone

Forms = Callable[[Diary | None, datetime], Iterable[CheckInForm]]


def one_form(diary: Diary | None, now: datetime) -> Iterable[CheckInForm]:
    """The whole request is one check-in, or a part of one."""
    return [CheckInForm(diary=diary, now=now)]


def signed_out(forms: Forms = one_form) -> SignedOut:
    """Show the advice for what was typed before asking to sign in: a prompt never waits for a sign-in."""

    def advise(**_: Any) -> ResponseReturnValue | None:
        return sign_in_first(_cards(forms) if request.method == "POST" else ())

    advise.forms = forms  # type: ignore[attr-defined]
    return advise


def not_saved(error: Exception) -> ResponseReturnValue:
    """Show the advice although the database is away or full, and keep what was typed on the page, to be sent again."""
    view = current_app.view_functions[request.endpoint or ""]
    forms = getattr(getattr(view, "signed_out", None), "forms", None)
    if forms is None or request.method != "POST":
        raise error
    current_app.logger.error("A check-in could not be saved.", exc_info=error)
    g.looks_nobody_up = True
    page = render_template("not_saved.html", cards=_cards(forms), carried=list(carried()))
    return page, HTTPStatus.SERVICE_UNAVAILABLE


def _cards(forms: Forms) -> list[advice.Card]:
    """The advice for what was sent, when the record cannot be asked: each check-in is judged alone."""
    diary: Diary | None = g.get("diary")
    findings: list[Finding] = []
    for form in forms(diary, datetime.now(UTC)):
        form.validate()
        typed = form.to_check_in(), form.to_check_in(if_true=True), form.to_doses()
        findings += check_ins.preview_without_record(*typed).findings
    return advice.cards_of_findings(findings, diary.contact if diary else numbers_of_this_phone(), diary)
