"""Names and notes of another direction: they turn nothing around them."""

import pytest
from flask_babel import force_locale

from diary.views.words import isolated
from tests.cast import Person
from tests.pages import main_words, tree_of, words
from tests.views.test_flags import closes

NAME = "דנה"


def inside(page, text):
    """Whether a text stands on the page in its own isolation, and nowhere else."""
    shown = words(tree_of(page).find(".//body"))
    return f"\u2068{text}\u2069" in shown and shown.count(text) == shown.count(f"\u2068{text}\u2069")


def test_a_name_turns_nothing_around_it(app):
    dana = Person(app, NAME)
    dana.email = "dana@example.org"
    dana.has_an_account().has_a_diary().signs_in()
    dana.logs(temperature="38.4", note="חום")
    closes(dana, told="אחות", said="38 בואי")
    for path in ("", "history", "settings"):
        assert inside(dana.opens(path), NAME), path
    for text in ("חום", "אחות", "38 בואי"):
        assert inside(dana.opens("history"), text), text


@pytest.mark.parametrize("control", ["\u202e", "\u2067", "\u2069", "\u202d"])
def test_a_note_reaches_nowhere_beyond_itself(alice, control):
    alice.logs(note=f"so{control} cold")
    page = alice.opens("history")
    assert control not in page.text
    assert "Note: so cold" in main_words(page)


def test_it_leaves_the_words_of_one_direction_alone(alice):
    alice.logs(note="so cold")
    assert "\u2068" not in alice.opens("history").text


def test_it_isolates_every_name_on_a_page_that_reads_from_the_right(app):
    with app.test_request_context(), force_locale("he"):
        assert isolated("Alice") == "\u2068Alice\u2069"
