"""Who may do what: roles, permissions, and the one table that joins them. Every route asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """One thing that a person may be allowed to do."""

    SEE_PUBLIC_PAGE = "see a public page"
    USE_SET_UP_LINK = "use the one-time set-up link"
    USE_ACCOUNT = "use their own account"
    SECURE_ACCOUNT = "change how they sign in"
    BEGIN_DIARY = "begin a diary"
    SEE_DIARY = "see the diary"
    LEAVE_DIARY = "leave the diary"
    RECORD_CHECK_IN = "record, correct and withdraw check-ins"
    ANSWER_FLAG = "record what happened after a flag"
    CHANGE_DIARY = "change the patient and the numbers to call"
    CHANGE_CARE_PLAN = "change the care plan's numbers and baselines"
    SHARE_DIARY = "invite and remove people, and change their roles"
    SEE_AUDIT = "see who did what"
    EXPORT_DIARY = "download everything"
    DELETE_DIARY = "delete the diary"


class Role(StrEnum):
    """What a person is: to this server (``nobody``, ``account``), and to one diary (all others)."""

    NOBODY = "nobody"
    ACCOUNT = "account"
    VIEWER = "viewer"
    CAREGIVER = "caregiver"
    CLINICIAN = "clinician"
    OWNER = "owner"


_NOBODY = frozenset({Permission.SEE_PUBLIC_PAGE, Permission.USE_SET_UP_LINK})
_ACCOUNT = _NOBODY | {Permission.USE_ACCOUNT, Permission.SECURE_ACCOUNT, Permission.BEGIN_DIARY}
_VIEWER = _ACCOUNT | {Permission.SEE_DIARY, Permission.LEAVE_DIARY}

GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.NOBODY: _NOBODY,
    Role.ACCOUNT: _ACCOUNT,
    Role.VIEWER: _VIEWER,
    Role.CAREGIVER: _VIEWER | {Permission.RECORD_CHECK_IN, Permission.ANSWER_FLAG},
    Role.CLINICIAN: _VIEWER | {Permission.ANSWER_FLAG, Permission.CHANGE_CARE_PLAN},
    Role.OWNER: frozenset(Permission),
}
"""The permission table."""

ROLES_IN_A_DIARY: Final = (Role.CAREGIVER, Role.VIEWER, Role.CLINICIAN, Role.OWNER)
"""What somebody can be in a diary, in the order in which a page offers them."""

OF_A_DIARY: Final = GRANTS[Role.OWNER] - GRANTS[Role.ACCOUNT]
"""Permissions that a role in a diary gives, and nothing else."""

FRESH: Final = frozenset(
    {
        Permission.SECURE_ACCOUNT,
        Permission.CHANGE_DIARY,
        Permission.CHANGE_CARE_PLAN,
        Permission.SHARE_DIARY,
        Permission.EXPORT_DIARY,
        Permission.DELETE_DIARY,
    }
)
"""Permissions that ask who is there once more, when somebody signed in a while ago: a phone may lie on a table."""


def is_granted(role: Role, permission: Permission) -> bool:
    """Whether the table grants ``permission`` to ``role``."""
    return permission in GRANTS[role]


@dataclass(frozen=True, slots=True)
class Access:
    """One person's way into one diary: ids only, so that it may stand in logs and audit entries."""

    account_id: str
    diary_id: str
    role: Role
