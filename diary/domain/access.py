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
    BEGIN_DIARY = "begin a diary"
    SEE_DIARY = "see the diary"
    RECORD_CHECK_IN = "record, correct and withdraw check-ins"
    ANSWER_FLAG = "record what happened after a flag"
    CHANGE_DIARY = "change the patient, the numbers and the care plan"


class Role(StrEnum):
    """What a person is: to this server (``nobody``, ``account``), and to one diary (``owner``)."""

    NOBODY = "nobody"
    ACCOUNT = "account"
    OWNER = "owner"


_NOBODY = frozenset({Permission.SEE_PUBLIC_PAGE, Permission.USE_SET_UP_LINK})
_ACCOUNT = _NOBODY | {Permission.USE_ACCOUNT, Permission.BEGIN_DIARY}

GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.NOBODY: _NOBODY,
    Role.ACCOUNT: _ACCOUNT,
    Role.OWNER: _ACCOUNT
    | {Permission.SEE_DIARY, Permission.RECORD_CHECK_IN, Permission.ANSWER_FLAG, Permission.CHANGE_DIARY},
}
"""The permission table."""

OF_A_DIARY: Final = GRANTS[Role.OWNER] - GRANTS[Role.ACCOUNT]
"""Permissions that a role in a diary gives, and nothing else."""


def is_granted(role: Role, permission: Permission) -> bool:
    """Whether the table grants ``permission`` to ``role``."""
    return permission in GRANTS[role]


@dataclass(frozen=True, slots=True)
class Access:
    """One person's way into one diary: ids only, so that it may stand in logs and audit entries."""

    account_id: str
    diary_id: str
    role: Role
