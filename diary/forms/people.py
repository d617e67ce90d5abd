"""Forms about the people around a diary: whom to invite, and in which role."""

from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, Optional, ValidationError

from diary.domain.access import ROLES_IN_A_DIARY, Role
from diary.forms.fields import ChoiceField, strip
from diary.forms.page import OfOnePage
from diary.forms.validators import AtMost

_ROLES = {
    Role.CAREGIVER: _l("Caregiver"),
    Role.VIEWER: _l("Viewer"),
    Role.CLINICIAN: _l("Clinician"),
    Role.OWNER: _l("Owner"),
}


IN_MY_PLACE: Final = "in_my_place"


class RoleForm(FlaskForm):
    """What somebody is to be in the diary."""

    role = ChoiceField(_l("What may they do?"), [(role.value, _ROLES[role]) for role in ROLES_IN_A_DIARY])

    def validate_role(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(gettext("Choose what they may do."))

    def to_role(self) -> Role:
        """The role that was chosen."""
        return Role(self.role.data)


class MemberForm(RoleForm):
    """Another role for a member; for ``is_other`` than the reader, the reader's own is one of the choices."""

    def __init__(self, *args: Any, is_other: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_other:
            self.role.choices = [*self.role.choices, SelectChoice(IN_MY_PLACE, _l("Owner in my place"))]

    @property
    def is_hand_over(self) -> bool:
        """Whether the reader hands the diary over."""
        return self.role.data == IN_MY_PLACE

    def to_role(self) -> Role:
        return Role.OWNER if self.is_hand_over else super().to_role()


class InviteForm(OfOnePage, RoleForm):
    """An invitation. The sign-in form has an ``email`` of its own, and may have to carry this one."""

    their_email = EmailField(
        _l("Their e-mail address"),
        [Optional(), AtMost(200), Email(_l("Type an e-mail address such as name@example.org, or leave it empty."))],
        filters=[strip],
    )
