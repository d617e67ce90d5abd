"""Passkeys: begun, used and removed. What is checked about one is py_webauthn's business."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from diary.domain.audit import Event
from diary.models import AccountRow, PasskeyRow
from diary.services import audit

UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)
"""What py_webauthn raises for an answer that is none, or that somebody made up."""


@dataclass(frozen=True, slots=True)
class Site:
    """Which site asks, as the browser knows it, with the number that the passkey has to sign."""

    name: str
    host: str
    origin: str
    challenge: bytes


class PasskeyError(Exception):
    """The passkey did not show who it is."""


def options_to_begin(session: Session, account: AccountRow, site: Site) -> str:
    """What a browser is asked to make a passkey for the account, as JSON."""
    known = session.scalars(select(PasskeyRow.credential_id).where(PasskeyRow.account_id == account.id))
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=account.id.encode(),
        user_name=account.email,
        user_display_name=account.name,
        challenge=site.challenge,
        # The passkey alone must do: it lies in the device, and a finger, a face or a PIN opens it.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key) for key in known],
    )
    return options_to_json(options)


def options_to_use(site: Site) -> str:
    """What a browser is asked to show a passkey, as JSON. It names no account."""
    options = generate_authentication_options(
        rp_id=site.host, challenge=site.challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def begin(session: Session, account: AccountRow, name: str, answer: str, site: Site, now: datetime) -> None:
    """Keep the passkey that a browser made. Raises ``PasskeyError`` when it does not fit what was asked."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=site.challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE:
        raise PasskeyError from None
    if _find(session, made.credential_id) is not None:
        raise PasskeyError
    session.add(
        PasskeyRow(
            account_id=account.id,
            name=name,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            created_at=now,
        )
    )
    audit.write_account(session, Event.ACCOUNT_PASSKEY_ADDED, account.id, now)


def find_account(session: Session, answer: str, site: Site) -> AccountRow | None:
    """Whose passkey gave this answer; ``None`` when nobody's did."""
    try:
        shown = parse_authentication_credential_json(answer)
        row = _find(session, shown.raw_id)
        if row is None:
            return None
        used = verify_authentication_response(
            credential=shown,
            expected_challenge=site.challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE:
        return None
    row.sign_count = used.new_sign_count
    account = session.get_one(AccountRow, row.account_id)
    return account if account.active else None


def passkeys(session: Session, account_id: str) -> Mapping[str, tuple[str, datetime]]:
    """Name and first day of each of the account's passkeys, by id, the oldest first."""
    rows = session.scalars(
        select(PasskeyRow).where(PasskeyRow.account_id == account_id).order_by(PasskeyRow.created_at)
    )
    return {row.id: (row.name, row.created_at) for row in rows}


def remove(session: Session, account_id: str, passkey_id: str, now: datetime) -> None:
    """Remove one of the account's passkeys. Raises ``PasskeyError`` when it has none of that id."""
    row = session.get(PasskeyRow, passkey_id)
    if row is None or row.account_id != account_id:
        raise PasskeyError
    session.delete(row)
    audit.write_account(session, Event.ACCOUNT_PASSKEY_REMOVED, account_id, now)


def _find(session: Session, credential_id: bytes) -> PasskeyRow | None:
    return session.scalars(select(PasskeyRow).where(PasskeyRow.credential_id == credential_id)).first()
