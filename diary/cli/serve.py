"""Start the diary: bring the database up to date, say where it is, and serve it."""

import os
import socket
import struct
import sys
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import DatabaseError

from diary.app import create_app
from diary.cli._settings import read_settings
from diary.cli.run_due import run_due
from diary.extensions import db
from diary.migrations import upgrade
from diary.rules.schema import check_table
from diary.services.care_team import are_names_legible, has_accounts, past_accounts
from diary.settings import Settings
from diary.views.account import set_up_token

LONGEST_SILENCE = 10
"""For how many seconds the server waits for more of a request that has begun."""


class Server(BaseApplication):
    """gunicorn, told by our settings alone: one process, so that SQLite and the limit on joining have one keeper."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self.settings.bind}:{self.settings.port}",
            "workers": 1,
            "threads": self.settings.threads,
            "worker_class": "gthread",
            # An address names a diary, and a log keeps it: nothing is logged about a request that worked.
            "accesslog": None,
            "when_ready": _wait_for_nobody,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.begin_due_work,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def begin_due_work(self, worker: object) -> None:
        """Do what is due now and every hour, in the process that serves: one command runs all of the diary."""
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(run_due, "interval", args=[self.app], hours=1, next_run_time=datetime.now(UTC))
        scheduler.start()


def _wait_for_nobody(arbiter: Any) -> None:
    """Let no browser keep a thread by sending nothing more; every connection inherits it from the door."""
    for listener in arbiter.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", LONGEST_SILENCE, 0))


def main(arguments: list[str]) -> int:
    """Serve until stopped. Returns 2 when a setting cannot be used."""
    settings = read_settings()
    if settings is None:
        return 2
    return serve(settings)


def serve(settings: Settings, *notes: str) -> int:
    """Make everything ready, print where the diary is and ``notes``, and serve."""
    if _is_taken(settings):
        print(f"DIARY_PORT: port {settings.port} is in use. Stop what uses it, or choose another.", file=sys.stderr)
        return 2
    os.umask(0o077)  # Nobody else on this machine may read the database.
    check_table()
    app = create_app(settings)
    try:
        with app.app_context():
            upgrade(db.engine)
            needs_set_up = not has_accounts(db.session)
            token = set_up_token(settings.secret_key, past_accounts(db.session))
            is_legible = are_names_legible(db.session)
            db.session.close()
            db.engine.dispose()
    except DatabaseError as error:
        print(f"DIARY_DATABASE_URL: the database cannot be used: {error.orig}", file=sys.stderr)
        return 2
    if not is_legible:
        keys = settings.instance / "keys"
        print(f"DIARY_INSTANCE: {keys} does not open this database. Put back the keys saved with it.", file=sys.stderr)
        return 2
    for line in (
        *_addresses(settings, f"/set-up/{token}" if needs_set_up else "/"),
        *notes,
    ):
        print(line, flush=True)
    Server(app, settings).run()
    return 0


def _is_taken(settings: Settings) -> bool:
    """Whether something else answers at our address, so that nobody takes it for the diary."""
    here = "127.0.0.1" if settings.bind in ("0.0.0.0", "::") else settings.bind  # noqa: S104 - compared, not bound.
    try:
        socket.create_connection((here, settings.port), timeout=1).close()
    except OSError:
        return False
    return True


def _addresses(settings: Settings, path: str) -> list[str]:
    scheme = "https" if settings.is_https else "http"
    here = "127.0.0.1" if settings.bind in ("0.0.0.0", "::") else settings.bind  # noqa: S104 - compared, not bound.
    purpose = "Set up the diary (this link works once)" if path != "/" else "The diary is at"
    lines = [f"{purpose}: {scheme}://{here}:{settings.port}{path}"]
    lines += [
        f"On a phone in the same house: {scheme}://{address}:{settings.port}{path}"
        for address in settings.house_addresses
    ]
    return [*lines, f"Your data lies in {settings.instance}. Press Ctrl+C to stop."]
