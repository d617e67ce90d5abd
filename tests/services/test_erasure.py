"""Erasing for good: nothing of the diary is left, in any table and in no byte of the file."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Column, ForeignKey, Integer, String, Table, text
from sqlalchemy.exc import DBAPIError

from diary.cli import audit as audit_terminal
from diary.cli import run_due as terminal
from diary.domain.access import Access, Role
from diary.extensions import db
from diary.models import AccountRow, AuditRow, Base, DiaryRow, MembershipRow
from diary.services import audit, care_team, erasure
from diary.services.errors import LastOwnerError
from diary.views.account import set_up_token
from tests.cast import Person, fields_of, token_of
from tests.cellar import dump, rows
from tests.databases import POSTGRESQL
from tests.pages import errors, main_words
from tests.whole import fill

NOW = datetime(2026, 3, 14, 8, tzinfo=UTC)
OF_NOBODY = {"sign_in_failure"}
"""Tables that belong to no diary and no account: keyed hashes, forgotten after an hour."""


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock


@pytest.fixture
def full(clock, alice, bob, charlie):
    """Alice's diary with something in every table that a diary has, and Charlie's beside it."""
    charlie.logs(temperature="38.4", note="a stranger's note")
    fill(alice, bob)
    return alice


@pytest.fixture
def begun(clock, alice, bob, charlie):
    """Alice's diary with two entries, and Charlie's beside it."""
    alice.logs(temperature="38.4")
    bob.logs(page="doses/new", medicine="other", name="Secretomycin")
    return alice


def asks(person):
    form = fields_of(person.opens("delete"))
    return person.client.post(person.at("delete"), data=form | {"name": person.name})


def runs_due(settings, monkeypatch, capsys):
    monkeypatch.setenv("DIARY_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIARY_DATABASE_URL", settings.database_url)
    assert terminal.main([]) == 0
    return capsys.readouterr().out


def test_it_erases_every_row_and_every_byte_when_the_time_has_come(
    app, settings, full, charlie, clock, monkeypatch, capsys
):
    asks(full)
    receipt = full.opens("delete/receipt.txt").text
    secrets = traces(app, full.diary_id)
    assert len(secrets) > 60
    before = contents(settings)
    assert POSTGRESQL or all(secret in before for secret in (*secrets, b"Secretomycin"))
    clock.shift(timedelta(days=13, hours=23))
    assert runs_due(settings, monkeypatch, capsys) == ""
    assert full.logs(temperature="39.1").status_code == 200, "until then it works as ever"
    others = other_rows(app, charlie.diary_id)
    clock.shift(timedelta(hours=2))
    assert runs_due(settings, monkeypatch, capsys) == f"erased {full.diary_id}\n"
    assert runs_due(settings, monkeypatch, capsys) == "", "once"
    assert full.opens().status_code == 404
    assert charlie.opens().status_code == 200
    assert set(others.items()) <= set(other_rows(app, charlie.diary_id).items())
    left = {name: [row for row in found if full.diary_id in row] for name, found in dump(app).items()}
    assert {name for name, found in left.items() if found} == {"audit"}
    assert {re.findall(r"'diary\.\w+'", row)[0] for row in left["audit"]} == {"'diary.erasure_asked'", "'diary.erased'"}
    after = contents(settings)
    assert [secret for secret in (*secrets, b"Secretomycin") if secret in after] == []
    # The receipt can be checked, and the chains are whole.
    (settings.instance / "receipt.txt").write_text(receipt)
    assert audit_terminal.main(["verify", "--against", str(settings.instance / "receipt.txt")]) == 0


def contents(settings):
    """Every byte that SQLite has on disk."""
    return b"".join(path.read_bytes() for path in sorted(settings.instance.glob("diary.sqlite*")))


def traces(app, diary_id):
    """What can be found of a diary in SQLite's file: the ids of its rows, and what lies there encrypted."""
    found = set()
    with app.app_context():
        for table, belongs in erasure.rows_of("diary", diary_id).items():
            (key,) = table.primary_key
            ids = set(db.session.scalars(table.select().with_only_columns(key).where(belongs)))
            assert ids, f"nothing in {table.name}: tests/whole.py should put something there"
            for row in db.session.execute(text(f"SELECT * FROM {table.name}")).mappings():  # noqa: S608 - our table.
                if row[key.name] in ids - {diary_id}:
                    # A picture is longer than a page of the file, and lies there in parts.
                    found |= {value[:200] for value in row.values() if isinstance(value, bytes)}
                    found.add(row[key.name].encode())
    return found


def other_rows(app, diary_id):
    with app.app_context():
        return {
            (table.name, number): repr(row)
            for table, belongs in erasure.rows_of("diary", diary_id).items()
            for number, row in enumerate(db.session.execute(table.select().where(belongs).order_by(*table.primary_key)))
            if table.name != "audit"
        }


def test_whoever_asked_can_keep_it_after_all(app, begun, clock):
    page = begun.opens("delete")
    assert "It stays for 14 more days, until Sat, 28 Mar 2026." in main_words(page)
    assert errors(begun.client.post(begun.at("delete"), data=fields_of(page) | {"name": "Bob"})) == [
        "This is another name. Type Alice."
    ]
    assert errors(begun.client.post(begun.at("delete"), data=fields_of(page))) == [
        "Type the patient’s name as it stands above."
    ]
    assert asks(begun).status_code == 302
    assert "This diary will be deleted for good on Sat, 28 Mar 2026." in main_words(begun.opens())
    assert re.search(r"server \d+ [0-9a-f]{64}", main_words(begun.opens("delete")))
    page = begun.client.post(begun.at("keep"), data=fields_of(begun.opens("delete")), follow_redirects=True)
    assert "The diary stays. Nothing is deleted." in main_words(page)
    assert "will be deleted" not in main_words(page)
    clock.shift(timedelta(days=20))
    with app.app_context():
        assert erasure.due(db.session, datetime.now(UTC)) == []
        erasure.erase(db.session, begun.diary_id, datetime.now(UTC))
        db.session.commit()
    assert len(rows(app, DiaryRow)) == 2


