"""What is kept of a neuro check's answers: nothing missing becomes a point, or the loss of one."""

from datetime import UTC, datetime, timedelta

from diary.domain.neuro_check import Answers, NeuroCheck, turn_of
from diary.domain.vocabulary import ITEM_POINTS

ALL_RIGHT = {item: str(points) for item, points in ITEM_POINTS.items()}


def kept(*, is_too_sleepy=False, **answers):
    return Answers(answers, is_too_sleepy=is_too_sleepy).to_neuro_check()


def test_it_adds_the_points_up():
    assert kept(**ALL_RIGHT).total == 10
    assert kept(**ALL_RIGHT | {"name_objects": "2", "year": "0"}).total == 8


def test_an_answer_without_points_is_unknown_and_not_a_wrong_one():
    for answer in ("skipped", "refused", "not_possible"):
        check = kept(**ALL_RIGHT | {"town": answer})
        assert check.items["town"] is None
        assert check.items["year"] == 1


def test_a_question_without_an_answer_is_unknown():
    assert kept(year="1").items == dict.fromkeys(ITEM_POINTS) | {"year": 1}


def test_a_check_in_which_nothing_was_scored_has_no_score():
    assert kept(year="skipped", town="refused", month="not_possible").total is None
    assert kept(year="0").total == 0


def test_too_sleepy_is_the_sign_that_it_is_and_no_score():
    assert kept(is_too_sleepy=True) == NeuroCheck(not_done="too_sleepy_or_confused")
    assert kept(is_too_sleepy=True, year="1", town="refused").not_done == "too_sleepy_or_confused"
    assert not Answers({"year": "1"}, is_too_sleepy=True).shows_sign


def test_points_that_were_lost_before_still_count_beside_the_sign():
    answers = Answers({"year": "0", "month": "1"}, is_too_sleepy=True)
    assert answers.to_neuro_check().total == 1
    assert answers.shows_sign


def test_the_questions_take_turns_every_eight_hours():
    now = datetime(2026, 3, 14, 8, tzinfo=UTC)
    assert turn_of(now + timedelta(minutes=5)) == turn_of(now)
    assert turn_of(now + timedelta(hours=8)) == turn_of(now) + 1
    assert turn_of(now + timedelta(days=10_000)) == turn_of(now) + 30_000
