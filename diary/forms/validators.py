"""Asks the domain whether a number is possible, and says what to do when it is not."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext
from wtforms.validators import ValidationError

from diary.domain.contact import is_phone_number
from diary.domain.password import LONGEST, SHORTEST, Weakness, weakness
from diary.domain.reading import RANGES
from diary.forms.fields import legible


class Possible:
    """Refuses a number outside the possible range of its kind (evidence part 4.1)."""

    def __init__(self, kind: str) -> None:
        self.range = RANGES[kind]

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and not self.range.is_possible(Decimal(field.data)):
            lowest, highest = self.range.possible
            raise ValidationError(
                gettext(
                    "Check the number and type it again. It must be from %(lowest)s to %(highest)s.",
                    lowest=lowest,
                    highest=highest,
                )
            )


class PhoneNumber:
    """Refuses text that a phone could not dial."""

    LONGEST = 50

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and not (len(field.data) <= self.LONGEST and is_phone_number(field.data)):
            raise ValidationError(gettext("Type one phone number in digits, such as +44 20 7946 0000."))


class Filled:
    """Refuses an empty answer with a sentence of its own."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class.

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(str(self.sentence))


class AtMost:
    """Refuses text longer than ``length`` characters, and says how long it is."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and len(field.data) > self.length:
            raise ValidationError(
                gettext(
                    "This is %(count)s characters long. Shorten it to %(length)s.",
                    count=len(field.data),
                    length=self.length,
                )
            )
        if field.data and legible(field.data) != field.data:
            sentence = gettext("There is a character in it that cannot be saved. Check the text, and send it again.")
            raise ValidationError(sentence)


class HardToGuess:
    """Refuses a password that is too easy to guess."""

    def __call__(self, form: Any, field: Any) -> None:
        if sentence := about_password(field.data or ""):
            raise ValidationError(sentence)


def about_password(password: str) -> str:
    """What is wrong with a password, as a sentence that says what to do; empty when nothing is."""
    weak = weakness(password)
    if weak is None:
        return ""
    sentences = {
        Weakness.TOO_SHORT: gettext(
            "Choose a password of %(count)s characters or more. Three words work well.", count=SHORTEST
        ),
        Weakness.TOO_LONG: gettext("This password is too long. Shorten it to %(length)s characters.", length=LONGEST),
        Weakness.COMMON: gettext("Many people use this password. Choose another. Three words work well."),
        Weakness.SIMPLE: gettext("This password is easy to guess. Choose another. Three words work well."),
    }
    return sentences[weak]
