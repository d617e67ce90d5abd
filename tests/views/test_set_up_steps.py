"""Whom the diary is about, whom to call, and what the team set: the first time, and later."""

from functools import partial

import pytest

from diary.models import CarePlanRow, ContactRow, DiaryRow
from tests.cast import Person, at_once, fields_of
from tests.cellar import count, rows
from tests.pages import calls, error_links, errors, main_words, tree_of

PATIENT = {"name": "Alice", "born_on": "1966-01-01", "country": "GB", "time_zone": "Europe/London"}
NUMBERS = {"team_number": "+44 20 7946 0000", "emergency_number": "999"}


@pytest.fixture
def newcomer(app):
    return Person(app, "Alice").has_an_account().signs_in()


def begin(person, **answers):
    form = fields_of(person.client.get("/diaries/new"))
    answer = person.client.post("/diaries/new", data=form | PATIENT | answers)
    if answer.status_code == 302:
        person.diary_id = answer.location.split("/")[2]
    return answer


def change(person, part, **answers):
    form = fields_of(person.opens(f"settings/{part}"))
    return person.client.post(person.at(f"settings/{part}"), data=form | answers)


def care_plan(app):
    return max(rows(app, CarePlanRow), key=lambda row: row.written_at).content


def test_it_leads_through_the_steps_to_the_diary(newcomer):
    assert newcomer.client.get("/").location == "/diaries/new"
    numbers = begin(newcomer).location
    assert numbers == newcomer.at("settings/numbers?first=yes")
    form = fields_of(newcomer.client.get(numbers))
    treatment = newcomer.client.post(numbers, data=form | NUMBERS).location
    assert treatment == newcomer.at("settings/treatment?first=yes")
    form = fields_of(newcomer.client.get(treatment)) | {"infusions-0-on": "2026-03-09"}
    home = newcomer.client.post(treatment, data=form)
    assert home.location == newcomer.at()
    assert "Treatment day 5" in main_words(newcomer.opens())
    assert newcomer.client.get("/").location == newcomer.at()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", " ", "Type the name"),
        ("born_on", "", "Type the date of birth. Some limits depend on age."),
        ("born_on", "1.1.1966", "such as 2026-03-14"),
        ("born_on", "2027-01-01", "Check the date of birth."),
        ("born_on", "1890-01-01", "Check the date of birth."),
        ("born_on", "0001-01-01", "Check the date of birth."),
        ("country", "", "Choose the country."),
        ("country", "XX", "in the list"),
        ("country", "ZZ", "in the list"),
        ("time_zone", "", "Type your time zone"),
        ("time_zone", "London", "There is no such time zone."),
        ("time_zone", "../../etc/passwd", "There is no such time zone."),
        ("time_zone", "Europe/\x00London", "There is no such time zone."),
        ("temperature_unit", "K", "Choose one of the answers shown."),
    ],
)
def test_it_says_what_to_do_about_an_answer(app, newcomer, field, typed, sentence):
    page = begin(newcomer, **{field: typed})
    assert sentence in error_links(page)[field]
    assert count(app, DiaryRow) == 0


def test_it_begins_one_diary_however_often_the_form_is_sent(app, newcomer):
    form = fields_of(newcomer.client.get("/diaries/new")) | PATIENT
    newcomer.client.post("/diaries/new", data=form)
    again = newcomer.client.post("/diaries/new", data=form, follow_redirects=True)
    assert again.status_code == 200
    assert count(app, DiaryRow) == 1


def test_it_begins_one_diary_when_the_form_arrives_many_times_at_once(app, newcomer):
    form = fields_of(newcomer.client.get("/diaries/new")) | PATIENT
    answers = at_once(*(partial(device.post, "/diaries/new", data=form) for device in newcomer.has_devices(4)))
    assert {answer.status_code for answer in answers} == {302}
    assert count(app, DiaryRow) == 1


@pytest.mark.parametrize(
    ("country", "number"), [("GB", "999"), ("US", "911"), ("DE", "112"), ("JP", "119"), ("NZ", "111"), ("AQ", "")]
)
def test_it_suggests_the_emergency_number_of_the_country(newcomer, country, number):
    numbers = begin(newcomer, country=country).location
    assert fields_of(newcomer.client.get(numbers))["emergency_number"] == number