def test_a_caregiver_sees_it_and_cannot_stop_it(begun, bob):
    asks(begun)
    page = main_words(bob.opens())
    assert "This diary will be deleted for good" in page
    assert "Its owner can stop this." in page
    assert "Keep this diary" not in page


def test_the_door_opens_only_for_the_diary_that_is_erased(app, begun, charlie):
    asks(begun)
    with app.app_context():
        audit.write_receipt(db.session, "diary.erased", rows(app, AccountRow)[0].id, begun.diary_id, NOW)
        db.session.flush()
        with pytest.raises(DBAPIError, match="only ever added"):
            db.session.execute(text("DELETE FROM audit WHERE diary_id = :id"), {"id": charlie.diary_id})
        db.session.rollback()


def test_it_reaches_every_table():
    reached = {table.name for table in erasure.rows_of("diary", "")}
    of_accounts = {table.name for table in erasure.rows_of("account", "")}
    assert set(Base.metadata.tables) - reached - of_accounts == OF_NOBODY, "who would erase this table?"
    assert {"audit", "closure", "membership", "dose"} < reached


def test_it_would_reach_a_new_table():
    new = Table(
        "surprise",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("finding_id", String(36), ForeignKey("finding.id"), nullable=True),
    )
    try:
        assert new in erasure.rows_of("diary", "")
    finally:
        Base.metadata.remove(new)


def test_an_account_goes_and_what_it_wrote_stays(app, settings, begun, bob):
    assert POSTGRESQL or b"bob@example.org" in contents(settings)
    page = bob.client.get("/account/delete")
    assert errors(bob.client.post("/account/delete", data=fields_of(page) | {"own_email": "x@example.org"})) == [
        "This is another address. Type the one that you sign in with."
    ]
    done = bob.client.post("/account/delete", data=fields_of(page) | {"own_email": " Bob@example.org"})
    assert "Your account is deleted" in main_words(done)
    assert bob.opens().status_code == 302, "signed out"
    form = fields_of(bob.client.get("/sign-in")) | {"email": bob.email, "password": "three plain words"}
    assert bob.client.post("/sign-in", data=form).status_code == 200, "and not in again"
    kept = [row for row in rows(app, AccountRow) if row.email.endswith("@erased.invalid")]
    assert bob.client.post("/sign-in", data=form | {"email": kept[0].email, "password": ""}).status_code == 200
    assert bob.client.post("/sign-in", data=form | {"email": kept[0].email}).status_code == 200
    assert [(row.name, row.password, row.active) for row in kept] == [("somebody who left", "", False)]
    assert "bob@example.org" not in str(dump(app))
    assert b"bob@example.org" not in contents(settings)
    assert "logged by somebody who left" in main_words(begun.opens("history"))
    assert "somebody who left (caregiver) left, and deleted their account" in main_words(begun.opens("audit"))
    ended = [row for row in rows(app, MembershipRow) if row.ended_at is not None]
    assert [row.account_id for row in ended] == [kept[0].id]


def test_when_everybody_has_gone_the_diary_can_be_set_up_again_by_a_new_link(app, settings):
    with app.app_context():
        assert not care_team.has_accounts(db.session)
    alone = Person(app, "Alone").has_an_account().signs_in()
    data = {"csrf_token": token_of(alone.client.get("/account/delete")), "own_email": alone.email}
    assert alone.client.post("/account/delete", data=data).status_code == 200
    old, new = (f"/set-up/{set_up_token(settings.secret_key, past)}" for past in (0, 1))
    nobody = app.test_client()
    assert nobody.get(old).status_code == 404
    assert "Set up the diary" in main_words(nobody.get(new))
    Person(app, "Dora").has_an_account()
    assert nobody.get(new).status_code == 404


def test_the_only_owner_cannot_go(app, begun, charlie):
    page = begun.client.get("/account/delete")
    assert "You are the only owner of a diary." in main_words(page)
    data = {"csrf_token": fields_of(begun.opens())["csrf_token"], "own_email": begun.email}
    assert "You are the only owner of a diary." in main_words(begun.client.post("/account/delete", data=data))
    with app.app_context():
        account_id = next(row.account_id for row in db.session.query(MembershipRow) if row.role == Role.OWNER)
        with pytest.raises(LastOwnerError):
            erasure.erase_account(db.session, account_id, "nobody", NOW)
        db.session.rollback()


def test_a_second_request_changes_nothing(app, begun):
    asks(begun)
    before = dump(app, with_seen=False)
    with app.app_context():
        owner = rows(app, MembershipRow)[0]
        erasure.ask(db.session, Access(owner.account_id, begun.diary_id, Role.OWNER), NOW + timedelta(days=3))
        db.session.commit()
    assert dump(app, with_seen=False) == before
    assert {row.subject_id for row in rows(app, AuditRow) if row.event == "diary.erasure_asked"} == {
        None,
        begun.diary_id,
    }
