"""A neuro check with the phone in a caregiver's hand, and a sentence that is drawn with a finger."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.cast import Person
from tests.journeys.conftest import Elsewhere, Opens
from tests.journeys.screen import Screen
from tests.pictures import a_photo, photo

ITEMS = ("year", "month", "town", "hospital", "name_objects", "command", "sentence", "count_back")
SPOKEN = 8
"""Seconds that one question and its answer take, read out and waited for."""


def section(screen: Screen, item: str) -> Locator:
    return screen.page.locator(f"#ask-{item}")


def answers(screen: Screen, item: str, answer: str = "Right") -> None:
    """Score one question and go on, seeing one question alone, with nothing hidden behind the bars."""
    question = section(screen, item)
    expect(screen.page.locator(".step:visible")).to_have_count(1)
    expect(question).to_be_visible()
    expect(question.get_by_role("button", name="Too sleepy or confused")).to_be_in_viewport(ratio=1)
    screen.tap(question.get_by_label(answer, exact=True))
    screen.tap(question.get_by_role("link", name="Next"))


@pytest.mark.parametrize(("window", "scripts"), [("small phone", False), ("phone", True)])
def test_a_caregiver_does_it_in_under_two_minutes(alice: Person, opens: Opens, window: str, scripts: bool):
    # Given the first page of the diary, on a small phone without scripts, or on another
    screen = opens(alice, window, java_script_enabled=scripts)
    screen.page.goto(alice.at())
    screen.presses("Do a neuro check")
    screen.tap(screen.page.get_by_role("link", name="Start"))
    # When every question is answered, one a screen
    for item in ITEMS[:-1]:
        answers(screen, item, "2 right" if item == "name_objects" else "Right")
    # And Back works
    screen.page.go_back()
    expect(section(screen, "sentence").get_by_label("Right", exact=True)).to_be_checked()
    screen.page.go_forward()
    answers(screen, "count_back")
    # Then the last screen shows what will be saved, and nothing else
    expect(screen.page.locator(".step--question:visible")).to_have_count(len(ITEMS))
    assert screen.page.locator("#ask-name_objects .nhsuk-radios__item:visible").all_inner_texts() == ["2 right"]
    screen.presses("Save")
    # And what was lost is a call, and two minutes were enough
    assert screen.urgencies() == ["Ring your team now"]
    assert "Naming three things: 2 of 3" in screen.words
    assert screen.taps == 3 + 2 * len(ITEMS)
    assert screen.taps * 1 + len(ITEMS) * SPOKEN == 83  # docs/taps.md


def test_every_screen_of_it_is_sound_and_too_sleepy_is_one_tap(alice: Person, opens: Opens):
    screen = opens(alice, "small phone").goes_to("neuro-check/new")
    screen.tap(screen.page.get_by_label("The patient, alone"))
    expect(screen.page.get_by_text("Alone? Do it")).to_be_visible()
    for item in ("year", "name_objects"):
        screen.goes_to(f"neuro-check/new#ask-{item}").is_sound()
    screen.goes_to("neuro-check/new#check").is_sound()
    expect(screen.page.get_by_text("No answer yet")).to_have_count(len(ITEMS))
    screen.goes_to("neuro-check/new#ask-town").presses("Too sleepy or confused")
    assert screen.urgencies() == ["Ring your team now"]
    assert "Too tired to do the check? That is a warning sign. Ring now." in screen.is_sound().words


def test_a_sentence_is_drawn_with_a_finger_and_looks_different(alice: Person, opens: Opens, elsewhere: Elsewhere):
    # Given a usual sample
    elsewhere(lambda: alice.logs(page="handwriting/new/sentence", picture=a_photo(photo((600, 800)))))
    screen = opens(alice, "phone").goes_to("handwriting/new/sentence")
    # When somebody draws, begins again, and draws
    pad = screen.page.get_by_role("img", name="Draw here with a finger or a pen.")
    box = pad.bounding_box()
    assert box
    mouse, chosen = screen.page.mouse, screen.page.locator("[type=file]")
    for again in (True, False):
        mouse.move(box["x"] + 20, box["y"] + 20)
        mouse.down()
        mouse.move(box["x"] + 200, box["y"] + 100, steps=5)
        mouse.up()
        expect(chosen).to_have_value(re.compile("drawing.png$"))
        if again:
            screen.tap(screen.page.get_by_role("button", name="Start again"))
            expect(chosen).to_have_value("")
    screen.is_sound()
    screen.presses("Save")
    # Then both are shown side by side, or one above the other, and both people are asked
    this_one, first_one = screen.page.locator(".sample img").all()
    expect(this_one).to_have_js_property("naturalWidth", 1200)
    expect(first_one).to_have_js_property("naturalWidth", 800)
    screen.is_sound()
    screen.ticks("Yes, it looks different", of="Caregiver: does the writing look different from usual?")
    screen.presses("Save")
    assert screen.urgencies() == ["Ring your team now"]
    assert "Your writing has changed. Ring now." in screen.words
    screen.goes_to("handwriting/").is_sound()


def test_without_scripts_a_photo_does_the_same(alice: Person, opens: Opens):
    screen = opens(alice, "small phone", java_script_enabled=False)
    screen.page.goto(alice.at("handwriting/new/sentence"))
    screen.page.locator("[type=file]").set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    group = screen.page.get_by_role("group", name="Patient: does your writing look different from usual?")
    group.get_by_label("Yes, it looks different").check()
    screen.presses("Save")
    assert screen.urgencies() == ["Ring your team now"]
