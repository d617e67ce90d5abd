"""The list of a form's errors above the form: each with a link to the field that it is about."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import fields
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields.core import Field
from wtforms.form import BaseForm
from wtforms.widgets import HiddenInput

from diary.views.components import component


def error_summary(*forms: BaseForm, autofocus: bool = True) -> Markup:
    """List every error of ``forms`` with a link to its field; empty when there are none.

    The summary takes the focus as the page opens, without a script: ``autofocus`` works on any element that has a
    ``tabindex``. Not so below advice, which comes before any error of form.
    """
    errors = [error for form in forms for error in _errors(form)]
    if not errors:
        return Markup()
    attributes = {"tabindex": "-1", "autofocus": {"value": autofocus, "optional": True}}
    return component(
        "error-summary", {"titleText": _("There is a problem"), "errorList": errors, "attributes": attributes}
    )


def error_prefix(*forms: BaseForm) -> str:
    """What the page's title begins with when a form came back with errors: a screen reader says it first."""
    return _("Error: ") if any(form.errors for form in forms) else ""


def _errors(form: BaseForm) -> Iterator[dict[str, Any]]:
    # The sign-in library says the same of each field that was wrong, so as not to say which.
    for error in dict.fromkeys(map(str, form.form_errors)):
        yield {"text": error}
    for of in form:
        yield from _field_errors(of)


def _field_errors(of: Field) -> Iterator[dict[str, Any]]:
    """The first error of each field; those of a whole list go to its first field."""
    if isinstance(of, fields.FormField):
        yield from _errors(of.form)
    elif isinstance(of, fields.FieldList):
        for error in of.errors:
            # Beside its own errors, a list holds those of its entries, as lists and mappings.
            if not isinstance(error, (dict, list, tuple)):
                yield _linked(error, of)
        for entry in of:
            yield from _field_errors(entry)
    elif of.errors and isinstance(of, CSRFTokenField):
        # The library's words are for programmers. Everything that was typed is in the form below.
        yield {"text": _("This page was open for a long time. Nothing is lost. Send it again.")}
    elif of.errors:
        yield _linked(of.errors[0], of)


def _linked(error: object, of: Field) -> dict[str, Any]:
    target = next(_drawn_fields(of), None)
    return {"text": str(error)} | ({"href": f"#{target.id}"} if target is not None else {})


def _drawn_fields(of: Field) -> Iterator[Field]:
    """``of``, or the fields inside it, without those that are hidden and cannot be gone to."""
    if isinstance(of, (fields.FormField, fields.FieldList)):
        for inner in of:
            yield from _drawn_fields(inner)
    elif not isinstance(of.widget, HiddenInput):
        yield of
