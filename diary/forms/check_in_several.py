"""Several past readings at once: each row is a check-in of its own, read by the one form."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields.core import Field

from diary.domain.check_in import REPORTERS
from diary.domain.diary import Diary
from diary.forms.check_in import CheckInForm
from diary.forms.fields import ChoiceField
from diary.forms.page import OfOnePage

ROWS: Final = 6
MOST_ROWS: Final = 24
ASKED: Final = ("on_date", "at_time", "temperature", "systolic", "diastolic", "pulse", "oxygen")
"""The fields of a row, in the order of the page."""


class SeveralForm(OfOnePage, FlaskForm):
    """What all rows share, and the rows. A row in which nothing is typed is passed over."""

    by = ChoiceField(
        _l("Who is answering?"), [("patient", _l("The patient")), ("caregiver", _l("A caregiver"))], default="patient"
    )
    temperature_unit = ChoiceField(_l("Temperatures are in"), [("Cel", "°C"), ("[degF]", "°F")])
    rows_shown = HiddenField(default=str(ROWS))

    def __init__(self, *args: Any, diary: Diary | None, now: datetime, **kwargs: Any) -> None:
        self.diary, self.now = diary, now
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.temperature_unit.data = diary.temperature_unit if diary else None
        self.rows = [self.row(number) for number in range(self._length())]

    def _length(self) -> int:
        shown = self.rows_shown.data or ""
        return min(int(shown), MOST_ROWS) if shown.isascii() and shown.isdecimal() and len(shown) < 4 else ROWS

    def row(self, number: int) -> CheckInForm:
        """The form of one row, by its number from 0."""
        prefix, page = f"row-{number}-", f"{self.token.data}-{number}" if self.token.data else None
        row = CheckInForm(prefix=prefix, diary=self.diary, now=self.now, meta={"csrf": False})
        row.token.data, row.temperature_unit.data = page, self.temperature_unit.data
        row.by.data = self.by.data if self.by.data in REPORTERS else "patient"
        return row

    @property
    def filled(self) -> list[tuple[int, CheckInForm]]:
        """The rows in which more than a date is typed, with their numbers from 1."""
        return [
            (number, row) for number, row in enumerate(self.rows, 1) if any(_typed(row[name]) for name in ASKED[1:])
        ]

    @property
    def may_grow(self) -> bool:
        """Whether the page may show more rows."""
        return len(self.rows) < MOST_ROWS

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse the whole page for one fault in it: all faults at once, each with the number of its row."""
        is_valid = super().validate(extra_validators)
        if not self.filled:
            self.form_errors.append(gettext("Nothing is filled in. Type the date, the time and a number."))
            return False
        day = None
        for number, row in self.filled:
            # As people write it: an empty date is the day of the row above.
            if row.on_date.data is None and not _typed(row.on_date):
                row.on_date.data = day
                row.token.data = row.token.data and f"{row.token.data}-{day}"
            is_valid = self._is_valid(row, number) and is_valid
            day = row.on_date.data
        return is_valid

    def _is_valid(self, row: CheckInForm, number: int) -> bool:
        is_valid = row.validate()
        if row.temperature_unit.errors:
            # It is asked once for all rows.
            self.temperature_unit.errors, row.temperature_unit.errors = row.temperature_unit.errors, []
        if not _typed(row.at_time):
            row.on_date.errors, row.at_time.errors = [], [gettext("Type the time.")]
        elif row.on_date.data is None and not row.on_date.errors:
            row.on_date.errors = [gettext("Type the date.")]
        elif is_valid:
            return True
        numbered = [field for field in row if field.errors]
        for field in numbered:
            field.errors = [self._in_row(number, field.errors[0])]
        if row.form_errors and not numbered:
            row.temperature.errors = [self._in_row(number, gettext("Type a number, or empty the row."))]
        row.form_errors = []
        return False

    @staticmethod
    def _in_row(number: int, error: object) -> str:
        return gettext("Row %(number)s: %(error)s", number=number, error=error)

    def drawn(self) -> Iterator[tuple[int, list[Field]]]:
        """Each row's number and its fields, in the order of the page."""
        for number, row in enumerate(self.rows, 1):
            yield number, [row[name] for name in ASKED]


def _typed(field: Field) -> str:
    return "".join(field.raw_data or ()).strip()
