"""Builds the house: binds extensions, registers blueprints. Nothing else happens here."""

from cryptography.fernet import Fernet, MultiFernet
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from diary.extensions import Accounts, babel, csrf, db, keep_sqlite_promises, limiter, security
from diary.models import AccountRow
from diary.models.base import Encrypted
from diary.settings import Settings
from diary.views import (
    account,
    charts,
    check_in,
    check_in_several,
    check_in_steps,
    dose,
    flag,
    help_now,
    history,
    home,
    log,
    medicine,
    paper,
    phone,
    rules,
    set_up,
)
from diary.views.access import install_access
from diary.views.assets import install_assets
from diary.views.errors import install_errors
from diary.views.frame import install_frame
from diary.views.headers import install_headers
from diary.views.language import choose_locale
from diary.views.phone import install_phone
from diary.views.templating import configure_templating


def create_app(settings: Settings) -> Flask:
    """Return the diary as a WSGI application, set up as ``settings`` say. Touches no database."""
    app = Flask("diary", instance_path=str(settings.instance))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=settings.trusted_hosts,
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.is_https,
        # A database's error would otherwise show readings and names in the log.
        SQLALCHEMY_ENGINES={"default": {"url": settings.database_url, "hide_parameters": True}},
        # The permission hook checks the token, or the form does where what was typed must not be lost.
        WTF_CSRF_CHECK_DEFAULT=False,
        # A page left open overnight must still be able to save; the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        # A language that somebody adds to their own copy lies beside their data.
        BABEL_TRANSLATION_DIRECTORIES=f"translations;{settings.instance / 'translations'}",
        IS_HTTPS=settings.is_https,
        IS_SAMPLE=settings.is_sample,
        **account.SIGN_IN,
    )
    if settings.is_https:
        # Whoever set this put a reverse proxy in front: it knows the browser's address, and that it spoke HTTPS.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    Encrypted.vault = MultiFernet([Fernet(key) for key in settings.vault_keys])
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=choose_locale)
    configure_templating(app)
    install_headers(app)
    install_assets(app)
    install_access(app)
    security.init_app(app, Accounts(db, AccountRow, None))  # type: ignore[arg-type]
    install_errors(app)
    for view in (
        account,
        charts,
        check_in,
        check_in_several,
        check_in_steps,
        dose,
        flag,
        help_now,
        history,
        home,
        log,
        medicine,
        paper,
        phone,
        rules,
        set_up,
    ):
        app.register_blueprint(view.blueprint)
    install_frame(app)
    install_phone(app)
    for signal, receiver in account.AUDITED_SIGNALS:
        signal.connect(receiver, app)
    with app.app_context():
        keep_sqlite_promises(db.engine)
    return app
