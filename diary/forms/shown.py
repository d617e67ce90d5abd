"""The part of a form that knows what its page showed, so that what somebody changed since is not undone unseen."""

import hashlib
from collections.abc import Sequence
from typing import Any

from wtforms import Form
from wtforms.fields.core import Field
from wtforms.widgets import HiddenInput

from diary.forms.fields import KeptField


class OfWhatWasShown(Form):
    """``shown`` says what each field held when the page was opened, and comes back with the answers."""

    shown = KeptField("")

    is_overtaken = False
    """Whether something was changed since the page was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.shown.raw_data is None:
            self.shown.data = " ".join(f"{field.name}:{_digest(field)}" for field in self._asked())

    def catch_up(self, newest: "OfWhatWasShown") -> Sequence[tuple[Field, Field]]:
        """Every field that was changed since the page was opened, and to what: now as this form shows it, and as it is.

        A field that the reader left alone takes over what it is now, so that saving again undoes nothing. One in which
        they typed something else keeps that.
        """
        was = dict(part.partition(":")[::2] for part in (self.shown.data or "").split())
        changed = []
        for field in list(self._asked()):
            now, typed = newest[field.name], _digest(field)
            if _digest(now) in (was.get(field.name), typed):
                continue
            if typed == was.get(field.name):
                self._fields[field.name] = now
                setattr(self, field.name, now)
            changed.append((self[field.name], now))
        self.shown.data, self.is_overtaken = newest.shown.data, bool(changed)
        return changed

    def _asked(self) -> list[Field]:
        return [field for field in self if not isinstance(field.widget, HiddenInput)]


def _digest(field: Field) -> str:
    return hashlib.sha256(repr(_plain(field.data)).encode()).hexdigest()[:16]


def _plain(data: Any) -> Any:
    """What a field holds, however it came in: an empty line of a list is none, and nor is a tick that is not there."""
    if isinstance(data, dict):
        return {name: plain for name, value in data.items() if (plain := _plain(value))}
    if isinstance(data, (list, tuple)):
        return [plain for each in data if (plain := _plain(each))]
    return "" if data is None or data is False else str(data).replace("\r\n", "\n")
