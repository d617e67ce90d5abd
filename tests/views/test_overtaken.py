"""Two people have the same settings open: whoever saves second undoes nothing of what the first changed."""

import json
from functools import partial

import pytest

from diary.models import CarePlanRow, ContactRow, DiaryRow, NeuroPlanRow
from tests.cast import at_once, fields_of
from tests.cellar import count, rows
from tests.pages import error_links, errors, main_words

OVERTAKEN = "Somebody changed this while you had it open. Nothing is saved yet. Check, and save again."
NIGHT = "+44 20 7946 0001"


def sends(person, part, form, **answers):
    return person.client.post(person.at(part), data=form | answers)


def opens(person, part):
    """The fields of a page that stays open."""
    return fields_of(person.opens(part))


def newest(app, table):
    content = max(rows(app, table), key=lambda row: row.written_at).content
    return json.loads(content) if isinstance(content, str) else content


def test_an_old_page_does_not_undo_the_number_that_the_team_set(app, alice, claire):
    # Given the owner's page, opened before the clinician set when to call
    form = opens(alice, "settings/treatment")
    sends(claire, "settings/treatment", opens(claire, "settings/treatment"), call_temperature="37.5")
    # When the owner adds the name of the treatment and saves
    page = sends(alice, "settings/treatment", form, **{"infusions-0-product": "Yescarta"})
    # Then nothing is saved, and the page says what was changed, with what the owner typed
    assert page.status_code == 409
    says = "“Call the team from this temperature” now says “37.5 °C (99.5 °F)”."
    assert errors(page) == [OVERTAKEN, says]
    assert error_links(page)["call_temperature"] == says
    assert count(app, CarePlanRow) == 2
    again = fields_of(page)
    assert (again["infusions-0-product"], again["call_temperature"]) == ("Yescarta", "37.5")
    # And saving again keeps both
    assert sends(alice, "settings/treatment", again).status_code == 302
    kept = newest(app, CarePlanRow)
    assert (kept["call_temperature_celsius"], kept["infusions"][0]["product"]) == ("37.5", "Yescarta")


def test_what_two_people_typed_in_one_field_is_decided_by_the_second_who_sees_both(app, alice, claire):
    form = opens(alice, "settings/treatment")
    sends(claire, "settings/treatment", opens(claire, "settings/treatment"), systolic="118", profile="uk")
    page = sends(alice, "settings/treatment", form, systolic="125")
    assert page.status_code == 409
    assert errors(page)[1:] == [
        "“Which numbers does your team use?” now says “UK: call from 37.5 °C (99.5 °F)”.",
        "“Usual top blood pressure” now says “118”. What you typed is still here.",
    ]
    again = fields_of(page)
    assert (again["systolic"], again["profile"]) == ("125", "uk")
    sends(alice, "settings/treatment", again)
    kept = newest(app, CarePlanRow)
    assert (kept["baseline"]["systolic_mmhg"], kept["profile"]) == (125, "uk")


def test_infusions_that_two_people_changed_are_named_as_a_whole(app, alice, claire):
    form = opens(alice, "settings/treatment")
    second = {"infusions-1-on": "2026-03-12", "infusions-1-product": "Carvykti"}
    sends(claire, "settings/treatment", opens(claire, "settings/treatment"), **second)
    page = sends(alice, "settings/treatment", form, **{"infusions-0-product": "Yescarta"})
    assert errors(page)[1:] == [
        "“Infusion of CAR T-cells” now says “2026-03-09; 2026-03-12, Carvykti”. What you typed is still here."
    ]
    again = fields_of(page)
    assert (again["infusions-0-product"], again["infusions-1-on"]) == ("Yescarta", "")
    sends(alice, "settings/treatment", again, **second)
    assert [each["product"] for each in newest(app, CarePlanRow)["infusions"]] == ["Yescarta", "Carvykti"]


def test_infusions_that_the_reader_left_alone_are_shown_as_they_are_now(app, alice, claire):
    form = opens(alice, "settings/treatment")
    sends(claire, "settings/treatment", opens(claire, "settings/treatment"), **{"infusions-1-on": "2026-03-12"})
    again = fields_of(sends(alice, "settings/treatment", form, pulse="70"))
    assert (again["infusions-1-on"], again["pulse"]) == ("2026-03-12", "70")


