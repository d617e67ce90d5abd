"""The neuro check's forms: the questions with who scores them; a child's behaviour; and what is asked at all."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.neuro_check import FROM_AGE, Answers, NeuroPlan
from diary.domain.sign import GROUPS
from diary.domain.vocabulary import ITEM_POINTS
from diary.forms.fields import ChoiceField, TickField, WholeNumberField, strip
from diary.forms.page import OfOnePage
from diary.forms.shown import OfWhatWasShown
from diary.forms.validators import AtMost, Possible

TOO_SLEEPY: Final = "neuro_check_refused_too_sleepy"

WITHOUT_POINTS: Final = [
    ("skipped", _l("Left out")),
    ("refused", _l("Did not want to")),
    ("not_possible", _l("Can never be asked (language, sight or hearing)")),
]
ANSWERS: Final = [("1", _l("Right")), ("0", _l("Wrong")), *WITHOUT_POINTS]
COUNTS: Final = [("3", _l("3 right")), ("2", _l("2 right")), ("1", _l("1 right")), ("0", _l("None right"))]


class _OfOneCheck(OfOnePage, FlaskForm):
    """A check at one moment, of one diary; ``diary`` is ``None`` for somebody who is not signed in."""

    def __init__(self, *args: Any, diary: Diary | None, now: datetime, **kwargs: Any) -> None:
        self.diary, self.now = diary, now
        super().__init__(*args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a page on which nothing was answered: it would look as if somebody had."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.to_check_in().is_blank:
            self.form_errors.append(gettext("Nothing is answered yet. Answer one question, or more."))
            return False
        return is_valid

    @property
    def check_in_id(self) -> str:
        return self.entry_id(self.diary and self.diary.id)

    def to_check_in(self) -> CheckIn:
        """The check as answered. Of a form with errors it holds what could be read, for advice only."""
        # Adults and children are asked other questions: each of the two forms below reads its own.
        raise NotImplementedError


class NeuroCheckForm(_OfOneCheck):
    """The eight questions, each scored by whoever holds the phone; those that are never possible are left out."""

    by = ChoiceField(
        _l("Who holds the phone?"),
        [("caregiver", _l("Somebody who helps the patient")), ("patient", _l("The patient, alone"))],
        default="caregiver",
    )
    year = ChoiceField(_l("What year is it?"), ANSWERS)
    month = ChoiceField(_l("What month is it?"), ANSWERS)
    town = ChoiceField(_l("Which town or city are we in?"), ANSWERS)
    hospital = ChoiceField(_l("Which hospital gave you your cells?"), ANSWERS)
    name_objects = ChoiceField(_l("What are these three things called?"), [*COUNTS, *WITHOUT_POINTS])
    command = ChoiceField(_l("Do what I say"), ANSWERS)
    sentence = ChoiceField(_l("Write this sentence"), ANSWERS)
    count_back = ChoiceField(_l("Count back from 100 in tens"), ANSWERS)
    too_sleepy = BooleanField(_l("Too sleepy or confused to do it"))

    def __init__(self, *args: Any, plan: NeuroPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        for item in plan.not_possible:
            # It is not asked. The page that first said so may be sent twice, and is the same page then.
            self[item].data = "not_possible"

    @property
    def questions(self) -> list[ChoiceField]:
        """The field of each item that is asked, in the order of the page."""
        return [self[item] for item in ITEM_POINTS if item not in self.plan.not_possible]

    @property
    def answers(self) -> Answers:
        """What was answered; an item that is never possible says so without being asked."""
        given = {field.name: field.data for field in self.questions if field.data and not field.errors}
        given |= dict.fromkeys(self.plan.not_possible, "not_possible") if given else {}
        return Answers(
            {item: given[item] for item in ITEM_POINTS if item in given}, is_too_sleepy=bool(self.too_sleepy.data)
        )

    def to_check_in(self) -> CheckIn:
        answers = self.answers
        is_answered = bool(answers.by_item) or answers.is_too_sleepy
        return CheckIn(
            id=self.check_in_id,
            at=self.now,
            by="patient" if self.by.data == "patient" else "caregiver",
            neuro_check=answers.to_neuro_check() if is_answered else None,
            signs=frozenset({TOO_SLEEPY} if answers.shows_sign else ()),
            # The contract has one word, null, for every item without points; which it was is kept beside it.
            extra={"neuro_check": {"x_answers": dict(answers.by_item)}} if answers.by_item else {},
        )

    def to_plan(self) -> NeuroPlan:
        """What will be asked from now on: an item that can never be asked is not asked again."""
        never = [item for item, given in self.answers.by_item.items() if given == "not_possible"]
        return replace(self.plan, not_possible=tuple(never) or self.plan.not_possible)


class ChildCheckForm(_OfOneCheck):
    """How a child under 12 behaves, in plain questions; and the CAPD's number where the team asks for it."""

    signs = TickField(_l("How is your child now?"))
    capd_score = WholeNumberField(_l("CAPD score"), [Optional(), Possible("capd_score")], example="4")

    def __init__(self, *args: Any, plan: NeuroPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        age = self.diary.patient.age_at(self.now) if self.diary else FROM_AGE - 1
        (thinking,) = (group for group in GROUPS if group.id == "thinking")
        self.signs.offer([(sign.id, _l(sign.words)) for sign in thinking.signs if sign.is_asked_at(age)])
        if not plan.uses_capd:
            del self.capd_score

    def to_check_in(self) -> CheckIn:
        score = self.capd_score.data if "capd_score" in self and not self.capd_score.errors else None
        return CheckIn(
            id=self.check_in_id,
            at=self.now,
            by="caregiver",
            signs=self.signs.present,
            signs_absent=self.signs.absent,
            capd_score=score,
        )

    def to_plan(self) -> NeuroPlan:
        return self.plan


def check_form(diary: Diary | None, plan: NeuroPlan, now: datetime, **kwargs: Any) -> NeuroCheckForm | ChildCheckForm:
    """The form that fits the patient's age; an unknown age is an adult's."""
    age = diary.patient.age_at(now) if diary else None
    form = ChildCheckForm if age is not None and age < FROM_AGE else NeuroCheckForm
    return form(diary=diary, plan=plan, now=now, **kwargs)


class NeuroPlanForm(OfWhatWasShown, FlaskForm):
    """What the check asks of this person."""

    town = StringField(_l("The town or city where the patient stays"), [AtMost(100)], filters=[strip])
    hospital = StringField(_l("The hospital, as you all call it"), [AtMost(100)], filters=[strip])
    not_possible = SelectMultipleField(_l("Questions that can never be asked"))
    uses_capd = BooleanField(_l("Our team asks for the CAPD number"))

    def __init__(self, *args: Any, plan: NeuroPlan, is_child: bool, **kwargs: Any) -> None:
        self.is_child = is_child
        super().__init__(*args, obj=plan, **kwargs)
        self.not_possible.choices = [SelectChoice(item, ITEM_WORDS[item]) for item in ITEM_POINTS]
        if not is_child:
            del self.uses_capd

    def to_plan(self) -> NeuroPlan:
        """What the check asks, as typed."""
        return NeuroPlan(
            town=self.town.data or "",
            hospital=self.hospital.data or "",
            not_possible=tuple(self.not_possible.data or ()),
            uses_capd=bool(self.uses_capd.data) if self.is_child else False,
        )


ITEM_WORDS: Final = {
    "year": _l("Year"),
    "month": _l("Month"),
    "town": _l("Town or city"),
    "hospital": _l("Hospital"),
    "name_objects": _l("Naming three things"),
    "command": _l("Doing what was said"),
    "sentence": _l("Writing the sentence"),
    "count_back": _l("Counting back from 100"),
}
"""What each item of the check is called."""
