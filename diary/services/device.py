"""Signed-in devices: each sign-in is one, can be seen and ended, and is of no use once it has ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm import Session

from diary.domain.device import Device
from diary.models import AccountRow, DeviceRow
from diary.models.base import new_id

OFTEN_ENOUGH: Final = timedelta(hours=1)
"""How exactly the list tells when a device was last used."""

_SIGNED_IN = (
    select(AccountRow, DeviceRow.last_used_at)
    .join(DeviceRow, DeviceRow.account_id == AccountRow.id)
    .where(DeviceRow.id == bindparam("device_id"), DeviceRow.ended_at.is_(None), AccountRow.active)
)
"""Who is signed in on a device: every request asks, by the key of the table."""


def begin(session: Session, account: AccountRow, label: str, now: datetime) -> None:
    """Begin a device for the account, which carries its id from now on."""
    account.device_id, account.device_used_at = new_id(), now
    session.add(
        DeviceRow(id=account.device_id, account_id=account.id, label=label[:64], created_at=now, last_used_at=now)
    )


def find_account(session: Session, device_id: str) -> AccountRow | None:
    """Who is signed in on the device; ``None`` when it has ended, or never was."""
    found = session.execute(_SIGNED_IN, {"device_id": device_id}).first()
    if found is None:
        return None
    account: AccountRow = found[0]
    account.device_id, account.device_used_at = device_id, found[1]
    return account


def touch(session: Session, account: AccountRow, now: datetime) -> None:
    """Note that the account's device is in use."""
    if now - account.device_used_at >= OFTEN_ENOUGH:
        session.execute(update(DeviceRow).where(DeviceRow.id == account.device_id).values(last_used_at=now))


def signed_in(session: Session, account_id: str) -> Sequence[Device]:
    """The account's devices, the one used last first."""
    rows = session.scalars(
        select(DeviceRow)
        .where(DeviceRow.account_id == account_id, DeviceRow.ended_at.is_(None))
        .order_by(DeviceRow.last_used_at.desc(), DeviceRow.created_at.desc())
    )
    return [Device(row.id, row.label, row.created_at, row.last_used_at) for row in rows]


def has(session: Session, account_id: str, device_id: str) -> bool:
    """Whether the device is the account's, signed in or not."""
    row = session.get(DeviceRow, device_id)
    return row is not None and row.account_id == account_id


def end(session: Session, account_id: str, device_id: str, now: datetime) -> None:
    """Sign one of the account's devices out."""
    session.execute(_ending(account_id, now).where(DeviceRow.id == device_id))


def end_others(session: Session, account_id: str, kept_id: str, now: datetime) -> None:
    """Sign every device of the account out but one; all of them when ``kept_id`` is empty."""
    session.execute(_ending(account_id, now).where(DeviceRow.id != kept_id))


def _ending(account_id: str, now: datetime) -> Update:
    return (
        update(DeviceRow).where(DeviceRow.account_id == account_id, DeviceRow.ended_at.is_(None)).values(ended_at=now)
    )
