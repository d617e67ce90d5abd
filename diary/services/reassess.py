"""After an upgrade of the table: which moments would now be judged differently. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from diary.domain.urgency import Urgency
from diary.models import CheckInRow, DiaryRow, FindingRow
from diary.rules import RuleTable, assess
from diary.services.care_team import load_diary
from diary.services.record import IS_STANDING, load_window

_EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One rule at one moment of one diary: what was raised then, and what would be raised now."""

    diary_id: str
    at: datetime
    rule: str
    was: Urgency
    now: Urgency
    table_version: str | None


def differences(session: Session, table: RuleTable) -> Iterator[Difference]:
    """Every moment of every diary that this table would judge differently, in order of time.

    What a check-in raised that was since corrected or withdrawn is not a difference of the table. A finding that only
    keeps another rule's flag open is kept or not by what people did, and is left out on both sides.
    """
    keeping = {rule.id for rule in table.rules if rule.keeps_open is not None}
    for diary_id in session.scalars(select(DiaryRow.id).order_by(DiaryRow.began_at)):
        diary = load_diary(session, diary_id)
        now = {
            (finding.at.astimezone(UTC), finding.rule): finding.urgency
            for finding in assess(table, load_window(session, diary, *_EVER)).findings
            if finding.rule not in keeping
        }
        was = {
            (row.at, row.rule): row
            for row in session.scalars(
                select(FindingRow)
                .outerjoin(CheckInRow, CheckInRow.id == FindingRow.check_in_id)
                .where(FindingRow.diary_id == diary_id)
                .where(or_(FindingRow.check_in_id.is_(None), IS_STANDING))
                .order_by(FindingRow.urgency)
            )
            if row.rule not in keeping
        }
        for at, rule in sorted(now.keys() | was.keys()):
            before = was.get((at, rule))
            difference = Difference(
                diary_id=diary_id,
                at=at,
                rule=rule,
                was=Urgency.NONE if before is None else Urgency(before.urgency),
                now=now.get((at, rule), Urgency.NONE),
                table_version=None if before is None else before.table_version,
            )
            if difference.was != difference.now:
                yield difference