def test_an_old_page_does_not_undo_a_telephone_number(app, alice, bob):
    phone = alice.has_devices(1)[0]
    form = opens(alice, "settings/numbers")
    other = fields_of(phone.get(alice.at("settings/numbers")))
    phone.post(alice.at("settings/numbers"), data=other | {"night_number": NIGHT, "team_name": ""})
    page = sends(alice, "settings/numbers", form, allergies="Penicillin\nNuts")
    assert page.status_code == 409
    assert errors(page) == [
        OVERTAKEN,
        "“Name of your care team” is empty now.",
        f"“Another number for nights and weekends” now says “{NIGHT}”.",
    ]
    assert NIGHT in main_words(alice.opens("settings"))
    assert sends(alice, "settings/numbers", fields_of(page)).status_code == 302
    kept = newest(app, ContactRow)
    assert (kept["night_number"], kept["allergies"], kept["team_name"]) == (NIGHT, "Penicillin\nNuts", "")


def test_an_old_page_does_not_undo_whom_the_diary_is_about(app, alice):
    phone = alice.has_devices(1)[0]
    form = opens(alice, "settings/patient")
    other = fields_of(phone.get(alice.at("settings/patient")))
    phone.post(alice.at("settings/patient"), data=other | {"time_zone": "America/New_York"})
    page = sends(alice, "settings/patient", form, name="Alice Liddell")
    assert page.status_code == 409
    assert error_links(page)["time_zone"] == "“Time zone” now says “America/New_York”."
    assert sends(alice, "settings/patient", fields_of(page)).status_code == 302
    (row,) = rows(app, DiaryRow)
    assert (row.name, row.time_zone) == ("Alice Liddell", "America/New_York")


def test_an_old_page_does_not_undo_what_the_neuro_check_asks(app, alice, bob):
    form = opens(alice, "neuro-check/settings")
    sends(bob, "neuro-check/settings", opens(bob, "neuro-check/settings"), not_possible=["sentence", "year"])
    page = sends(alice, "neuro-check/settings", form, town="Leeds")
    assert page.status_code == 409
    assert errors(page)[1:] == ["“Questions that can never be asked” now says “Year, Writing the sentence”."]
    ticked = [part for part in page.text.split("<input")[1:] if 'name="not_possible"' in part and " checked" in part]
    assert len(ticked) == 2
    again = fields_of(page) | {"not_possible": ["year", "sentence"]}
    assert sends(alice, "neuro-check/settings", again).status_code == 302
    kept = newest(app, NeuroPlanRow)
    assert (kept["town"], kept["not_possible"]) == ("Leeds", ["year", "sentence"])


def test_two_who_save_at_once_do_not_undo_each_other(app, alice):
    form = opens(alice, "settings/numbers")
    changes = [{"night_number": NIGHT}, {"allergies": "Nuts"}]
    devices = alice.has_devices(2)
    answers = at_once(
        *(
            partial(device.post, alice.at("settings/numbers"), data=form | change)
            for device, change in zip(devices, changes, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert count(app, ContactRow) == 2


def test_the_same_page_sent_twice_is_no_quarrel(alice):
    form = opens(alice, "settings/numbers") | {"night_number": NIGHT}
    assert [sends(alice, "settings/numbers", form).status_code for _ in range(2)] == [302, 302]


def test_two_who_change_the_same_to_the_same_are_no_quarrel(app, alice, claire):
    form = opens(alice, "settings/treatment")
    sends(claire, "settings/treatment", opens(claire, "settings/treatment"), call_temperature="37.5")
    assert sends(alice, "settings/treatment", form, call_temperature="37.5", pulse="70").status_code == 302
    assert newest(app, CarePlanRow)["call_temperature_celsius"] == "37.5"


@pytest.mark.parametrize("shown", [None, "x", "team_name: night_number", ":"])
def test_a_page_that_does_not_say_what_it_showed_is_asked_about_what_differs(app, alice, shown):
    form = opens(alice, "settings/numbers") | {"night_number": NIGHT}
    form |= {"shown": shown} if shown else {}
    if shown is None:
        del form["shown"]
    page = sends(alice, "settings/numbers", form)
    assert page.status_code == 409
    assert errors(page)[1:] == ["“Another number for nights and weekends” is empty now. What you typed is still here."]
    assert sends(alice, "settings/numbers", fields_of(page)).status_code == 302
    assert newest(app, ContactRow)["night_number"] == NIGHT


def test_a_first_set_up_needs_no_word_of_what_was_shown(app, alice):
    for part, answers in (("numbers", {"night_number": NIGHT}), ("treatment", {"pulse": "70"})):
        form = opens(alice, f"settings/{part}")
        del form["shown"]
        assert sends(alice, f"settings/{part}?first=yes", form, **answers).status_code == 302
    assert newest(app, ContactRow)["night_number"] == NIGHT
