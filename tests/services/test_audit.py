"""Audit entries: only ever added, one after the other, on the database that the tests run on."""

import re
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from diary import migrations
from diary.cli import audit as terminal
from diary.domain.audit_chain import walk
from diary.extensions import db
from diary.models import AuditRow
from diary.services import audit
from tests.cast import at_once, fields_of
from tests.cellar import count, rows
from tests.databases import POSTGRESQL

REFUSED = [
    "UPDATE audit SET role = 'viewer' WHERE diary_id IS NOT NULL",
    "UPDATE audit SET at = at",
    "DELETE FROM audit",
    "DELETE FROM audit WHERE diary_id IS NULL",
    "DELETE FROM audit WHERE event = 'diary.begun'",
    *(["TRUNCATE audit"] if POSTGRESQL else ["INSERT OR REPLACE INTO audit SELECT * FROM audit"]),
]


@pytest.fixture
def verifies(app, settings, monkeypatch, capsys):
    """Run ``diary audit`` on this house; return its status, what it printed and what it complained about."""
    monkeypatch.setenv("DIARY_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIARY_DATABASE_URL", settings.database_url)

    def run(*arguments):
        status = terminal.main(["verify", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def past_the_triggers(app, *statements):
    """What somebody does who may do anything to the database."""
    with app.app_context():
        if POSTGRESQL:
            db.session.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        else:
            for name in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
                db.session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        for statement in statements:
            db.session.execute(text(statement))
        if POSTGRESQL:
            db.session.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
        db.session.commit()


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_to_change_or_delete_an_entry(app, alice, statement):
    before = count(app, AuditRow)
    with app.app_context():
        with pytest.raises(DBAPIError, match="only ever added"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert count(app, AuditRow) == before


def test_it_keeps_a_chain_for_each_diary_and_one_for_the_server(app, alice, charlie):
    alice.logs(temperature="38.4")
    entries = rows(app, AuditRow)
    assert {entry.diary_id for entry in entries} == {alice.diary_id, charlie.diary_id, None}
    for diary_id in (alice.diary_id, charlie.diary_id, None):
        numbers = sorted(entry.seq for entry in entries if entry.diary_id == diary_id)
        assert numbers == list(range(1, len(numbers) + 1))


def test_writers_at_once_keep_one_chain(app, alice, bob, caplog):
    form = fields_of(bob.opens("check-ins/new"))
    numbers = fields_of(alice.opens("settings/numbers"))
    first, second, *readers = bob.has_devices(5)
    owner, *_ = alice.has_devices(1)
    answers = at_once(
        *(lambda device=device: device.get(bob.at("history")) for device in readers),
        lambda: first.post(bob.at("check-ins/new"), data=form | {"temperature": "38.4"}),
        lambda: second.post(bob.at("check-ins/new"), data=form | {"temperature": "38.5"}),
        lambda: owner.post(alice.at("settings/numbers"), data=numbers),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302, 302, 302]
    with app.app_context():
        found = list(audit.verify(db.session, []))
        entries = list(audit.load_all(db.session, alice.diary_id))
    assert [each.faults for each in found] == [(), ()]
    assert sum(entry.event == "check_in.recorded" for entry in entries) == 2
    # On a busy machine a reader may have waited too long; then the log says so.
    seen = sum(entry.event == "diary.seen" and entry.subject_id == "history.show" for entry in entries)
    assert seen + caplog.text.count("Who saw a page could not be written down.") == 3


def test_the_terminal_finds_every_chain_whole(app, alice, charlie, verifies):
    alice.logs(temperature="38.4")
    status, printed, complaints = verifies()
    assert (status, complaints) == (0, "")
    assert [line.split()[0] for line in printed.splitlines()] == [alice.diary_id, charlie.diary_id, "server"]
    assert all(re.fullmatch(r"\S+ \d+ [0-9a-f]{64}", line) for line in printed.splitlines())


def test_the_terminal_names_what_somebody_did_past_the_triggers(app, alice, verifies, tmp_path):
    alice.logs(temperature="38.4")
    kept = tmp_path / "ends.txt"
    kept.write_text("Kept on another machine.\n" + verifies()[1])
    last = max(entry.seq for entry in rows(app, AuditRow) if entry.diary_id)
    past_the_triggers(app, f"DELETE FROM audit WHERE seq = {last} AND diary_id IS NOT NULL")  # noqa: S608 - a number.
    assert verifies()[0] == 0, "a shorter chain fits"
    status, _, complaints = verifies("--against", str(kept))
    assert (status, complaints) == (1, f"{alice.diary_id}: ends at entry {last - 1}, but had {last} entries before\n")
    past_the_triggers(
        app,
        "UPDATE audit SET account_id = (SELECT min(id) FROM account), role = 'viewer' WHERE event = 'diary.begun'",
        "DELETE FROM audit WHERE event = 'contact.changed'",
        "UPDATE audit SET event = 'account.signed_out' WHERE diary_id IS NULL AND seq = 1",
    )
    status, _, complaints = verifies()
    assert status == 1
    assert f"{alice.diary_id}: entry 1 was changed\n" in complaints
    assert f"{alice.diary_id}: between entry 1 and entry 3, entries are missing\n" in complaints
    assert "server: entry 1 was changed\n" in complaints


def test_the_terminal_notices_a_chain_that_is_gone(app, alice, verifies):
    past_the_triggers(app, "DELETE FROM audit WHERE diary_id IS NOT NULL")
    assert verifies()[::2] == (1, f"{alice.diary_id}: has no entries\n")


@pytest.mark.parametrize("arguments", [[], ["check"], ["verify", "--against"], ["verify", "--against", "/no/such"]])
def test_the_terminal_refuses_what_it_does_not_know(arguments, capsys):
    assert terminal.main(arguments) == 2
    assert capsys.readouterr().err


def test_a_migration_chains_what_was_written_before(app, alice, verifies):
    alice.logs(temperature="38.4")
    before = [(entry.id, entry.event) for entry in rows(app, AuditRow)]
    with app.app_context():
        db.session.close()
        engine = create_engine(db.engine.url)
    with engine.begin() as connection:
        config = migrations._config(connection)
        earlier = ScriptDirectory.from_config(config).get_revision("0004").down_revision
        command.downgrade(config, earlier)
        assert "seq" not in {column["name"] for column in inspect(connection).get_columns("audit")}
        command.upgrade(config, "head")
    engine.dispose()
    assert sorted((entry.id, entry.event) for entry in rows(app, AuditRow)) == sorted(before)
    assert verifies()[::2] == (0, "")
    with app.app_context():
        assert walk("server", audit.load_all(db.session, None), {}).end.length == 1
        with pytest.raises(DBAPIError, match="only ever added"):
            db.session.execute(text("DELETE FROM audit"))


def test_no_actor_no_entry(app, alice):
    with app.app_context():
        audit.write_account(db.session, "account.signed_in", None, datetime.now(UTC))
        with pytest.raises(DBAPIError):
            db.session.flush()
