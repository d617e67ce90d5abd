"""The form that closes flags: whom somebody told, when, and what they said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from diary.domain.diary import Diary
from diary.domain.flag import Closure, ClosureKind
from diary.forms.fields import strip
from diary.forms.moment import EarlierMoment
from diary.forms.validators import AtMost, Filled


class ClosureForm(EarlierMoment, FlaskForm):
    """What happened after one or more flags."""

    # One that somebody else closed in the meantime is passed over, not an error.
    flags = SelectMultipleField(_l("Which warnings did you tell them about?"), validate_choice=False)
    told = StringField(
        _l("Whom did you call or tell?"),
        [Filled(_l("Type whom you called or told, such as “the night nurse”.")), AtMost(200)],
        filters=[strip],
    )
    said = TextAreaField(
        _l("What did they say?"),
        [Filled(_l("Type what they said. A few words are enough.")), AtMost(2000)],
        filters=[strip],
    )

    def __init__(
        self, *args: Any, diary: Diary, now: datetime, open_flags: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """``open_flags`` are the id and the words of each; all are ticked to begin with."""
        self.diary, self.now = diary, now
        super().__init__(*args, data={"flags": [flag_id for flag_id, _ in open_flags]}, **kwargs)
        self.flags.choices = [SelectChoice(flag_id, words) for flag_id, words in open_flags]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a form about warnings that are all closed: what happened after them is kept as it is."""
        is_valid = super().validate(extra_validators)
        if self.flags.data and not self.still_open:
            self.form_errors.append(gettext("These warnings are closed. What happened is written down."))
            return False
        return is_valid

    def validate_flags(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Tick the warnings that you told them about."))

    @property
    def still_open(self) -> list[str]:
        """The ids that were ticked and are open still."""
        return [choice.value for choice in self.flags.choices if choice.value in self.flags.data]

    def to_closure(self, account_id: str) -> Closure:
        """The closure as typed, by this account."""
        return Closure(
            kind=ClosureKind.TOLD,
            at=self.now,
            by=account_id,
            told_at=self.at,
            told=self.told.data,
            said=self.said.data,
        )
