"""Medicines of a person's own list, the doses of them, and when one comes sooner than the list says."""

from datetime import UTC, datetime, timedelta

import pytest

from diary.domain.medicine import Dose, Medicine, substance

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)
PANADOL = Medicine(name="Panadol", kind="antipyretic", hours_apart=6, agreed_with_team=False)


def taken(hours: float, name: str | None = "Panadol", medicine: str = "antipyretic", status: str = "taken") -> Dose:
    return Dose(at=AT + timedelta(hours=hours), medicine=medicine, status=status, name=name)


def test_a_dose_of_it_is_of_a_kind_that_the_rules_know_or_has_its_name_alone():
    assert PANADOL.dose(AT) == Dose(
        at=AT, medicine="antipyretic", status="taken", agreed_with_team=False, name="Panadol"
    )
    zopiclone = Medicine(name="Zopiclone", kind="sedative", agreed_with_team=True)
    assert zopiclone.dose(AT) == Dose(at=AT, medicine="Zopiclone", status="taken", agreed_with_team=True)


@pytest.mark.parametrize(
    ("medicine", "kind"),
    [("anakinra", "anti_cytokine"), ("siltuximab", "anti_cytokine"), ("tocilizumab", "tocilizumab"), ("Zinc", "Zinc")],
)
def test_each_anti_cytokine_name_is_of_one_kind(medicine, kind):
    assert taken(0, None, medicine).kind == kind


@pytest.mark.parametrize(
    ("dose", "is_of_it"),
    [
        (taken(0), True),
        (taken(0, "paracetamol 500 mg"), True),
        (taken(0, "Tylenol"), True),
        (taken(0, None), True),
        (taken(0, None, "nsaid"), False),
        (taken(0, "Nurofen", "nsaid"), False),
        (taken(0, "Zinc", "other"), False),
    ],
    ids=lambda each: f"{each.name} {each.medicine}" if isinstance(each, Dose) else "",
)
def test_another_name_of_what_is_in_it_is_a_dose_of_it(dose, is_of_it):
    assert PANADOL.is_of(dose) is is_of_it


def test_a_name_that_nobody_knows_is_its_own_substance():
    assert substance(" Own Mixture ") == substance("own mixture") == "own mixture"
    assert substance("Panadol") == substance("antipyretic") == "paracetamol"
    # What a kind without a name means is said of that kind alone.
    assert substance("steroid") == "steroid"


@pytest.mark.parametrize(
    "hours", [-6, -7, 0, 1], ids=["just long enough ago", "longer ago", "at the same time", "later"]
)
def test_it_is_not_too_soon(hours):
    assert PANADOL.too_soon_after(taken(0), [taken(hours)]) is None


def test_it_is_too_soon_after_the_newest_dose_of_the_same_substance():
    newest = taken(-1, "Tylenol")
    earlier = [taken(-5.9), newest, taken(-2), taken(-0.5, "Nurofen", "nsaid"), taken(-0.4, status="missed")]
    assert PANADOL.too_soon_after(taken(0), earlier) is newest


def test_only_a_dose_that_was_taken_of_a_medicine_with_a_time_can_be_too_soon():
    earlier = [taken(-1)]
    assert PANADOL.too_soon_after(taken(0), earlier)
    assert PANADOL.too_soon_after(taken(0, status="missed"), earlier) is None
    assert PANADOL.too_soon_after(taken(0, "Nurofen", "nsaid"), [taken(-1, "Nurofen", "nsaid")]) is None
    assert Medicine(name="Panadol", kind="antipyretic").too_soon_after(taken(0), earlier) is None
