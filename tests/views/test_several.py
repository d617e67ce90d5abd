"""Several past readings at once: all right and saved, or nothing saved and all that was typed still there."""

from diary.models import CheckInRow
from tests.cast import fields_of
from tests.cellar import count, rows
from tests.pages import advice, error_links, errors, main_words, urgencies

PAGE = "check-ins/several/"


def sends(person, *typed, follow=True, **more):
    """Fill the rows in, each with the fields that are named, and send the page."""
    answers = {f"row-{number}-{name}": value for number, row in enumerate(typed) for name, value in row.items()}
    return person.logs(page=PAGE, follow=follow, **answers, **more)


def test_each_row_is_judged_at_its_own_time(app, alice):
    page = sends(
        alice,
        {"on_date": "2026-03-13", "at_time": "08:00", "temperature": "36.8", "pulse": "70"},
        {"at_time": "20:00", "temperature": "38.4"},
        {"on_date": "2026-03-14", "at_time": "07:00", "systolic": "118", "diastolic": "70", "oxygen": "97"},
    )
    assert urgencies(page)[0] == "call"
    assert "temperature 38.4 °C" in advice(page)[0].replace("\u00a0", " ")
    assert main_words(page).count("What it led to") == 3
    assert [f"{row.at:%d %H:%M}" for row in sorted(rows(app, CheckInRow), key=lambda row: row.at)] == [
        "13 08:00",
        "13 20:00",
        "14 07:00",
    ]


def test_all_faults_are_named_at_once_by_row_and_nothing_is_saved(app, alice):
    page = sends(
        alice,
        {"on_date": "2026-03-13", "at_time": "08:00", "temperature": "38.4"},
        {"at_time": "", "pulse": "70"},
        {"at_time": "09:00", "oxygen": "x"},
        {"on_date": "2026-03-14", "at_time": "23:00", "pulse": "70"},
        {"at_time": "07:00"},
    )
    assert page.status_code == 422
    links = error_links(page)
    assert links["row-1-at_time"] == "Row 2: Type the time."
    assert links["row-2-oxygen"].startswith("Row 3: Type the number with digits only")
    assert links["row-3-at_time"].startswith("Row 4: That time is still to come.")
    assert links["row-4-temperature"] == "Row 5: Type a number, or empty the row."
    assert count(app, CheckInRow) == 0
    # And the advice for what could be read is there already
    assert urgencies(page)[0] == "call"
    assert fields_of(page)["row-0-temperature"] == "38.4"


def test_a_better_past_reading_hides_no_warning_and_says_what_was_not_checked(alice):
    alice.logs(systolic="84", diastolic="50")
    page = sends(alice, {"on_date": "2026-03-13", "at_time": "08:00", "temperature": "36.8"})
    assert urgencies(page)[0] == urgencies(alice.opens())[0]
    said = main_words(page)
    assert "Still open from before" in said
    assert said.index("Your blood pressure is") < said.index("No warning sign found in what you typed.")
    assert "What could not be checked" in said
    assert "Write down what they said" in said
    assert "Blood pressure: 84/50" in said, "what to say is what is newest, not what was typed last"


def test_sent_twice_it_is_stored_once(app, alice):
    form = fields_of(alice.opens(PAGE)) | {"row-0-at_time": "07:00", "row-0-temperature": "38.4"}
    first, second = (alice.client.post(alice.at(PAGE), data=form).location for _ in range(2))
    assert first == second
    assert count(app, CheckInRow) == 1


def test_more_rows_keep_what_was_typed(alice):
    page = sends(alice, {"at_time": "07:00", "temperature": "38.4"}, more="yes")
    assert page.status_code == 200
    assert "Row 12" in main_words(page)
    assert fields_of(page)["row-0-temperature"] == "38.4"
    form = fields_of(page) | {"row-11-at_time": "07:30", "row-11-pulse": "x"}
    assert "Row 12: " in errors(alice.client.post(alice.at(PAGE), data=form))[0]
    unit = sends(alice, {"at_time": "07:00", "temperature": "38.4"}, temperature_unit="x", by="x")
    assert {"temperature_unit", "by"} <= set(error_links(unit))
    empty = alice.client.post(alice.at(PAGE), data=fields_of(alice.opens(PAGE)))
    assert errors(empty) == ["Nothing is filled in. Type the date, the time and a number."]


def test_nobody_waits_for_a_sign_in(alice, nobody):
    asked = nobody.client.post(
        alice.at(PAGE), data={"row-1-temperature": "39.0", "row-1-at_time": "07:00", "temperature_unit": "Cel"}
    )
    assert asked.status_code == 401
    assert urgencies(asked)[0] in ("call", "emergency")


def test_the_paper_sheet_says_what_to_do_about_each_sign_in_the_tables_words(alice):
    page = main_words(alice.opens("paper"))
    for line in (
        "A fit (seizure), or staring and not answering – call 999 now",
        "Shaking chills – ring your team now",
        "Ring your team now from 38.0 °C",
        "CAR T team: +44 20 7946 0000",
    ):
        assert line in page.replace("\u00a0", " ")
    assert "Tired – " not in page
