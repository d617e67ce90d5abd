"""Without a connection: what was typed is kept, judged at once, and sent later, once, under the right name."""

import re

from flask import Flask
from playwright.sync_api import expect

from diary.domain.access import Role
from tests.cast import PASSWORD, Person
from tests.journeys.conftest import Elsewhere, Opens
from tests.journeys.pocket import READY, STORE, Pocket
from tests.journeys.screen import Screen

AGED = f"""async () => {{
    const [carry] = await ({STORE})('carry');
    await (await caches.open('pages')).put('/rules.json', new Response('{{"rules": []}}'));
    await new Promise((done) => {{
        indexedDB.open("diary").onsuccess = ({{ target }}) => {{
            const aged = {{ ...carry, version: "before" }};
            target.result.transaction("carry", "readwrite").objectStore("carry").put(aged).onsuccess = done;
        }};
    }});
}}"""
"""Makes what is kept one of yesterday: its version is another, and its rules are none."""


def test_a_fever_is_judged_with_no_connection_and_sent_once_when_it_is_back(pocket: Pocket):
    # Given a phone without a connection
    pocket.is_away().goes_to("check-ins/new")
    assert "No connection." in pocket.words
    pocket.names("Alice").fits()
    # When a fever is logged
    pocket.types("Temperature", "38.4").presses("Save")
    pocket.page.wait_for_selector(".advice")
    pocket.names("Alice")
    # Then the advice is the diary's own, with the numbers, marked as not sent
    assert pocket.urgencies() == ["Ring your team now"]
    assert pocket.dials() == ["+442079460000", "999"]
    assert "You have a fever. Ring your team now, even if you feel fine." in pocket.words
    assert "Not sent yet." in pocket.words
    assert "What could not be checked" in pocket.words
    assert re.search(r"What you logged: temperature 38.4 °C at \d\d:\d\d, 38.0 or higher", pocket.words)
    assert re.search(r"What to say when you call First: .* Patient: Alice, .* Temperature: 38.4\s°C, ", pocket.words)
    assert "38.4" not in pocket.page.url
    pocket.is_sound()
    # And it goes by itself, once
    pocket.is_back().has_sent_all()
    pocket.page.wait_for_selector("text=Sent and saved.")
    assert pocket.is_saved() == 1
    pocket.goes_to()
    assert pocket.urgencies() == ["Ring your team now"]


def test_every_way_to_log_works_with_no_connection(pocket: Pocket):
    # Given the second step of a check-in on the screen, and no connection
    pocket.goes_to("check-ins/steps/numbers").types("Oxygen level", "88").is_away().presses("Next")
    pocket.page.wait_for_selector(".advice")
    assert pocket.urgencies()[0] == "Emergency – call now"
    # A step that is opened leads to the whole check-in
    pocket.goes_to("check-ins/steps/feel")
    assert pocket.path == pocket.person.at("check-ins/new")
    # The icon leads to the quick log
    pocket.goes_to("/log")
    assert pocket.path == pocket.person.at("log")
    pocket.fits().types("Temperature", "38.4").presses("Save")
    pocket.page.wait_for_selector("text=You have a fever. Ring your team now")
    # And the neuro check asks the questions that it asks
    pocket.goes_to("neuro-check/new").fits()
    pocket.names("Alice")
    pocket.tap(pocket.page.get_by_role("link", name="Start"))
    question = pocket.page.locator("#ask-year")
    pocket.tap(question.get_by_label("Wrong", exact=True))
    pocket.presses("Too sleepy or confused")
    pocket.page.wait_for_selector("text=Too tired to do the check? That is a warning sign. Ring now.")
    assert pocket.waits() == 3
    pocket.is_back().has_sent_all()
    assert pocket.is_saved() == 3


def test_an_open_warning_stays_in_sight_and_the_same_typed_twice_is_two_entries(pocket: Pocket):
    # Given a fever in the diary
    pocket.logs(Temperature="38.4").is_ready_again().is_away().goes_to()
    # A warning that is open stays in sight.
    pocket.page.wait_for_selector("text=You have a fever. Ring your team now")
    for _ in range(2):
        pocket.goes_to("check-ins/new").types("Temperature", "37.1").presses("Save")
        pocket.page.wait_for_selector("[data-cards] >> text=Not sent yet.")
    # Then both wait, although they say the same: each opening of the page is an entry
    assert pocket.waits() == 2
    pocket.is_back().has_sent_all()
    assert pocket.is_saved() == 3


