"""Signs: what was ticked is present, "none of these" answers no, and what was left out is unknown."""

import pytest

from diary.domain.sign import GROUPS
from diary.models import CheckInRow
from tests.cellar import count, rows
from tests.pages import advice, error_links, main_words, urgencies


def content(app):
    (row,) = rows(app, CheckInRow)
    return row.content


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.id)
def test_it_takes_none_of_these_for_asked_and_no(app, alice, group):
    alice.logs(**{f"signs_{group.id}": "none"})
    asked = {sign.id for sign in group.signs if sign.is_asked_at(60)}
    assert set(content(app)["signs_absent"]) == asked
    assert "signs" not in content(app)
    assert "None of the signs that were asked about" in main_words(alice.opens())


def test_it_takes_what_was_not_ticked_for_unknown(app, alice):
    alice.logs(signs_faint=["fainted"])
    assert content(app)["signs"] == ["fainted"]
    assert "signs_absent" not in content(app)


def test_it_refuses_a_contradiction_and_judges_what_was_ticked(app, alice):
    page = alice.logs(signs_faint=["fainted", "none"])
    assert error_links(page)["signs_faint"].startswith("You ticked “None of these” and another answer.")
    assert urgencies(page)[0] == "emergency"
    assert count(app, CheckInRow) == 0
    assert page.text.count('name="signs_faint" type="checkbox" value="fainted" checked') == 1


def test_it_refuses_the_same_contradiction_about_medicines(app, alice):
    page = alice.logs(temperature="37.6", fever_medicine=["antipyretic", "none"])
    assert "fever_medicine" in error_links(page)
    assert urgencies(page)[0] == "call", "the medicine may hide a fever"
    assert count(app, CheckInRow) == 0


def test_it_keeps_that_no_medicine_was_taken(app, alice):
    alice.logs(temperature="37.6", fever_medicine="none")
    assert set(content(app)["doses_absent"]) == {"antipyretic", "nsaid"}


def test_it_puts_the_two_worst_questions_first(alice):
    page = alice.opens("check-ins/new").text
    first = page.index("I feel very unwell")
    assert first < page.index("Something is wrong") < page.index('name="temperature"')


@pytest.mark.parametrize(
    ("answers", "unchecked"),
    [
        ({"temperature": "36.8"}, ["Brain and nerves", "Blood pressure", "Oxygen", "Pulse", "Other signs"]),
        ({"systolic": "120", "diastolic": "80"}, ["Temperature", "Brain and nerves"]),
        ({"note": "Slept well."}, ["Temperature", "Oxygen", "Brain and nerves"]),
    ],
)
def test_it_lists_what_could_not_be_checked(alice, answers, unchecked):
    words = main_words(alice.logs(**answers))
    listed = words[words.index("What could not be checked") : words.index("What you logged")]
    assert all(group in listed for group in unchecked)
    assert "You did not log these. A sign may be there all the same." in listed


def test_it_does_not_list_what_was_checked(alice):
    words = main_words(alice.logs(temperature="36.8", fever_medicine="none"))
    listed = words[words.index("What could not be checked") : words.index("What you logged")]
    assert "Temperature" not in listed.replace("Temperature: 36.8", "")


def test_it_lists_it_beside_a_warning_too(alice):
    page = alice.logs(temperature="38.4")
    assert advice(page)
    assert "What could not be checked" in main_words(page)
