"""Forms about an account: who it is, and how they sign in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Email

from diary.forms.fields import KeptField, strip
from diary.forms.validators import AtMost, Filled, HardToGuess


class DetailsForm(FlaskForm):
    """Who signs in."""

    name = StringField(
        _l("Your name"), [Filled(_l("Type the name that the diary should show.")), AtMost(100)], filters=[strip]
    )
    email = EmailField(
        _l("Your e-mail address"),
        [
            Filled(_l("Type your e-mail address.")),
            AtMost(200),
            Email(_l("Type an e-mail address such as name@example.org.")),
        ],
        filters=[strip],
    )


class ChangeDetailsForm(FlaskForm):
    """The same, to be changed. The sign-in form has an ``email`` of its own, and may have to carry this one."""

    own_name = DetailsForm.name
    own_email = DetailsForm.email


class ResetForm(FlaskForm):
    """Whose password is forgotten."""

    email = DetailsForm.email


class NewPasswordForm(FlaskForm):
    """A password in place of one that was forgotten."""

    password = PasswordField(_l("Choose a password"), [Filled(_l("Choose a password.")), HardToGuess()])


class PasskeyForm(FlaskForm):
    """A passkey, as the browser made it."""

    name = StringField(
        _l("Name of this passkey"), [Filled(_l("Type a name, such as My phone.")), AtMost(60)], filters=[strip]
    )
    credential = KeptField()


class CodeForm(FlaskForm):
    """The first code from an app, which shows that it works."""

    secret = KeptField()
    code = StringField(_l("Code from the app"), [Filled(_l("Type the 6 numbers that the app shows."))], filters=[strip])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.render_kw = {"autocomplete": "one-time-code", "inputmode": "numeric"}
