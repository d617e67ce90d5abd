"""The part of a form that knows its page: the same page sent twice with the same answers is one entry."""

import uuid
from collections.abc import Iterator

from wtforms import Form, HiddenField

from diary.forms.fields import legible


class OfOnePage(Form):
    """``token`` is made when the page is opened, and comes back with the answers."""

    # Without a label, even an empty one, WTForms makes one up and reads its translations for that, each time.
    token = HiddenField("", filters=[lambda text: text and legible(text)])

    def carried(self) -> Iterator[tuple[str, str]]:
        """Every answer as it was typed, name by name."""
        for field in self:
            if field.name != "csrf_token":
                yield from ((field.name, value) for value in field.raw_data or ())

    def entry_id(self, *context: object) -> str:
        """The same page with the same answers makes the same id; a change of any answer makes another.

        Answers without a page's token are never taken for a page that was sent before.
        """
        answers = sorted((name, value) for name, value in self.carried() if value)
        page = self.token.data or uuid.uuid4()
        return str(uuid.uuid5(uuid.NAMESPACE_OID, repr((context, page, answers))))
