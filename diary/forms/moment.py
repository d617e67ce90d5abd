"""The part of a form that says when: now, unless an earlier date and time are typed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.validators import Optional, ValidationError

from diary.domain.diary import Diary
from diary.forms.fields import ClockField, DayField

FUTURE_ALLOWED = timedelta(minutes=5)
"""Clocks differ a little; a time later than this is a slip (evidence part 4.1)."""


class EarlierMoment(Form):
    """Two optional fields, a date and a time on the patient's clock. The form sets ``diary`` and ``now``.

    One that corrects an entry sets ``was_at`` to its moment.
    """

    diary: Diary | None
    now: datetime
    was_at: datetime | None = None

    on_date = DayField(_l("Date"), [Optional()])
    at_time = ClockField(_l("Time"), [Optional()])

    @property
    def at(self) -> datetime:
        """The moment that was typed, aware, on the patient's clock; now, when nothing was typed or it was refused.

        A correction that leaves the time alone keeps it to the second.
        """
        zone = ZoneInfo(self.diary.patient.time_zone) if self.diary else UTC
        local_now = self.now.astimezone(zone)
        if self.at_time.data is None or self.on_date.errors or self.at_time.errors:
            return local_now
        typed = datetime.combine(self.on_date.data or local_now.date(), self.at_time.data, zone)
        return to_the_second(typed, [self.was_at] if self.was_at else [])

    def validate_on_date(self, field: Any) -> None:
        if field.data is not None and self.at_time.data is None and not self.at_time.errors:
            raise ValidationError(gettext("Type the time as well, or leave both empty for now."))
        if field.data is not None and field.data.year < 1900:
            raise ValidationError(gettext("Check the year."))

    def validate_at_time(self, field: Any) -> None:
        if field.data is None or self.on_date.errors:
            return
        if self.at > self.now + FUTURE_ALLOWED:
            if self.on_date.data is None:
                raise ValidationError(
                    gettext("That time is still to come today. If it was yesterday, choose the date as well.")
                )
            raise ValidationError(gettext("That time is still to come. Check the date and the time."))
        first = self._first_infusion_on()
        if first is not None and self.at.date() < first <= self.now.astimezone(self.at.tzinfo).date():
            raise ValidationError(gettext("That is before the infusion. Check the date, or the infusion in Settings."))

    def _first_infusion_on(self) -> Any:
        infusions = self.diary.care_plan.infusions if self.diary else ()
        return min((infusion.on for infusion in infusions), default=None)


def to_the_second(typed: datetime, before: Iterable[datetime]) -> datetime:
    """``typed``, or that of the moments ``before`` which a page shows as the same minute: it was left alone."""
    # The clock's face is compared, which shows the same hour twice when summer time ends.
    shown = {at.astimezone(typed.tzinfo).replace(second=0, microsecond=0, tzinfo=None): at for at in before}
    return shown.get(typed.replace(tzinfo=None), typed)
