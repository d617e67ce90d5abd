"""After an upgrade of the table: which moments would now be judged differently. Changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from diary.domain.urgency import Urgency
from diary.models import CheckInRow, DiaryRow, DoseEndRow, FindingRow
from diary.rules import RuleTable, assess
from diary.rules.comparing import Difference, compare
from diary.services.care_team import load_diary
from diary.services.record import IS_STANDING, load_window

_EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


def differences(session: Session, table: RuleTable) -> Iterator[tuple[str, Difference]]:
    """The id of a diary and a moment that this table would judge differently, diary by diary in order of time.

    What a check-in raised that was since corrected or withdrawn is no difference of the table. A finding that only
    keeps another rule's flag open is kept or not by what people did, and is left out on both sides.
    """
    keeping = {rule.id for rule in table.rules if rule.keeps_open is not None}
    for diary_id in session.scalars(select(DiaryRow.id).order_by(DiaryRow.began_at)):
        record = load_window(session, load_diary(session, diary_id), *_EVER)
        now = ((found.rule, found.urgency, found.at.astimezone(UTC)) for found in assess(table, record).findings)
        was = ((row.rule, Urgency(row.urgency), row.at) for row in session.scalars(_kept(diary_id)))
        for difference in compare(was, now):
            if difference.rule not in keeping:
                yield diary_id, difference


def _kept(diary_id: str) -> Select[FindingRow]:
    """Every finding raised by what still stands; of a rule and moment the most urgent comes last, and counts."""
    return (
        select(FindingRow)
        .outerjoin(CheckInRow, CheckInRow.id == FindingRow.check_in_id)
        .where(FindingRow.diary_id == diary_id)
        .where(or_(FindingRow.check_in_id.is_(None), IS_STANDING))
        .where(~exists().where(DoseEndRow.dose_id == FindingRow.dose_id))
        .order_by(FindingRow.urgency)
    )
