"""Showing who one is: by a password, with a code where somebody asked for that, or by a passkey alone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from math import ceil
from typing import Any, Final

from flask import after_this_request, current_app, request
from flask.wrappers import Response
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_security import ChangePasswordForm, LoginForm, VerifyForm, current_user, hash_password
from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import EmailField, PasswordField, StringField

from diary.extensions import db, security
from diary.forms.fields import KeptField, legible, strip
from diary.services import code as codes
from diary.services import passkey as passkeys
from diary.services import sign_in as tries
from diary.views.browser import challenge, known_device, take_challenge, this_site
from diary.views.signed_in import begin_device

WRONG_SIGN_IN: Final = _l("The e-mail address or the password is wrong. Check both and try again.")
WRONG_CODE: Final = _l("This code is wrong or too old. Type the newest code from your app, or a recovery code.")
WRONG_PASSKEY: Final = _l("The passkey did not work. Try it again, or use your password.")
WRONG_PASSWORD: Final = _l("The password is wrong. Type it again.")
CODE_STEP_SECONDS: Final = 15 * 60


class _Counted:
    """What every form shares that asks for a password: the counting of tries."""

    def _may_try(self, keys: Sequence[str], now: datetime) -> bool:
        wait = tries.waiting_time(db.session, keys, now)
        if wait:
            self.form_errors.append(_wait_sentence(ceil(wait.total_seconds())))  # type: ignore[attr-defined]
            after_this_request(_say_too_many)
        return not wait

    @staticmethod
    def _failed(keys: Sequence[str], now: datetime) -> bool:
        tries.fail(db.session, keys, now)
        db.session.commit()
        return False


class _Proving(_Counted):
    """What both forms share that show who is there: the passkey's answer."""

    def passkey_options(self) -> str:
        """What the page's script hands to the browser."""
        return passkeys.options_to_use(this_site(challenge()))

    def _may_try(self, keys: Sequence[str], now: datetime) -> bool:
        may = super()._may_try(keys, now)
        if not may:
            self.credential.data = ""  # type: ignore[attr-defined]
        return may

    def _passkey_account(self, only_id: str = "") -> Any:
        """Whose passkey answered. An answer is good for one try: the page that comes back must not send it again."""
        shown = self.credential.data  # type: ignore[attr-defined]
        self.credential.data = ""  # type: ignore[attr-defined]
        account = passkeys.find_account(db.session, shown, this_site(take_challenge()))
        if account is not None and only_id not in ("", account.id):
            account = None
        self.form_errors += [] if account else [WRONG_PASSKEY]  # type: ignore[attr-defined]
        return account


class SignInForm(_Proving, LoginForm):
    """Signs in. ``asks_code`` once the password was right and a code is asked for too: ``ticket`` vouches for it."""

    email = EmailField(filters=[strip, lambda typed: typed and legible(typed)])
    password = PasswordField()
    code = StringField(filters=[strip], render_kw={"autocomplete": "one-time-code"})
    ticket = KeptField()
    credential = KeptField()
    asks_code = False

    def validate(self, **kwargs: Any) -> bool:
        """Whether it is shown who is there; then ``user`` is the account, with a device that begins."""
        # The library's own check knows neither of the second ways; all else of it is done here.
        if not super(LoginForm, self).validate(**kwargs):
            return False
        now = datetime.now(UTC)
        bearer = _read_ticket(self.ticket.data)
        keys = _keys(bearer.email if bearer else self.email.data or "")
        if not self._may_try(keys, now):
            self.asks_code = bearer is not None
            return False
        has_passkey = bool(self.credential.data)
        account = self._account(bearer, now)
        if account is None:
            return self._failed(keys, now)
        if account.code_secret and bearer is None and not has_passkey:
            self.asks_code, self.ticket.data = True, _ticket(account)
            return False
        tries.succeed(db.session, keys)
        begin_device(account, now)
        self.user = account
        return True

    def _account(self, bearer: Any, now: datetime) -> Any:
        if self.credential.data:
            return self._passkey_account()
        if bearer:
            self.asks_code = True
            if codes.is_right(db.session, bearer, self.code.data or "", now):
                return bearer
            self.code.errors = [WRONG_CODE]
            return None
        account = _find(self.email.data or "")
        if not _is_password(account, self.password.data or ""):
            # Which of the two is wrong would tell a stranger who has an account.
            self.email.errors = self.password.errors = [WRONG_SIGN_IN]
            return None
        return account


class AgainForm(_Proving, VerifyForm):
    """Shows once more who is there, for what a phone on a table should not give away."""

    password = PasswordField()
    credential = KeptField()

    def validate(self, **kwargs: Any) -> bool:
        """Whether it is the person who signed in."""
        if not super(VerifyForm, self).validate(**kwargs):
            return False
        now, keys = datetime.now(UTC), _keys(self.user.email)
        if not self._may_try(keys, now):
            return False
        if self.credential.data:
            is_right = self._passkey_account(str(self.user.id)) is not None
        else:
            is_right = _is_password(self.user, self.password.data or "")
            self.password.errors = [] if is_right else [WRONG_PASSWORD]
        if not is_right:
            return self._failed(keys, now)
        tries.succeed(db.session, keys)
        return True


class ChangeForm(_Counted, ChangePasswordForm):
    """Changes the password of somebody who knows the old one, which nobody may guess at will on an open phone."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether the old password is right, and the new one will do."""
        now, keys = datetime.now(UTC), _keys(current_user.email)
        if not self._may_try(keys, now):
            return False
        is_valid = super().validate(**kwargs)
        if self.password.data and self.password.errors:
            return self._failed(keys, now)
        if is_valid:
            tries.succeed(db.session, keys)
        return bool(is_valid)


def _find(email: str) -> Any:
    try:
        return security.datastore.find_user(case_insensitive=True, email=security.mail_util.normalize(email))
    except ValueError:
        return None


def _one_form(email: str) -> str:
    """An address as it is counted: however it is written, tries at one account are counted together."""
    try:
        return str(security.mail_util.normalize(email)).casefold()
    except ValueError:
        return email.strip().casefold()


def _is_password(account: Any, password: str) -> bool:
    """Whether it is the account's. It takes as long for an account that there is as for one that there is not."""
    typed = security.password_util.normalize(password)[:1000]
    if account is None or not account.active:
        hash_password(typed)
        return False
    return bool(account.verify_and_update_password(typed))


def _keys(email: str) -> tuple[str, ...]:
    return tries.keys_of(
        current_app.config["SECRET_KEY"],
        account=_one_form(email),
        address=request.remote_addr or "",
        device=known_device(_find(email)),
    )


def _say_too_many(response: Response) -> Response:
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return response


def _wait_sentence(seconds: int) -> str:
    if seconds < 90:
        return ngettext(
            "Too many tries. Wait %(num)s second, then try again.",
            "Too many tries. Wait %(num)s seconds, then try again.",
            seconds,
        )
    return gettext("Too many tries. Wait %(count)s minutes, then try again.", count=ceil(seconds / 60))


def _ticket(account: Any) -> str:
    """What says that the password was right, for a quarter of an hour, unless the password changes."""
    ticket = _timed_signer().dumps([account.id, account.password[-16:]])
    return ticket if isinstance(ticket, str) else ticket.decode()


def _read_ticket(ticket: str | None) -> Any:
    try:
        account_id, password = _timed_signer().loads(ticket or "", max_age=CODE_STEP_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    account = security.datastore.find_user(id=account_id)
    is_good = account is not None and account.active and str(account.password)[-16:] == password
    return account if is_good else None


def _timed_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="code-step")