def test_it_suggests_the_country_that_the_browser_tells(newcomer):
    page = newcomer.client.get("/diaries/new", headers={"Accept-Language": "en-NZ,en;q=0.8"})
    assert fields_of(page)["country"] == "NZ"


@pytest.mark.parametrize(("language", "unit"), [("en-US", "[degF]"), ("en-GB", "Cel"), ("en", "Cel")])
def test_it_suggests_the_unit_of_the_country_that_the_browser_tells(newcomer, language, unit):
    page = newcomer.client.get("/diaries/new", headers={"Accept-Language": language})
    assert fields_of(page)["temperature_unit"] == unit


@pytest.mark.parametrize(("country", "profile"), [("GB", "uk"), ("US", "standard"), ("DE", "standard")])
def test_it_suggests_the_number_set_of_the_country(app, newcomer, country, profile):
    begin(newcomer, country=country)
    assert care_plan(app)["profile"] == profile
    assert fields_of(newcomer.opens("settings/treatment?first=yes"))["profile"] == profile


def test_it_keeps_the_number_that_a_person_typed_when_the_country_changes(app, alice):
    change(alice, "numbers", emergency_number="112")
    change(alice, "patient", country="US")
    assert fields_of(alice.opens("settings/numbers"))["emergency_number"] == "112"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "check-ins/new",
        "history",
        "charts/",
        "settings",
        "doses/new",
        "flags/close",
        "settings/patient",
        "settings/treatment",
    ],
)
def test_it_asks_for_the_two_numbers_on_every_page_until_they_are_there(newcomer, path):
    begin(newcomer)
    page = newcomer.opens(path)
    assert page.status_code == 200
    assert "Two phone numbers are missing." in main_words(page)
    assert newcomer.at("settings/numbers") in [a.get("href") for a in tree_of(page).iter("a")]
    change(newcomer, "numbers", **NUMBERS)
    page = newcomer.opens(path)
    assert "Two phone numbers are missing." not in main_words(page)
    assert calls(page)[-2:] == ["+442079460000", "999"]


@pytest.mark.parametrize("missing", ["team_number", "emergency_number"])
def test_it_needs_both_numbers(app, newcomer, missing):
    begin(newcomer)
    page = change(newcomer, "numbers", **NUMBERS | {missing: ""})
    assert error_links(page)[missing].startswith("Type")


@pytest.mark.parametrize(
    "typed", ["call me", "12", "+44 20 7946 OOOO", "٠٢٠٧٩٤٦", "1" * 21, "<b>999</b>", "999" + " " * 60 + "x"]
)
def test_it_refuses_a_number_that_cannot_be_dialled(newcomer, typed):
    begin(newcomer)
    page = change(newcomer, "numbers", **NUMBERS | {"team_number": typed})
    assert "in digits" in error_links(page)["team_number"]


def test_it_answers_at_once_to_a_number_made_of_a_hundred_thousand_spaces(newcomer):
    begin(newcomer)
    page = change(newcomer, "numbers", **NUMBERS | {"night_number": "1" + " " * 100_000 + "x"})
    assert "in digits" in error_links(page)["night_number"]


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("020 7946 0000", "02079460000"),
        ("(020) 7946-0000 ext. 12", "02079460000;ext=12"),
        ("+1/212/555.0100", "+12125550100"),
    ],
)
def test_it_dials_a_number_as_people_write_it(alice, typed, dialled):
    change(alice, "numbers", team_number=typed)
    page = alice.opens()
    assert dialled in calls(page)
    assert typed in main_words(page) or typed in page.text


def test_it_keeps_every_version_of_the_numbers_and_of_the_care_plan(app, alice):
    before = count(app, ContactRow), count(app, CarePlanRow)
    change(alice, "numbers", night_number="+44 20 7946 0001")
    change(alice, "treatment", systolic="118")
    assert (count(app, ContactRow), count(app, CarePlanRow)) == (before[0] + 1, before[1] + 1)
    assert care_plan(app)["baseline"] == {"systolic_mmhg": 118}


