"""Corrections and withdrawals: nothing is overwritten, nothing is hidden, and flags stay."""

from datetime import timedelta

import pytest

from diary.domain.treatment import Patient
from diary.models import AuditRow, CheckInRow, DoseRow, FindingRow, FlagRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import advice, all_of_class, errors, main_words, tree_of, urgencies, words
from tests.views.conftest import NOW
from tests.views.test_flags import closes, flags


def logs(person, **answers):
    """Log a check-in, and return the part of its address below the diary."""
    return person.logs(**answers).request.path.removeprefix(person.at())


def withdraws(person, entry):
    form = fields_of(person.opens(f"{entry}/withdraw"))
    return person.client.post(person.at(f"{entry}/withdraw"), data=form, follow_redirects=True)


def test_it_shows_the_old_answers_to_be_corrected(alice):
    answers = {
        "by": "caregiver", "temperature": "38.40", "temperature_site": "ear", "systolic": "120", "diastolic": "80",
        "position": "lying", "standing_systolic": "110", "standing_diastolic": "75", "pulse": "88", "at_rest": "no",
        "oxygen": "97", "respiratory_rate": "16", "neuro_score": "9", "note": "two\nlines", "on_date": "2026-03-13",
        "at_time": "07:15", "fever_medicine": "nsaid", "fever_medicine_time": "05:00",
        "fever_medicine_reason": "felt_hot", "fever_medicine_agreed": "no", "signs_general": "none",
        "signs_faint": "fainted",
    }  # fmt: skip
    entry = logs(alice, **answers)
    shown = fields_of(alice.opens(f"{entry}/correct"))
    assert {name: shown.get(name) for name in answers} == answers


def test_it_shows_that_the_device_showed_no_number(alice):
    entry = logs(alice, no_oxygen_number="y", signs_faint=["fainted", "shaking_chills"], fever_medicine="none")
    page = alice.opens(f"{entry}/correct")
    shown = fields_of(page)
    assert shown["no_oxygen_number"] == "y"
    assert shown["fever_medicine"] == "none"
    assert sum('name="signs_faint"' in part and " checked" in part for part in page.text.split("<input")) == 2


def test_it_keeps_the_old_version_and_counts_the_new_one(app, alice):
    entry = logs(alice, temperature="38.4", note="first")
    page = alice.logs(page=f"{entry}/correct", temperature="36.8", note="second")
    assert page.status_code == 200
    old, new = sorted(rows(app, CheckInRow), key=lambda row: row.written_at)
    assert (old.content["temperature"]["value"], old.note) == ("38.4", "first")
    assert (new.content["temperature"]["value"], new.replaces_id) == ("36.8", old.id)
    assert new.at == old.at, "a correction that leaves the time alone keeps it to the microsecond"
    assert "36.8" in main_words(alice.opens())
    assert [row.event for row in rows(app, AuditRow) if row.event == "check_in.corrected"]


def test_it_keeps_the_flag_that_the_old_version_raised(app, alice):
    entry = logs(alice, temperature="38.4")
    page = alice.logs(page=f"{entry}/correct", temperature="36.8")
    assert flags(app) == ["T1"]
    assert "Still open from before" in main_words(page)
    assert urgencies(alice.opens()) == ["call"]


def test_it_raises_what_the_new_version_means(app, alice):
    entry = logs(alice, temperature="36.8")
    assert urgencies(alice.logs(page=f"{entry}/correct", temperature="38.4")) == ["call"]
    assert flags(app) == ["T1"]


def test_it_asks_nobody_to_ring_again_for_a_corrected_note(app, alice):
    entry = logs(alice, temperature="38.4", note="tpyo")
    closes(alice)
    page = alice.logs(page=f"{entry}/correct", note="typo")
    assert flags(app) == []
    assert urgencies(page) == ["call"], "the page says what the entry means, and what happened then"
    assert "the night nurse" in main_words(page)


@pytest.mark.parametrize(
    "answers",
    [
        {"temperature": "37.6", "fever_medicine": "antipyretic", "fever_medicine_reason": "felt_hot"},
        {"systolic": "85", "diastolic": "50", "fever_medicine": "nsaid"},
        {"temperature": "37.6", "fever_medicine": ["antipyretic", "nsaid"]},
        {"temperature": "37.6", "fever_medicine": "antipyretic", "fever_medicine_time": "05:00"},
    ],
)
@pytest.mark.parametrize("patient", [{}, {"patient": Patient(None, "America/St_Johns")}])
def test_it_asks_nobody_to_ring_again_for_a_medicine_that_was_left_alone(app, alice, clock, answers, patient):
    # Given a medicine that was ticked in the middle of a minute, and a call about it
    alice.has_a_diary(**patient)
    clock.move_to(NOW + timedelta(seconds=42))
    entry = logs(alice, **answers, note="tpyo")
    assert flags(app)
    closes(alice)
    # When nothing but the note is corrected, and later that again
    for note in ("typo", "typo, corrected"):
        ticked = {"fever_medicine": answers["fever_medicine"]}
        entry = logs(alice, page=f"{entry}/correct", note=note, **ticked)
        clock.shift(timedelta(minutes=5))
    # Then nobody is asked to ring again, and the dose stays where it was
    assert flags(app) == []
    assert len({row.at for row in rows(app, DoseRow)}) == 1


