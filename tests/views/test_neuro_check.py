"""The neuro check: asked, judged at once, and shown beside the person's usual result."""

import re
from datetime import date, timedelta

import pytest

from diary.domain.access import Role
from diary.domain.treatment import Patient
from diary.domain.vocabulary import ITEM_POINTS
from diary.models import CheckInRow, NeuroPlanRow, UsualResultRow
from tests.cast import Person, fields_of, token_of
from tests.cellar import count, rows
from tests.pages import advice, all_of_class, errors, main_words, tree_of, urgencies, words
from tests.views.test_without_database import no_database

ALL_RIGHT = {item: str(points) for item, points in ITEM_POINTS.items()}
PAGE = "neuro-check/new"


def checks(person, **answers):
    return person.logs(page=PAGE, **answers)


def chooses(person, page, name):
    """Press the button of the outcome page whose address ends so."""
    (address,) = {
        form.get("action") for form in tree_of(page).iter("form") if (form.get("action") or "").endswith(name)
    }
    return person.client.post(address, data={"csrf_token": token_of(page)}, follow_redirects=True)


def stored(app):
    return rows(app, CheckInRow)[-1].content


def test_it_saves_the_score_and_finds_nothing_in_ten_of_ten(app, alice):
    page = checks(alice, **ALL_RIGHT)
    assert urgencies(page) == []
    assert "Score: 10 out of 10." in main_words(page)
    assert "Naming three things: 3 of 3" in main_words(page)
    assert "answered by the caregiver" in main_words(page)
    assert stored(app)["neuro_check"]["items"] == dict(ITEM_POINTS)


def test_the_last_screen_says_that_the_score_may_look_low_without_an_answer(alice):
    (last,) = [part for part in tree_of(alice.opens(PAGE)).iter("section") if part.get("id") == "check"]
    assert "No answer means unknown. It gives no point, so the score may look low." in words(last)


def test_a_lost_point_is_a_call_and_four_an_emergency(alice):
    assert urgencies(checks(alice, **ALL_RIGHT | {"year": "0"})) == ["call"]
    assert urgencies(checks(alice, **ALL_RIGHT | {"year": "0", "name_objects": "0"}))[0] == "emergency"


@pytest.mark.parametrize("answers", [{}, {"year": "1", "town": "refused"}])
def test_too_sleepy_is_a_warning_on_every_screen(app, alice, answers):
    page = checks(alice, too_sleepy="y", **answers)
    assert "Too tired to do the check? That is a warning sign. Ring now." in advice(page)[0]
    assert stored(app)["neuro_check"]["not_done"] == "too_sleepy_or_confused"
    form = tree_of(alice.opens(PAGE)).find(".//form[@class='steps']")
    sections = [
        part for part in form.iter("section") if "step" in part.get("class").split() and part.get("id") != "check"
    ]
    assert len(sections) == 1 + len(ITEM_POINTS)
    assert all(part.find(".//button[@name='too_sleepy']") is not None for part in sections)


def test_too_sleepy_after_a_wrong_answer_is_both(app, alice):
    page = checks(alice, too_sleepy="y", year="0", month="1")
    assert "Too tired to do the check?" in " ".join(advice(page))
    assert stored(app)["neuro_check"]["items"]["year"] == 0
    assert stored(app)["signs"] == ["neuro_check_refused_too_sleepy"]


def test_a_check_without_any_score_is_no_emergency(app, alice):
    page = checks(alice, **dict.fromkeys(ITEM_POINTS, "skipped"))
    assert urgencies(page) == []
    assert "Neuro check: no score" in main_words(page)
    assert "Brain and nerves" in main_words(page), "it says what could not be checked"


def test_left_out_and_refused_are_told_apart(alice):
    page = main_words(checks(alice, **ALL_RIGHT | {"town": "refused", "month": "skipped"}))
    assert "Town or city: did not want to" in page
    assert "Month: left out" in page


