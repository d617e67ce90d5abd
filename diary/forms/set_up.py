"""Forms that set a diary up, and change it later: account, patient, numbers, treatment."""

from dataclasses import fields, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any
from zoneinfo import available_timezones

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from diary.domain.contact import Contact
from diary.domain.diary import Diary
from diary.domain.treatment import ADULT_AGE, Baseline, CarePlan, Infusion, Patient
from diary.forms.account import DetailsForm, NewPasswordForm
from diary.forms.fields import ChoiceField, DayField, ListField, NumberField, WholeNumberField, strip
from diary.forms.page import OfOnePage
from diary.forms.shown import OfWhatWasShown
from diary.forms.validators import AtMost, Filled, PhoneNumber, Possible

INFUSIONS = 10
"""More than anybody has had; a form has an end."""
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two letters that name no place where an ambulance could be called."""
CALL_TEMPERATURES = tuple(Decimal(tenths) / 10 for tenths in range(375, 381))
"""What a team may set as the temperature that means *call*, °C (evidence part 5.0, rule 20)."""


class AccountForm(DetailsForm, NewPasswordForm):
    """Who signs in, and the password that they choose."""


class PatientForm(OfWhatWasShown, OfOnePage, FlaskForm):
    """Whom the diary is about."""

    name = StringField(
        _l("The patient’s name"),
        [Filled(_l("Type the name that the diary should show.")), AtMost(100)],
        filters=[strip],
    )
    born_on = DayField(_l("Date of birth"))
    country = ListField(_l("Country"))
    time_zone = StringField(
        _l("Time zone"), [Filled(_l("Type your time zone, such as Europe/London."))], filters=[strip]
    )
    temperature_unit = ChoiceField(
        _l("How do you measure temperature?"), [("Cel", "°C"), ("[degF]", "°F")], default="Cel"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        countries = {
            code: name
            for code, name in get_locale().territories.items()
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
        }
        by_name = sorted(countries.items(), key=lambda country: country[1])
        self.country.offer([("", _l("Choose a country")), *by_name])

    def validate_born_on(self, field: Any) -> None:
        if not field.raw_data or not field.raw_data[0].strip():
            field.errors = []  # An empty answer needs no lesson in how to write a date.
            raise ValidationError(gettext("Type the date of birth. Some limits depend on age."))
        if field.data is None:
            return
        if not self.today.year - 120 <= field.data.year or field.data > self.today:
            raise ValidationError(gettext("Check the date of birth."))

    def validate_time_zone(self, field: Any) -> None:
        if field.data and field.data not in available_timezones():
            raise ValidationError(gettext("There is no such time zone. Type one such as Europe/London."))

    def validate_country(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose the country. It tells us which emergency number to suggest."))

    def to_diary(self, diary_id: str, care_plan: CarePlan) -> Diary:
        """A diary that begins with these details."""
        blank = Diary(
            id=diary_id,
            patient_name="",
            patient=Patient(None, "UTC"),
            country="",
            temperature_unit="Cel",
            contact=Contact(),
            care_plan=care_plan,
        )
        return self.apply_to(blank)

    def apply_to(self, diary: Diary) -> Diary:
        """The diary with these details."""
        return replace(
            diary,
            patient_name=self.name.data,
            patient=Patient(self.born_on.data, self.time_zone.data),
            country=self.country.data,
            temperature_unit=self.temperature_unit.data or "Cel",
        )


class NumbersForm(OfWhatWasShown, FlaskForm):
    """Whom to call, and what to have ready when somebody answers."""

    team_name = StringField(_l("Name of your care team"), [AtMost(100)], filters=[strip])
    team_number = StringField(
        _l("Their 24-hour phone number"),
        [Filled(_l("Type your care team’s 24-hour number. It is on your wallet card.")), PhoneNumber()],
        filters=[strip],
    )
    night_number = StringField(_l("Another number for nights and weekends"), [PhoneNumber()], filters=[strip])
    emergency_number = StringField(
        _l("Emergency number"),
        [Filled(_l("Type the number for an ambulance, such as 112.")), PhoneNumber()],
        filters=[strip],
    )
    allergies = TextAreaField(_l("Allergies"), [AtMost(1000)], filters=[strip])
    usual_medicines = TextAreaField(_l("Usual medicines"), [AtMost(2000)], filters=[strip])

    def to_contact(self) -> Contact:
        """Whom to call, as typed."""
        return Contact(**{each.name: self[each.name].data or "" for each in fields(Contact)})


class InfusionForm(Form):
    """One infusion of CAR T-cells."""

    on = DayField(_l("Date of the infusion"), [Optional()])
    product = StringField(_l("Name of the treatment, if you know it"), [AtMost(100)], filters=[strip])

    def validate_product(self, field: Any) -> None:
        if field.data and self.on.data is None and not self.on.errors:
            raise ValidationError(gettext("Type the date of this infusion as well."))


class TreatmentForm(OfWhatWasShown, FlaskForm):
    """Infusions, and the numbers that the care team gave."""

    infusions = FieldList(FormField(InfusionForm), _l("Infusion of CAR T-cells"), min_entries=1, max_entries=INFUSIONS)
    profile = ChoiceField(
        _l("Which numbers does your team use?"),
        [
            ("standard", _l("Standard: a fever starts at 38.0 °C (100.4 °F)")),
            ("uk", _l("UK: call from 37.5 °C (99.5 °F)")),
        ],
        default="standard",
    )
    call_temperature = ListField(_l("Call the team from this temperature"))
    systolic = WholeNumberField(_l("Usual top blood pressure"), [Optional(), Possible("systolic")])
    temperature = NumberField(_l("Usual temperature"), [Optional()], example="36.6")
    oxygen = WholeNumberField(_l("Usual oxygen level"), [Optional(), Possible("oxygen_saturation")], example="97")
    pulse = WholeNumberField(_l("Usual pulse"), [Optional(), Possible("pulse")], example="72")
    neuro_score = WholeNumberField(_l("Usual neuro check score"), [Optional(), Possible("neuro_score")], example="10")
    capd_score = WholeNumberField(_l("Usual CAPD score"), [Optional(), Possible("capd_score")], example="4")

    def __init__(self, *args: Any, diary: Diary, today: date, **kwargs: Any) -> None:
        self.diary, self.today = diary, today
        self.is_child = diary.patient.born_on is not None and today.year - diary.patient.born_on.year <= ADULT_AGE
        super().__init__(*args, data=self._answers(diary), **kwargs)
        steps = [(str(step), f"{step} °C ({step * 9 / 5 + 32:.1f} °F)") for step in CALL_TEMPERATURES]
        self.call_temperature.offer([("", _l("As in the number set above")), *steps])

    def validate_infusions(self, field: Any) -> None:
        for entry in field:
            on = entry.form.on
            if on.data and not self.today.year - 20 <= on.data.year <= self.today.year + 1:
                on.errors = [*on.errors, gettext("Check the year of the infusion.")]
                raise ValidationError(gettext("Check the date of the infusion."))

    def validate_temperature(self, field: Any) -> None:
        lowest, highest = (95, 100) if self.diary.temperature_unit == "[degF]" else (35, 38)
        if field.data is not None and not lowest <= field.data <= highest:
            raise ValidationError(
                gettext(
                    "Check the number. A usual temperature is from %(lowest)s to %(highest)s.",
                    lowest=lowest,
                    highest=highest,
                )
            )

    def to_care_plan(self) -> CarePlan:
        """What the care team decided, as typed."""
        temperature = self.temperature.data
        if temperature is not None and self.diary.temperature_unit == "[degF]":
            # Rounded down, so that a rise of exactly one degree is one still.
            temperature = ((temperature - 32) * 5 / 9).quantize(Decimal("0.0001"), ROUND_DOWN)
        return CarePlan(
            profile="uk" if self.profile.data == "uk" else "standard",
            infusions=tuple(
                sorted(
                    (
                        Infusion(entry.form.on.data, entry.form.product.data or None)
                        for entry in self.infusions
                        if entry.form.on.data
                    ),
                    key=lambda infusion: infusion.on,
                )
            ),
            baseline=Baseline(
                systolic_mmhg=self.systolic.data,
                temperature_celsius=temperature,
                oxygen_saturation_percent=self.oxygen.data,
                pulse_per_minute=self.pulse.data,
                neuro_score=self.neuro_score.data,
                capd_score=self.capd_score.data,
            ),
            call_temperature_celsius=Decimal(self.call_temperature.data) if self.call_temperature.data else None,
        )

    @staticmethod
    def _answers(diary: Diary) -> dict[str, Any]:
        plan, baseline = diary.care_plan, diary.care_plan.baseline
        temperature = baseline.temperature_celsius
        if temperature is not None and diary.temperature_unit == "[degF]":
            temperature = (temperature * 9 / 5 + 32).quantize(Decimal("0.1"))
        return {
            # One empty line more than there are infusions, so that a second one can be added.
            "infusions": ([{"on": i.on, "product": i.product} for i in plan.infusions] + [{}])[:INFUSIONS],
            "profile": plan.profile,
            "call_temperature": "" if plan.call_temperature_celsius is None else str(plan.call_temperature_celsius),
            "systolic": baseline.systolic_mmhg,
            "temperature": temperature,
            "oxygen": baseline.oxygen_saturation_percent,
            "pulse": baseline.pulse_per_minute,
            "neuro_score": baseline.neuro_score,
            "capd_score": baseline.capd_score,
        }
