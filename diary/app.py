"""Builds the house: binds extensions, registers blueprints. Nothing else happens here."""

from flask import Flask
from flask_login import user_loaded_from_cookie
from flask_security import FSQLALiteUserDatastore
from werkzeug.middleware.proxy_fix import ProxyFix

from diary.extensions import babel, close_without_a_thread, csrf, db, keep_sqlite_promises, limiter, security
from diary.keys import Vault
from diary.logs import install_logs
from diary.models import AccountRow
from diary.models.base import Encrypted
from diary.notify import Notifier
from diary.settings import VAULT_KEYS, Settings
from diary.views import (
    account,
    audit,
    charts,
    check_in,
    check_in_several,
    check_in_steps,
    code,
    device,
    dose,
    flag,
    handwriting,
    help_now,
    history,
    home,
    invitation,
    kept,
    log,
    medicine,
    neuro_check,
    offline,
    paper,
    passkey,
    people,
    phone,
    privacy,
    reset,
    rights,
    rules,
    set_up,
)
from diary.views.access import install_access
from diary.views.assets import install_assets
from diary.views.audit import install_audit
from diary.views.compression import install_compression
from diary.views.errors import install_errors
from diary.views.frame import install_frame
from diary.views.headers import install_headers
from diary.views.language import choose_locale
from diary.views.phone import install_phone
from diary.views.sign_in import AgainForm, ChangeForm, SignInForm
from diary.views.signed_in import is_only_remembered, load_account
from diary.views.templating import configure_templating
from diary.views.unsaved import install_unsaved


def create_app(settings: Settings) -> Flask:
    """Return the diary as a WSGI application, set up as ``settings`` say. Touches no database."""
    app = Flask("diary", instance_path=str(settings.instance))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_keys[1:]),
        TRUSTED_HOSTS=settings.trusted_hosts,
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        SESSION_COOKIE_NAME=f"{settings.cookie_prefix}session",
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
        ADDRESSES=settings.addresses,
        COOKIE_PREFIX=settings.cookie_prefix,
        IS_SAMPLE=settings.is_sample,
        **account.SIGN_IN,
    )
    if settings.is_https:
        # Whoever set this put a reverse proxy in front: it knows the browser's address, and that it spoke HTTPS.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    Encrypted.vault = Vault(settings.instance / VAULT_KEYS)
    app.extensions["notifier"] = Notifier(settings.mail_url, settings.mail_from)
    db.init_app(app)
    close_without_a_thread(app)
    csrf.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=choose_locale)
    configure_templating(app)
    install_logs(app)
    install_headers(app)
    install_compression(app)
    install_assets(app)
    install_access(app)
    security.init_app(
        app,
        FSQLALiteUserDatastore(db, AccountRow, None),  # type: ignore[arg-type]
        login_form=SignInForm,
        verify_form=AgainForm,
        change_password_form=ChangeForm,
    )
    app.login_manager.user_loader(load_account)  # type: ignore[attr-defined]
    user_loaded_from_cookie.connect(is_only_remembered, app)
    install_errors(app)
    install_unsaved(app)
    for view in (
        account,
        audit,
        charts,
        check_in,
        check_in_several,
        check_in_steps,
        code,
        device,
        dose,
        flag,
        handwriting,
        help_now,
        history,
        home,
        invitation,
        kept,
        log,
        medicine,
        neuro_check,
        offline,
        paper,
        passkey,
        people,
        phone,
        privacy,
        reset,
        rights,
        rules,
        set_up,
    ):
        app.register_blueprint(view.blueprint)
    install_frame(app)
    install_phone(app)
    install_audit(app)
    for signal, receiver in account.AUDITED_SIGNALS:
        signal.connect(receiver, app)
    with app.app_context():
        keep_sqlite_promises(db.engine)
    return app
