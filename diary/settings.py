"""Settings: how this copy of the diary is set up. Read once at start, frozen, all faults named at once."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from diary.keys import new_cookie_key, new_vault_key, read_keys

COOKIE_KEYS = Path("keys", "cookies.key")
VAULT_KEYS = Path("keys", "vault.key")
LOOPBACK = ("localhost", "127.0.0.1")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")

KNOWN = frozenset(
    {
        "DIARY_INSTANCE",
        "DIARY_DATABASE_URL",
        "DIARY_BIND",
        "DIARY_PORT",
        "DIARY_HOSTS",
        "DIARY_THREADS",
        "DIARY_HTTPS",
        "DIARY_SAMPLE",
        "DIARY_MAIL_URL",
        "DIARY_MAIL_FROM",
    }
)
"""Every setting there is; docs/settings.md says what each does."""


class SettingsError(Exception):
    """One or more settings cannot be used; ``faults`` names each, by variable."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this copy is set up. Every field but the keys is a documented ``DIARY_…`` variable (docs/settings.md)."""

    instance: Path
    database_url: str
    bind: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    is_https: bool = False
    threads: int = 8
    is_sample: bool = False
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    secret_keys: tuple[str, ...] = field(repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; make the instance folder and its keys on first use.

        Raises:
            SettingsError: with every fault at once, each naming its variable and what to do.
        """
        faults: list[str] = []

        def whole(name: str, default: int, lowest: int, highest: int) -> int:
            text = environ.get(name, str(default))
            if text.isascii() and text.isdigit() and len(text) < 6 and lowest <= int(text) <= highest:
                return int(text)
            faults.append(f"{name}: {text!r} is not a whole number from {lowest} to {highest}.")
            return default

        def truth(name: str) -> bool:
            text = environ.get(name, "no").lower()
            if text not in ("yes", "no"):
                faults.append(f"{name}: {text!r} is neither yes nor no.")
            return text == "yes"

        faults += [
            f"{name}: it is empty. Leave it out, or give it a value."
            for name in sorted(environ)
            if name in KNOWN - {"DIARY_HOSTS"} and not environ[name].strip()
        ]
        instance = Path(environ.get("DIARY_INSTANCE") or "instance").expanduser().resolve()
        database_url = environ.get("DIARY_DATABASE_URL", f"sqlite:///{instance / 'diary.sqlite'}")
        for scheme in ("postgresql://", "postgres://"):
            if database_url.startswith(scheme):
                database_url = "postgresql+psycopg://" + database_url.removeprefix(scheme)
        if not database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            faults.append("DIARY_DATABASE_URL: give sqlite:///a/path.sqlite or postgresql://user@host/name.")
        bind = environ.get("DIARY_BIND", "127.0.0.1")
        try:
            # The check of host names cannot read an IPv6 address, so none is served on.
            socket.getaddrinfo(bind or "?", None, socket.AF_INET)
        except (OSError, UnicodeError):
            faults.append(f"DIARY_BIND: {bind!r} is no address of this machine. Try 127.0.0.1 or 0.0.0.0.")
        hosts = tuple(environ.get("DIARY_HOSTS", "").replace(",", " ").split())
        faults += [
            f"DIARY_HOSTS: {host!r} is no host name. Give names alone, such as diary.example.org."
            for host in hosts
            if not HOST.fullmatch(host)
        ]
        mail_url, mail_from = environ.get("DIARY_MAIL_URL", "").strip(), environ.get("DIARY_MAIL_FROM", "").strip()
        if mail_url and not _is_mail_url(mail_url):
            # What was given may hold a password, so it is not said again.
            faults.append("DIARY_MAIL_URL: give smtp://user:password@host:587 or smtps://user:password@host:465.")
        if mail_from and not ADDRESS.fullmatch(mail_from):
            faults.append(f"DIARY_MAIL_FROM: {mail_from!r} is no e-mail address. Give one such as diary@example.org.")
        if bool(mail_url) != bool(mail_from):
            missing = "DIARY_MAIL_FROM" if mail_url else "DIARY_MAIL_URL"
            faults.append(f"{missing}: it is missing. DIARY_MAIL_URL and DIARY_MAIL_FROM are needed together.")
        values = {
            "port": whole("DIARY_PORT", 8000, 1, 65535),
            "threads": whole("DIARY_THREADS", 8, 1, 64),
            "is_https": truth("DIARY_HTTPS"),
            "is_sample": truth("DIARY_SAMPLE"),
        }
        faults += [
            f"{name}: there is no such setting. The settings are: {', '.join(sorted(KNOWN))}."
            for name in sorted(environ)
            if name.startswith("DIARY_") and name not in KNOWN and not name.startswith("DIARY_TEST_")
        ]
        try:
            instance.mkdir(parents=True, exist_ok=True)
            (instance / "keys").mkdir(mode=0o700, exist_ok=True)
            secret_keys = read_keys(instance / COOKIE_KEYS, new_cookie_key())
            for key in read_keys(instance / VAULT_KEYS, new_vault_key()):
                Fernet(key)
        except (OSError, ValueError) as fault:
            faults.append(f"DIARY_INSTANCE: {instance} cannot be used: {fault}.")
        if faults:
            raise SettingsError(faults)
        return cls(
            instance=instance,
            database_url=database_url,
            bind=bind,
            hosts=hosts,
            secret_keys=secret_keys,
            mail_url=mail_url,
            mail_from=mail_from,
            **values,  # type: ignore[arg-type]
        )

    @property
    def trusted_hosts(self) -> list[str]:
        """Host names that this server answers to; a request for any other is refused."""
        return [*LOOPBACK, *self.hosts, *self.house_addresses]

    @property
    def secret_key(self) -> str:
        """The newest key that signs cookies and one-time links; the older ones are still believed."""
        return self.secret_keys[0]

    @property
    def cookie_prefix(self) -> str:
        """What the names of cookies begin with: on HTTPS a browser takes ``__Host-`` from this very host alone."""
        return "__Host-" if self.is_https else ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where a browser finds this server: at its names, or on this machine and in this house when it has none."""
        if self.is_https and self.hosts:
            return tuple(f"https://{host}" for host in self.hosts)
        scheme = "https" if self.is_https else "http"
        found = dict.fromkeys((*self.hosts, self.here, *self.house_addresses))
        return tuple(f"{scheme}://{host}:{self.port}" for host in found)

    @property
    def here(self) -> str:
        """The address at which this machine itself finds the server."""
        return LOOPBACK[1] if self.bind == "0.0.0.0" else self.bind  # noqa: S104 - compared, not bound.

    @property
    def house_addresses(self) -> tuple[str, ...]:
        """The addresses at which a phone in the same house finds this server; none while it serves itself alone."""
        if self.bind in LOOPBACK:
            return ()
        if self.bind != "0.0.0.0":  # noqa: S104 - compared, not bound.
            return (self.bind,)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                # Connecting a datagram socket sends nothing; it only asks which address would be used.
                probe.connect(("192.0.2.1", 9))
                return (str(probe.getsockname()[0]),)
            except OSError:
                return ()


def _is_mail_url(text: str) -> bool:
    try:
        url = urlsplit(text)
        return url.scheme in ("smtp", "smtps") and bool(url.hostname) and url.port != 0
    except ValueError:
        return False
