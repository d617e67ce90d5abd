"""What the pages about the people around a diary say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import segno
from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from diary.domain.access import Access, Role
from diary.domain.diary import Diary
from diary.domain.invitation import Invitation
from diary.domain.member import Member
from diary.forms.people import IN_MY_PLACE
from diary.notify import Letter
from diary.views import words

LOOPBACK = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One member or one invitation, as the owner reads it."""

    name: str
    role: str
    may: str
    when: str
    is_you: bool = False
    href: str = ""


def people(members: Iterable[Member], diary: Diary, access: Access) -> list[Line]:
    """Everybody who may enter the diary."""
    return [member_line(member, diary, access) for member in members]


def member_line(member: Member, diary: Diary, access: Access) -> Line:
    """One of them."""
    return Line(
        name=words.isolated(member.name),
        role=str(words.ROLES[member.role]),
        may=str(words.ROLES_MAY[member.role]),
        when=gettext("since %(on)s", on=_day(member.since, diary)),
        is_you=member.account_id == access.account_id,
        href=url_for("people.member", diary_id=diary.id, member_id=member.id),
    )


def invitations(found: Iterable[Invitation], diary: Diary) -> list[Line]:
    """Every invitation that nobody has accepted yet."""
    return [
        Line(
            name=words.isolated(invitation.email) or gettext("A link without an e-mail address"),
            role=str(words.ROLES[invitation.role]),
            may=gettext("Invited by %(name)s.", name=words.isolated(invitation.invited_by)),
            when=gettext("The link works until %(when)s.", when=words.moment(invitation.expires_at, diary)),
            href=url_for("people.revoke", diary_id=diary.id, invitation_id=invitation.id),
        )
        for invitation in found
    ]


def roles_may() -> dict[str, str]:
    """What each role may do, for the question."""
    return {role.value: str(may) for role, may in words.ROLES_MAY.items()}


def member(found: Member, diary: Diary, access: Access) -> dict[str, Any]:
    """The page about one member."""
    in_my_place = {IN_MY_PLACE: gettext("Hands the diary over. You stay as a caregiver.")}
    return {"who": member_line(found, diary, access), "member_id": found.id, "roles_may": roles_may() | in_my_place}


def link(address: str, role: Role, letter: Letter, *, is_sent: bool = False, is_failed: bool = False) -> dict[str, Any]:
    """The page that shows a link once: to be scanned, copied, or sent with the owner's own mail program."""
    # Black on white in every theme, or no camera reads it.
    svg = segno.make(address, micro=False).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return {
        "link": address,
        "picture": Markup(svg),  # noqa: S704 - segno writes it, and nothing of the link stands in it as text.
        "mailto": f"mailto:{quote(letter.to)}?subject={quote(letter.subject)}&body={quote(letter.text)}",
        "is_of_this_machine_alone": urlsplit(address).hostname in LOOPBACK,
        "role": words.ROLES[role],
        "may": words.ROLES_MAY[role],
        "email": letter.to,
        "is_sent": is_sent,
        "is_failed": is_failed,
    }


def letter(address: str, email: str) -> Letter:
    """The letter with the link. It names nobody and no illness: whose it is, the page behind the link says."""
    return Letter(
        to=email,
        subject=gettext("Join a diary"),
        text=gettext("Somebody invites you to a diary. Open this link within 7 days. It works once.")
        + f"\n\n{address}\n",
    )


def _day(at: datetime, diary: Diary) -> str:
    return words.day(diary.patient.local(at).date())
