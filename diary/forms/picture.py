"""The handwriting form: a picture that is drawn or photographed, and who says what about it."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import FileField

from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.picture import SIGN, NewPicture, PictureKind
from diary.forms.fields import ChoiceField
from diary.forms.page import OfOnePage
from diary.forms.reencode import reencode

DIFFERENT = [("yes", _l("Yes, it looks different")), ("no", _l("No, it looks the same"))]


class PictureField(FileField):
    """A picture; ``data`` is what may be kept of it, or ``None`` when none was sent or it was refused."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        sent = valuelist[0] if valuelist else None
        # Without scripts an empty field comes as a file without a name.
        if isinstance(sent, FileStorage) and sent.filename:
            self.data = reencode(sent.read())

    def _value(self) -> str:
        return ""


class LooksDifferentForm(OfOnePage, FlaskForm):
    """Whether the writing looks different from usual, asked of two people; either may be left out."""

    patient = ChoiceField(_l("Patient: does your writing look different from usual?"), DIFFERENT)
    caregiver = ChoiceField(_l("Caregiver: does the writing look different from usual?"), DIFFERENT)

    def __init__(self, *args: Any, diary: Diary | None, now: datetime, **kwargs: Any) -> None:
        """``diary`` is ``None`` for somebody who is not signed in."""
        self.diary, self.now = diary, now
        super().__init__(*args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a page on which nothing was answered."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.is_blank:
            self.form_errors.append(self.nothing())
            return False
        return is_valid

    @property
    def is_blank(self) -> bool:
        return not self.to_check_ins()

    def nothing(self) -> str:
        """What to do about a page on which nothing was answered."""
        return gettext("Nothing is answered. Choose an answer.")

    def to_check_ins(self) -> tuple[CheckIn, ...]:
        """A check-in for each who answered: the sign is there, or was asked about and is not."""
        answered = (("patient", self.patient), ("caregiver", self.caregiver))
        return tuple(
            CheckIn(
                id=self.entry_id(self.diary and self.diary.id, by),
                at=self.now,
                by="caregiver" if by == "caregiver" else "patient",
                signs=frozenset({SIGN} if field.data == "yes" else ()),
                signs_absent=frozenset({SIGN} if field.data == "no" else ()),
            )
            for by, field in answered
            if field.data in ("yes", "no")
        )


class PictureForm(LooksDifferentForm):
    """A picture, with the two answers about it."""

    picture = PictureField(_l("The picture"))

    @property
    def is_blank(self) -> bool:
        return super().is_blank and self.picture.data is None

    def nothing(self) -> str:
        return gettext("Nothing is here yet. Draw, choose a photo, or answer a question.")

    def carried(self) -> Iterator[tuple[str, str]]:
        """Every answer as it was typed, name by name; a file cannot be carried."""
        yield from ((name, value) for name, value in super().carried() if name != self.picture.name)

    @property
    def picture_id(self) -> str:
        """The id of this page with this picture."""
        return self.entry_id(self.diary and self.diary.id, "picture", sha256(self.picture.data).hexdigest())

    def to_new_picture(self, kind: PictureKind, sentence: str | None) -> NewPicture:
        """The picture that was sent, of this kind; ``sentence`` is what was to be written."""
        return NewPicture(id=self.picture_id, kind=kind, at=self.now, jpeg=self.picture.data, sentence=sentence)