def test_it_takes_a_second_infusion_and_counts_from_the_latest(app, alice):
    change(alice, "treatment", **{"infusions-1-on": "2026-03-12", "infusions-1-product": "Carvykti"})
    assert [infusion["on"] for infusion in care_plan(app)["infusions"]] == ["2026-03-09", "2026-03-12"]
    assert "Treatment day 2" in main_words(alice.opens())
    assert "infusions-2-on" in fields_of(alice.opens("settings/treatment")), "there is room for a third"


def test_it_forgets_an_infusion_whose_date_is_emptied(app, alice):
    change(alice, "treatment", **{"infusions-0-on": ""})
    assert not care_plan(app).get("infusions")
    assert "No infusion date yet." in main_words(alice.opens())


def test_it_says_when_the_infusion_is_planned(alice):
    change(alice, "treatment", **{"infusions-0-on": "2026-04-01"})
    assert "Infusion planned for Wed, 1 Apr 2026" in main_words(alice.opens())


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"infusions-0-on": "1999-01-01"}, "infusions-0-on", "Check the year of the infusion."),
        ({"infusions-0-on": "2031-01-01"}, "infusions-0-on", "Check the year of the infusion."),
        ({"infusions-0-on": "9 March"}, "infusions-0-on", "such as 2026-03-14"),
        ({"infusions-1-product": "Yescarta"}, "infusions-1-product", "Type the date of this infusion"),
        ({"call_temperature": "37.0"}, "call_temperature", "in the list"),
        ({"call_temperature": "38.1"}, "call_temperature", "in the list"),
        ({"temperature": "98.6"}, "temperature", "from 35 to 38"),
        ({"systolic": "20"}, "systolic", "from 40 to 300"),
        ({"oxygen": "abc"}, "oxygen", "digits only, such as 97"),
        ({"profile": "other"}, "profile", "Choose one of the answers shown."),
    ],
)
def test_it_says_what_to_do_about_a_number_from_the_team(app, alice, answers, field, sentence):
    page = change(alice, "treatment", **answers)
    assert sentence in error_links(page)[field]
    assert count(app, CarePlanRow) == 1


def test_it_reads_a_usual_temperature_in_fahrenheit_and_shows_it_again(app, alice):
    change(alice, "patient", temperature_unit="[degF]")
    assert "°F" in alice.opens("settings/treatment").text
    change(alice, "treatment", temperature="98.6")
    assert care_plan(app)["baseline"]["temperature_celsius"] in ("37", "37.0", "37.0000")
    assert fields_of(alice.opens("settings/treatment"))["temperature"] == "98.6"
    page = change(alice, "treatment", temperature="37")
    assert "from 95 to 100" in error_links(page)["temperature"]


def test_it_offers_fahrenheit_limits_to_the_rules_exactly(alice):
    change(alice, "patient", temperature_unit="[degF]")
    change(alice, "treatment", temperature="97.5")
    assert "Warmer than normal" in main_words(alice.logs(temperature="99.3"))


@pytest.mark.parametrize("step", ["37.5", "37.8", "38"])
def test_it_remembers_the_temperature_that_means_call(alice, step):
    change(alice, "treatment", call_temperature=step)
    assert fields_of(alice.opens("settings/treatment"))["call_temperature"] == step
    assert f"{step} °C" in main_words(alice.opens("settings"))


def test_it_takes_at_most_ten_infusions(app, alice):
    many = {f"infusions-{n}-on": f"2026-02-{n + 1:02}" for n in range(25)}
    page = change(alice, "treatment", **many)
    assert page.status_code == 302
    assert len(care_plan(app)["infusions"]) == 10
    assert alice.opens("settings/treatment").status_code == 200


def test_it_shows_what_is_set_up_and_says_what_is_not(alice):
    settings = main_words(alice.opens("settings"))
    for part in (
        "CAR T team",
        "+44 20 7946 0000",
        "999",
        "Mon, 9 Mar 2026",
        "standard",
        "Europe/London",
        "not filled in",
    ):
        assert part in settings


def test_it_keeps_what_was_typed_when_the_page_was_open_too_long(app, alice):
    page = change(alice, "numbers", team_name="New team", csrf_token="stale")
    assert errors(page) == ["This page was open for a long time. Nothing is lost. Send it again."]
    assert fields_of(page)["team_name"] == "New team"
    assert count(app, ContactRow) == 1
