"""Members: who may enter a diary, and in which role. A change ends one membership and begins another."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.access import Access, Permission, Role, is_granted
from diary.domain.audit import Event
from diary.domain.member import Member
from diary.models import AccountRow, MembershipRow
from diary.services import audit, care_team, lock
from diary.services.errors import LastOwnerError, NotFoundError


def members(session: Session, diary_id: str) -> Sequence[Member]:
    """Everybody who may enter a diary, the longest in their role first."""
    rows = session.execute(
        select(MembershipRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == MembershipRow.account_id)
        .where(MembershipRow.diary_id == diary_id, MembershipRow.ended_at.is_(None))
        .order_by(MembershipRow.began_at, MembershipRow.id)
    )
    return [
        Member(id=row.id, account_id=row.account_id, name=name, role=Role(row.role), since=row.began_at)
        for row, name in rows
    ]


def find(session: Session, diary_id: str, member_id: str) -> Member:
    """One of them. Raises :class:`NotFoundError` for somebody who is none, or not any more."""
    for member in members(session, diary_id):
        if member.id == member_id:
            return member
    raise NotFoundError


def enter_alone(session: Session, access: Access, permission: Permission) -> None:
    """Let one at a time change who may enter, and ask again whether this account may: it may have been removed since.

    Raises :class:`NotFoundError` when it may not.
    """
    lock.diary(session, access.diary_id)
    now_is = care_team.find_access(session, access.account_id, access.diary_id)
    if now_is is None or not is_granted(now_is.role, permission):
        raise NotFoundError


def change_role(session: Session, access: Access, member_id: str, role: Role, now: datetime) -> None:
    """Give a member another role. Raises :class:`LastOwnerError` when the diary would be left without an owner."""
    enter_alone(session, access, Permission.SHARE_DIARY)
    member = find(session, access.diary_id, member_id)
    if member.role is role:
        return
    _end(session, member, now)
    care_team.begin_membership(session, Access(member.account_id, access.diary_id, role), now)
    audit.write(session, Event.MEMBER_ROLE_CHANGED, access, now, member.account_id)
    _keep_an_owner(session, access.diary_id)


def hand_over(session: Session, access: Access, member_id: str, role: Role, now: datetime) -> None:
    """Give a member this account's own ``role``, the owner's; this account stays as a caregiver."""
    change_role(session, access, member_id, role, now)
    own = next(each for each in members(session, access.diary_id) if each.account_id == access.account_id)
    change_role(session, access, own.id, Role.CAREGIVER, now)


def remove(session: Session, access: Access, member_id: str, now: datetime) -> None:
    """Let somebody else in no longer. What they wrote stays, under their name."""
    enter_alone(session, access, Permission.SHARE_DIARY)
    member = find(session, access.diary_id, member_id)
    if member.account_id == access.account_id:
        raise NotFoundError  # Whoever goes leaves.
    _end(session, member, now)
    audit.write(session, Event.MEMBER_REMOVED, access, now, member.account_id)


def leave(session: Session, access: Access, now: datetime) -> None:
    """Leave a diary. Raises :class:`LastOwnerError` when nobody else owns it."""
    enter_alone(session, access, Permission.LEAVE_DIARY)
    own = next(each for each in members(session, access.diary_id) if each.account_id == access.account_id)
    _end(session, own, now)
    audit.write(session, Event.MEMBER_LEFT, access, now, access.account_id)
    _keep_an_owner(session, access.diary_id)


def is_last_owner(session: Session, access: Access) -> bool:
    """Whether the diary would have no owner without this account."""
    owners = {each.account_id for each in members(session, access.diary_id) if each.role is Role.OWNER}
    return owners == {access.account_id}


def _end(session: Session, member: Member, now: datetime) -> None:
    session.get_one(MembershipRow, member.id).ended_at = now
    session.flush()  # Before another begins: somebody has one role at a time.


def _keep_an_owner(session: Session, diary_id: str) -> None:
    session.flush()
    if not any(member.role is Role.OWNER for member in members(session, diary_id)):
        raise LastOwnerError
