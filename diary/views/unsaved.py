"""What was typed and is not saved: its advice comes at once, and all of it is carried along, to be sent again."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from diary.domain.access import OF_A_DIARY, Permission
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.medicine import Dose
from diary.extensions import StoreError, db
from diary.forms.check_in import CheckInForm
from diary.services import check_in as check_ins
from diary.views import advice
from diary.views.access import SignedOut, permission_of, this_diary
from diary.views.carry import carried, sign_in_first
from diary.views.help_now import numbers_of_this_phone

Typed = tuple[CheckIn, CheckIn, Sequence[Dose]]
"""A check-in as it was typed; the same, if every number that was refused is true; and the doses told in it."""

Reads = Callable[[Diary | None, datetime], Iterable[Typed]]
"""Reads what this request's form says, for this diary or for somebody who is not signed in."""


def typed_in(*forms: CheckInForm) -> list[Typed]:
    """What forms say that were sent and validated."""
    return [
        (form.to_check_in(), form.to_check_in(if_true=True), form.to_doses()) for form in forms if form.is_submitted()
    ]


def _one_check_in(diary: Diary | None, now: datetime) -> Iterable[Typed]:
    """The whole form is one check-in, or a part of one."""
    form = CheckInForm(diary=diary, now=now)
    form.validate()
    return typed_in(form)


def install_unsaved(app: Flask) -> None:
    """Lose nothing of any form of a diary while the database is away, locked or full."""
    app.register_error_handler(StoreError, _not_saved)


def signed_out(reads: Reads = _one_check_in) -> SignedOut:
    """Show the advice for what was typed before asking to sign in: a prompt never waits for a sign-in."""

    def advise(**_: Any) -> ResponseReturnValue | None:
        return sign_in_first(_cards_without_record(reads) if request.method == "POST" else ())

    advise.reads = reads  # type: ignore[attr-defined]
    return advise


def advice_for(typed: Iterable[Typed]) -> dict[str, Any]:
    """The advice, judged with the record, for what could be read of forms that came back with errors."""
    diary = this_diary()
    seen = [check_ins.preview(db.session, diary, *each) for each in typed]
    findings = [finding for each in seen for finding in each.findings]
    return {
        "cards": advice.cards_of_findings(findings, diary.contact, diary),
        "odd_words": advice.odd_words() if any(each.is_odd for each in seen) else "",
    }


def _not_saved(error: StoreError) -> ResponseReturnValue:
    """Carry what was typed, below its advice. A page that was only asked for, or takes a password, fails."""
    is_of_a_diary = permission_of(request.endpoint or "") in OF_A_DIARY | {Permission.BEGIN_DIARY}
    if request.method != "POST" or not is_of_a_diary:
        raise error
    current_app.logger.error("A form could not be saved.", exc_info=error)
    g.looks_nobody_up = True
    view = current_app.view_functions[request.endpoint or ""]
    reads: Reads | None = getattr(getattr(view, "signed_out", None), "reads", None)
    cards = _cards_without_record(reads) if reads else []
    return render_template("not_saved.html", cards=cards, carried=list(carried())), HTTPStatus.SERVICE_UNAVAILABLE


def _cards_without_record(reads: Reads) -> list[advice.Card]:
    """The advice for what was sent, when the record cannot be asked: each check-in is judged alone."""
    diary: Diary | None = g.get("diary")
    seen = (check_ins.preview_without_record(*each) for each in reads(diary, datetime.now(UTC)))
    findings = [finding for each in seen for finding in each.findings]
    return advice.cards_of_findings(findings, diary.contact if diary else numbers_of_this_phone(), diary)
