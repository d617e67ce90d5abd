"""Sign-in in the middle of something: what was typed is carried in the sign-in page's own fields, and then goes on."""

import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import login_user

from diary.forms.fields import legible
from diary.views.sign_in import AgainForm, SignInForm

OF_SIGN_IN: Final = frozenset({"email", "remember", "submit", "next", "code", "ticket", "credential"})
NEVER_CARRIED: Final = frozenset({"csrf_token", "password", "new_password", "new_password_confirm"})
AGAIN: Final = "again-"
"""What the fields begin with that ask once more: the form in the middle of which they ask has fields of its own."""


def sign_in_first(cards: Sequence[Any] = (), **_: Any) -> ResponseReturnValue | None:
    """Ask somebody who is not signed in to sign in, and lose nothing that was typed.

    A page that was asked for comes after the sign-in page. A form that was sent is answered with a sign-in form that
    carries every field of it, with ``cards`` of advice above; when the password is right, and the code where one is
    asked for, the request goes on.
    """
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    form = SignInForm(formdata=None)
    if "email" in request.form:
        form = SignInForm()
        if form.validate_on_submit() and form.user is not None:
            login_user(form.user, remember=form.remember.data, authn_via=["password"])
            return None
    page = render_template("carry.html", form=form, cards=list(cards), carried=list(carried()))
    return page, HTTPStatus.UNAUTHORIZED


def again_first() -> ResponseReturnValue | None:
    """Ask somebody who signed in a while ago to show once more who they are, and lose nothing that was typed."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("security.verify", next=request.full_path.rstrip("?")))
    # The token is the business of the form that goes on.
    form = AgainForm(
        request.form if f"{AGAIN}password" in request.form else None,
        user=current_user._get_current_object(),
        prefix=AGAIN,
        meta={"csrf": False},
    )
    if f"{AGAIN}password" in request.form and form.validate():
        session["fs_paa"] = time.time()
        return None
    page = render_template("account/again_carry.html", form=form, carried=list(carried(besides=frozenset())))
    return page, HTTPStatus.UNAUTHORIZED


def carried(besides: frozenset[str] = OF_SIGN_IN) -> Iterator[tuple[str, str]]:
    """Every field that was sent, to be sent again; no password among them, and nothing of the form that asks."""
    for name, values in request.form.lists():
        if name not in besides | NEVER_CARRIED and not name.startswith(AGAIN):
            yield from ((legible(name), legible(value)) for value in values)
