"""The check-in in short steps: which questions stand on which screen. Each screen is a part of the one form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from diary.domain.check_in import CheckIn, continued
from diary.domain.medicine import Dose
from diary.domain.sign import GROUPS
from diary.forms.check_in import CheckInForm
from diary.forms.check_in_questions import signs_field
from diary.forms.fields import NONE_OF_THESE, TickField


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One screen: the names of its fields, those ``more`` that are folded away, and what of a check-in they make.

    The signs of its fields need not stand in ``keys``.
    """

    id: str
    title: Any
    fields: tuple[str, ...]
    more: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


_PRESSURE: Final = ("systolic", "diastolic")
_LYING: Final = ("position", "at_rest", "standing_systolic", "standing_diastolic")
_MEDICINE: Final = ("fever_medicine_time", "fever_medicine_reason", "fever_medicine_agreed")

STEPS: Final = (
    Step(
        id="feel",
        title=_l("To begin with"),
        fields=("by", "signs_general"),
        more=("on_date", "at_time"),
        keys=("by", "at"),
    ),
    Step(
        id="temperature",
        title=_l("Temperature and fever medicine"),
        fields=("temperature", "temperature_unit", "temperature_site", "fever_medicine"),
        more=_MEDICINE,
        keys=("temperature", "doses_absent"),
    ),
    Step(
        id="numbers",
        title=_l("Blood pressure, pulse and oxygen"),
        fields=(*_PRESSURE, "pulse", "oxygen"),
        more=("no_oxygen_number", "respiratory_rate", *_LYING),
        keys=("blood_pressure", "standing_blood_pressure", "pulse", "oxygen_saturation", "respiratory_rate"),
    ),
    Step(
        id="head",
        title=_l("Thinking, head and hands"),
        fields=("signs_thinking", "signs_nerves"),
        more=("neuro_score", "capd_score"),
        keys=("neuro_check", "capd_score"),
    ),
    Step(
        id="chest",
        title=_l("Chills, breathing and chest"),
        fields=("signs_faint", "signs_breathing"),
    ),
    Step(
        id="rest",
        title=_l("Anything else?"),
        fields=(*(signs_field(group) for group in GROUPS[5:]), "note"),
        keys=("note",),
    ),
)
"""The whole check-in in six screens."""

FOGGY_STEPS: Final = (
    Step(
        id="one-temperature",
        title=_l("What is your temperature?"),
        fields=("temperature", "temperature_unit"),
        keys=("temperature",),
    ),
    Step(id="one-feel", title=_l("How are you?"), fields=("signs_general",)),
    Step(id="one-pressure", title=_l("Blood pressure"), fields=_PRESSURE, keys=("blood_pressure",)),
    Step(id="one-pulse", title=_l("Pulse"), fields=("pulse",), keys=("pulse",)),
    Step(id="one-oxygen", title=_l("Oxygen level"), fields=("oxygen",), keys=("oxygen_saturation",)),
    Step(
        id="one-medicine",
        title=_l("Any of these medicines in the last 8 hours?"),
        fields=("fever_medicine",),
        keys=("doses_absent",),
    ),
    *(Step(id=f"one-{group.id}", title=_l(group.title), fields=(signs_field(group),)) for group in GROUPS[1:]),
)
"""One question a screen, for a foggy day: the numbers first."""

WAYS: Final = {step.id: way for way in (STEPS, FOGGY_STEPS) for step in way}
"""The screens that each screen is one of, by its id."""


class StepForm(CheckInForm):
    """One screen of a check-in, and everything that the screens before it said."""

    def __init__(
        self, *args: Any, step: Step, page: str | None, kept: tuple[CheckIn, Sequence[Dose]] | None, **kwargs: Any
    ) -> None:
        """``kept`` is what was saved so far, with its doses; ``page``, the id of the version that the page shows."""
        self.step, self.page_of, self.kept = step, page, kept
        super().__init__(*args, corrects=kept and kept[0], told=kept[1] if kept else (), **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what is impossible. A screen on which nothing was answered is passed over, not refused."""
        return super(CheckInForm, self).validate(extra_validators)

    @property
    def asked(self) -> frozenset[str]:
        """The signs that this screen asks about."""
        fields = (self[name] for name in self.step.fields)
        choices = (choice.value for field in fields if isinstance(field, TickField) for choice in field.choices)
        return frozenset(choices) - {NONE_OF_THESE}

    @property
    def at(self) -> datetime:
        """The moment of the first screen, whenever this one was answered."""
        return super().at if self.corrects is None or "at" in self.step.keys else self.corrects.at

    @property
    def is_new(self) -> bool:
        """Whether this screen says anything that is not kept already."""
        check_in, doses = self.to_check_in(), self.to_doses()
        if self.kept is None:
            return not check_in.is_blank or bool(doses)
        old, told = self.kept
        return replace(check_in, id=old.id, replaces=old.replaces) != old or _by_name(doses) != _by_name(told)

    def to_check_in(self, *, if_true: bool = False) -> CheckIn:
        """Everything that was answered so far. The same screen sent twice makes the same id."""
        page = self.entry_id(self.diary and self.diary.id, self.page_of, self.step.id)
        typed = replace(super().to_check_in(if_true=if_true), id=page)
        return typed if self.corrects is None else continued(self.corrects, typed, self.step.keys, self.asked)

    def to_doses(self) -> tuple[Dose, ...]:
        """The doses told on this screen; on any other, those that were told before."""
        if self.kept is not None and "fever_medicine" not in self.step.fields:
            return tuple(self.kept[1])
        return super().to_doses()

    @property
    def hidden(self) -> list[str]:
        """The fields that this screen carries along without asking: who answers, and when it was."""
        carried = ("by", "on_date", "at_time") if self.corrects is None else ("by",)
        return [name for name in carried if name not in (*self.step.fields, *self.step.more)]


def _by_name(doses: Sequence[Dose]) -> list[Dose]:
    return sorted(doses, key=lambda dose: dose.medicine)