def test_it_moves_a_medicine_to_the_time_that_a_correction_gives(app, alice):
    entry = logs(alice, fever_medicine="antipyretic")
    alice.logs(page=f"{entry}/correct", fever_medicine_time="05:00")
    assert (rows(app, DoseRow)[-1].at.hour, rows(app, DoseRow)[-1].at.minute) == (5, 0)


def test_it_moves_a_medicine_without_a_time_of_its_own_with_the_check_in(app, alice):
    entry = logs(alice, temperature="37.6", fever_medicine="antipyretic")
    assert fields_of(alice.opens(f"{entry}/correct"))["fever_medicine_time"] == ""
    alice.logs(page=f"{entry}/correct", at_time="07:30")
    moments = {(row.at.day, row.at.hour, row.at.minute) for row in rows(app, DoseRow)}
    assert moments == {(14, 8, 0), (14, 7, 30)}, "it is not the day before's"


def test_it_keeps_the_time_of_a_medicine_when_the_person_has_travelled_since(app, alice):
    entry = logs(alice, fever_medicine="antipyretic", fever_medicine_time="05:00")
    form = fields_of(alice.opens("settings/patient")) | {"time_zone": "America/New_York"}
    alice.client.post(alice.at("settings/patient"), data=form)
    alice.logs(page=f"{entry}/correct", note="On the plane.")
    assert {row.at.hour for row in rows(app, DoseRow)} == {5}


def test_it_asks_to_ring_again_for_a_corrected_number(app, alice):
    entry = logs(alice, temperature="38.4")
    closes(alice)
    alice.logs(page=f"{entry}/correct", temperature="39.4")
    assert flags(app) == ["T1"]


def test_it_judges_without_the_medicine_that_a_correction_takes_away(app, alice, clock):
    entry = logs(alice, temperature="36.8", fever_medicine="antipyretic")
    alice.logs(page=f"{entry}/correct", fever_medicine="none", fever_medicine_time="")
    clock.shift(timedelta(hours=1))
    assert urgencies(alice.logs(temperature="37.6")) == ["watch"], "nothing hides a fever"
    assert count(app, DoseRow) == 1, "and nothing is lost"


def test_it_moves_a_check_in_in_time(app, alice):
    entry = logs(alice, temperature="36.8")
    alice.logs(page=f"{entry}/correct", on_date="2026-03-13", at_time="21:30")
    assert {(row.at.day, row.at.hour) for row in rows(app, CheckInRow)} == {(14, 8), (13, 21)}


@pytest.mark.parametrize("way", ["corrected", "withdrawn"])
def test_it_says_that_a_version_is_not_the_newest(app, alice, way):
    entry = logs(alice, temperature="38.4")
    if way == "corrected":
        alice.logs(page=f"{entry}/correct", temperature="38.5")
    else:
        withdraws(alice, entry)
    before = count(app, CheckInRow)
    for answer in (alice.opens(f"{entry}/correct"), alice.opens(f"{entry}/withdraw")):
        assert answer.status_code == 409
        assert "This entry was changed in the meantime." in main_words(answer)
    token = fields_of(alice.opens())["csrf_token"]
    assert alice.client.post(alice.at(f"{entry}/withdraw"), data={"csrf_token": token}).status_code == 409
    assert count(app, CheckInRow) == before


def test_it_loses_nothing_when_somebody_else_corrected_it_first(app, alice):
    entry = logs(alice, temperature="36.8")
    form = fields_of(alice.opens(f"{entry}/correct"))
    alice.logs(page=f"{entry}/correct", temperature="36.9")
    page = alice.client.post(alice.at(f"{entry}/correct"), data=form | {"temperature": "39.4", "note": "long words"})
    assert page.status_code == 409
    assert urgencies(page) == ["call"]
    assert errors(page) == ["This entry was changed in the meantime. Open History to see its newest version."]
    assert fields_of(page)["note"] == "long words"
    assert count(app, CheckInRow) == 2