def test_a_number_that_cannot_be_is_asked_about_and_corrected(pocket: Pocket):
    pocket.is_away().goes_to("check-ins/new").types("Oxygen level", "9").types("Note", "Slip.").presses("Save")
    # Then what it would mean is on the page, with the question
    pocket.page.wait_for_selector(".advice")
    assert "That number looks odd." in pocket.words
    # When it is changed
    pocket.presses("Change it")
    expect(pocket.field("Note")).to_have_value("Slip.")
    pocket.types("Oxygen level", "97").presses("Save")
    pocket.page.wait_for_selector("text=No warning sign found")
    assert pocket.waits() == 1
    pocket.is_back().has_sent_all()
    assert pocket.is_saved() == 1
    # And when something goes that the diary refuses, it stays until it is corrected
    pocket.is_away().goes_to("check-ins/new").types("Pulse", "999").presses("Save")
    pocket.page.wait_for_selector("text=That number looks odd.")
    pocket.is_back().goes_to("on-this-phone")
    pocket.page.wait_for_selector("text=The diary could not take this.")
    pocket.presses("Change it")
    expect(pocket.field("Pulse")).to_have_value("999")
    pocket.presses("Save")
    assert "Check the number and type it again." in pocket.words
    assert pocket.waits() == 1
    pocket.types("Pulse", "99").presses("Save")
    assert "Pulse: 99 a minute" in pocket.words
    assert (pocket.waits(), pocket.is_saved()) == (0, 2)


def test_after_the_session_ended_it_waits_for_the_sign_in_and_goes_under_no_other_name(
    pocket: Pocket, app: Flask, elsewhere: Elsewhere
):
    # Given a session that is over, and a connection that goes while Alice signs in: her password is not kept
    pocket.goes_to("check-ins/new").types("Temperature", "38.4").context.clear_cookies()
    assert pocket.presses("Save").urgencies() == ["Ring your team now"]
    assert pocket.person
    pocket.is_away().types("E-mail address", pocket.person.email).types("Password", PASSWORD).presses(
        "Sign in and save"
    )
    pocket.page.wait_for_selector("text=There was no connection. Go back")
    assert pocket.waits() == 0
    # And an entry of hers that waits
    pocket.goes_to("check-ins/new").types("Temperature", "38.4").presses("Save")
    pocket.page.wait_for_selector(".advice")
    pocket.is_back().goes_to("on-this-phone")
    pocket.page.wait_for_selector("text=Sign in, and what waits here is sent.")
    assert pocket.waits() == 1
    # When Bob, her caregiver, signs in on this phone
    alice = pocket.person
    assert alice
    bob = Person(app, "Bob")
    bob.email = f"bob-{alice.email}"
    elsewhere(lambda: bob.has_an_account().joins(alice, Role.CAREGIVER))
    signs_in(pocket, bob.email)
    pocket.comes_true(READY).goes_to()
    # Then it is neither shown nor sent
    pocket.page.wait_for_timeout(500)
    assert "not sent yet" not in pocket.words
    assert (pocket.waits(), pocket.is_saved()) == (1, 0)
    # And Bob may sign out, which leaves it where it is
    pocket.presses("Sign out")
    assert pocket.waits() == 1
    # But when Alice signs in again, it goes
    signs_in(pocket, alice.email)
    pocket.goes_to().has_sent_all()
    assert pocket.is_saved() == 1
    pocket.goes_to("history")
    assert "logged by Alice" in pocket.words


def signs_in(screen: Screen, email: str) -> None:
    screen.goes_to("/sign-in").types("E-mail address", email).types("Password", PASSWORD).presses("Sign in")


def test_a_step_whose_check_in_is_not_there_is_not_sent_for_ever(pocket: Pocket):
    # Given a step that waits, and goes on from what the diary does not have
    pocket.goes_to("check-ins/steps/numbers").types("Oxygen level", "97").page.evaluate(
        "document.querySelector('main form').action = location.pathname.replace('steps', 'gone/steps')"
    )
    pocket.is_away().presses("Next")
    pocket.page.wait_for_selector("text=Not sent yet.")
    pocket.is_back().page.wait_for_selector("text=The diary could not take this.")
    # Then it is saved from the page that asks for everything
    pocket.presses("Change it")
    expect(pocket.field("Oxygen level")).to_have_value("97")
    pocket.presses("Save")
    assert (pocket.waits(), pocket.is_saved()) == (0, 1)


