"""The person's own list of medicines: one tap logs a dose, and one that comes too soon is said to."""

from datetime import timedelta

from diary.models import DoseRow, MedicineRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import error_links, main_words


def lists(person, **answers):
    return person.logs(page="medicines/new", **answers)


def takes(person, page, **more):
    medicine = rows(person.app, MedicineRow)[0].id
    path = person.at(f"medicines/{medicine}/take")
    return person.client.post(path, data=fields_of(page) | more, follow_redirects=True)


def test_one_tap_logs_a_dose_of_a_medicine_of_the_list(app, alice):
    # Given a brand on the list that nobody chose a kind for
    page = lists(alice, name="Calpol", hours_apart="6", agreed="yes")
    assert "Calpol counts as: fever medicine (paracetamol, acetaminophen)." in main_words(page)
    # When she takes it, and taps twice
    page = alice.opens("doses/new")
    takes(alice, page)
    outcome = takes(alice, page)
    # Then it is one dose, under its kind
    (row,) = rows(app, DoseRow)
    assert row.content | {"at": ""} == {
        "at": "", "medicine": "antipyretic", "name": "Calpol", "status": "taken", "agreed_with_team": True
    }  # fmt: skip
    assert "Calpol, taken" in main_words(outcome)
    assert "A fever may be hidden until" in main_words(alice.opens())


def test_one_that_comes_sooner_than_the_list_says_is_saved_and_said_to_be(app, alice, clock):
    lists(alice, name="Calpol", hours_apart="6")
    page = alice.opens("doses/new")
    alice.logs(page="doses/new", name="Tylenol", at_time="07:00")
    clock.shift(timedelta(hours=1))
    # Another brand of what is in it counts as well
    said = "You logged Tylenol 2 hours ago. Your list says for Calpol: at least 6 hours apart. Ask your team."
    assert said in main_words(alice.opens("medicines/"))
    assert said in main_words(takes(alice, page))
    # A page that stayed open makes another dose in the afternoon
    clock.shift(timedelta(hours=7))
    assert "Your list says" not in main_words(alice.opens("medicines/"))
    takes(alice, page)
    assert count(app, DoseRow) == 3


def test_it_is_changed_and_taken_off_and_what_was_logged_stays(app, alice):
    lists(alice, name="Keppra", usual_times="8:00 and 20:00")
    takes(alice, alice.opens("medicines/"))
    path = f"medicines/{rows(app, MedicineRow)[0].id}"
    page = alice.logs(page=f"{path}/change", usual_times="9:00")
    assert "Usual times: 9:00" in main_words(page)
    assert "medicine against fits" in main_words(page)
    assert alice.opens(f"{path}/change").status_code == 404, "it is the old version"
    path = next(f"medicines/{row.id}" for row in rows(app, MedicineRow) if row.ended_at is None)
    page = alice.client.post(alice.at(f"{path}/end"), data=fields_of(page), follow_redirects=True)
    assert "Nothing is on your list yet." in main_words(page)
    assert "Keppra, taken" in main_words(alice.opens("history"))
    assert count(app, MedicineRow) == 2


def test_it_is_private_in_the_database_file(app, alice, settings):
    lists(alice, name="Keppra")
    with app.app_context():
        from diary.extensions import db

        kept = db.session.connection().exec_driver_sql("SELECT content FROM medicine").scalar()
    assert b"Keppra" not in bytes(kept)


def test_it_says_what_to_do_about_an_answer(alice):
    assert error_links(lists(alice)) == {
        "name": "Type the name of the medicine.",
        "kind": "Choose the kind. If you do not know it, choose “Another medicine”.",
    }
    assert error_links(lists(alice, name="Keppra", hours_apart="0")) == {
        "hours_apart": "Type the hours as a whole number from 1 to 744."
    }


def test_a_name_that_is_known_needs_no_kind_and_counts_whatever_was_chosen(app, alice):
    page = alice.logs(page="doses/new", medicine="other", name="Panadol")
    assert "Panadol counts as: fever medicine" in main_words(page)
    alice.logs(page="doses/new", name="Zopiclone")
    assert {row.content["medicine"] for row in rows(app, DoseRow)} == {"antipyretic", "Zopiclone"}
