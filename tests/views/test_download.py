"""The download of everything: it holds everything, a spreadsheet runs none of it, and memory does not grow with it."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import g
from sqlalchemy import insert

from diary.cli import assess
from diary.domain.audit_chain import AuditEntry, walk
from diary.domain.diary_file import parse
from diary.domain.urgency import Urgency
from diary.extensions import db
from diary.models import AuditRow, CheckInRow, FlagRow, MembershipRow, PictureRow
from diary.reports.archive import table, zipped
from diary.services import care_team, export
from tests.cast import fields_of
from tests.cellar import rows
from tests.pictures import opened
from tests.whole import fill

CONTENT = {"temperature": {"value": "36.8", "unit": "Cel"}, "pulse": {"value": 72}, "signs_absent": ["confused"]}


def downloads(person):
    answer = person.client.post(person.at("download"), data=fields_of(person.opens("download")))
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=symptom-diary-2026-03-14.zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def table_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def full(alice, bob):
    fill(alice, bob)
    return alice


def test_it_holds_everything(app, full, tmp_path, capsys):
    files = downloads(full)
    assert set(files) == {
        *("README.txt", "diary.json", "readings.csv", "doses.csv", "medicines.csv", "flags.csv", "care-team.json"),
        *("people.csv", "invitations.csv", "audit.jsonl", "handwriting.csv"),
        *("charts/last-100-days.svg", "charts/all.svg", *_pictures(app)),
    }
    for name in set(files) - {"README.txt"}:
        assert re.sub("/.*", "/", name) in files["README.txt"].decode(), name
    assert all(opened(files[name]).format == "JPEG" for name in _pictures(app))
    assert all(files[name].startswith(b"<?xml") for name in files if name.startswith("charts/"))
    kept = {row.id: row for row in rows(app, CheckInRow)}
    record = parse(json.loads(files["diary.json"]))
    assert {check_in.id: check_in.note for check_in in record.check_ins} == {row.id: row.note for row in kept.values()}
    assert {check_in.id for check_in in record.check_ins if check_in.withdrawn} == {
        row.id for row in kept.values() if row.withdrawn_at
    }
    (standing,) = [each for each in record.standing_check_ins if each.temperature]
    assert str(standing.temperature.value) == "38.6"
    assert standing.replaces in kept
    assert {dose.medicine for dose in record.doses} == {"antipyretic", "+Secretomycin"}, (
        "no dose that was withdrawn counts"
    )
    team = json.loads(files["care-team.json"])
    assert team["contacts"][-1]["contact"]["team_number"] == "+44 20 7946 0000"
    assert team["care_plans"][-1]["care_plan"]["profile"] == "standard"
    assert team["neuro_plans"][-1]["neuro_plan"]["not_possible"] == ["sentence"]
    assert team["usual_results"][-1]["check_in_id"] in kept
    assert [(row["name"], row["role"]) for row in table_of(files["people.csv"])] == [
        ("Alice", "owner"),
        ("Bob", "caregiver"),
    ]
    (tmp_path / "diary.json").write_bytes(files["diary.json"])
    assert assess.main([str(tmp_path / "diary.json")]) == 0
    judged = json.loads(capsys.readouterr().out)
    raised = {(row.rule, Urgency(row.urgency).word) for row in rows(app, FlagRow)}
    assert {(flag["rule"], flag["urgency"]) for flag in judged["flags"]} <= raised
    assert judged["urgency"] == "call"


def test_its_tables_say_what_was_logged_and_run_nothing(full):
    files = downloads(full)
    readings = table_of(files["readings.csv"])
    said = ("temperature", "state", "author", "author_role", "by", "withdrawn_by")
    assert sorted(tuple(row[column] for column in said) for row in readings if row["temperature"]) == [
        ("38.4", "corrected", "Alice", "owner", "patient", ""),
        ("38.6", "counts", "Alice", "owner", "patient", ""),
        ("39.9", "withdrawn", "Bob", "caregiver", "caregiver", "Bob"),
    ]
    assert "9" in {row["neuro_check_score"] for row in readings}
    assert '\'=HYPERLINK("http://x")' in {row["note"] for row in readings}
    doses = table_of(files["doses.csv"])
    assert {(row["medicine"], row["name"], row["state"]) for row in doses} >= {
        ("antipyretic", "", "corrected"),
    }
    flags = table_of(files["flags.csv"])
    assert {(row["told"], row["said"], row["closed_by"]) for row in flags if row["closed_at"]} >= {
        ("'@nurse-secret", "said-secret", "Alice")
    }
    assert {row["rule"] for row in flags} >= {"T1"}
    (medicine,) = table_of(files["medicines.csv"])
    assert (medicine["name"], medicine["hours_apart"], medicine["ended_by"]) == ("Calpol-secret", "6", "")
    (invitation,) = table_of(files["invitations.csv"])
    assert (invitation["email"], invitation["role"]) == ("vera-secret@example.org", "viewer")
    (picture,) = table_of(files["handwriting.csv"])
    assert picture["file"] in files
    assert picture["id"] in {row["picture_id"] for row in readings}
    for name in [name for name in files if name.endswith(".csv")]:
        for row in table_of(files[name]):
            assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_its_audit_entries_can_be_checked(alice):
    alice.logs(temperature="38.4")
    entries = [json.loads(line) for line in downloads(alice)["audit.jsonl"].splitlines()]
    read = [AuditEntry(**entry | {"at": datetime.fromisoformat(entry["at"])}) for entry in entries]
    assert walk("diary", read, {}).faults == ()
    assert read[-1].event == "diary.exported", "the download itself is in it"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(text):
    content = b"".join(table(("note",), [{"note": text}]))
    (cell,) = [row["note"] for row in table_of(content)]
    assert cell == f"'{text}"


def test_it_ends_where_it_fails():
    def broken():
        yield b"first"
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        list(zipped([("a", broken())], datetime(2026, 3, 14, tzinfo=UTC)))


def test_a_long_diary_needs_no_more_memory_than_a_short_one(app, alice):
    def peak():
        with app.test_request_context():
            g.is_reading = True
            diary = care_team.load_diary(db.session, alice.diary_id)
            tracemalloc.start()
            size = sum(map(len, zipped(export.load(db.session, diary, []), datetime.now(UTC))))
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return peak, size

    peak()  # What is loaded once does not count.
    _log(app, alice, days=125)
    short, short_size = peak()
    _log(app, alice, days=750)
    long, long_size = peak()
    assert long_size > 3 * short_size
    assert long < 1.2 * short + 300_000


def _pictures(app):
    return {f"handwriting/{row.at:%Y-%m-%d}-{row.kind}-{row.id}.jpg" for row in rows(app, PictureRow)}


def _log(app, person, days):
    """Write a check-in every six hours, for so many days, straight into the table."""
    with app.app_context():
        author_id = db.session.query(MembershipRow).filter_by(diary_id=person.diary_id).first().account_id
        now = datetime.now(UTC) - timedelta(days=days)
        entries = [
            {"id": str(uuid4()), "diary_id": person.diary_id, "author_id": author_id, "at": at, "written_at": at}
            | {"by": "patient", "content": CONTENT, "note": None}
            for at in (now - timedelta(hours=6 * number) for number in range(days * 4))
        ]
        db.session.execute(insert(CheckInRow), entries)
        db.session.commit()
        assert db.session.query(AuditRow).count()