def test_nothing_answered_is_not_saved(app, alice):
    page = checks(alice)
    assert errors(page) == ["Nothing is answered yet. Answer one question, or more."]
    assert count(app, CheckInRow) == 0


@pytest.mark.parametrize("wrong", [{"csrf_token": "stale"}, {"month": "x"}])
def test_what_was_answered_comes_back_with_the_advice_on_top(app, alice, wrong):
    page = checks(alice, **ALL_RIGHT | {"year": "0", "name_objects": "0"} | wrong)
    assert (page.status_code, count(app, CheckInRow)) == (422, 0)
    assert urgencies(page)[0] == "emergency"
    assert errors(page)
    chosen = {field.get("name") for field in tree_of(page).iter("input") if field.get("checked") is not None}
    assert chosen >= set(ITEM_POINTS) - {"month"}


def test_sent_twice_it_is_saved_once(app, alice):
    form = {"token": "page one", **ALL_RIGHT}
    assert [checks(alice, **form).status_code for _ in range(2)] == [200, 200]
    assert count(app, CheckInRow) == 1


def test_nobody_signed_in_sees_the_advice_before_the_sign_in_page(nobody, alice):
    page = nobody.client.post(alice.at(PAGE), data={"too_sleepy": "y"})
    assert page.status_code == 401
    assert urgencies(page) == ["call"]


def test_with_the_database_away_the_advice_is_there_and_the_answers_are_kept(app, alice):
    form = {"csrf_token": token_of(alice.opens(PAGE)), "year": "0", "name_objects": "0"}
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    with no_database(app):
        page = alice.client.post(alice.at(PAGE), data=form)
    assert page.status_code == 503
    assert urgencies(page)[0] == "emergency"
    assert 'name="name_objects" value="0"' in page.text


def test_the_screen_shows_no_year_month_or_place(alice, bob):
    alice.logs(page="settings/numbers", team_name="St Elsewhere")
    bob.logs(page="neuro-check/settings", town="Leeds", hospital="St Elsewhere")
    page = bob.opens(PAGE)
    tree = tree_of(page)
    folds = [words(fold) for fold in all_of_class(page, "nhsuk-details")]
    assert ["2026" in folds[0], "March" in folds[1], "Leeds" in folds[2], "St Elsewhere" in folds[3]] == [True] * 4
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag == "details":
                parent.remove(child)
    assert not re.search("2026|March|Leeds|Elsewhere", words(tree))
    assert "+44 20 7946 0000" in words(tree), "the numbers to call are on it"


def test_the_questions_take_turns(alice, clock):
    def asked():
        page = alice.opens(PAGE)
        return re.findall(r'step__words">(.*?)<', page.text)[0], page.text.split("step__drawings")[1].split("</p>")[0]

    first = asked()
    clock.shift(timedelta(hours=8))
    command, drawings = asked()
    assert command != first[0]
    assert drawings != first[1]


def test_what_can_never_be_asked_is_not_asked_again_until_it_is_changed(app, alice):
    checks(alice, **ALL_RIGHT | {"sentence": "not_possible"})
    page = alice.opens(PAGE)
    assert 'name="sentence"' not in page.text
    assert "Not asked: Writing the sentence." in main_words(page)
    assert count(app, NeuroPlanRow) == 1
    again = checks(alice, year="1")
    assert "Writing the sentence: never asked" in main_words(again)
    alice.logs(page="neuro-check/settings", not_possible=[])
    assert 'name="sentence"' in alice.opens(PAGE).text


def test_a_result_is_shown_beside_the_usual_one(app, alice, bob):
    usual = checks(bob, **ALL_RIGHT | {"month": "0"})
    chosen = main_words(chooses(bob, usual, "/usual"))
    assert "This is the usual result. Bob chose it on Sat, 14 Mar 2026." in chosen
    page = main_words(checks(bob, **ALL_RIGHT | {"month": "0", "name_objects": "2", "town": "refused"}))
    assert "Score: 7 out of 10; usually 9." in page
    assert "Naming three things: 2 of 3; usually 3" in page
    assert "Month: wrong, as usual" in page
    assert "Town or city: did not want to; usually right" in page
    assert count(app, UsualResultRow) == 1


