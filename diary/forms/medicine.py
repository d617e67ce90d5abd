"""The form for one medicine of a person's own list, as their team told them."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Optional, ValidationError

from diary.domain.medicine import Medicine, counted_kind
from diary.forms.dose import MEDICINES, NAMES
from diary.forms.fields import ChoiceField, WholeNumberField, strip
from diary.forms.page import OfOnePage
from diary.forms.validators import AtMost, Filled

MOST_HOURS = 24 * 31
"""Some medicines are given once a month."""


class MedicineForm(OfOnePage, FlaskForm):
    """One medicine."""

    name = StringField(
        _l("Its name on the packet"),
        [Filled(_l("Type the name of the medicine.")), AtMost(100)],
        filters=[strip],
        render_kw=NAMES,
    )
    kind = ChoiceField(_l("Which kind is it?"), MEDICINES)
    hours_apart = WholeNumberField(_l("At least this many hours between two doses"), [Optional()], example="6")
    usual_times = StringField(_l("When do you usually take it?"), [AtMost(100)], filters=[strip])
    agreed = ChoiceField(_l("Did your team say you may take it?"), [("yes", _l("Yes")), ("no", _l("No"))])

    def validate_kind(self, field: Any) -> None:
        if self.counted is None:
            raise ValidationError(gettext("Choose the kind. If you do not know it, choose “Another medicine”."))

    def validate_hours_apart(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_HOURS:
            raise ValidationError(gettext("Type the hours as a whole number from 1 to %(most)s.", most=MOST_HOURS))

    @property
    def counted(self) -> str | None:
        """The kind that it counts as: a name that the catalogue knows needs no choice."""
        return counted_kind(self.kind.data, self.name.data or "")

    def to_medicine(self) -> Medicine:
        """The medicine as typed. The same page sent twice makes the same id."""
        return Medicine(
            id=self.entry_id(),
            name=self.name.data,
            kind=self.counted or "other",
            hours_apart=self.hours_apart.data,
            usual_times=self.usual_times.data or "",
            agreed_with_team={"yes": True, "no": False}.get(self.agreed.data),
        )

    def fill(self, medicine: Medicine) -> None:
        """Show a medicine of the list, to be changed."""
        for name in ("name", "kind", "hours_apart", "usual_times"):
            self[name].data = getattr(medicine, name)
        self.agreed.data = {True: "yes", False: "no", None: None}[medicine.agreed_with_team]
