"""What a phone may keep, and how what waited on it comes in."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import Client

from diary.models import CheckInRow
from diary.rules import load_table
from tests.cast import fields_in, fields_of
from tests.cellar import count, rows
from tests.services.test_reassess import with_fever_from


def sends_late(person, typed_at, account=None, page="check-ins/new", **answers):
    form = fields_of(person.opens(page)) | (answers or {"temperature": "38.4"})
    headers = {"Typed-At": typed_at, "Account": account or form["account"]}
    return person.client.post(person.at(page), data=form, headers=headers)


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("check-ins/new", {"temperature": "38.4"}),
        ("check-ins/steps/numbers", {"oxygen": "88"}),
        ("log", {"pulse": "130"}),
        ("neuro-check/new", {"year": "0"}),
    ],
)
def test_it_counts_from_when_it_was_typed(app, alice, page, answers):
    typed_at = datetime.now(UTC) - timedelta(hours=5)
    assert sends_late(alice, typed_at.isoformat(), page=page, **answers).status_code == 302
    (row,) = rows(app, CheckInRow)
    assert row.at == typed_at
    assert row.written_at > typed_at + timedelta(hours=4)


def test_a_step_that_waited_goes_on_with_its_check_in(app, alice):
    first = alice.logs(page="check-ins/steps/feel", follow=False, signs_general="feels_very_unwell").location
    second = first.split(alice.at())[1]
    assert sends_late(alice, datetime.now(UTC).isoformat(), page=second, temperature="38.4").status_code == 302
    kept, newest = rows(app, CheckInRow)
    assert newest.replaces_id == kept.id
    assert newest.content["signs"] == ["feels_very_unwell"]
    assert newest.content["temperature"]["value"] == "38.4"


def test_it_takes_no_time_that_is_still_to_come_and_none_that_it_cannot_read(app, alice):
    for typed_at in ((datetime.now(UTC) + timedelta(days=1)).isoformat(), "yesterday", "2026-03-14T08:00:00", ""):
        assert sends_late(alice, typed_at).status_code == 302
    assert all(row.written_at - row.at < timedelta(seconds=5) for row in rows(app, CheckInRow))


def test_it_takes_nothing_under_another_name(app, alice, bob):
    account = fields_of(alice.opens("check-ins/new"))["account"]
    assert sends_late(bob, datetime.now(UTC).isoformat(), account).status_code == 409
    assert count(app, CheckInRow) == 0


def test_a_kept_page_names_nobody_and_holds_no_token(alice):
    alice.logs(page="neuro-check/settings", town="Little Wittering", hospital="Saint Swithin")
    for path in ("", "/check-in", "/log", "/neuro-check"):
        path = f"on-this-phone{path}"
        page = alice.opens(path).text
        assert not [word for word in ("Alice", "Wittering", "Swithin", str(datetime.now(UTC).year)) if word in page]
        assert not fields_in(page).get("csrf_token")


def test_the_carry_holds_what_the_rules_can_see_and_no_note(alice):
    alice.logs(temperature="38.4", note="secret words")
    answer = alice.opens("carry")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "secret words" not in answer.text
    assert [each["temperature"]["value"] for each in answer.json["record"]["check_ins"]] == ["38.4"]
    assert answer.json["open"] == ["You have a fever. Ring your team now, even if you feel fine."]


@pytest.fixture
def new_rules(tmp_path, monkeypatch):
    """An upgrade: one threshold of the table is another. The version of the table does not even say so."""

    def upgraded():
        file = tmp_path / "compiled.json"
        file.write_text(json.dumps(with_fever_from(39 * 9 * 10**12).data))
        monkeypatch.setattr("diary.rules.table.FILE", str(file))
        load_table.cache_clear()

    yield upgraded
    load_table.cache_clear()


def test_a_phone_hears_at_once_that_the_rules_are_others(alice, new_rules):
    before = alice.opens("carry").json["version"]
    assert alice.opens("carry").json["version"] == before
    new_rules()
    assert alice.opens("carry").json["version"] != before


def test_the_icon_leads_to_the_quick_log_and_the_tab_to_the_way_that_this_phone_likes(app, alice):
    manifest = app.test_client().get("/manifest.webmanifest").json
    assert manifest["start_url"] == "/log"
    assert [each["url"] for each in manifest["shortcuts"]] == ["/log", "/help-now"]
    alice.opens("check-ins/new?keep=page")
    assert f'<a href="{alice.at("check-ins/new")}" aria-current="page">Log</a>' in alice.opens("log").text
    alice.opens("check-ins/steps/feel?keep=steps")
    assert f'<a href="{alice.at("check-ins/steps/feel")}">Log</a>' in alice.opens("history").text


def test_whoever_is_signed_out_gets_no_carry(app, alice):
    answer = app.test_client().get(alice.at("carry"))
    assert (answer.status_code, answer.json) == (401, {"account": None})


def test_it_compresses_for_whoever_can_read_it(app):
    browser, asks = Client(app), {"Accept-Encoding": "gzip"}
    packed = browser.get("/help-now", headers=asks)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert b"Help now" in gzip.decompress(packed.data)
    assert "Content-Encoding" not in browser.get("/help-now").headers
    # The same page has another length each time, so that its length tells nothing.
    assert len({len(browser.get("/help-now", headers=asks).data) for _ in range(12)}) > 3
