"""The check-in form: what a person logs at one moment. Anything may be left out, and left out means unknown."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from wtforms.validators import ValidationError

from diary.domain.check_in import CheckIn, Reporter
from diary.domain.medicine import Dose
from diary.domain.neuro_check import NeuroCheck
from diary.domain.reading import (
    RANGES,
    BloodPressure,
    OxygenSaturation,
    Pulse,
    Temperature,
    TemperatureUnit,
    temperature_range,
)
from diary.forms.check_in_questions import CheckInQuestions
from diary.forms.fields import NONE_OF_THESE
from diary.forms.moment import to_the_second

MASKING_MEDICINES = ("antipyretic", "nsaid")


class CheckInForm(CheckInQuestions):
    """What was answered: one check-in with the doses told in it, or a sentence beside each field."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what is impossible, and a page on which nothing was answered: it would look as if somebody had."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.to_check_in().is_blank and not self.fever_medicine.present:
            self.form_errors.append(gettext("Nothing is filled in. Type a number, tick an answer or write a note."))
            return False
        return is_valid

    def validate_temperature(self, field: Any) -> None:
        """Refuse what no body has, and ask about the likely slip; nothing is ever converted (evidence part 4.1)."""
        if field.data is None or self.temperature_unit.data is None:
            return
        unit: TemperatureUnit = self.temperature_unit.data
        if temperature_range(unit).is_possible(field.data):
            return
        likely = self.likely_temperature
        if likely is None:
            lowest, highest = temperature_range(unit).possible
            raise ValidationError(
                gettext(
                    "Measure again and type it again. A temperature in %(unit)s is from %(lowest)s to %(highest)s.",
                    unit=_symbol(unit),
                    lowest=lowest,
                    highest=highest,
                )
            )
        raise ValidationError(
            gettext(
                "%(typed)s %(unit)s is not possible. Did you mean %(likely)s %(likely_unit)s? "
                "Check the number and the unit.",
                typed=field.raw,
                unit=_symbol(unit),
                likely=likely.value,
                likely_unit=_symbol(likely.unit),
            )
        )

    def validate_temperature_unit(self, field: Any) -> None:
        if field.data is None and self.temperature.raw:
            raise ValidationError(gettext("Choose °C or °F."))

    def validate_fever_medicine(self, field: Any) -> None:
        if self.fever_medicine_time.data is not None and not self.fever_medicine.present:
            raise ValidationError(gettext("You typed a time. Tick the medicine as well, or empty the time."))

    def validate_systolic(self, field: Any) -> None:
        _refuse_swapped(field.data, self.diastolic.data)

    def validate_standing_systolic(self, field: Any) -> None:
        _refuse_swapped(field.data, self.standing_diastolic.data)

    @property
    def likely_temperature(self) -> Temperature | None:
        """What was probably meant by a temperature that is not possible: the other unit, or a lost decimal point."""
        value, unit = self.temperature.data, self.temperature_unit.data
        if value is None or unit is None or temperature_range(unit).is_possible(value):
            return None
        other: TemperatureUnit = "[degF]" if unit == "Cel" else "Cel"
        guesses = [(value, other), (value / 10, unit), (value * 10, unit), (value / 100, unit), (value / 10, other)]
        return next(
            (Temperature(v.normalize() + 0, u) for v, u in guesses if temperature_range(u).is_possible(v)), None
        )

    def to_check_in(self, *, if_true: bool = False) -> CheckIn:
        """The check-in as typed. Of a form with errors it holds what could be read, for advice only, never to save.

        What was refused is missing. Only a slip that explains itself stands as what was probably meant, so that its
        advice is on the page while the question is asked: a temperature in the other unit or without its decimal
        point, and two pressures that are swapped. With ``if_true`` a refused number stands as it was typed.
        """

        def number(field: Any) -> Any:
            return field.data if if_true else _accepted(field)

        percent, beats, score = number(self.oxygen), number(self.pulse), number(self.neuro_score)
        was_measured = percent is not None or self.no_oxygen_number.data
        return CheckIn(
            id=self.entry_id(self.diary and self.diary.id, self.corrects and self.corrects.id),
            at=self.at,
            by=self._reporter(),
            temperature=self._temperature(if_true),
            blood_pressure=_pressure(self.systolic.data, self.diastolic.data, if_true, _accepted(self.position)),
            standing_blood_pressure=_pressure(self.standing_systolic.data, self.standing_diastolic.data, if_true),
            pulse=None if beats is None else Pulse(beats, self.at_rest.data != "no"),
            oxygen_saturation=OxygenSaturation(percent or None) if was_measured else None,
            respiratory_rate=number(self.respiratory_rate),
            neuro_check=self._neuro_check(score),
            capd_score=number(self.capd_score),
            signs=frozenset().union(*(field.present for field in self.sign_fields)),
            signs_absent=frozenset().union(*(field.absent for field in self.sign_fields)),
            doses_absent=self.fever_medicine.absent,
            note=self.note.data or None,
            replaces=self.corrects.id if self.corrects else None,
            extra=self.corrects.extra if self.corrects else {},
        )

    def to_doses(self) -> tuple[Dose, ...]:
        """The fever medicines that were ticked, each taken at the time given, or at the check-in when none was."""
        agreed = {"yes": True, "no": False}.get(self.fever_medicine_agreed.data)
        return tuple(
            Dose(
                at=self._dose_at(),
                medicine=medicine,
                status="taken",
                reason="felt_hot" if self.fever_medicine_reason.data == "felt_hot" else None,
                agreed_with_team=agreed,
            )
            for medicine in sorted(self.fever_medicine.present)
        )

    def fill(self, check_in: CheckIn, doses: Sequence[Dose]) -> None:
        """Show an earlier check-in's answers, to be corrected."""
        local = self.diary.patient.local(check_in.at) if self.diary else check_in.at
        pressure, standing = check_in.blood_pressure, check_in.standing_blood_pressure
        answers: dict[str, Any] = {
            "on_date": local.date(),
            "at_time": local.time(),
            "by": check_in.by,
            "systolic": pressure and pressure.systolic,
            "diastolic": pressure and pressure.diastolic,
            "position": pressure and pressure.position,
            "standing_systolic": standing and standing.systolic,
            "standing_diastolic": standing and standing.diastolic,
            "respiratory_rate": check_in.respiratory_rate,
            "neuro_score": check_in.neuro_check and check_in.neuro_check.total,
            "capd_score": check_in.capd_score,
            "note": check_in.note,
        }
        if check_in.temperature:
            answers["temperature"] = check_in.temperature.value
            answers["temperature_unit"] = check_in.temperature.unit
            answers["temperature_site"] = check_in.temperature.site
        if check_in.pulse:
            answers["pulse"] = check_in.pulse.value
            answers["at_rest"] = "yes" if check_in.pulse.at_rest else "no"
        if check_in.oxygen_saturation:
            answers["oxygen"] = check_in.oxygen_saturation.value
            answers["no_oxygen_number"] = check_in.oxygen_saturation.no_number
        for field in self.sign_fields:
            offered = {choice.value for choice in field.choices} - {NONE_OF_THESE}
            answers[field.name] = sorted(offered & check_in.signs) or (
                [NONE_OF_THESE] if offered <= check_in.signs_absent else []
            )
        answers |= self._dose_answers(check_in, doses)
        for name, answer in answers.items():
            self[name].data = answer

    def _dose_answers(self, check_in: CheckIn, doses: Sequence[Dose]) -> dict[str, Any]:
        if not doses:
            return {"fever_medicine": [NONE_OF_THESE] if set(MASKING_MEDICINES) <= check_in.doses_absent else []}
        first = doses[0]
        taken_at = self.diary.patient.local(first.at) if self.diary else first.at
        # A dose without a time of its own moves with its check-in.
        is_of_the_moment = first.at == check_in.at
        return {
            "fever_medicine": sorted({dose.medicine for dose in doses}),
            "fever_medicine_time": None if is_of_the_moment else taken_at.time(),
            "fever_medicine_reason": first.reason,
            "fever_medicine_agreed": {True: "yes", False: "no", None: None}[first.agreed_with_team],
        }

    def _reporter(self) -> Reporter:
        return "caregiver" if self.by.data == "caregiver" else "patient"

    def _temperature(self, if_true: bool) -> Temperature | None:
        value, unit = self.temperature.data, self.temperature_unit.data
        if value is None:
            return None
        if unit is None:
            # Only for advice: below 45 it can only be °C, and no one's °F is.
            unit = "Cel" if value < 45 else "[degF]"
        typed = Temperature(value, unit, _accepted(self.temperature_site))
        if temperature_range(unit).is_possible(value):
            return typed
        return self.likely_temperature or (typed if if_true else None)

    def _neuro_check(self, score: int | None) -> NeuroCheck | None:
        """The score as typed; a correction that leaves it alone keeps the check with its items."""
        before = self.corrects and self.corrects.neuro_check
        if before and before.total == score:
            return before
        return None if score is None else NeuroCheck(score=score)

    def _dose_at(self) -> datetime:
        """The latest moment before the check-in at which the clock showed the time that was given.

        A correction that leaves the time alone keeps it to the second: warnings that were closed would open again.
        """
        if self.fever_medicine_time.data is None:
            return self.at
        here = self.diary.patient.local(self.at) if self.diary else self.at
        taken_at = datetime.combine(here.date(), self.fever_medicine_time.data, here.tzinfo)
        if taken_at > here:
            taken_at -= timedelta(days=1)
        return to_the_second(taken_at, (dose.at for dose in self.told))


def _symbol(unit: TemperatureUnit) -> str:
    return "°C" if unit == "Cel" else "°F"


def _accepted(field: Any) -> Any:
    """A field's answer; ``None`` for one that was refused, because a refused value is missing (evidence part 4.1)."""
    return None if field.errors else field.data


def _pressure(systolic: int | None, diastolic: int | None, if_true: bool, position: Any = None) -> BloodPressure | None:
    """What is possible of two pressures (or both, if what was typed is true), the right way round."""
    top = systolic if systolic is not None and (if_true or RANGES["systolic"].is_possible(systolic)) else None
    bottom = diastolic if diastolic is not None and (if_true or RANGES["diastolic"].is_possible(diastolic)) else None
    if top is not None and bottom is not None and top < bottom:
        top, bottom = bottom, top
    return None if top is None and bottom is None else BloodPressure(top, bottom, position)


def _refuse_swapped(systolic: int | None, diastolic: int | None) -> None:
    if systolic is not None and diastolic is not None and systolic <= diastolic:
        raise ValidationError(gettext("The top number must be the bigger one. Check whether the two are swapped."))
