"""No page ever says that all is well, and every page says that nobody watches."""

import re

import pytest
from markupsafe import Markup

from diary.domain.sign import GROUPS
from diary.rules import load_table
from tests.pages import tree_of, words
from tests.views.test_flags import closes
from tests.views.walk import every_page

REASSURANCE = re.compile(
    r"\b(you are (fine|ok|okay|well|safe)|all (is )?(well|good|clear)"
    r"|(is|are|looks?|seems?) (fine|ok|okay|normal|good|safe)"
    r"|no (danger|risk|crs|icans|reason to worry)|nothing to worry|don.t worry|do not worry|in range|healthy"
    r"|congratulations|well done|great|wait until morning|we will contact you|grade [0-5]|probab\w+)\b",
    re.IGNORECASE,
)
ON_EVERY_PAGE = (
    "Nobody is watching your entries.",
    "Ring your team if worried, whatever the app shows.",
    "This app does not diagnose. It does not know if you have CRS or ICANS.",
    "Do not take paracetamol (acetaminophen) or ibuprofen for fever unless your team says so.",
    "Do not wait for the app.",
    "Rules version",
)
ALLOWED = (
    "even if you feel fine",  # Rule T1 says to ring all the same.
    "lower than normal for you",
    "warmer than normal for you",
    "lower than your own normal",
)


def verdicts(page):
    """The words of a page but for the sources of rules, which may name what a publication graded."""
    body = tree_of(page).find(".//body")
    for element in list(body.iter()):
        for child in list(element):
            if set((child.get("class") or "").split()) & {"advice__why", "rule__source"}:
                element.remove(child)
    return words(body)


def reassurances(text):
    for allowed in ALLOWED:
        text = re.sub(re.escape(allowed), "", text, flags=re.IGNORECASE)
    return [match.group() for match in REASSURANCE.finditer(text)]


@pytest.mark.parametrize("words_of_comfort", ["You are fine.", "All is well", "It looks normal", "Do not worry"])
def test_it_would_notice(words_of_comfort):
    assert reassurances(words_of_comfort)


def test_it_never_says_that_all_is_well_and_always_that_nobody_watches(app, alice, nobody):
    pages = every_page(app, alice, nobody)
    assert len(pages) > 60
    comforting = {name: comfort for name, page in pages.items() if (comfort := comfort_of(name, page))}
    assert comforting == {}
    silent = {name: missing for name, page in pages.items() if (missing := missing_from_footer(page))}
    assert silent == {}


def comfort_of(name, page):
    comfort = reassurances(verdicts(page)) + [sign for sign in "✓✔✅☑👍🟢🎉" if sign in page.text]
    classes = {name for element in tree_of(page).iter() for name in (element.get("class") or "").split()}
    comfort += [name for name in classes if re.search(r"green|tick|success", name)]
    return [word for word in comfort if not ("rules" in name and word.lower().startswith("grade"))]


def missing_from_footer(page):
    footer = words(tree_of(page).find(".//footer"))
    return [sentence for sentence in ON_EVERY_PAGE if sentence not in footer]


def test_it_never_says_it_in_the_rules(app):
    table = load_table()
    sentences = [sentence for rule in table.rules for level in rule.levels for sentence in (level.says, *level.do)]
    sentences += [sign.words for group in GROUPS for sign in group.signs]
    assert len(sentences) > 200
    assert [sentence for sentence in sentences if reassurances(str(Markup(sentence)))] == []  # noqa: S704 - compared.


def test_it_says_exactly_that_nothing_was_found_when_nothing_was_raised(alice):
    page = alice.logs(temperature="36.8")
    (section,) = [e for e in tree_of(page).iter("section") if "no-warning" in (e.get("class") or "")]
    assert words(section) == "No warning sign found in what you typed. If you are worried, ring your team."


def test_it_says_what_to_say_on_the_telephone(alice):
    alice.logs(temperature="37.2", systolic="118", diastolic="76")
    page = alice.logs(temperature="38.4", signs_faint="shaking_chills", fever_medicine="antipyretic")
    (section,) = [e for e in tree_of(page).iter("section") if "what-to-say" in (e.get("class") or "")]
    said = words(section)
    for part in (
        "I have had CAR T-cell therapy.",
        "Patient: Alice, born 1 Jan 1966",
        "today is day 5",
        "38.4\u00a0°C",
        "118/76\u00a0mmHg",
        "Shaking chills",
        "paracetamol",
        "Allergies",
        "not filled in",
    ):
        assert part.replace("\u00a0", " ") in said, part


def test_it_says_nothing_more_when_every_flag_is_closed(alice):
    alice.logs(temperature="38.4")
    page = closes(alice)
    assert reassurances(words(tree_of(page).find(".//main"))) == []
