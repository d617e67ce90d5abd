"""The reader's language, and their way of writing dates and numbers."""

from typing import Final

from babel import Locale, UnknownLocaleError
from flask import request

LANGUAGES: Final = ("en",)
"""The languages that the sentences exist in."""
DEFAULT: Final = Locale("en", "GB")


def choose_locale() -> Locale:
    """The first language that the browser asks for and that we have, with the browser's own region."""
    for wanted, _ in request.accept_languages:
        try:
            locale = Locale.parse(wanted, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        if locale.language in LANGUAGES:
            return locale if locale.territory else DEFAULT
    return DEFAULT
