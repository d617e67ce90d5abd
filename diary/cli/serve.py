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

from diary.cli._copy import opened, says_what_is_wrong
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
            # Whoever stops the diary waits no longer than for the slowest request.
            "graceful_timeout": LONGEST_SILENCE,
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


@says_what_is_wrong
def main(arguments: list[str]) -> int:
    """Serve until stopped. Returns 2 when a setting or the database cannot be used."""
    return serve(Settings.from_env())


def serve(settings: Settings, *notes: str) -> int:
    """Make everything ready, print where the diary is and ``notes``, and serve."""
    if _is_taken(settings):
        print(f"DIARY_PORT: port {settings.port} is in use. Stop what uses it, or choose another.", file=sys.stderr)
        return 2
    os.umask(0o077)  # Nobody else on this machine may read the database.
    check_table()
    with opened(settings) as app:
        upgrade(db.engine)
        needs_set_up = not has_accounts(db.session)
        token = set_up_token(settings.secret_key, past_accounts(db.session))
        is_legible = are_names_legible(db.session)
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
    try:
        socket.create_connection((settings.here, settings.port), timeout=1).close()
    except OSError:
        return False
    return True


def _addresses(settings: Settings, path: str) -> list[str]:
    purpose = "Set up the diary (this link works once)" if path != "/" else "The diary is at"
    first, *others = settings.addresses
    lines = [f"{purpose}: {first}{path}", *(f"Also at: {other}{path}" for other in others)]
    return [*lines, f"Your data lies in {settings.instance}. Press Ctrl+C to stop."]
