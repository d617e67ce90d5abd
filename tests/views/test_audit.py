"""Who did what, as the owner reads it; and who saw a page."""

import sqlite3
import time
from datetime import UTC, datetime

import pytest

from diary.domain.audit import Event
from diary.extensions import PATIENCE_MS, db
from diary.models import MembershipRow
from diary.services import audit, care_team
from diary.views.audit_words import EVENTS, PAGES
from tests.cast import fields_of
from tests.cellar import rows
from tests.databases import POSTGRESQL
from tests.pages import all_of_class, main_words, tree_of, words
from tests.views.routes import EVERY_ROUTE, UNSEEN


def lines(page):
    return [words(line) for line in all_of_class(page, "audit__entry")]


def test_the_owner_reads_who_did_what(alice, bob):
    bob.logs(temperature="38.4")
    bob.opens("charts/")
    alice.opens("history")
    assert lines(alice.opens("audit"))[:5] == [
        "Alice (owner) opened: History Sat, 14 Mar 2026, 08:00",
        "Bob (caregiver) opened: Charts Sat, 14 Mar 2026, 08:00",
        "Bob (caregiver) opened: what a check-in led to Sat, 14 Mar 2026, 08:00",
        "Bob (caregiver) logged something that raised a warning Sat, 14 Mar 2026, 08:00",
        "Bob (caregiver) logged a check-in Sat, 14 Mar 2026, 08:00",
    ]


def test_the_owner_reads_it_of_one_person_and_page_by_page(app, alice, bob):
    bob.opens("history")
    with app.app_context():
        access = care_team.find_access(db.session, rows(app, MembershipRow)[0].account_id, alice.diary_id)
        for _ in range(audit.PAGE_LENGTH + 10):
            audit.write_seen(db.session, access, "rules.of_diary", datetime.now(UTC))
        db.session.commit()
    page = alice.opens("audit")
    assert len(lines(page)) == audit.PAGE_LENGTH
    (link,) = [link for link in tree_of(page).iter("a") if words(link) == "Earlier lines"]
    earlier = lines(alice.client.get(link.get("href")))
    assert earlier[-1].startswith("Alice (owner) began the diary")
    assert any(line.startswith("Bob (caregiver) opened: History") for line in earlier)
    (of_bob,) = [link.get("href") for link in tree_of(page).iter("a") if words(link) == "Bob"]
    assert [line.split(" Sat")[0] for line in lines(alice.client.get(of_bob))] == ["Bob (caregiver) opened: History"]


@pytest.mark.parametrize("junk", ["?before=x", "?before=-1", "?who=x", "?before=99999999999", "?before=1&who="])
def test_an_odd_address_shows_what_there_is(alice, junk):
    assert alice.opens(f"audit{junk}").status_code == 200


def test_it_has_words_for_every_page_and_event(app):
    of_a_diary = {
        route.endpoint
        for route in EVERY_ROUTE
        if route.method == "GET" and "diary_id" in next(iter(app.url_map.iter_rules(route.endpoint))).arguments
    }
    assert of_a_diary - UNSEEN - set(PAGES) == set()
    assert all(len(page) <= 36 for page in of_a_diary), "the column's length"
    elsewhere = {event for event in Event if event.startswith("account.")} | {Event.DIARY_SEEN, Event.DIARY_ERASED}
    assert {*Event} - set(EVENTS) - elsewhere == set()


@pytest.mark.skipif(bool(POSTGRESQL), reason="SQLite has one writer")
def test_a_page_is_shown_though_who_saw_it_cannot_be_written_down(app, settings, alice, caplog):
    alice.logs(temperature="38.4")
    other = sqlite3.connect(settings.instance / "diary.sqlite")
    other.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    page = alice.opens()
    # Whoever reads waits less than a writer would.
    assert time.perf_counter() - began < PATIENCE_MS / 1000
    other.rollback()
    other.close()
    assert page.status_code == 200
    assert "Ring your team now" in main_words(page)
    assert "Who saw a page could not be written down." in caplog.text
    assert alice.logs(temperature="36.8").status_code == 200, "the next one works"


def test_what_was_not_shown_was_not_seen(app, alice, bob):
    def seen():
        with app.app_context():
            return sum(entry.event == "diary.seen" for entry in audit.load_all(db.session, alice.diary_id))

    form = fields_of(bob.opens("check-ins/new"))
    before = seen()
    bob.opens("audit")
    bob.opens("check-ins/none")
    bob.client.get(bob.at("charts/trends.svg"))
    bob.client.post(bob.at("check-ins/new"), data=form)
    assert seen() == before


def test_what_a_phone_fetches_along_with_a_page_does_not_crowd_the_page(alice, bob):
    bob.opens("history")
    bob.opens("carry")
    lines = main_words(alice.opens("audit"))
    assert "opened: History" in lines
    assert "opened: what a phone keeps" not in lines
