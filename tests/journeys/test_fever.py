"""A fever of 38.4 °C in the night, logged with one thumb, with no scripts, and with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import CONTACT
from tests.journeys.conftest import Opens
from tests.journeys.screen import Screen

TEAM, EMERGENCY = "+442079460000", "999"


def assert_says_call_now(screen: Screen) -> None:
    assert screen.urgencies()[0] == "Ring your team now"
    assert screen.dials() == [TEAM, EMERGENCY]
    for sentence in (
        "In hospital or clinic? Shout for a nurse or press the bell.",
        "You have a fever. Ring your team now, even if you feel fine.",
        "temperature 38.4 °C",
        "I have had CAR T-cell therapy.",
        "Sample-cel",
        "today is day 5",
        "You did not log these. A sign may be there all the same.",
        "Brain and nerves",
    ):
        assert sentence in screen.words


def test_it_is_logged_with_one_thumb_in_three_taps(phone: Screen):
    # Given the first page of the diary
    phone.goes_to().is_sound()
    # When Alice types one number
    phone.presses("Log one number").types("Temperature", "38.4").presses("Save")
    # Then what to do stands on the first screen, and she needed few taps
    assert_says_call_now(phone.is_sound())
    assert phone.taps == 3
    for seen in ("Ring your team now", "You have a fever.", CONTACT.team_number, CONTACT.emergency_number):
        assert seen in phone.first_screen()


def test_everything_is_logged_in_under_a_minute(phone: Screen):
    # Given somebody who taps once a second, and types a digit in half of one
    digits = 0
    phone.goes_to().presses("Log a check-in")
    # When they answer all that is asked in the open, step by step: no sign at all, the numbers, the fever medicines
    phone.ticks("None of these", of="How are you?").presses("Next")
    for numbers in (
        {"Temperature": "36.8"},
        {"Top number (systolic)": "118", "Bottom number (diastolic)": "72", "Pulse": "74", "Oxygen level": "97"},
    ):
        for label, number in numbers.items():
            phone.types(label, number)
            digits += len(number)
        if "Temperature" in numbers:
            phone.ticks("None of these", of="Any of these medicines in the last 8 hours?")
        phone.presses("Next")
    for questions in (
        ("Thinking, speech and sleep", "Head, face, hands and movement"),
        ("Chills, dizzy or faint", "Breathing, chest and heart"),
    ):
        for question in questions:
            phone.ticks("None of these", of=question)
        phone.is_sound().presses("Next")
    phone.presses("Finish")
    # Then it took them less than half a minute (docs/taps.md)
    assert "No warning sign found in what you typed." in phone.words
    assert phone.taps == 18
    assert phone.taps * 1 + digits * 0.5 == 24.5
    assert phone.is_saved() == 1


@pytest.mark.parametrize("night_number", ["", "+44 20 7946 0999 ext 12345"])
def test_save_is_in_reach_of_the_thumb_wherever_the_page_stands(phone: Screen, night_number):
    # Given two numbers in the bar below, or three
    phone.goes_to("settings/numbers").types("Another number for nights and weekends", night_number).presses("Save")
    phone.goes_to("check-ins/new")
    save = phone.page.get_by_role("button", name="Save", exact=True)
    for share in (0, 0.3, 0.6, 1):
        phone.page.evaluate("share => scrollTo(0, share * document.querySelector('.check-in').scrollHeight)", share)
        expect(save).to_be_in_viewport(ratio=1)
        save.tap(trial=True)
        bar = phone.page.locator(".call-bar").bounding_box()
        box = save.bounding_box()
        assert bar
        assert box
        assert box["y"] + box["height"] <= bar["y"]


def test_without_scripts_it_does_the_same(alice, opens: Opens):
    screen = opens(alice, "phone", java_script_enabled=False)
    screen.page.goto(alice.at("check-ins/new"))
    screen.field("Temperature").fill("38.4")
    screen.page.get_by_role("button", name="Save", exact=True).tap()
    screen.page.wait_for_url("**/check-ins/*-*")
    assert_says_call_now(screen)
    # And an answer that contradicts itself is asked about, although no script keeps it from being given
    screen.page.goto(alice.at("check-ins/new"))
    screen.page.get_by_label("I feel very unwell", exact=True).check()
    screen.page.get_by_role("group", name="How are you?").get_by_label("None of these").check()
    screen.page.get_by_role("button", name="Save", exact=True).tap()
    expect(screen.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert "Not saved yet. What you typed is still here." in screen.words


def test_the_keyboard_alone_logs_it_in_the_order_of_the_page(alice, opens: Opens):
    # Given a page, and no mouse
    screen = opens(alice, "desktop").goes_to("check-ins/new")
    keyboard, page = screen.page.keyboard, screen.page
    # When every stop of the Tab key is visited
    stops: list[tuple[str, float]] = []
    while not stops or stops[-1][0] != "Save":
        keyboard.press("Tab")
        name, top, is_clear = page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect();
                const point = [box.x + Math.min(box.width, 40) / 2, box.y + box.height / 2];
                const found = document.elementFromPoint(...point);
                const name = at.labels?.[0]?.textContent ?? at.textContent;
                const isClear = at.contains(found) || [...(at.labels ?? [])].some((label) => label.contains(found));
                return [name.trim(), box.y + scrollY, isClear];
            }"""
        )
        # Then what has the focus is never hidden behind the bars
        assert is_clear, f"{name!r} has the focus and cannot be seen."
        stops.append((name, top))
        if name == "Temperature":
            keyboard.type("38.4")
    names = [re.sub(r"\s+(%|a minute)$", "", name) for name, _ in stops]
    assert names[0] == "Skip to the main part"
    order = ["A caregiver", "I feel very unwell", "Temperature", "Top number", "Pulse", "Oxygen level", "Shaky hands"]
    found = [names.index(name) for name in order if name in names]
    assert found == sorted(found)
    assert len(found) >= len(order) - 1  # One of the two who may answer is chosen, and is the stop of both.
    # And Enter saves
    keyboard.press("Enter")
    page.wait_for_url("**/check-ins/*-*")
    assert_says_call_now(screen)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("100.4", "100.4 °C is not possible. Did you mean 100.4 °F? Check the number and the unit."),
        ("384", "384 °C is not possible. Did you mean 38.4 °C? Check the number and the unit."),
    ],
)
def test_a_slip_is_asked_about_with_the_advice_already_there(phone: Screen, typed, answer):
    # When the number cannot be a temperature in °C
    phone.logs(Temperature=typed).is_sound()
    # Then nothing is saved or converted, and the advice for what was probably meant stands on top
    assert phone.urgencies()[0] == "Ring your team now"
    assert answer in phone.words
    assert phone.field("Temperature").input_value() == typed
    assert phone.is_saved() == 0
    # And the corrected answer is saved
    if typed == "100.4":
        phone.ticks("°F")
    else:
        phone.types("Temperature", "38.4")
    phone.presses("Save")
    assert phone.urgencies()[0] == "Ring your team now"
    assert phone.is_saved() == 1


