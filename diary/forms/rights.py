"""Forms that ask twice before something is deleted for good."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from diary.forms.fields import strip
from diary.forms.validators import Filled


class DeleteDiaryForm(FlaskForm):
    """The patient's name, typed by somebody who means it."""

    name = StringField(
        _l("Type the patient’s name"), [Filled(_l("Type the patient’s name as it stands above."))], filters=[strip]
    )

    def __init__(self, *args: Any, patient_name: str, **kwargs: Any) -> None:
        self.patient_name = patient_name
        super().__init__(*args, **kwargs)

    def validate_name(self, field: Any) -> None:
        if field.data and not _is_same(field.data, self.patient_name):
            raise ValidationError(gettext("This is another name. Type %(name)s.", name=self.patient_name))


class DeleteAccountForm(FlaskForm):
    """The account's e-mail address, typed by somebody who means it. The sign-in form has an ``email`` of its own."""

    own_email = StringField(
        _l("Type your e-mail address"), [Filled(_l("Type the e-mail address that you sign in with."))], filters=[strip]
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        self.address = address
        super().__init__(*args, **kwargs)

    def validate_own_email(self, field: Any) -> None:
        if field.data and not _is_same(field.data, self.address):
            raise ValidationError(gettext("This is another address. Type the one that you sign in with."))


def _is_same(typed: str, meant: str) -> bool:
    """Whether two texts are the same but for capitals and spaces, which a phone puts in by itself."""
    return "".join(typed.split()).casefold() == "".join(meant.split()).casefold()
