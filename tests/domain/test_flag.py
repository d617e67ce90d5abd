"""When a flag still asks for something."""

from datetime import UTC, datetime, timedelta

import pytest

from diary.domain.flag import Closure, ClosureKind, Flag, Raised
from diary.domain.urgency import Urgency

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)


def flag(urgency: Urgency, closure: Closure | None = None) -> Flag:
    findings = tuple(
        Raised(rule="T1", urgency=urgency, at=AT + timedelta(hours=hours), reasons=(), table_version="1.0.0")
        for hours in (0, 3, 1)
    )
    return Flag(id="one", rule="T1", urgency=urgency, findings=findings, closure=closure)


@pytest.mark.parametrize("urgency", [Urgency.CALL, Urgency.EMERGENCY])
def test_it_stays_until_somebody_closes_it(urgency):
    later = AT + timedelta(days=400)
    assert flag(urgency).is_open(later)
    assert not flag(urgency, Closure(kind=ClosureKind.TOLD, at=AT, by="alice")).is_open(later)


def test_one_for_today_ends_a_day_after_its_newest_finding():
    today = flag(Urgency.TODAY)
    assert today.latest_at == AT + timedelta(hours=3)
    assert today.is_open(AT + timedelta(hours=27))
    assert not today.is_open(AT + timedelta(hours=27, seconds=1))
