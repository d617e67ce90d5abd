"""The store: what was acknowledged is on disk, what is private cannot be read, what was done is written down."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from diary.domain.audit import Event
from diary.extensions import db
from diary.models import AuditRow, CheckInRow, DoseRow, FindingRow, FlagRow
from tests.cast import PASSWORD, Person, fields_of
from tests.cellar import count, rows
from tests.databases import POSTGRESQL
from tests.pages import calls, main_words
from tests.views.test_flags import closes

SQLITE = pytest.mark.skipif(bool(POSTGRESQL), reason="a promise of SQLite's")
SECRETS = (
    *("Xanthippe", "Quagmire team", "+44 20 7946 0123", "penicillin-secret", "heparin-secret"),
    *("note-secret", "nurse-secret", "said-secret"),
)


@pytest.fixture
def xanthippe(app):
    """Somebody whose every word can be found again."""
    person = Person(app, "Xanthippe").has_an_account().has_a_diary().signs_in()
    form = fields_of(person.opens("settings/numbers"))
    words = {"team_name": "Quagmire team", "team_number": "+44 20 7946 0123", "night_number": "+44 20 7946 0124"}
    words |= {"allergies": "penicillin-secret", "usual_medicines": "heparin-secret"}
    person.client.post(person.at("settings/numbers"), data=form | words)
    path = person.logs(temperature="38.4", note="note-secret").request.path.removeprefix(person.at())
    closes(person, told="nurse-secret", said="said-secret")
    person.logs(page=f"{path}/correct", note="note-secret, corrected")
    person.logs(page="doses/new", medicine="steroid")
    return person


@SQLITE
def test_it_keeps_what_it_acknowledged(app):
    with app.app_context():
        connection = db.session.connection()
        expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000}
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected} == expected


def test_it_refuses_a_row_that_belongs_to_nothing(app, alice):
    with app.app_context(), pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE contact SET diary_id = 'none'"))


def test_it_allows_one_open_flag_a_rule(app, alice):
    alice.logs(temperature="38.4")
    (flag,) = rows(app, FlagRow)
    with app.app_context():
        db.session.add(FlagRow(diary_id=flag.diary_id, rule=flag.rule, urgency=1, at=flag.at))
        with pytest.raises(IntegrityError):
            db.session.flush()


@SQLITE
def test_it_hides_notes_names_and_numbers_in_the_file(settings, xanthippe):
    files = list(settings.instance.glob("diary.sqlite*"))
    content = b"".join(path.read_bytes() for path in files)
    assert len(content) > 50_000
    for secret in SECRETS:
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.encode(encoding) not in content, secret
    assert b"38.4" in content, "readings are not encrypted: the rules look for them"


def test_it_hides_notes_names_and_numbers_in_every_column(app, xanthippe):
    with app.app_context():
        names = db.session.execute(text("SELECT name FROM account")).scalars().all()
        contents = db.session.execute(text("SELECT content FROM contact")).scalars().all()
        notes = db.session.execute(text("SELECT note FROM check_in WHERE note IS NOT NULL")).scalars().all()
        closures = db.session.execute(text("SELECT told, said FROM closure")).all()
    kept = [bytes(value) for value in (*names, *contents, *notes, *(value for row in closures for value in row))]
    assert len(kept) > 6
    assert all(value.startswith(b"gAAAA") for value in kept), "a Fernet token"


def test_it_reads_them_again(app, xanthippe):
    assert {row.note for row in rows(app, CheckInRow)} == {"note-secret", "note-secret, corrected"}
    assert "nurse-secret" in main_words(xanthippe.opens("history"))


def test_it_writes_down_who_did_what(app, settings):
    alice = Person(app, "Alice").has_an_account().has_a_diary().signs_in()
    path = alice.logs(temperature="38.4").request.path.removeprefix(alice.at())
    closes(alice)
    alice.logs(page=f"{path}/correct", temperature="36.8")
    other = alice.logs(temperature="36.9").request.path.removeprefix(alice.at())
    form = fields_of(alice.opens(f"{other}/withdraw"))
    alice.client.post(alice.at(f"{other}/withdraw"), data=form)
    alice.logs(page="doses/new", medicine="steroid")
    dose = f"doses/{rows(app, DoseRow)[0].id}"
    dose = alice.logs(page=f"{dose}/correct", status="missed").request.path.removeprefix(alice.at())
    alice.client.post(alice.at(f"{dose}/withdraw"), data=fields_of(alice.opens(f"{dose}/withdraw")))
    for part in ("patient", "numbers", "treatment"):
        alice.logs(page=f"settings/{part}")
    new = {"password": PASSWORD} | dict.fromkeys(("new_password", "new_password_confirm"), "four other plain words")
    alice.client.post("/password", data=fields_of(alice.client.get("/password")) | new)
    alice.client.post("/sign-out", data=fields_of(alice.opens()))
    entries = rows(app, AuditRow)
    assert {entry.event for entry in entries} >= {
        Event.ACCOUNT_SIGNED_IN, Event.ACCOUNT_SIGNED_OUT, Event.ACCOUNT_PASSWORD_CHANGED, Event.DIARY_BEGUN,
        Event.PATIENT_CHANGED, Event.CONTACT_CHANGED, Event.CARE_PLAN_CHANGED, Event.CHECK_IN_RECORDED,
        Event.CHECK_IN_CORRECTED, Event.CHECK_IN_WITHDRAWN, Event.DOSE_RECORDED, Event.FLAG_RAISED, Event.FLAG_CLOSED,
    }  # fmt: skip
    for entry in entries:
        assert entry.account_id, "no actor, no entry"
        assert entry.at.tzinfo is not None
        assert re.fullmatch(r"account|owner", entry.role)
        assert (entry.diary_id is None) == entry.event.startswith("account.")
    recorded = [entry.subject_id for entry in entries if entry.event == "check_in.recorded"]
    assert set(recorded) < {row.id for row in rows(app, CheckInRow)}


def test_it_writes_ids_alone_into_audit_entries(app, xanthippe):
    columns = {column.name for column in AuditRow.__table__.columns}
    chain = {"seq", "previous_hash", "hash"}
    assert columns == {"id", "at", "event", "account_id", "role", "diary_id", "subject_id"} | chain


def test_it_logs_no_reading_no_note_and_no_name(app, caplog, xanthippe):
    caplog.set_level(logging.DEBUG)
    xanthippe.logs(temperature="39.7", note="note-secret", signs_faint="fainted")
    xanthippe.logs(temperature="397")
    xanthippe.opens("charts/")
    xanthippe.opens("history")
    app.test_client().post(xanthippe.at("check-ins/new"), data={"temperature": "39.7", "note": "note-secret"})
    assert [secret for secret in (*SECRETS, "39.7", "397", "fainted") if secret in caplog.text] == []


def test_it_logs_none_of_them_when_the_database_fails(app, caplog, xanthippe):
    app.testing = False
    form = fields_of(xanthippe.opens("check-ins/new"))
    with app.app_context():
        db.session.execute(text("ALTER TABLE dose RENAME TO dose_away"))
        db.session.commit()
    answers = form | {"temperature": "39.7", "note": "note-secret", "fever_medicine": "nsaid", "signs_faint": "fainted"}
    try:
        page = xanthippe.client.post(xanthippe.at("check-ins/new"), data=answers)
        assert page.status_code >= 500
        assert "ring the number on your wallet card" in page.text
        assert "dose" in caplog.text, "the fault itself is in the log"
        assert [secret for secret in (*SECRETS, "39.7", "fainted") if secret in caplog.text] == []
    finally:
        with app.app_context():
            db.session.execute(text("ALTER TABLE dose_away RENAME TO dose"))
            db.session.commit()


def test_it_keeps_nothing_of_a_request_that_failed(app, alice):
    form = fields_of(alice.opens("check-ins/new")) | {"temperature": "38.4"}
    app.testing = False
    with app.app_context():
        db.session.execute(text("ALTER TABLE finding RENAME TO finding_away"))
        db.session.commit()
    try:
        assert alice.client.post(alice.at("check-ins/new"), data=form).status_code >= 500
    finally:
        with app.app_context():
            db.session.execute(text("ALTER TABLE finding_away RENAME TO finding"))
            db.session.commit()
    assert (count(app, CheckInRow), count(app, FlagRow)) == (0, 0)
    assert alice.client.post(alice.at("check-ins/new"), data=form).status_code == 302
    assert count(app, CheckInRow) == 1, "the same page can be sent again"


def test_it_keeps_why_and_by_which_version_something_was_raised(app, alice):
    alice.logs(temperature="38.4")
    (finding,) = rows(app, FindingRow)
    assert finding.table_version
    assert finding.reasons[0]["value"] == "38.4"
    assert finding.check_in_id == rows(app, CheckInRow)[0].id


def test_the_newest_numbers_count_although_the_clock_was_set_back(app, alice):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=1)):
        # A session from the future is believed by nobody.
        alice.client = app.test_client()
        alice.signs_in()
        form = fields_of(alice.opens("settings/numbers"))
        alice.client.post(alice.at("settings/numbers"), data=form | {"team_number": "+44 20 7946 0999"})
        form = fields_of(alice.opens("settings/treatment"))
        alice.client.post(alice.at("settings/treatment"), data=form | {"call_temperature": "37.9"})
        assert calls(alice.opens())[0] == "+442079460999"
        assert "37.9" in main_words(alice.opens("settings"))
