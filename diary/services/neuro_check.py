"""The neuro check's own settings and usual results. A check itself is recorded as a check-in."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.access import Access
from diary.domain.audit import Event
from diary.domain.check_in import CheckIn
from diary.domain.diary import Diary
from diary.domain.neuro_check import NeuroPlan
from diary.models import AccountRow, CheckInRow, NeuroPlanRow, UsualResultRow
from diary.services import audit, care_team, lock
from diary.services.errors import NotFoundError
from diary.services.record import IS_STANDING, to_check_in

LOOKED_BACK: Final = timedelta(days=30)
"""How far back the last check is looked for: what home costs must not grow with the diary."""


@dataclass(frozen=True, slots=True)
class UsualResult:
    """The check that was chosen as the usual one, by whom, and when."""

    check_in: CheckIn
    by: str
    at: datetime


def load_plan(session: Session, diary_id: str) -> NeuroPlan:
    """What this diary's check asks."""
    content = session.scalars(
        select(NeuroPlanRow.content)
        .where(NeuroPlanRow.diary_id == diary_id)
        .order_by(NeuroPlanRow.written_at.desc())
        .limit(1)
    ).first()
    if content is None:
        return NeuroPlan()
    kept = json.loads(content)
    return NeuroPlan(**{**kept, "not_possible": tuple(kept["not_possible"])})


def change_plan(session: Session, access: Access, plan: NeuroPlan, now: datetime) -> None:
    """Add a version of what the check asks; nothing when it is the one that counts already."""
    if plan == load_plan(session, access.diary_id):
        return
    written = {"diary_id": access.diary_id, "author_id": access.account_id, "written_at": now}
    session.add(NeuroPlanRow(content=json.dumps(asdict(plan)), **written))
    audit.write(session, Event.NEURO_PLAN_CHANGED, access, now)


def last_at(session: Session, diary: Diary, now: datetime) -> datetime | None:
    """When the last neuro check was that counts; ``None`` when there was none in :data:`LOOKED_BACK`."""
    return session.scalars(
        select(CheckInRow.at)
        .where(CheckInRow.diary_id == diary.id, CheckInRow.at.between(now - LOOKED_BACK, now))
        .where(IS_STANDING, CheckInRow.content["neuro_check"].as_string().is_not(None))
        .order_by(CheckInRow.at.desc())
        .limit(1)
    ).first()


def choose_usual(session: Session, check_in_id: str, access: Access, now: datetime) -> None:
    """Let this check be the usual result. Raises ``NotFoundError`` when it counts no more, or has no score."""
    check_in = _standing(session, check_in_id, access.diary_id)
    if check_in.neuro_check is None or check_in.neuro_check.total is None:
        raise NotFoundError
    written = {"diary_id": access.diary_id, "author_id": access.account_id, "written_at": now}
    session.add(UsualResultRow(check_in_id=check_in_id, **written))
    audit.write(session, Event.USUAL_RESULT_CHOSEN, access, now, check_in_id)


def usual_result(session: Session, diary_id: str) -> UsualResult | None:
    """The usual result: the last one that was chosen, of those that were neither corrected nor withdrawn since."""
    found = session.execute(
        select(CheckInRow, AccountRow.name, UsualResultRow.written_at)
        .join(UsualResultRow, UsualResultRow.check_in_id == CheckInRow.id)
        .join(AccountRow, AccountRow.id == UsualResultRow.author_id)
        .where(UsualResultRow.diary_id == diary_id, IS_STANDING)
        .order_by(UsualResultRow.written_at.desc())
        .limit(1)
    ).first()
    return None if found is None else UsualResult(to_check_in(found[0]), found[1], found[2])


def set_usual_score(session: Session, diary: Diary, check_in_id: str, access: Access, now: datetime) -> None:
    """Write the usual result's score into the care plan, where the rules read it; the team confirmed it.

    Raises:
        NotFoundError: when another result is the usual one by now.
    """
    lock.diary(session, diary.id)
    usual = usual_result(session, diary.id)
    if usual is None or usual.check_in.id != check_in_id or usual.check_in.neuro_check is None:
        raise NotFoundError
    plan = care_team.load_diary(session, diary.id).care_plan  # It may have been changed before the lock was ours.
    baseline = replace(plan.baseline, neuro_score=usual.check_in.neuro_check.total)
    care_team.change_care_plan(session, access, replace(plan, baseline=baseline), now)


def _standing(session: Session, check_in_id: str, diary_id: str) -> CheckIn:
    row = session.scalars(
        select(CheckInRow).where(CheckInRow.id == check_in_id, CheckInRow.diary_id == diary_id, IS_STANDING)
    ).first()
    if row is None:
        raise NotFoundError
    return to_check_in(row)
