"""The neuro check and handwriting in words: what is asked and shown, and a result beside the usual one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from babel import dates
from flask import url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from diary.domain.access import Access, Permission, is_granted
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.neuro_check import FROM_AGE, NeuroCheck, turn_of
from diary.domain.picture import Picture, PictureKind
from diary.domain.vocabulary import ITEM_POINTS
from diary.forms.neuro_check import ITEM_WORDS, ChildCheckForm, NeuroCheckForm
from diary.services.neuro_check import UsualResult
from diary.views import words

OBJECTS: Final = (
    (("cup", _l("a cup")), ("key", _l("a key")), ("fish", _l("a fish"))),
    (("house", _l("a house")), ("chair", _l("a chair")), ("tree", _l("a tree"))),
    (("scissors", _l("scissors")), ("star", _l("a star")), ("boat", _l("a boat"))),
)
"""Three things to name, in turn; each is drawn in ``components/drawing.html``."""

IN_THE_ROOM: Final = (
    _l("Or point at three things in the room, such as a door, a shoe and a spoon."),
    _l("Or point at three things in the room, such as a lamp, a sock and a book."),
    _l("Or point at three things in the room, such as a table, a button and a cup."),
)
COMMANDS: Final = (
    _l("“Touch your nose.”"),
    _l("“Put both hands on your head.”"),
    _l("“Open your mouth, then close your eyes.”"),
    _l("“Tap your knee two times.”"),
)
HELP: Final = {
    "year": _l("Ask it. Do not help."),
    "month": _l("Ask it. Do not help."),
    "town": _l("Ask it. Do not help."),
    "hospital": _l("Use the name that you all use."),
    "name_objects": _l("Show the drawings one by one."),
    "command": _l("Read this out. Do not show how."),
    "sentence": _l("Read it out, on paper. Right: all of it is there and can be read."),
    "count_back": _l("Right: 100, 90, 80, and so on down to 10, with no mistake."),
}
ANSWERED: Final = {
    "skipped": _l("left out"),
    "refused": _l("did not want to"),
    "not_possible": _l("never asked"),
}
KINDS: Final = {PictureKind.SENTENCE: _l("Handwriting"), PictureKind.CLOCK: _l("Clock drawing")}


def standard_sentence() -> str:
    """What a patient writes each time, until a first sample says otherwise."""
    return gettext("The small boat came home before the rain.")


def check(form: NeuroCheckForm | ChildCheckForm, diary: Diary, now: datetime, sentence: str) -> dict[str, Any]:
    """What the check's page says. Nothing of it but the folded answers tells the year, the month or a place."""
    if isinstance(form, ChildCheckForm):
        return {"form": form, "is_child": True}
    turn = turn_of(now)
    local = diary.patient.local(now)
    objects = OBJECTS[turn % len(OBJECTS)]
    return {
        "form": form,
        "is_child": False,
        "help": HELP,
        "shown": {"sentence": sentence, "command": COMMANDS[turn % len(COMMANDS)]},
        "objects": [name for name, _ in objects],
        "in_the_room": IN_THE_ROOM[turn % len(IN_THE_ROOM)],
        "folded": {
            "year": str(local.year),
            "month": dates.get_month_names("wide", "stand-alone", get_locale())[local.month],
            "town": form.plan.town,
            "hospital": form.plan.hospital,
            "name_objects": ", ".join(str(word) for _, word in objects),
            "count_back": "100, 90, 80, 70, 60, 50, 40, 30, 20, 10",
        },
        "left_out": [str(ITEM_WORDS[item]) for item in form.plan.not_possible],
        "item_words": ITEM_WORDS,
    }


def last_check(at: datetime | None, diary: Diary, now: datetime) -> dict[str, Any]:
    """When the last neuro check was, and what the way to a new one is called."""
    age = diary.patient.age_at(now)
    is_young = age is not None and age < FROM_AGE
    ago = gettext("Last neuro check: %(ago)s", ago=words.ago(now - at)) if at else ""
    return {
        "line": "" if is_young else ago or gettext("No neuro check in the last 30 days."),
        "text": gettext("Check how your child is") if is_young else gettext("Do a neuro check"),
    }


