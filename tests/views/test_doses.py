"""Medicines that are logged by themselves."""

from datetime import timedelta

import pytest

from diary.models import DoseRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import advice, error_links, main_words, tree_of, urgencies, words
from tests.views.conftest import NOW
from tests.views.test_flags import closes, flags


def logs(person, **answers):
    return person.logs(page="doses/new", **answers)


@pytest.mark.parametrize(
    "medicine", ["antipyretic", "nsaid", "steroid", "tocilizumab", "anti_cytokine", "anti_seizure", "anti_infective"]
)
def test_it_takes_each_medicine_that_the_rules_know(app, alice, medicine):
    assert logs(alice, medicine=medicine, agreed="yes").status_code == 200
    (row,) = rows(app, DoseRow)
    assert (row.content["medicine"], row.content["status"]) == (medicine, "taken")


def test_it_takes_another_medicine_by_its_name(app, alice):
    page = logs(alice, medicine="other", name="Vitamin D3")
    assert "Vitamin D3, taken" in main_words(page)
    assert rows(app, DoseRow)[0].content["medicine"] == "Vitamin D3"


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({}, "medicine", "Choose the medicine, or “Another medicine”."),
        ({"medicine": "poison"}, "medicine", "Choose one of the answers shown."),
        ({"medicine": "other"}, "name", "Type the name of the medicine."),
        ({"medicine": "other", "name": "x" * 101}, "name", "This is 101 characters long. Shorten it to 100."),
        ({"medicine": "steroid", "status": ""}, "status", "Choose what happened."),
        ({"medicine": "steroid", "at_time": "23:00"}, "at_time", "That time is still to come today."),
        ({"medicine": "steroid", "on_date": "2026-03-13"}, "on_date", "Type the time as well"),
    ],
)
def test_it_says_what_to_do_about_an_answer(app, alice, answers, field, sentence):
    assert sentence in error_links(logs(alice, **answers))[field]
    assert count(app, DoseRow) == 0


def test_it_warns_at_once_about_a_fever_medicine_that_nobody_agreed_to(alice):
    page = logs(alice, medicine="antipyretic", reason="felt_hot", agreed="no")
    assert urgencies(page)
    assert "Saved." in main_words(page)


def test_it_is_remembered_when_a_temperature_comes(alice):
    logs(alice, medicine="tocilizumab", at_time="07:00")
    page = alice.logs(temperature="37.6")
    assert "Your medicine may be hiding a fever." in advice(page)[0]


def test_it_tells_the_nurse(alice):
    logs(alice, medicine="steroid", at_time="07:00")
    page = alice.logs(temperature="38.4")
    assert "steroid, taken" in main_words(page)


def test_it_keeps_what_was_typed_when_the_page_was_open_too_long(app, alice):
    page = logs(alice, medicine="other", name="Aspirin", csrf_token="stale")
    assert "Nothing is lost. Send it again." in main_words(page)
    assert 'value="Aspirin"' in page.text
    assert count(app, DoseRow) == 0


def test_it_is_corrected_and_the_old_version_stays_visible(app, alice):
    # Given a fever medicine that hides a fever
    path = logs(alice, medicine="antipyretic", at_time="07:00").request.path.removeprefix(alice.at())
    # When it is corrected to another medicine
    page = alice.logs(page=f"{path}/correct", medicine="anti_infective")
    # Then the new version counts, at its own time, and History shows both
    assert "medicine against infection, taken" in main_words(page)
    assert "7:00" in main_words(page)
    assert "Corrected later" in main_words(alice.opens(path))
    history = alice.opens("history")
    assert ", a correction" in main_words(history)
    assert [words(line) for line in tree_of(history).iter("s")] == [
        "fever medicine (paracetamol, acetaminophen), taken, Sat, 14 Mar 2026, 07:00"
    ]
    assert "Your medicine may be hiding a fever." not in main_words(alice.logs(temperature="37.6"))
    # And it is corrected once
    again = alice.client.post(
        alice.at(f"{path}/correct"), data=fields_of(alice.opens("doses/new")) | {"medicine": "steroid"}
    )
    assert again.status_code == 409
    assert "This entry was changed in the meantime." in main_words(again)


def test_it_asks_nobody_to_ring_again_when_it_is_corrected_but_not_moved(app, alice, clock):
    # Given a dose of the middle of a minute, and somebody who was told
    clock.move_to(NOW + timedelta(seconds=42))
    path = logs(alice, medicine="nsaid", name="Ibuprofen").request.path.removeprefix(alice.at())
    assert flags(app) == ["M7"]
    closes(alice)
    # When its name is corrected
    alice.logs(page=f"{path}/correct", name="Nurofen")
    # Then it stays where it was, and nobody is asked to ring again
    assert flags(app) == []
    first, second = rows(app, DoseRow)
    assert first.at == second.at


def test_it_is_withdrawn_and_judged_no_more(app, alice):
    path = logs(alice, medicine="tocilizumab", at_time="07:00").request.path.removeprefix(alice.at())
    page = alice.client.post(
        alice.at(f"{path}/withdraw"), data=fields_of(alice.opens(f"{path}/withdraw")), follow_redirects=True
    )
    assert "Withdrawn by Alice" in main_words(page)
    assert "Your medicine may be hiding a fever." not in main_words(alice.logs(temperature="37.6"))
    assert alice.opens(f"{path}/withdraw").status_code == 409


def test_one_that_was_told_in_a_check_in_is_corrected_there(app, alice):
    alice.logs(fever_medicine="antipyretic")
    path = f"doses/{rows(app, DoseRow)[0].id}"
    assert alice.opens(f"{path}/correct").status_code == 404
    assert alice.client.post(alice.at(f"{path}/withdraw"), data=fields_of(alice.opens())).status_code == 404
