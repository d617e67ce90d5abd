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
from diary.domain.flag import Closure, ClosureKind, Flag
from diary.forms.fields import strip
from diary.forms.moment import EarlierMoment
from diary.forms.validators import AtMost, Filled


class ClosureForm(EarlierMoment, FlaskForm):
    """What happened after one or more flags. Each is ticked as it was seen: what was added since needs a look first."""

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
        self, *args: Any, diary: Diary, now: datetime, open_flags: Sequence[tuple[Flag, str]], **kwargs: Any
    ) -> None:
        """``open_flags`` are each with its words; all are ticked to begin with."""
        self.diary, self.now = diary, now
        self.open = {_as_seen(flag): (flag, words) for flag, words in open_flags}
        super().__init__(*args, data={"flags": list(self.open)}, **kwargs)
        self.flags.choices = [SelectChoice(seen, words) for seen, (_, words) in self.open.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a form about warnings that are all closed: what happened after them is kept as it is."""
        is_valid = super().validate(extra_validators)
        if self.flags.data and not self.still_open and not self.flags.errors:
            self.form_errors.append(gettext("These warnings are closed. What happened is written down."))
            return False
        return is_valid

    def validate_flags(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Tick the warnings that you told them about."))
        if self.added_to:
            raise ValidationError(
                gettext("Something was added to a warning while you were writing. Read it again, then tick it.")
            )
        for flag, words in self.still_open:
            if self.at_time.data is not None and self.at < flag.latest_at.replace(second=0, microsecond=0):
                raise ValidationError(
                    gettext("This came after that time: “%(warning)s” Untick it, or check the time.", warning=words)
                )

    @property
    def added_to(self) -> list[Flag]:
        """The flags that were ticked as they were before something was added to them."""
        ids = {seen.partition(" ")[0] for seen in self.flags.data}
        return [flag for seen, (flag, _) in self.open.items() if flag.id in ids and seen not in self.flags.data]

    @property
    def still_open(self) -> list[tuple[Flag, str]]:
        """The flags that were ticked as they are now, and are open still, with their words."""
        return [self.open[seen] for seen in self.flags.data if seen in self.open]

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


def _as_seen(flag: Flag) -> str:
    """The flag with what it held when somebody saw it: findings are only ever added."""
    return f"{flag.id} {len(flag.findings)}"