def result(check_in: CheckIn | None, usual: UsualResult | None, diary: Diary, access: Access) -> dict[str, Any] | None:
    """A neuro check's result beside the usual one; ``None`` for a check-in without one."""
    if check_in is None or check_in.neuro_check is None:
        return None
    neuro_check, is_usual = check_in.neuro_check, usual is not None and usual.check_in.id == check_in.id
    usual_check = usual.check_in.neuro_check if usual and not is_usual else None
    may_record = is_granted(access.role, Permission.RECORD_CHECK_IN) and not check_in.withdrawn
    is_offered = is_usual and neuro_check.total != diary.care_plan.baseline.neuro_score
    return {
        "lines": list(_items(check_in, usual_check)),
        "score": _score(neuro_check, usual_check),
        "usual": gettext(
            "This is the usual result. %(name)s chose it on %(when)s.",
            name=usual.by,
            when=words.day(diary.patient.local(usual.at).date()),
        )
        if usual and is_usual
        else "",
        "may_choose": may_record and not is_usual and neuro_check.total is not None,
        "offered_score": words.reading(neuro_check)
        if is_offered and is_granted(access.role, Permission.CHANGE_CARE_PLAN)
        else "",
    }


def _score(neuro_check: NeuroCheck, usual: NeuroCheck | None) -> str:
    shown = words.reading(neuro_check)
    if usual is None or usual.total is None:
        return gettext("Score: %(score)s.", score=shown)
    return gettext("Score: %(score)s; usually %(usual)s.", score=shown, usual=words.number(usual.total))


def _items(check_in: CheckIn, usual: NeuroCheck | None) -> Sequence[str]:
    """A line for each item: how it went, and how it usually goes."""
    items = (check_in.neuro_check and check_in.neuro_check.items) or {}
    answers: Mapping[str, str] = check_in.extra.get("neuro_check", {}).get("x_answers", {})
    usually = (usual and usual.items) or {}
    return [
        _line(item, items.get(item), answers.get(item, ""), usually.get(item))
        for item in ITEM_POINTS
        if item in answers or items.get(item) is not None
    ]


def _line(item: str, points: int | None, answer: str, usual: int | None) -> str:
    most, name = ITEM_POINTS[item], ITEM_WORDS[item]
    if points is None and answer.isdecimal():
        points = int(answer)
    now = _points(points, most) if points is not None else str(ANSWERED.get(answer, gettext("no answer")))
    if usual is None:
        return f"{name}: {now}"
    if most > 1:
        return gettext("%(name)s: %(now)s; usually %(usual)s", name=name, now=now, usual=words.number(usual))
    if points == usual == 0:
        return gettext("%(name)s: wrong, as usual", name=name)
    return gettext("%(name)s: %(now)s; usually %(usual)s", name=name, now=now, usual=_points(usual, most))


def _points(points: int, most: int) -> str:
    if most > 1:
        return gettext("%(points)s of %(most)s", points=words.number(points), most=words.number(most))
    return gettext("right") if points else gettext("wrong")


def handwriting(kind: PictureKind, diary: Diary) -> dict[str, Any]:
    """What the pages of one kind of picture say."""
    return {"title": KINDS[kind], "when": lambda picture: words.moment(picture.at, diary)}


def pictures(
    page: Sequence[Picture],
    has_more: bool,
    usual: Mapping[PictureKind, Picture | None],
    diary: Diary,
) -> dict[str, Any]:
    """One page of pictures, each beside the usual one of its kind."""
    before = round(page[-1].at.timestamp() * 1_000_000) if has_more else None
    return {
        "pictures": [_picture(each, usual[each.kind], diary) for each in page],
        "next_href": before and url_for("handwriting.show", diary_id=diary.id, before=before),
        "when": lambda picture: words.moment(picture.at, diary),
    }


def _picture(picture: Picture, usual: Picture | None, diary: Diary) -> dict[str, Any]:
    said = {
        True: gettext("It looks different, says the %(who)s."),
        False: gettext("It looks the same, says the %(who)s."),
    }
    return {
        "picture": picture,
        "kind": KINDS[picture.kind],
        "usual": usual if usual and usual.id != picture.id else None,
        "is_usual": usual is not None and usual.id == picture.id,
        "author": gettext("kept by %(name)s", name=picture.author),
        "withdrawn": picture.withdrawn_by and gettext("Withdrawn by %(name)s", name=picture.withdrawn_by),
        "answers": [said[differs] % {"who": words.REPORTERS[by]} for by, differs in picture.answers],
    }
