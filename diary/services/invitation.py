"""Invitations: made, revoked, and accepted once."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from diary.domain.access import Access, Permission, Role
from diary.domain.audit import Event
from diary.domain.invitation import LASTS, Invitation, fingerprint
from diary.models import AccountRow, InvitationRow, MembershipRow
from diary.services import audit, care_team, lock
from diary.services.errors import NotFoundError
from diary.services.member import enter_alone


class ClosedError(Exception):
    """This invitation was accepted or revoked, has run out, or its maker owns the diary no longer."""


class AlreadyMemberError(Exception):
    """Whoever wants to accept is in the diary already; the invitation stays for somebody else."""


def invite(session: Session, access: Access, invitation_id: str, role: Role, email: str, now: datetime) -> str | None:
    """Make an invitation.

    Returns:
        The secret part of its link, which is kept nowhere; ``None`` when the invitation was made before.
    """
    enter_alone(session, access, Permission.SHARE_DIARY)
    if session.get(InvitationRow, invitation_id) is not None:
        return None
    secret = secrets.token_urlsafe(32)
    session.add(
        InvitationRow(
            id=invitation_id,
            diary_id=access.diary_id,
            role=role,
            fingerprint=fingerprint(secret),
            email=email,
            written_at=now,
            author_id=access.account_id,
            expires_at=now + LASTS,
        )
    )
    audit.write(session, Event.INVITATION_MADE, access, now, invitation_id)
    return secret


def open_invitations(session: Session, diary_id: str, now: datetime) -> Sequence[Invitation]:
    """The invitations to a diary that can be accepted, the newest first."""
    rows = session.execute(_open(now).where(InvitationRow.diary_id == diary_id))
    return [_to_invitation(row, name) for row, name in rows]


def find(session: Session, secret: str, now: datetime) -> Invitation:
    """The invitation of a link. Raises :class:`ClosedError` when it cannot be accepted, and when there is none."""
    found = session.execute(_open(now).where(InvitationRow.fingerprint == fingerprint(secret))).first()
    if found is None:
        raise ClosedError
    row, name = found
    return _to_invitation(row, name)


def revoke(session: Session, access: Access, invitation_id: str, now: datetime) -> None:
    """Let nobody in by this invitation. Raises :class:`NotFoundError` when the diary has no such open one."""
    enter_alone(session, access, Permission.SHARE_DIARY)
    if invitation_id not in {each.id for each in open_invitations(session, access.diary_id, now)}:
        raise NotFoundError
    session.get_one(InvitationRow, invitation_id).revoked_at = now
    audit.write(session, Event.INVITATION_REVOKED, access, now, invitation_id)


def accept(session: Session, secret: str, account_id: str, now: datetime) -> Access:
    """Let an account into the diary that it was invited to.

    Raises:
        ClosedError: when the invitation cannot be accepted, or somebody was quicker.
        AlreadyMemberError: when the account is in; it keeps the role that it has.
    """
    lock.diary(session, find(session, secret, now).diary_id)
    invitation = find(session, secret, now)
    if care_team.find_access(session, account_id, invitation.diary_id) is not None:
        raise AlreadyMemberError
    access = Access(account_id, invitation.diary_id, invitation.role)
    care_team.begin_membership(session, access, now)
    row = session.get_one(InvitationRow, invitation.id)
    row.accepted_at, row.accepted_by_id = now, account_id
    audit.write(session, Event.INVITATION_ACCEPTED, access, now, invitation.id)
    return access


def _open(now: datetime) -> Select[InvitationRow, str]:
    """Invitations that can be accepted, with their maker's name.

    Somebody who owns the diary no longer lets nobody in: not even themselves, by a link that they made before.
    """
    return (
        select(InvitationRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == InvitationRow.author_id)
        .join(
            MembershipRow,
            (MembershipRow.account_id == InvitationRow.author_id)
            & (MembershipRow.diary_id == InvitationRow.diary_id)
            & MembershipRow.ended_at.is_(None)
            & (MembershipRow.role == Role.OWNER),
        )
        .where(InvitationRow.accepted_at.is_(None), InvitationRow.revoked_at.is_(None), InvitationRow.expires_at > now)
        .order_by(InvitationRow.written_at.desc())
        .execution_options(populate_existing=True)
    )


def _to_invitation(row: InvitationRow, invited_by: str) -> Invitation:
    return Invitation(
        id=row.id,
        diary_id=row.diary_id,
        role=Role(row.role),
        invited_by=invited_by,
        email=row.email,
        expires_at=row.expires_at,
    )
