"""Flags: they stay until somebody writes down what happened, and better readings change nothing about that."""

from datetime import timedelta

import pytest

from diary.models import ClosureRow, FindingRow, FlagRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import advice, errors, main_words, tree_of, urgencies

TOLD = {"told": "the night nurse", "said": "Come in and be seen."}


def flags(app, *, is_open=True):
    return sorted(row.rule for row in rows(app, FlagRow) if (row.closed_at is None) is is_open)


def boxes(page):
    """What the boxes send that stand for the open flags, as they are on this page."""
    return [box.get("value") for box in tree_of(page).iter("input") if box.get("name") == "flags"]


def closes(person, *rules, app=None, **answers):
    """Write down what happened after the flags of these rules, or after all that are open."""
    page = person.opens("flags/close")
    wanted = {row.id for row in rows(app or person.app, FlagRow) if not rules or row.rule in rules}
    ticked = [value for value in boxes(page) if value.split()[0] in wanted]
    data = fields_of(page) | TOLD | {"flags": ticked} | answers
    return person.client.post(person.at("flags/close"), data=data, follow_redirects=True)


def test_it_stays_on_the_first_page_until_closed(app, alice, clock):
    alice.logs(temperature="38.4")
    clock.shift(timedelta(days=9))
    home = alice.opens()
    assert urgencies(home) == ["call"]
    assert "You have a fever." in advice(home)[0]
    assert "38.4" in advice(home)[0]


def test_it_is_added_to_while_it_is_open(app, alice, clock):
    alice.logs(temperature="38.4")
    clock.shift(timedelta(hours=1))
    page = alice.logs(temperature="38.9")
    assert "38.9" in advice(page)[0]
    assert flags(app) == ["T1"]
    assert count(app, FindingRow) == 2


@pytest.mark.parametrize(
    "better", [{"temperature": "36.8"}, {"systolic": "120", "diastolic": "80"}, {"signs_faint": "none"}]
)
def test_it_is_not_closed_by_a_better_reading(app, alice, clock, better):
    alice.logs(systolic="88", diastolic="50", temperature="37.0", signs_faint="shaking_chills")
    before = flags(app)
    clock.shift(timedelta(hours=3))
    alice.logs(**better)
    assert set(before) <= set(flags(app))


def test_it_is_shown_again_after_a_check_in_that_found_nothing(alice, clock):
    alice.logs(systolic="88", diastolic="50")
    clock.shift(timedelta(hours=3))
    page = alice.logs(systolic="121", diastolic="80")
    assert urgencies(page) == ["call"], "a warning that is open is never hidden by a better number"
    assert "Your blood pressure is low." in advice(page)[0]
    assert "Still open from before" in main_words(page)
    assert "No warning sign found in what you typed." in main_words(page)


def test_it_ends_by_itself_after_a_day_when_it_was_to_be_told_today(app, alice, clock):
    alice.logs(systolic="96", diastolic="60")
    assert urgencies(alice.opens()) == ["today"]
    clock.shift(timedelta(hours=23, minutes=59))
    assert urgencies(alice.opens()) == ["today"]
    clock.shift(timedelta(minutes=2))
    assert urgencies(alice.opens()) == []


def test_it_begins_anew_after_it_has_ended(app, alice, clock):
    alice.logs(systolic="96", diastolic="60")
    clock.shift(timedelta(days=5))
    page = alice.logs(systolic="97", diastolic="60")
    assert "97" in advice(page)[0]
    home = advice(alice.opens())
    assert len(home) == 1
    assert "96" not in home[0], "five days ago is not today"
    ended, begun = sorted(rows(app, FlagRow), key=lambda row: row.at)
    assert ended.closed_at is not None
    assert begun.closed_at is None


def test_it_does_not_come_back_as_today_when_it_fires_as_watch_days_later(alice, clock):
    alice.logs(temperature="37.6")
    clock.shift(timedelta(hours=2))
    alice.logs(temperature="37.6")
    assert urgencies(alice.opens()) == ["today", "watch"]
    clock.shift(timedelta(days=3))
    alice.logs(temperature="37.6")
    assert urgencies(alice.opens()) == ["watch"]


def test_it_ends_with_its_recheck_when_it_was_to_be_watched(app, alice, clock):
    alice.logs(temperature="37.6")
    assert flags(app) == ["T3"]
    clock.shift(timedelta(minutes=70))
    alice.logs(temperature="36.9")
    assert flags(app) == []
    assert [row.kind for row in rows(app, ClosureRow)] == ["measured_again"]


