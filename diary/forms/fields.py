"""Fields that read numbers, times and choices as people type them on a phone."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

NONE_OF_THESE = "none"
"""The choice that means: asked, and no."""

_ILLEGIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


class NumberField(StringField):
    """A number as typed, with a comma or a point; ``data`` is an exact :class:`Decimal`, or ``None`` when empty.

    What cannot be read stays in the field as it was typed, with an error.
    """

    raw: str = ""
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw, self.data = (valuelist[0] if valuelist else "").strip(), None
        if not self.raw:
            return
        try:
            self.data = _decimal(self.raw)
        except (ValueError, InvalidOperation):
            raise ValueError(
                gettext("Type the number with digits only, such as %(example)s.", example=self.example)
            ) from None

    def _value(self) -> str:
        return self.raw if self.raw else ("" if self.data is None else str(self.data))

    def __init__(self, *args: Any, example: str = "120", **kwargs: Any) -> None:
        self.example = example
        super().__init__(*args, **kwargs)


class WholeNumberField(NumberField):
    """A whole number as typed; ``data`` is an ``int``, or ``None`` when empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None:
            if self.data != int(self.data):
                self.data = None
                raise ValueError(gettext("Type a whole number, such as %(example)s.", example=self.example))
            self.data = int(self.data)


def _decimal(text: str) -> Decimal:
    """Read digits with at most one comma or point; refuse signs, exponents and the digits of other scripts."""
    plain = text.replace(",", ".").replace("°", "").replace("\u00a0", "").strip()
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii() or len(plain) > 12:
        raise ValueError
    return Decimal(plain)


class DayField(DateField):
    """A date. Browsers that have no picker send what was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Type the date as year, month and day, such as 2026-03-14.")) from None


class ClockField(TimeField):
    """A time of day, to the minute."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Type the time as hours and minutes, such as 14:30.")) from None


class ChoiceField(RadioField):
    """One of a few answers; none chosen is ``None``, which means unknown."""

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        kwargs.setdefault("coerce", _text_or_none)
        super().__init__(label, choices=[SelectChoice(value, text) for value, text in choices], **kwargs)
        self.validate_choice = False

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(gettext("Choose one of the answers shown."))


class ListField(SelectField):
    """One of many values, as a drop-down list."""

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, Any]]) -> None:
        """Show these choices."""
        self.choices = [SelectChoice(value, text) for value, text in choices]

    def pre_validate(self, form: Any) -> None:
        if self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(gettext("Choose one of the answers in the list."))


class TickField(SelectMultipleField):
    """Any number of ticks, with "none of these" as the last: ticked, it answers no to every other."""

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, Any]]) -> None:
        """Show these choices, with "none of these" after them."""
        self.choices = [SelectChoice(value, text) for value, text in choices]
        self.choices.append(SelectChoice(NONE_OF_THESE, _l("None of these")))

    def pre_validate(self, form: Any) -> None:
        offered = {choice.value for choice in self.choices}
        if not set(self.data or ()) <= offered:
            raise ValidationError(gettext("Choose from the answers shown."))
        if NONE_OF_THESE in (self.data or ()) and len(self.data or ()) > 1:
            raise ValidationError(
                gettext("You ticked “None of these” and another answer. Untick the one that is wrong.")
            )

    @property
    def present(self) -> frozenset[str]:
        """What was ticked. With a contradiction the ticked answers stand: the safer of the two."""
        offered = {choice.value for choice in self.choices}
        return frozenset(self.data or ()) & offered - {NONE_OF_THESE}

    @property
    def absent(self) -> frozenset[str]:
        """What was answered no: all of them when only "none of these" is ticked, else nothing."""
        if self.data != [NONE_OF_THESE]:
            return frozenset()
        return frozenset(choice.value for choice in self.choices) - {NONE_OF_THESE}


def _text_or_none(value: Any) -> str | None:
    return None if value in (None, "", "None") else str(value)


def legible(text: str) -> str:
    """``text`` without the characters that no page may hold and no finger types, such as the character 0."""
    return _ILLEGIBLE.sub("", text)


class KeptField(HiddenField):
    """A hidden field: what comes back in it is shown again, without what no page may hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([legible(value) for value in valuelist])


def strip(value: str | None) -> str | None:
    """A filter: text without the spaces around it."""
    return value.strip() if isinstance(value, str) else value