def test_whoever_helps_two_people_sees_whose_diary_it_is(app: Flask, alice: Person, opens: Opens, elsewhere: Elsewhere):
    # Given Bob, who helps Alice, who has a fever, and somebody whose name begins at the right, on a phone that is away
    def prepare() -> tuple[Person, Person]:
        dora, bob = Person(app, "<b>דורה</b>"), Person(app, "Bob")
        for person, name in ((dora, "dora"), (bob, "bob")):
            person.email = f"{name}-{alice.email}"
            person.has_an_account()
        alice.logs(temperature="38.4")
        return dora.has_a_diary(), bob.joins(dora, Role.CAREGIVER).joins(alice, Role.CAREGIVER).signs_in()

    dora, bob = elsewhere(prepare)
    pocket = Pocket.of(opens(bob, "phone")).is_ready()
    pocket.goes_to(dora.at()).comes_true(f"async () => (await ({STORE})('carry')).length === 2")
    pocket.is_away()
    # When he asks for nobody's diary, or for one that the phone does not know, then he is asked whose
    for path in ("/", "/log", "/diaries/", "/diaries/somebody-else/history"):
        pocket.goes_to(path)
        pocket.page.wait_for_selector("text=Choose whose diary to open.")
        people = pocket.page.locator(".person__name")
        assert sorted(people.all_inner_texts()) == ["Alice", "\u2068<b>דורה</b>\u2069"]
        assert pocket.page.get_by_role("link", name="Log", exact=False).count() == 0
        # And neither diary's numbers stand below both
        assert pocket.page.locator("#call").count() == 0
    pocket.is_sound()
    assert "You have a fever. Ring your team now" in pocket.page.locator(".person", has_text="Alice").inner_text()
    assert pocket.page.locator(".person").first.get_by_role("link", name="Emergency 999").is_visible()
    # When he chooses, then each page says whom it is about
    pocket.presses("\u2068<b>דורה</b>\u2069").presses("Log a check-in")
    assert pocket.path.startswith(dora.at())
    pocket.names("\u2068<b>דורה</b>\u2069").types("Pulse", "72").presses("Save")
    pocket.page.wait_for_selector("text=Not sent yet.")
    pocket.names("\u2068<b>דורה</b>\u2069").goes_to("/")
    assert "not sent yet" in pocket.page.locator(".person", has_text="דורה").inner_text()
    pocket.presses("Alice").names("Alice")
    assert pocket.path == alice.at("on-this-phone")


def test_new_rules_are_on_the_phone_with_the_next_page(pocket: Pocket):
    # Given a phone with rules from before, and a diary that cannot be asked for those of today
    pocket.page.evaluate(AGED)
    pocket.context.route("**/rules.json", lambda route: route.fulfill(status=503))
    pocket.is_ready().comes_true(f"async () => (await ({STORE})('carry'))[0].kept_at === 0")
    pocket.context.unroute("**/rules.json")
    # Then the page after that brings them
    pocket.goes_to().comes_true("async () => (await (await caches.match('/rules.json')).json()).rules.length > 0")


def test_two_phones_away_at_once_keep_both_sets_and_a_lost_answer_doubles_nothing(
    pocket: Pocket, alice: Person, opens: Opens
):
    other = Pocket.of(opens(alice, "phone")).is_ready()
    for phone, value in ((pocket, "37.1"), (other, "38.4")):
        phone.is_away().goes_to("check-ins/new").types("Temperature", value).presses("Save")
        phone.page.wait_for_selector("text=Not sent yet.")
    # Given a phone that sends, and never hears the answer: the phone dies, or the connection does
    entry = pocket.page.evaluate(f"async () => (await ({STORE})('outbox'))[0]")
    pocket.is_back().has_sent_all()
    pocket.page.evaluate(
        """(entry) => new Promise((done) => {
            indexedDB.open("diary").onsuccess = ({ target }) => {
                target.result.transaction("outbox", "readwrite").objectStore("outbox").put(entry).onsuccess = done;
            };
        })""",
        entry,
    )
    pocket.goes_to().has_sent_all()
    other.is_back().has_sent_all()
    assert pocket.is_saved() == 2