@pytest.mark.parametrize("other", [{"systolic": "120", "diastolic": "80"}, {"note": "I slept."}])
def test_it_does_not_end_when_something_else_is_measured(app, alice, clock, other):
    alice.logs(temperature="37.6")
    clock.shift(timedelta(minutes=70))
    alice.logs(**other)
    assert flags(app) == ["T3"]


def test_it_does_not_end_by_a_number_from_before(app, alice):
    alice.logs(temperature="37.6")
    alice.logs(temperature="36.8", on_date="2026-03-14", at_time="06:00")
    assert flags(app) == ["T3"]


def test_it_ends_with_its_recheck_when_a_medicine_was_told_too(app, alice, clock):
    alice.logs(systolic="185", diastolic="90")
    before = flags(app)
    assert before
    clock.shift(timedelta(minutes=30))
    alice.logs(systolic="130", diastolic="80", fever_medicine="antipyretic", fever_medicine_time="05:00")
    assert "B10" not in flags(app)


def test_it_closes_several_with_one_call(app, alice):
    alice.logs(temperature="38.4", systolic="88", diastolic="50")
    assert len(flags(app)) > 1
    page = closes(alice)
    assert "Written down. What you told them about is closed." in main_words(page)
    assert advice(page) == []
    assert flags(app) == []


def test_it_leaves_open_what_was_not_ticked(app, alice):
    alice.logs(temperature="38.4", signs_throat_and_skin="swollen_tongue")
    page = closes(alice, "T1")
    assert "T1" not in flags(app)
    assert flags(app)
    assert "swollen tongue" in main_words(page).lower()


def test_it_shows_who_was_told_when_and_what_they_said(app, alice):
    outcome = alice.logs(temperature="38.4", on_date="2026-03-14", at_time="07:29").request.path
    closes(alice, on_date="2026-03-14", at_time="07:30")
    for page in (alice.client.get(outcome), alice.opens("history")):
        words = main_words(page)
        for part in ("the night nurse", "Come in and be seen.", "07:30", "Alice"):
            assert part in words, part


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"told": " "}, "Type whom you called or told, such as “the night nurse”."),
        ({"said": ""}, "Type what they said. A few words are enough."),
        ({"flags": []}, "Tick the warnings that you told them about."),
        ({"told": "x" * 201}, "This is 201 characters long. Shorten it to 200."),
        ({"said": "x" * 2001}, "This is 2001 characters long. Shorten it to 2000."),
        ({"at_time": "23:59"}, "That time is still to come today. If it was yesterday, choose the date as well."),
    ],
)
def test_it_says_what_to_do_about_an_answer_and_keeps_the_rest(app, alice, answers, sentence):
    alice.logs(temperature="38.4")
    page = closes(alice, **answers)
    assert errors(page) == [sentence]
    assert flags(app) == ["T1"]
    kept = fields_of(page)
    assert all(kept[name] == typed for name, typed in TOLD.items() if name not in answers)


def test_it_keeps_the_words_when_the_page_was_open_too_long(app, alice):
    alice.logs(temperature="38.4")
    page = closes(alice, csrf_token="stale")
    assert errors(page) == ["This page was open for a long time. Nothing is lost. Send it again."]
    assert fields_of(page)["said"] == TOLD["said"]
    assert flags(app) == ["T1"]


def test_it_is_closed_once_however_often_the_form_is_sent(app, alice):
    alice.logs(temperature="38.4")
    (flag,) = rows(app, FlagRow)
    closes(alice)
    page = closes(alice, flags=[flag.id], said="Something else.")
    assert errors(page) == ["These warnings are closed. What happened is written down."]
    assert [row.said for row in rows(app, ClosureRow)] == [TOLD["said"]]


def test_it_closes_the_rest_when_somebody_else_closed_one_in_the_meantime(app, alice):
    alice.logs(temperature="38.4", signs_throat_and_skin="swollen_tongue")
    everything = boxes(alice.opens("flags/close"))
    closes(alice, "T1")
    closes(alice, flags=everything, said="Later words.")
    assert flags(app) == []
    said = {row.flag_id: row.said for row in rows(app, ClosureRow)}
    first = next(row.id for row in rows(app, FlagRow) if row.rule == "T1")
    assert said[first] == TOLD["said"]


