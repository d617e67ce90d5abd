"""Asks the permission table, once, before every request."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from diary.domain.access import OF_A_DIARY, Access, Permission, Role, is_granted
from diary.domain.diary import Diary
from diary.domain.picture import LARGEST_IN
from diary.extensions import csrf, db, limiter
from diary.forms.fields import legible
from diary.services import care_team
from diary.views.carry import SIGN_IN_LIMIT, sign_in_first

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

WITHOUT_LOOK_UP: Final = frozenset({"static", "help_now.show", "help_now.forget"})
"""Routes that answer the same whoever asks, and even while the database is away."""

SignedOut = Callable[..., ResponseReturnValue | None]


def requires(
    permission: Permission,
    *,
    checks_csrf: bool = False,
    takes_file: str = "",
    signed_out: SignedOut | None = None,
) -> Callable[[View], View]:
    """State what a view asks for.

    Args:
        checks_csrf: its form checks the token itself, so that nothing that was typed is lost when it is stale.
        takes_file: the name of the one field that may bring a file.
        signed_out: answers in place of the sign-in page; ``None`` from it goes on as signed in.
    """

    def state(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        view.checks_csrf = checks_csrf  # type: ignore[attr-defined]
        view.takes_file = takes_file  # type: ignore[attr-defined]
        view.signed_out = signed_out  # type: ignore[attr-defined]
        return view

    return state


def install_access(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_ask)


def permission_of(endpoint: str) -> Permission | None:
    """The permission that a route asks for; ``None`` for one without a row, which is closed."""
    view = current_app.view_functions[endpoint]
    return getattr(view, "permission", None) or LIBRARY_ROUTES.get(endpoint)


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
    if request.method == "POST" and request.endpoint in LIBRARY_FORMS:
        with limiter.limit(SIGN_IN_LIMIT):
            pass  # Each of these forms reads a password.
    _enter(permission)
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
        g.access, role = access, access.role
        g.diary = care_team.load_diary(db.session, access.diary_id)
    if not is_granted(role, permission):
        abort(404)