def test_it_takes_the_same_correction_twice_for_one(app, alice):
    entry = logs(alice, temperature="36.8")
    form = fields_of(alice.opens(f"{entry}/correct")) | {"temperature": "38.4"}
    answers = [alice.client.post(alice.at(f"{entry}/correct"), data=form) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert count(app, CheckInRow) == 2


def test_it_withdraws_and_keeps(app, alice):
    entry = logs(alice, temperature="38.4")
    page = withdraws(alice, entry)
    assert "Withdrawn. It stays in History, struck through." in main_words(page)
    (row,) = rows(app, CheckInRow)
    assert row.withdrawn_at is not None
    assert flags(app) == ["T1"], "its flag stays"
    assert "Nothing is logged yet." in main_words(alice.opens())
    assert "check_in.withdrawn" in [row.event for row in rows(app, AuditRow)]


def test_it_raises_nothing_again_when_another_entry_of_the_moment_is_withdrawn(app, alice):
    logs(alice, temperature="38.4", on_date="2026-03-14", at_time="07:00")
    other = logs(alice, pulse="75", on_date="2026-03-14", at_time="07:00")
    closes(alice)
    before = count(app, FindingRow)
    withdraws(alice, other)
    assert flags(app) == []
    assert count(app, FindingRow) == before


def test_it_reads_a_withdrawn_check_in_never_again(app, alice, clock):
    entry = logs(alice, temperature="38.4")
    closes(alice)
    withdraws(alice, entry)
    clock.shift(timedelta(hours=2))
    assert advice(alice.logs(systolic="89", diastolic="60"))[0].startswith("Ring your team now"), "and not an emergency"


def test_it_shows_every_version_in_the_history(alice):
    entry = logs(alice, temperature="38.4", note="first words")
    second = alice.logs(page=f"{entry}/correct", temperature="38.5", note="second words").request.path
    page = alice.opens("history")
    assert "Corrected later" in main_words(page)
    struck = " ".join(words(element) for element in tree_of(page).iter("s"))
    assert "38.4" in struck
    assert "first words" in struck
    assert "second words" not in struck
    assert "a correction" in main_words(page)
    withdraws(alice, second.removeprefix(alice.at()))
    page = alice.opens("history")
    assert "Withdrawn by Alice" in main_words(page)
    assert len(list(tree_of(page).iter("s"))) == 4
    assert f'{second}/correct"' not in page.text


def test_it_says_on_the_page_of_an_old_version_that_it_is_old(alice):
    entry = logs(alice, temperature="38.4")
    new = alice.logs(page=f"{entry}/correct", temperature="36.8").request.path
    assert "Corrected later" in main_words(alice.opens(entry))
    withdraws(alice, new.removeprefix(alice.at()))
    assert "Withdrawn" in main_words(alice.client.get(new))


def test_it_shows_who_logged_what_and_when(alice, clock):
    alice.logs(temperature="36.8", by="caregiver", on_date="2026-03-13", at_time="21:30")
    page = main_words(alice.opens("history"))
    for part in (
        "Fri, 13 Mar 2026, 21:30",
        "answered by the caregiver",
        "logged by Alice",
        "14 Mar 2026, 08:0",
        "36.8\u00a0°C",
    ):
        assert part.replace("\u00a0", " ") in page


def test_it_shows_medicines_in_the_history(alice):
    alice.logs(page="doses/new", medicine="steroid", status="stopped")
    page = main_words(alice.opens("history"))
    assert "stopped" in page
    assert "logged by Alice" in page


def test_it_turns_the_pages_of_a_long_history(alice, clock):
    for number in range(35):
        alice.logs(temperature="36.8", note=f"number {number}.")
        clock.shift(timedelta(minutes=11))
    first = alice.opens("history")
    (onward,) = [a.get("href") for a in tree_of(first).iter("a") if words(a) == "Earlier entries"]
    second = alice.client.get(onward)
    seen = [[words(item) for item in all_of_class(page, "history__entry")] for page in (first, second)]
    assert [len(entries) for entries in seen] == [30, 5]
    assert all(any(f"number {number}." in entry for entry in seen[0] + seen[1]) for number in range(35))
    assert "Earlier entries" not in main_words(second)


def test_it_loses_no_version_of_one_moment_between_two_pages(alice, clock):
    entry = logs(alice, temperature="36.8", on_date="2026-03-14", at_time="07:00")
    alice.logs(temperature="36.7", note="the day before.", on_date="2026-03-13", at_time="07:00")
    for number in range(33):
        page = alice.logs(page=f"{entry}/correct", note=f"number {number}.")
        entry = page.request.path.removeprefix(alice.at())
    first = alice.opens("history")
    assert all(f"number {number}." in main_words(first) for number in range(33))
    (onward,) = [a.get("href") for a in tree_of(first).iter("a") if words(a) == "Earlier entries"]
    second = main_words(alice.client.get(onward))
    assert "the day before." in second
    assert "number" not in second


def test_it_finds_no_flag_of_a_check_in_that_raised_nothing(app, alice):
    logs(alice, temperature="36.8")
    assert count(app, FlagRow) == 0
