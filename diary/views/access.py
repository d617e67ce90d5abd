"""Asks the permission table, once, before every request."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from diary.domain.access import FRESH, OF_A_DIARY, Access, Permission, Role, is_granted
from diary.domain.diary import Diary
from diary.domain.picture import LARGEST_IN
from diary.extensions import csrf, db
from diary.forms.fields import legible
from diary.services import care_team
from diary.services import device as devices
from diary.views.carry import again_first, sign_in_first
from diary.views.signed_in import is_fresh

View = TypeVar("View", bound=Callable[..., Any])

LIBRARY_ROUTES: Final = {
    "static": Permission.SEE_PUBLIC_PAGE,
    "security.login": Permission.SEE_PUBLIC_PAGE,
    # Whoever is signed out already need not sign in to sign out.
    "security.logout": Permission.SEE_PUBLIC_PAGE,
    "security.change_password": Permission.USE_ACCOUNT,
    "security.verify": Permission.USE_ACCOUNT,
}
"""Routes that a library brought, with the permission each asks for. A route that stands nowhere is closed."""

LIBRARY_FORMS: Final = frozenset({"security.login", "security.change_password", "security.verify"})
"""Those of them whose form checks the token itself."""

FORM_TYPES: Final = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})

WITH_PICTURE: Final = 3 * LARGEST_IN
"""How much may be sent to a route that takes a file: what is too large is refused beside its field, not by a page."""

WITHOUT_LOOK_UP: Final = frozenset(
    {"static", "help_now.show", "help_now.forget", "offline.worker", "offline.manifest", "offline.rules"}
)
"""Routes that answer the same whoever asks, and even while the database is away."""

SignedOut = Callable[..., ResponseReturnValue | None]


def requires(
    permission: Permission,
    *,
    checks_csrf: bool = False,
    takes_file: str = "",
    signed_out: SignedOut | None = None,
    only_shows: bool = False,
) -> Callable[[View], View]:
    """State what a view asks for.

    Args:
        checks_csrf: its form checks the token itself, so that nothing that was typed is lost when it is stale.
        takes_file: the name of the one field that may bring a file.
        signed_out: answers in place of the sign-in page; ``None`` from it goes on as signed in.
        only_shows: it changes nothing, so it needs no fresh sign-in although its permission does.
    """

    def state(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        view.checks_csrf = checks_csrf  # type: ignore[attr-defined]
        view.takes_file = takes_file  # type: ignore[attr-defined]
        view.signed_out = signed_out  # type: ignore[attr-defined]
        view.only_shows = only_shows  # type: ignore[attr-defined]
        return view

    return state


def install_access(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_ask)


def permission_of(endpoint: str) -> Permission | None:
    """The permission that a route asks for; ``None`` for one without a row, which is closed."""
    view = current_app.view_functions[endpoint]
    return getattr(view, "permission", None) or LIBRARY_ROUTES.get(endpoint)


def may_open(endpoint: str) -> bool:
    """Whether this request's reader may open a page of this diary: buttons stand only where they lead somewhere."""
    permission = permission_of(endpoint)
    return permission is not None and is_granted(this_access().role, permission)


def this_access() -> Access:
    """This request's way into its diary."""
    access: Access = g.access
    return access


def this_diary() -> Diary:
    """This request's diary."""
    diary: Diary = g.diary
    return diary


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # There is no such page; Flask says so next.
    view = current_app.view_functions[request.endpoint]
    _read_body(takes_file=getattr(view, "takes_file", ""))
    permission = permission_of(request.endpoint)
    if permission is None:
        abort(404)
    g.looks_nobody_up = request.endpoint in WITHOUT_LOOK_UP
    if not is_granted(Role.NOBODY, permission) and not current_user.is_authenticated:
        answer = (getattr(view, "signed_out", None) or sign_in_first)(**(request.view_args or {}))
        if answer is not None:
            return answer
    checks_csrf = getattr(view, "checks_csrf", False) or request.endpoint in LIBRARY_FORMS
    if request.method not in ("GET", "HEAD", "OPTIONS") and not checks_csrf:
        csrf.protect()
    _enter(permission)
    if permission in FRESH and not getattr(view, "only_shows", False) and not is_fresh():
        return again_first()
    return None


def _read_body(*, takes_file: str) -> None:
    """Read what was sent before anything else is asked, so that no lock waits for a slow line; take forms alone.

    The form libraries would read JSON and files as well, whose values are no text. No database keeps the character 0.
    """
    if takes_file and request.mimetype == "multipart/form-data":
        request.max_content_length = WITH_PICTURE
    next_address = request.values.get("next", "")
    if "\x00" in request.path or legible(next_address) != next_address:
        abort(404)
    if request.mimetype not in FORM_TYPES or set(request.files) - {takes_file}:
        abort(415)


def _enter(permission: Permission) -> None:
    """Open the diary that the address names, or answer as if there were none."""
    is_known = not g.looks_nobody_up and current_user.is_authenticated
    role = Role.ACCOUNT if is_known else Role.NOBODY
    if permission in OF_A_DIARY:
        access = care_team.find_access(db.session, current_user.id, (request.view_args or {})["diary_id"])
        if access is None:
            abort(404)
        if request.headers.get("Account", access.account_id) != access.account_id:
            abort(409)  # What waited on a phone goes under the name of whoever typed it, or not at all.
        g.access, role = access, access.role
        g.diary = care_team.load_diary(db.session, access.diary_id)
    if not is_granted(role, permission):
        abort(404)
    if is_known and request.method == "POST":
        devices.touch(db.session, current_user, datetime.now(UTC))
