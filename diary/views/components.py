"""Turns WTForms fields into nhsuk-frontend's components: labels, hints, errors and ids that belong together.

Templates write ``{{ field(form.systolic, suffix="mmHg", width=4) }}``. A field's own ``render_kw`` sets further
attributes of its element, and its ``description`` is the hint unless another is given.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import fields
from wtforms.fields.core import Field
from wtforms.widgets import HiddenInput

from diary.forms.fields import NONE_OF_THESE, ChoiceField, NumberField, TickField, WholeNumberField, legible

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


def component(name: str, params: Params) -> Markup:
    """Render one of nhsuk-frontend's components by its folder's name."""
    template = current_app.jinja_env.get_template(f"nhsuk/components/{name}/template.jinja")
    return Markup(template.render(params=params))  # noqa: S704 - The template escapes.


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
    is_whole = isinstance(of, (fields.IntegerField, WholeNumberField))
    is_decimal = kind == "number" or isinstance(of, NumberField)
    keyboard = "numeric" if is_whole else "decimal" if is_decimal else None
    for name, default in (("inputmode", keyboard), ("autocomplete", None)):
        own = params["attributes"].pop(name, {}).get("value")
        params[name] = options.get(name) or own or default
    for affix in ("prefix", "suffix"):
        params[affix] = _text(options.get(affix)) or {}
        if params[affix]:
            # The unit is drawn beside the field, where a screen reader does not look for it.
            params["label"]["visuallyHiddenText"] = str(options[affix])
    # WTForms keeps a password out of the page in its widget, which is not used here.
    value = None if kind == "password" else _typed(of)
    return component("input", params | {"width": options.get("width"), "value": value or None})


def _textarea(of: Field, options: Options) -> Markup:
    label = _title(of, options, "s")
    rows = {"rows": options.get("rows", 4), "value": _typed(of), "spellcheck": None}
    return component("textarea", _common(of, options) | {"label": label} | rows)


def _typed(of: Field) -> str:
    """What was typed, without the characters that no page may hold."""
    return legible(str(of._value()))


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
    params["fieldset"] = {"legend": _title(of, options, "m")}
    is_touched = bool(of.errors) or any(item.get("checked") for item in items)
    # The answers of these fields are the diary's own words; those of another may be somebody's readings.
    if is_touched or not isinstance(of, (ChoiceField, TickField)):
        return component(name, params)
    return _untouched(name, json.dumps(params, default=str))


@lru_cache(maxsize=512)
def _untouched(name: str, params: str) -> Markup:
    """Draw a question that nobody has answered yet, once: a check-in asks about eighty signs, 0.3 ms each.

    An answered one is never kept, so nothing that a person said stays here.
    """
    return component(name, json.loads(params))


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
    (fields.SubmitField, _button),
    (fields.BooleanField, _checkbox),
    (fields.TextAreaField, _textarea),
)
"""From the narrow to the wide: a radio field is a select field too, and a submit field a Boolean one."""