def test_an_odd_number_is_saved_and_asked_about(phone: Screen):
    phone.logs(Temperature="41.5").is_sound()
    assert phone.urgencies()[0] == "Emergency – call now"
    assert "You typed Temperature 41.5 °C. That is unusual." in phone.words
    assert phone.is_saved() == 1
    phone.presses("No, correct it").types("Temperature", "37.2").presses("Save")
    assert "Temperature: 37.2 °C" in phone.words


def test_a_number_a_little_high_says_when_to_measure_again(phone: Screen):
    phone.logs(Temperature="37.8").is_sound()
    assert phone.urgencies() == ["Measure again"]
    (line,) = phone.page.locator(".advice__when").all_inner_texts()
    assert line.startswith("Measure again at ")
    assert phone.dials() == []


def test_eight_warnings_are_one_whole_card_and_small_ones(phone: Screen):
    phone.goes_to("check-ins/new").types("Temperature", "39.4").types("Top number", "84").types("Bottom number", "50")
    phone.types("Pulse", "128").types("Oxygen level", "91")
    phone.ticks("Confused, muddled or not making sense", "Shaky hands", "A very bad headache", "Fainted or collapsed")
    phone.ticks("Chest pain or a tight chest", "A small rash", "New bruises, or a nose or gum bleed")
    phone.presses("Save").is_sound()
    assert phone.urgencies()[:2] == ["Emergency – call now", "Ring your team now"]
    assert phone.dials() == [EMERGENCY, TEAM]
    assert phone.page.locator(".advice:not(.advice--small)").count() == 1
    assert CONTACT.emergency_number in phone.first_screen()
    assert phone.page.locator(".advice__says").count() == 2
