"""What goes along with every answer: headers and cookies."""

import pytest
from flask import Flask
from werkzeug.datastructures import Headers

from diary.app import create_app
from diary.extensions import db
from diary.settings import Settings
from tests.cast import Person, fields_of
from tests.pages import calls
from tests.proofreading import proofread_headers

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types diary",
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
    assert answer.headers["Referrer-Policy"] == ("strict-origin" if path == "/set-up/x" else "same-origin")
    assert "publickey-credentials-get=(self)" in answer.headers["Permissions-Policy"]
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


def sign_in(app, client=None, **environ):
    client = client or app.test_client()
    form = fields_of(client.get("/sign-in", environ_overrides=environ))
    data = form | {"email": "alice@example.org", "password": "three plain words"}
    return client.post("/sign-in", data=data, environ_overrides=environ)


def test_it_hides_cookies_from_scripts_and_from_other_sites(app, alice):
    set_here = cookies(sign_in(app))
    assert set(set_here) == {"session", "remember_token", "known_device"}
    assert set(cookies(app.test_client().get("/sign-in"))) == {"session"}
    for line in set_here.values():
        assert "; secure" not in line


def test_it_keeps_the_numbers_in_a_cookie_of_the_same_kind(app):
    dora = Person(app, "Dora").has_an_account().has_a_diary().signs_in()
    assert "help_now" in cookies(dora.opens())


def test_it_would_notice_a_cookie_that_scripts_can_read(app):
    for line in ("a=1; Path=/; SameSite=Lax", "a=1; HttpOnly; Path=/", "a=1; HttpOnly; SameSite=Lax; Domain=x.org"):
        with pytest.raises(AssertionError, match="cookie"):
            proofread_headers(Headers([("Set-Cookie", line), ("Cache-Control", "no-store")]), "/", is_https=False)
    with pytest.raises(AssertionError, match="kept"):
        proofread_headers(Headers(), "/", is_https=False)


def test_it_sends_every_cookie_over_https_alone_when_https_stands_in_front(app, alice, behind_https):
    assert app.test_client().get("/").status_code == 302
    proxy = {"wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_REFERER": "https://localhost/sign-in"}
    client = behind_https.test_client()
    answer = sign_in(behind_https, client, **proxy)
    assert answer.status_code == 302
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    # The library that keeps people signed in cannot take back a cookie whose name begins with "__Host-".
    assert set(cookies(answer)) == {"__Host-session", "__Host-known_device", "remember_token"}
    assert "upgrade-insecure-requests" in policy(answer)
    page = client.get(alice.at(), environ_overrides=proxy)
    assert set(cookies(page)) == {"__Host-help_now"}
    assert calls(client.get("/help-now", environ_overrides=proxy)) == ["999", "+442079460000"]
    form = fields_of(client.get("/help-now", environ_overrides=proxy))
    forgotten = client.post("/help-now/forget", data=form, environ_overrides=proxy)
    assert "; secure" in cookies(forgotten)["__Host-help_now"]
    assert calls(client.get("/help-now", environ_overrides=proxy)) == []
    signed_out = client.post("/sign-out", data=form, environ_overrides=proxy)
    assert {"__Host-session", "remember_token"} >= set(cookies(signed_out)) >= {"remember_token"}
    assert client.get(alice.at(), environ_overrides=proxy).status_code == 302


def test_it_refuses_a_form_from_another_site_when_https_stands_in_front(app, alice, behind_https):
    proxy = {"HTTP_X_FORWARDED_PROTO": "https"}
    page = behind_https.test_client()
    form = fields_of(page.get("/help-now", environ_overrides=proxy))
    for referrer in ("https://evil.example/", ""):
        answer = page.post("/help-now/forget", data=form, environ_overrides=proxy | {"HTTP_REFERER": referrer})
        assert answer.status_code == 400