def test_it_stays_open_when_something_was_added_while_somebody_wrote(app, alice, bob):
    alice.logs(signs_bleeding="bruising_or_minor_bleeding", signs_throat_and_skin="mild_rash")
    seen = boxes(alice.opens("flags/close"))
    bob.logs(signs_bleeding="bleeding_that_will_not_stop")
    page = closes(alice, flags=seen, said="Bruises are expected.")
    assert errors(page) == ["Something was added to a warning while you were writing. Read it again, then tick it."]
    assert urgencies(page)[0] == "emergency", "what was added is said at once"
    assert "S4" in flags(app)
    assert "emergency" in urgencies(alice.opens())
    assert fields_of(page)["said"] == "Bruises are expected."
    ticked = [box.get("value") for box in tree_of(page).iter("input") if box.get("checked") is not None]
    assert set(ticked) & set(boxes(page)) == set(seen) & set(boxes(page)), "what is new needs a tick of its own"
    closes(alice)
    assert flags(app) == []


@pytest.mark.parametrize(("told_at", "is_closed"), [("07:29", False), ("07:30", True), ("", True)])
def test_it_is_not_closed_by_a_call_from_before(app, alice, told_at, is_closed):
    alice.logs(temperature="38.4", on_date="2026-03-14", at_time="07:30")
    page = closes(alice, at_time=told_at)
    assert (flags(app) == []) is is_closed
    sentence = "This came after that time: “You have a fever. Ring your team now, even if you feel fine.”"
    assert errors(page) == ([] if is_closed else [f"{sentence} Untick it, or check the time."])


def test_it_cannot_be_closed_by_a_stranger(app, alice, charlie):
    alice.logs(temperature="38.4")
    (flag,) = rows(app, FlagRow)
    charlie.logs(temperature="38.4")
    closes(charlie, flags=[flag.id])
    assert [row.closed_at for row in rows(app, FlagRow) if row.diary_id == alice.diary_id] == [None]


def test_it_is_raised_again_by_a_new_reading_after_it_was_closed(app, alice, clock):
    alice.logs(temperature="38.4")
    closes(alice)
    clock.shift(timedelta(hours=3))
    assert urgencies(alice.logs(temperature="38.3")) == ["call"]
    assert flags(app) == ["T1"]
    assert flags(app, is_open=False) == ["T1"]


def test_it_is_not_raised_again_by_an_entry_that_comes_late(app, alice, clock):
    alice.logs(temperature="38.4")
    closes(alice)
    clock.shift(timedelta(hours=3))
    page = alice.logs(pulse="75", on_date="2026-03-14", at_time="07:00")
    assert advice(page) == []
    assert flags(app) == []


def test_it_is_raised_at_the_later_moment_that_a_late_entry_explains(app, alice, clock):
    alice.logs(temperature="37.6")
    clock.shift(timedelta(hours=1))
    page = alice.logs(page="doses/new", medicine="antipyretic", on_date="2026-03-14", at_time="07:00")
    assert "Your medicine may be hiding a fever." in advice(page)[0]
    assert "T5" in flags(app)
    (finding,) = [row for row in rows(app, FindingRow) if row.rule == "T5"]
    assert finding.at.hour == 8, "the moment of the warm reading, not of the medicine"


def test_it_is_shown_to_the_second_person_who_logs_the_same_moment(app, alice):
    alice.logs(temperature="38.4", on_date="2026-03-14", at_time="07:00")
    page = alice.logs(
        temperature="38.4",
        on_date="2026-03-14",
        at_time="07:00",
        by="caregiver",
        fever_medicine="antipyretic",
        fever_medicine_time="05:00",
    )
    assert urgencies(page)[:1] == ["call"]
    assert "You have a fever." in advice(page)[0]


def test_it_keeps_asking_after_a_fever_while_nobody_was_told(app, alice, clock):
    alice.logs(temperature="38.4")
    clock.shift(timedelta(hours=4))
    page = alice.logs(temperature="36.9")
    assert "Your fever may come back. Please still ring if you have not." in advice(page)[0]
    assert flags(app) == ["T1", "T9"]


def test_it_stops_asking_after_a_fever_once_the_team_was_told(app, alice, clock):
    alice.logs(temperature="38.4")
    closes(alice)
    clock.shift(timedelta(hours=4))
    page = alice.logs(temperature="36.9")
    assert advice(page) == []
    assert "No warning sign found in what you typed." in main_words(page)
    assert flags(app) == []


def test_it_offers_nothing_to_close_when_nothing_is_open(alice):
    page = alice.opens("flags/close")
    assert "No warning is open." in main_words(page)
    assert tree_of(page).find(".//main//form") is None
