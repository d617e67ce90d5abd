"""Prepares Jinja: the component templates of nhsuk-frontend, escaping everywhere, and typos that raise.

The component templates read optional keys of a ``params`` mapping that the caller left out, so Jinja's
``StrictUndefined`` cannot be used, and ``ChainableUndefined`` would turn every typing error of ours into silence: an
advice card without its telephone number. ``StrictUndefined`` for everything but those optional keys is what remains.
"""

from collections.abc import Iterator
from typing import Any, Final

from flask import Flask
from flask_babel import get_locale
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, UndefinedError
from jinja2.utils import missing

from diary.domain.catalogue import known_names
from diary.domain.contact import tel
from diary.views.components import field
from diary.views.error_summary import error_prefix, error_summary
from diary.views.words import isolated

OPTIONAL_NAMES: Final = frozenset({"caller", "undefined"})
"""The names that the component templates read although nobody sets them."""


class UndefinedUnlessOptional(ChainableUndefined):
    """Silent for a key that a mapping lacks; an error, when it is shown or tested, for anything else.

    ``is defined`` and ``default()`` work as ever; that is how a template asks for what may be missing.
    """

    __slots__ = ()

    @property
    def _is_optional(self) -> bool:
        if self._undefined_obj is missing:
            return self._undefined_name in OPTIONAL_NAMES
        return isinstance(self._undefined_obj, dict)

    def _refuse_typos(self) -> None:
        if not self._is_optional:
            raise UndefinedError(self._undefined_message)

    def __str__(self) -> str:
        self._refuse_typos()
        return super().__str__()

    def __bool__(self) -> bool:
        self._refuse_typos()
        return super().__bool__()

    def __iter__(self) -> Iterator[Any]:
        self._refuse_typos()
        return super().__iter__()


def configure_templating(app: Flask) -> None:
    """Make ``app`` render our templates and the components, with every value escaped but in ``.txt`` letters."""
    env = app.jinja_env
    # Flask escapes by file name and does not know the components' ".jinja".
    env.autoescape = lambda name: name is None or not name.endswith(".txt")
    env.undefined = UndefinedUnlessOptional
    env.trim_blocks = env.lstrip_blocks = True
    loaders = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([*loaders, PackageLoader("nhsuk_frontend_jinja")])
    env.filters["tel"] = tel
    env.filters["isolated"] = isolated
    env.globals.update(
        field=field,
        known_names=known_names,
        error_summary=error_summary,
        error_prefix=error_prefix,
        page_language=page_language,
        page_direction=page_direction,
    )


def page_language() -> str:
    """The language of the page, as HTML writes it."""
    locale = get_locale()
    return str(locale).replace("_", "-") if locale else "en"


def page_direction() -> str:
    """``ltr`` or ``rtl``."""
    locale = get_locale()
    return locale.text_direction if locale else "ltr"
