"""What goes along with every answer: headers and cookies."""

import pytest
from flask import Flask

from diary.app import create_app
from diary.extensions import db
from diary.settings import Settings
from tests.cast import Person, fields_of

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
PATHS = ("/", "/sign-in", "/help-now", "/set-up/x", "/nothing", "/static/diary.css", "/rules", "/diaries/x/")


@pytest.fixture
def behind_https(app, settings):
    """The same house with HTTPS in front."""
    environ = {"DIARY_INSTANCE": str(settings.instance), "DIARY_DATABASE_URL": settings.database_url}
    safe: Flask = create_app(Settings.from_env(environ | {"DIARY_HTTPS": "yes"}))
    safe.test_client_class = app.test_client_class
    safe.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    yield safe
    with safe.app_context():
        db.engine.dispose()


def policy(answer):
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize("path", PATHS)
def test_it_allows_nothing_from_elsewhere(nobody, path):
    answer = nobody.client.get(path, buffered=True)
    assert policy(answer) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["", "check-ins/new", "history", "charts/", "settings", "settings/numbers", "flags/close"]
)
def test_it_lets_nobody_keep_a_page(alice, path):
    answer = alice.opens(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert policy(answer) == POLICY


def test_it_lets_nobody_keep_advice_that_came_without_sign_in(app, alice):
    answer = app.test_client().post(alice.at("check-ins/new"), data={"temperature": "38.4"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_lets_only_this_browser_keep_the_picture_and_only_while_signed_in(app, alice):
    alice.logs(temperature="38.4")
    picture = alice.opens("charts/trends.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "private, no-cache"
    assert policy(picture) == POLICY
    again = alice.client.get(alice.at("charts/trends.svg"), headers={"If-None-Match": picture.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    known = {"If-None-Match": picture.headers["ETag"]}
    assert app.test_client().get(alice.at("charts/trends.svg"), headers=known).status_code == 302


def cookies(answer):
    return {line.split("=")[0]: line.lower() for line in answer.headers.getlist("Set-Cookie")}


def sign_in(app, **environ):
    client = app.test_client()
    form = fields_of(client.get("/sign-in", environ_overrides=environ))
    data = form | {"email": "alice@example.org", "password": "three plain words"}
    return client.post("/sign-in", data=data, environ_overrides=environ)


def test_it_hides_cookies_from_scripts_and_from_other_sites(app, alice):
    set_here = cookies(sign_in(app))
    assert set(set_here) == {"session", "remember_token", "known_device"}
    assert set(cookies(app.test_client().get("/sign-in"))) == {"session"}
    for line in set_here.values():
        assert "httponly" in line
        assert "samesite=lax" in line
        assert "; secure" not in line
        assert "domain=" not in line


def test_it_keeps_the_numbers_in_a_cookie_of_the_same_kind(app):
    dora = Person(app, "Dora").has_an_account().has_a_diary().signs_in()
    line = cookies(dora.opens())["help_now"]
    assert "httponly" in line
    assert "samesite=lax" in line


def test_it_sends_every_cookie_over_https_alone_when_https_stands_in_front(app, alice, behind_https):
    assert app.test_client().get("/").status_code == 302
    proxy = {"wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_REFERER": "https://localhost/sign-in"}
    answer = sign_in(behind_https, **proxy)
    assert answer.status_code == 302
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    for name, line in cookies(answer).items():
        assert "; secure" in line, name


def test_it_refuses_a_form_from_another_site_when_https_stands_in_front(app, alice, behind_https):
    proxy = {"HTTP_X_FORWARDED_PROTO": "https"}
    page = behind_https.test_client()
    form = fields_of(page.get("/help-now", environ_overrides=proxy))
    for referrer in ("https://evil.example/", ""):
        answer = page.post("/help-now/forget", data=form, environ_overrides=proxy | {"HTTP_REFERER": referrer})
        assert answer.status_code == 400
