"""The reader's language, and their way of writing dates and numbers."""

from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from flask import current_app, request

DEFAULT: Final = Locale("en", "GB")
"""The language that the sentences are written in."""


def choose_locale() -> Locale:
    """The first language that the browser asks for and that we have, with the browser's own region."""
    languages = _languages(current_app.config["BABEL_TRANSLATION_DIRECTORIES"])
    for wanted, _ in request.accept_languages:
        try:
            locale = Locale.parse(wanted, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        if locale.language in languages:
            return locale if locale.territory or locale.language != DEFAULT.language else DEFAULT
    return DEFAULT


@cache
def _languages(directories: str) -> frozenset[str]:
    """The languages that a catalogue lies ready for when the first page is shown, and the sentences' own."""
    found = current_app.extensions["babel"].instance.list_translations()
    return frozenset({locale.language for locale in found} | {DEFAULT.language})
