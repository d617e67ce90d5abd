"""The medicine form: one dose that was taken, missed or stopped."""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from diary.domain.catalogue import SEDATIVE
from diary.domain.diary import Diary
from diary.domain.medicine import MEDICINE_KINDS, Dose, counted_kind
from diary.forms.fields import ChoiceField, strip
from diary.forms.moment import EarlierMoment
from diary.forms.page import OfOnePage
from diary.forms.validators import AtMost

MEDICINES = [
    ("antipyretic", _l("Paracetamol (acetaminophen, Tylenol)")),
    ("nsaid", _l("Ibuprofen, aspirin, naproxen or similar")),
    ("steroid", _l("A steroid, such as dexamethasone or prednisolone")),
    ("tocilizumab", _l("Tocilizumab")),
    ("anti_cytokine", _l("Anakinra, siltuximab, emapalumab or ruxolitinib")),
    ("anti_seizure", _l("A medicine against fits, such as levetiracetam")),
    ("anti_infective", _l("A medicine against infection (antibiotic, antiviral or antifungal)")),
    ("sedative", _l("A medicine for sleep, pain, allergy or sickness")),
    ("other", _l("Another medicine")),
]


NAMES = {"list": "medicine-names", "autocomplete": "off"}
"""A name field offers the names that the catalogue knows; the page holds the list of them once."""


class DoseForm(EarlierMoment, OfOnePage, FlaskForm):
    """One dose."""

    medicine = ChoiceField(_l("Which medicine?"), MEDICINES)
    name = StringField(_l("Its name on the packet"), [AtMost(100)], filters=[strip], render_kw=NAMES)
    status = ChoiceField(
        _l("What happened?"),
        [("taken", _l("Taken")), ("missed", _l("Missed")), ("stopped", _l("Stopped or cut down"))],
        default="taken",
    )
    reason = ChoiceField(
        _l("Why was it taken?"), [("felt_hot", _l("Felt hot or ill")), ("other", _l("Another reason"))]
    )
    agreed = ChoiceField(_l("Did your team say so?"), [("yes", _l("Yes")), ("no", _l("No"))])
    first_dose = ChoiceField(_l("Is it the first time you take it?"), [("yes", _l("Yes")), ("no", _l("No"))])

    def __init__(
        self,
        *args: Any,
        diary: Diary,
        now: datetime,
        corrects: str | None = None,
        was_at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        """``corrects`` is the id of the dose that this one replaces; ``was_at``, its moment."""
        self.diary, self.now, self.corrects, self.was_at = diary, now, corrects, was_at
        super().__init__(*args, **kwargs)

    def validate_medicine(self, field: Any) -> None:
        if self.kind is None:
            raise ValidationError(gettext("Choose the medicine, or “Another medicine”."))

    def validate_status(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(gettext("Choose what happened."))

    def validate_name(self, field: Any) -> None:
        if self.medicine.data in ("other", SEDATIVE) and not field.data:
            raise ValidationError(gettext("Type the name of the medicine."))

    @property
    def kind(self) -> str | None:
        """The kind that this medicine counts as: a name that the catalogue knows needs no choice."""
        return counted_kind(self.medicine.data, self.name.data or "")

    @property
    def dose_id(self) -> str:
        """The id of this page with these answers."""
        return self.entry_id(self.diary and self.diary.id, self.corrects)

    def fill(self, dose: Dose) -> None:
        """Show an earlier dose, to be corrected."""
        local = self.diary.patient.local(dose.at) if self.diary else dose.at
        words = {True: "yes", False: "no", None: None}
        is_known = dose.kind in MEDICINE_KINDS
        self.medicine.data = dose.kind if is_known else "other"
        self.name.data = dose.name or ("" if dose.medicine in MEDICINE_KINDS else dose.medicine)
        self.status.data, self.reason.data = dose.status, dose.reason
        self.agreed.data, self.first_dose.data = words[dose.agreed_with_team], words[dose.first_dose]
        self.on_date.data, self.at_time.data = local.date(), local.time()

    def to_dose(self) -> Dose:
        """The dose as typed."""
        answers = {"yes": True, "no": False}
        kind = self.kind
        is_kind = kind in MEDICINE_KINDS
        return Dose(
            at=self.at,
            medicine=kind if is_kind and kind else self.name.data,
            status=self.status.data,
            reason="felt_hot" if self.reason.data == "felt_hot" else None,
            agreed_with_team=answers.get(self.agreed.data),
            first_dose=answers.get(self.first_dose.data),
            name=self.name.data or None if is_kind else None,
        )
