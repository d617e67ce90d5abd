"""Where two people disagree about the same hours."""

from datetime import UTC, datetime, timedelta

import pytest

from diary.domain.check_in import CheckIn
from diary.domain.disagreement import disagreements

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)
FINE = CheckIn(at=AT, by="patient", signs_absent=frozenset({"confused", "tremor"}))


def seen(minutes=30, by="caregiver", signs=("confused",)):
    return CheckIn(at=AT + timedelta(minutes=minutes), by=by, signs=frozenset(signs))


@pytest.mark.parametrize("minutes", [-120, 0, 30, 120])
def test_it_notices_fine_and_confused_within_two_hours(minutes):
    (found,) = disagreements([FINE, seen(minutes)])
    assert (found.signs, found.yes.by, found.no.by) == ({"confused"}, "caregiver", "patient")
    assert disagreements([seen(minutes), FINE]) == (found,)


@pytest.mark.parametrize(
    "other",
    [seen(121), seen(-121), seen(by="patient"), seen(signs=("chest_pain",)), seen(signs=())],
    ids=["later", "earlier", "the same person", "never asked about", "nothing seen"],
)
def test_it_is_no_disagreement(other):
    assert disagreements([FINE, other]) == ()


def test_it_goes_both_ways_and_the_newest_comes_first():
    both = CheckIn(at=AT + timedelta(minutes=5), by="caregiver", signs=frozenset({"tremor"}))
    both_no = CheckIn(at=AT + timedelta(minutes=90), by="patient", signs_absent=frozenset({"tremor"}))
    found = disagreements([FINE, both, both_no])
    assert [each.no.at for each in found] == [both_no.at, FINE.at]
