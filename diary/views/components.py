"""Turns WTForms fields into nhsuk-frontend's components: labels, hints, errors and ids that belong together.

Templates write ``{{ field(form.systolic, suffix="mmHg", width=4) }}`` and ``{{ error_summary(form) }}``. A field's own
``render_kw`` sets further attributes of its element, and its ``description`` is the hint unless another is given.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import fields
from wtforms.fields.core import Field
from wtforms.form import BaseForm
from wtforms.widgets import HiddenInput

NONE_OF_THESE: Final = "none"
"""The value of the choice that says "asked, and no": shown after "or"; the form refuses it beside another."""

Options = Mapping[str, Any]
Params = dict[str, Any]


def field(of: Field, **options: Any) -> Markup:
    """Render the field ``of`` as the component that fits its type, with its hint and its first error.

    Options for every kind: ``label``, ``hint`` (text or ``Markup``), ``size`` of the label or legend (``s``, ``m``,
    ``l``, ``xl``), ``page_heading`` (it is the page's h1), ``classes``, ``attributes`` (a mapping).
    Inputs: ``prefix``, ``suffix``, ``width`` (2, 3, 4, 5, 10, 20, 30 characters), ``inputmode``, ``autocomplete``,
    ``type``. Text areas: ``rows``. Radios, checkboxes: ``inline``, ``small``, ``item_hints`` (value to text).
    """
    if isinstance(of.widget, HiddenInput):
        return Markup(of())  # noqa: S704 - WTForms has escaped it.
    if isinstance(of, fields.FieldList):
        return Markup().join(field(entry, **options) for entry in of)
    if isinstance(of, fields.FormField):
        return Markup().join(field(inner) for inner in of.form)
    for kind, render in _RENDERERS:
        if isinstance(of, kind):
            return render(of, options)
    return _input(of, options)


def error_summary(*forms: BaseForm) -> Markup:
    """List every error of ``forms`` with a link to its field; empty when there are none.

    The summary takes the focus as the page opens, without a script: ``autofocus`` works on any element that has a
    ``tabindex``.
    """
    errors = [error for form in forms for error in _errors(form)]
    if not errors:
        return Markup()
    attributes = {"tabindex": "-1", "autofocus": {"value": True, "optional": True}}
    return component(
        "error-summary", {"titleText": _("There is a problem"), "errorList": errors, "attributes": attributes}
    )


def error_prefix(*forms: BaseForm) -> str:
    """What the page's title begins with when a form came back with errors: a screen reader says it first."""
    return _("Error: ") if any(form.errors for form in forms) else ""


def component(name: str, params: Params) -> Markup:
    """Render one of nhsuk-frontend's components by its folder's name."""
    template = current_app.jinja_env.get_template(f"nhsuk/components/{name}/template.jinja")
    return Markup(template.render(params=params))  # noqa: S704 - The template escapes.


def _errors(form: BaseForm) -> Iterator[Params]:
    for of in form:
        yield from _field_errors(of)
    for error in form.form_errors:
        yield {"text": str(error)}


def _field_errors(of: Field) -> Iterator[Params]:
    """Errors with the id of the element to go to; a list's own errors go to its first element."""
    if isinstance(of, fields.FormField):
        yield from _errors(of.form)
    elif isinstance(of, fields.FieldList):
        for error in of.errors:
            if not isinstance(error, (dict, list, tuple)):
                yield _linked(error, next(_elements(of), None))
        for entry in of:
            yield from _field_errors(entry)
    elif of.errors:
        yield _linked(of.errors[0], next(_elements(of), None))


def _linked(error: object, target: Field | None) -> Params:
    return {"text": str(error)} | ({"href": f"#{target.id}"} if target else {})


def _elements(of: Field) -> Iterator[Field]:
    """The fields inside ``of`` that are drawn, and so can be gone to."""
    if isinstance(of, (fields.FormField, fields.FieldList)):
        for inner in of:
            yield from _elements(inner)
    elif not isinstance(of.widget, HiddenInput):
        yield of


def _text(value: object) -> Params | None:
    """Text for a component, which would take a lazy translation for nothing; ``Markup`` stays markup."""
    if not value:
        return None
    return {"html": value} if isinstance(value, Markup) else {"text": str(value)}


def _common(of: Field, options: Options) -> Params:
    attributes = {**(of.render_kw or {}), **options.get("attributes", {})}
    classes = f"{attributes.pop('class', '')} {options.get('classes', '')}".strip()
    error = of.errors[0] if of.errors else None
    return {
        "id": of.id,
        "name": of.name,
        "hint": _text(options.get("hint", of.description)) or {},
        "errorMessage": {"text": str(error), "visuallyHiddenText": _("Error")} if error else {},
        "classes": classes,
        "attributes": {key: {"value": value, "optional": True} for key, value in attributes.items()},
    }


def _title(of: Field, options: Options, size: str) -> Params:
    heading = bool(options.get("page_heading"))
    title = _text(options.get("label", of.label.text)) or {}
    return title | {"size": options.get("size", "l" if heading else size), "isPageHeading": heading}


def _input(of: Field, options: Options) -> Markup:
    params = _common(of, options) | {"label": _title(of, options, "s"), "spellcheck": False}
    kind = options.get("type") or getattr(of.widget, "input_type", "text")
    # A number field spins when scrolled, loses what it cannot read, and will not take "38,4".
    params["type"] = "text" if kind == "number" else kind
    whole = isinstance(of, fields.IntegerField)
    keyboard = ("numeric" if whole else "decimal") if kind == "number" else None
    for name, default in (("inputmode", keyboard), ("autocomplete", None)):
        own = params["attributes"].pop(name, {}).get("value")
        params[name] = options.get(name) or own or default
    for affix in ("prefix", "suffix"):
        params[affix] = _text(options.get(affix)) or {}
        if params[affix]:
            # The unit is drawn beside the field, where a screen reader does not look for it.
            params["label"]["visuallyHiddenText"] = str(options[affix])
    value = of._value() if hasattr(of, "_value") else of.data
    return component("input", params | {"width": options.get("width"), "value": "" if value is None else str(value)})


def _textarea(of: Field, options: Options) -> Markup:
    label = _title(of, options, "s")
    rows = {"rows": options.get("rows", 4), "value": of._value(), "spellcheck": None}
    return component("textarea", _common(of, options) | {"label": label} | rows)


def _select(of: Field, options: Options) -> Markup:
    items = [
        {"value": str(item.value), "text": str(item.label), "selected": item.selected} for item in of.iter_choices()
    ]
    return component("select", _common(of, options) | {"label": _title(of, options, "s"), "items": items})


def _radios(of: Field, options: Options) -> Markup:
    return _choices("radios", of, options)


def _checkboxes(of: Field, options: Options) -> Markup:
    return _choices("checkboxes", of, options)


def _choices(name: str, of: Field, options: Options) -> Markup:
    """Radios or checkboxes. The first bears the field's own id, so that an error's link finds it (``idPrefix``)."""
    hints = options.get("item_hints", {})
    items: list[Params] = []
    for choice in of.iter_choices():
        item = {"value": str(choice.value), "text": str(choice.label), "checked": bool(choice.selected)}
        item["hint"] = _text(hints.get(choice.value)) or {}
        if name == "checkboxes" and choice.value == NONE_OF_THESE:
            items.append({"divider": _("or")})
            item["behaviour"] = "exclusive"
        items.append(item)
    params = _common(of, options) | {"idPrefix": of.id, "items": items, "id": None}
    params |= {"inline": options.get("inline"), "small": options.get("small")}
    return component(name, params | {"fieldset": {"legend": _title(of, options, "m")}})


def _checkbox(of: Field, options: Options) -> Markup:
    """One box that is ticked or not; what it says stands beside it, and needs no legend."""
    title = _text(options.get("label", of.label.text)) or {}
    item = title | {"value": "y", "checked": bool(of.data)}
    return component("checkboxes", _common(of, options) | {"idPrefix": of.id, "id": None, "items": [item]})


def _button(of: Field, options: Options) -> Markup:
    text = _text(options.get("label", of.label.text)) or {}
    return component("button", _common(of, options) | text | {"preventDoubleClick": True})


_RENDERERS: Final = (
    (fields.RadioField, _radios),
    (fields.SelectMultipleField, _checkboxes),
    (fields.SelectField, _select),
    (fields.BooleanField, _checkbox),
    (fields.SubmitField, _button),
    (fields.TextAreaField, _textarea),
)
"""From the narrow to the wide: a radio field is a select field too."""
