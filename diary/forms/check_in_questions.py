"""What the check-in page asks: every question with its shape. What was answered is read in ``check_in``."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Optional

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.medicine import Dose
from diary.domain.sign import GROUPS, SignGroup
from diary.domain.treatment import ADULT_AGE
from diary.forms.fields import ChoiceField, ClockField, NumberField, TickField, WholeNumberField, strip
from diary.forms.moment import EarlierMoment
from diary.forms.page import OfOnePage
from diary.forms.validators import AtMost, Possible

NOTE_LENGTH = 4000


def signs_field(group: SignGroup) -> str:
    """The name of the field that asks about a group of signs."""
    return f"signs_{group.id}"


class CheckInQuestions(EarlierMoment, OfOnePage, FlaskForm):
    """The questions of one check-in; none need be answered."""

    by = ChoiceField(
        _l("Who is answering?"), [("patient", _l("The patient")), ("caregiver", _l("A caregiver"))], default="patient"
    )
    temperature = NumberField(_l("Temperature"), [Optional()], example="37.2")
    temperature_unit = ChoiceField(_l("Unit"), [("Cel", "°C"), ("[degF]", "°F")])
    temperature_site = ChoiceField(
        _l("Where did you measure it?"),
        [
            ("oral", _l("Mouth")),
            ("ear", _l("Ear")),
            ("forehead", _l("Forehead")),
            ("armpit", _l("Armpit")),
        ],
    )
    fever_medicine = TickField(
        _l("Any of these medicines in the last 8 hours?"),
        [
            ("antipyretic", _l("Paracetamol (acetaminophen, Tylenol)")),
            ("nsaid", _l("Ibuprofen, aspirin, naproxen or similar")),
        ],
    )
    fever_medicine_time = ClockField(_l("What time did you take it?"), [Optional()])
    fever_medicine_reason = ChoiceField(
        _l("Why did you take it?"), [("felt_hot", _l("I felt hot or ill")), ("other", _l("Another reason"))]
    )
    fever_medicine_agreed = ChoiceField(
        _l("Did your team say you may take it?"), [("yes", _l("Yes")), ("no", _l("No"))]
    )
    systolic = WholeNumberField(_l("Top number (systolic)"), [Optional(), Possible("systolic")], example="120")
    diastolic = WholeNumberField(_l("Bottom number (diastolic)"), [Optional(), Possible("diastolic")], example="80")
    position = ChoiceField(_l("Were you sitting or lying?"), [("sitting", _l("Sitting")), ("lying", _l("Lying"))])
    standing_systolic = WholeNumberField(_l("Top number, standing"), [Optional(), Possible("systolic")], example="120")
    standing_diastolic = WholeNumberField(
        _l("Bottom number, standing"), [Optional(), Possible("diastolic")], example="80"
    )
    pulse = WholeNumberField(_l("Pulse"), [Optional(), Possible("pulse")], example="72")
    at_rest = ChoiceField(
        _l("Were you resting before you measured it?"),
        [("yes", _l("Yes")), ("no", _l("No, I had just moved or climbed"))],
    )
    oxygen = WholeNumberField(_l("Oxygen level"), [Optional(), Possible("oxygen_saturation")], example="97")
    no_oxygen_number = BooleanField(_l("The device showed no number"))
    respiratory_rate = WholeNumberField(
        _l("Breaths in one minute"), [Optional(), Possible("respiratory_rate")], example="16"
    )
    neuro_score = WholeNumberField(_l("Neuro check score"), [Optional(), Possible("neuro_score")], example="10")
    capd_score = WholeNumberField(_l("CAPD score"), [Optional(), Possible("capd_score")], example="4")
    note = TextAreaField(_l("Note"), [AtMost(NOTE_LENGTH)], filters=[strip])

    def __init__(
        self,
        *args: Any,
        diary: Diary | None,
        now: datetime,
        corrects: CheckIn | None = None,
        told: Sequence[Dose] = (),
        **kwargs: Any,
    ) -> None:
        """``diary`` is ``None`` for somebody who is not signed in: then an adult's signs are offered.

        ``corrects`` is the check-in that this one replaces; ``told``, the doses that were told in it.
        """
        self.diary, self.now, self.corrects, self.told = diary, now, corrects, told
        self.was_at = corrects.at if corrects else None
        super().__init__(*args, **kwargs)
        age = diary.patient.age_at(now) if diary else None
        self.is_child = age is not None and age < ADULT_AGE
        if not self.is_child:
            # The page does not ask an adult for it, and could not show an error about it.
            self.capd_score.data, self.capd_score.process_errors = None, []
        for group in GROUPS:
            self[signs_field(group)].offer(_offered(group, age))
        if self.temperature_unit.data is None and not self.is_submitted():
            self.temperature_unit.data = diary.temperature_unit if diary else None

    @property
    def sign_fields(self) -> list[TickField]:
        """The field of each group of signs, in the order of the page."""
        return [self[signs_field(group)] for group in GROUPS]


for _group in GROUPS:
    setattr(CheckInQuestions, signs_field(_group), TickField(_l(_group.title)))


@cache
def _offered(group: SignGroup, age: int | None) -> tuple[tuple[str, Any], ...]:
    """The signs of a group that somebody of this age is asked about, with their words."""
    return tuple((sign.id, _l(sign.words)) for sign in group.signs if sign.is_asked_at(age))
