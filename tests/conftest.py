"""A fresh house for each test: real SQLite, or the real PostgreSQL that DIARY_TEST_DATABASE_URL names."""

import logging
import shutil
from collections.abc import Iterator

import pytest
from flask import Flask

from diary.app import create_app
from diary.domain.access import Role
from diary.extensions import db, limiter
from diary.keys import Vault
from diary.models.base import Encrypted
from diary.notify import Notifier
from diary.settings import VAULT_KEYS, Settings
from tests.cast import Person
from tests.databases import POSTGRESQL, empty, migrate, postgresql_database
from tests.post import PostOffice
from tests.proofreading import ProofReadingClient
from tests.secrets import secrets_in


class Listening(logging.Handler):
    """Hears whatever anybody logs."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


@pytest.fixture(scope="session")
def listening() -> Iterator[Listening]:
    """One pair of ears for the whole run."""
    ears, root = Listening(), logging.getLogger()
    root.addHandler(ears)
    root.setLevel(logging.INFO)
    yield ears
    root.removeHandler(ears)


@pytest.fixture(autouse=True)
def silence(listening: Listening) -> Iterator[None]:
    """No test makes anything log a reading, a note or a name that the tests use."""
    listening.heard.clear()
    yield
    assert secrets_in("\n".join(listening.heard)) == []


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with every table and nothing in it: the address of a template file, or of a server's database."""
    if POSTGRESQL:
        with postgresql_database("test") as address:
            migrate(address)
            yield address
        return
    path = tmp_path_factory.mktemp("template") / "diary.sqlite"
    migrate(f"sqlite:///{path}")
    yield str(path)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, migrated: str) -> Settings:
    """Where the house of all tests of this process stands: its folder with its keys, and its database."""
    environ = {"DIARY_INSTANCE": str(tmp_path_factory.mktemp("instance"))}
    return Settings.from_env(environ | ({"DIARY_DATABASE_URL": migrated} if POSTGRESQL else {}))


@pytest.fixture
def settings(place: Settings, migrated: str) -> Settings:
    """The house's settings, with nothing in its folder but its keys and an empty, migrated database."""
    for left in place.instance.iterdir():
        if left.name != "keys":
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    if POSTGRESQL:
        empty(migrated)
    else:
        shutil.copy(migrated, place.instance / "diary.sqlite")
    return place


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A mail server on this machine."""
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture(scope="session")
def built(place: Settings) -> Flask:
    """The house, built once: building it and compiling its pages and queries takes longer than most tests."""
    app = create_app(place)
    app.test_client_class = ProofReadingClient
    # The same hash with the least work: real passwords are hashed for a tenth of a second, and tests sign in often.
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    return app


@pytest.fixture
def app(built: Flask, settings: Settings) -> Iterator[Flask]:
    """The house as new, with a browser that proof-reads what it is shown."""
    config = dict(built.config)
    built.testing = True
    # Whichever house was built last in this process has set it.
    Encrypted.vault = Vault(settings.instance / VAULT_KEYS)
    built.extensions["notifier"] = Notifier(settings.mail_url, settings.mail_from)
    limiter.reset()
    yield built
    with built.app_context():
        db.engine.dispose()
    built.config.clear()
    built.config.update(config)


@pytest.fixture
def alice(app: Flask) -> Person:
    """The patient: signed in, with a diary."""
    return Person(app, "Alice").has_an_account().has_a_diary().signs_in()


@pytest.fixture
def bob(app: Flask, alice: Person) -> Person:
    """Alice's caregiver: signed in."""
    return Person(app, "Bob").has_an_account().joins(alice, Role.CAREGIVER).signs_in()


@pytest.fixture
def vera(app: Flask, alice: Person) -> Person:
    """A viewer of Alice's diary: signed in."""
    return Person(app, "Vera").has_an_account().joins(alice, Role.VIEWER).signs_in()


@pytest.fixture
def claire(app: Flask, alice: Person) -> Person:
    """A clinician of Alice's diary: signed in."""
    return Person(app, "Claire").has_an_account().joins(alice, Role.CLINICIAN).signs_in()


@pytest.fixture
def charlie(app: Flask) -> Person:
    """The stranger: signed in, with a diary of their own."""
    return Person(app, "Charlie").has_an_account().has_a_diary().signs_in()


@pytest.fixture
def nobody(app: Flask) -> Person:
    """Somebody who is not signed in."""
    return Person(app, "Nobody")