def test_the_usual_score_reaches_the_rules_only_through_who_may_change_the_care_plan(alice, bob, claire):
    page = chooses(bob, checks(bob, **ALL_RIGHT | {"month": "0"}), "/usual")
    assert "is the usual score" not in main_words(page)
    path = page.request.path
    offered = claire.client.get(path)
    assert "Our team agreed: 9 out of 10 is the usual score" in main_words(offered)
    assert "is the usual score" not in main_words(chooses(claire, offered, "/usual-score"))
    assert "neuro check: 9 out of 10" in main_words(alice.opens("settings"))
    assert "Score: 9 out of 10; usually 9." in main_words(checks(bob, **ALL_RIGHT | {"month": "0"}))


def test_a_withdrawn_check_is_no_usual_result(alice):
    chosen = chooses(alice, checks(alice, **ALL_RIGHT), "/usual").request.path
    withdraw = f"{chosen}/withdraw"
    alice.client.post(withdraw, data={"csrf_token": token_of(alice.client.get(withdraw))})
    assert "usually" not in main_words(checks(alice, **ALL_RIGHT))


def test_a_correction_that_leaves_the_score_alone_keeps_the_items(app, alice):
    path = checks(alice, **ALL_RIGHT | {"town": "refused"}).request.path
    corrected = alice.logs(page=path.removeprefix(alice.at()) + "/correct", temperature="36.8")
    assert "Town or city: did not want to" in main_words(corrected)
    (_, newer) = sorted(rows(app, CheckInRow), key=lambda row: row.written_at)
    assert newer.content["neuro_check"]["items"]["town"] is None


def test_home_says_when_the_last_check_was(bob, vera, clock):
    assert "No neuro check in the last 30 days." in main_words(bob.opens())
    checks(bob, **ALL_RIGHT)
    clock.shift(timedelta(hours=9))
    assert "Last neuro check: 9 hours ago" in main_words(bob.opens())
    assert "Do a neuro check" in main_words(bob.opens())
    assert "Do a neuro check" not in main_words(vera.opens())


@pytest.fixture
def parent(app):
    """A caregiver of Kim, who is seven."""
    kim = Person(app, "Kim").has_an_account().has_a_diary(patient=Patient(date(2019, 1, 1), "Europe/London"))
    return Person(app, "Pat").has_an_account().joins(kim, Role.CAREGIVER).signs_in()


def test_a_child_under_12_is_asked_about_in_plain_questions(parent):
    page = parent.opens(PAGE)
    assert "A child who makes no eye contact or cannot be comforted" in main_words(page)
    assert "What year is it?" not in main_words(page)
    assert "CAPD" not in main_words(page)
    assert urgencies(checks(parent, signs="child_not_themselves")) == ["call"]
    assert "Check how your child is" in main_words(parent.opens())


def test_the_capd_is_a_number_where_a_team_asks_for_it(parent):
    parent.logs(page="neuro-check/settings", uses_capd="y")
    assert urgencies(checks(parent, capd_score="9"))[0] == "emergency"
    page = checks(parent, capd_score="99", signs="hard_to_wake")
    assert errors(page) == ["Check the number and type it again. It must be from 0 to 32."]
    assert urgencies(page)[0] == "emergency"


def test_the_page_that_says_what_can_never_be_asked_is_one_entry_however_often_it_is_sent(app, alice):
    form = fields_of(alice.opens(PAGE)) | ALL_RIGHT | {"sentence": "not_possible"}
    for _ in range(2):
        assert alice.client.post(alice.at(PAGE), data=form).status_code == 302
    assert count(app, CheckInRow) == 1
