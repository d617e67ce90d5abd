"""A fresh house for each test: real SQLite, or the real PostgreSQL that DIARY_TEST_DATABASE_URL names."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from diary.app import create_app
from diary.domain.access import Role
from diary.extensions import db
from diary.settings import Settings
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


@pytest.fixture
def settings(tmp_path: Path, migrated: str) -> Settings:
    """Settings for a house with an empty, migrated database."""
    environ = {"DIARY_INSTANCE": str(tmp_path)}
    if POSTGRESQL:
        empty(migrated)
        environ["DIARY_DATABASE_URL"] = migrated
    else:
        shutil.copy(migrated, tmp_path / "diary.sqlite")
    return Settings.from_env(environ)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates that were compiled once; every test builds a house of its own, and compiling costs half a second."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A mail server on this machine."""
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The house, with a browser that proof-reads what it is shown."""
    app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_templates
    app.test_client_class = ProofReadingClient
    # The same hash with the least work: real passwords are hashed for a tenth of a second, and tests sign in often.
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    yield app
    with app.app_context():
        db.engine.dispose()


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
