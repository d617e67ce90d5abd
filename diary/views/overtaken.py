"""What several people may set: a page that was opened before somebody else's change does not undo it unseen."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields import BooleanField, FieldList
from wtforms.fields.core import Field

from diary.extensions import db
from diary.forms.shown import OfWhatWasShown
from diary.services import lock
from diary.views import words
from diary.views.access import this_access


def is_newest(form: OfWhatWasShown, form_of_now: Callable[..., OfWhatWasShown], *, is_first: bool = False) -> bool:
    """Whether nothing was changed since the form's page was opened; the diary is locked, so that it stays true.

    If not, the form says what was changed, and to what, and can be sent again. ``form_of_now`` makes the form of what
    is kept now. While a diary ``is_first`` set up, a page that does not say what it showed is believed.
    """
    if is_first and not form.shown.data:
        return True
    lock.diary(db.session, this_access().diary_id)
    changed = form.catch_up(form_of_now(formdata=None))
    for field, now in changed:
        field.errors = [_sentence(now, is_kept=field is not now)]
    if changed:
        form.form_errors.append(
            gettext("Somebody changed this while you had it open. Nothing is saved yet. Check, and save again.")
        )
    return not changed


def ask_again(template: str, form: OfWhatWasShown, **context: Any) -> ResponseReturnValue:
    """The form's page, for the first time or once more; its status says when somebody else was quicker."""
    status = HTTPStatus.CONFLICT if form.is_overtaken else HTTPStatus.OK
    return render_template(template, form=form, **context), status


def _sentence(now: Field, *, is_kept: bool) -> str:
    """What a field holds now; whether what the reader typed is kept in its place."""
    question, answer = now.label.text, _words(now)
    says = (
        gettext("“%(question)s” now says “%(answer)s”.", question=question, answer=answer)
        if answer
        else gettext("“%(question)s” is empty now.", question=question)
    )
    return f"{says} {gettext('What you typed is still here.')}" if is_kept else says


def _words(field: Field) -> str:
    if isinstance(field, FieldList):
        lines = (", ".join(filter(None, map(_words, entry.form))) for entry in field)
        return "; ".join(filter(None, lines))
    if isinstance(field, BooleanField):
        return gettext("Yes") if field.data else gettext("No")
    if getattr(field, "choices", None):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(str(choice.label) for choice in field.choices if choice.value in chosen)
    return words.isolated(field._value())
