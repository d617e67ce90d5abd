"""Sign-in in the middle of something: what was typed is carried in the sign-in page's own fields, and then goes on."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from flask_security import LoginForm, login_user

from diary.extensions import limiter
from diary.forms.fields import legible
from diary.views.errors import SENTENCES

OF_SIGN_IN: Final = frozenset({"csrf_token", "email", "password", "remember", "submit", "next"})
NEVER_CARRIED: Final = frozenset({"new_password", "new_password_confirm"})
SIGN_IN_LIMIT: Final = "30 per minute"
WRONG_SIGN_IN: Final = _l("The e-mail address or the password is wrong. Check both and try again.")


def sign_in_first(cards: Sequence[Any] = (), **_: Any) -> ResponseReturnValue | None:
    """Ask somebody who is not signed in to sign in, and lose nothing that was typed.

    A page that was asked for comes after the sign-in page. A form that was sent is answered with a sign-in form that
    carries every field of it, with ``cards`` of advice above; when the password is right, the request goes on.
    """
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    form, status = LoginForm(formdata=None), HTTPStatus.UNAUTHORIZED
    if "email" in request.form:
        form = LoginForm()
        try:
            with limiter.limit(SIGN_IN_LIMIT):
                if form.validate_on_submit() and form.user is not None:
                    login_user(form.user, remember=form.remember.data, authn_via=["password"])
                    return None
                # Which of the two is wrong would tell a stranger who has an account.
                wrong = bool(form.email.errors or form.password.errors)
                form.email.errors = form.password.errors = [WRONG_SIGN_IN] if wrong else []
        except RateLimitExceeded:
            # The advice and what was typed must not give way to a page about sign-in.
            form.form_errors.append(SENTENCES[HTTPStatus.TOO_MANY_REQUESTS])
            status = HTTPStatus.TOO_MANY_REQUESTS
    return render_template("carry.html", form=form, cards=list(cards), carried=list(carried())), status


def carried() -> Iterator[tuple[str, str]]:
    """Every field that was sent, to be sent again; no password among them."""
    for name, values in request.form.lists():
        if name not in OF_SIGN_IN | NEVER_CARRIED:
            yield from ((legible(name), legible(value)) for value in values)
