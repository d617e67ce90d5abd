"""Medicines of a person's own list, and the doses that are taken of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from diary.domain.medicine import Dose, Medicine, counted_kind, substance

AT = datetime(2026, 3, 14, 8, tzinfo=UTC)
PANADOL = Medicine(name="Panadol", kind="antipyretic", hours_apart=4, agreed_with_team=True)


def dose(hours_ago: float = 0, **given: Any) -> Dose:
    given = {"medicine": "antipyretic", "status": "taken", **given}
    return Dose(at=AT - timedelta(hours=hours_ago), **given)


def test_each_anti_cytokine_medicine_is_of_that_kind() -> None:
    assert dose(medicine="anakinra").kind == "anti_cytokine"
    assert dose(medicine="steroid").kind == "steroid"
    assert dose(medicine="Allopurinol").kind == "Allopurinol"


def test_a_dose_off_the_list_is_of_its_kind_with_its_name() -> None:
    assert PANADOL.dose(AT) == Dose(
        at=AT, medicine="antipyretic", status="taken", agreed_with_team=True, name="Panadol"
    )


@pytest.mark.parametrize("kind", ["sedative", "other"])
def test_a_dose_of_a_kind_that_no_rule_reads_is_of_its_name(kind: str) -> None:
    zopiclone = Medicine(name="Zopiclone", kind=kind, agreed_with_team=False)
    assert zopiclone.dose(AT) == Dose(at=AT, medicine="Zopiclone", status="taken", agreed_with_team=False)


@pytest.mark.parametrize(
    "given",
    [{"name": "Panadol"}, {"name": "paracetamol 500 mg"}, {}, {"medicine": "Tylenol"}, {"name": "PANADOL "}],
)
def test_a_dose_is_of_a_medicine_by_what_is_in_it(given: dict[str, Any]) -> None:
    assert PANADOL.is_of(dose(**given))


@pytest.mark.parametrize("given", [{"name": "Novalgin"}, {"medicine": "nsaid"}, {"medicine": "Allopurinol"}])
def test_a_dose_of_something_else_is_not_of_a_medicine(given: dict[str, Any]) -> None:
    assert not PANADOL.is_of(dose(**given))


def test_what_the_catalogue_does_not_know_is_known_by_its_name_however_it_was_typed() -> None:
    assert substance(" Allopurinol ") == substance("allopurinol") == "allopurinol"
    assert Medicine(name="ALLOPURINOL", kind="other").is_of(dose(medicine="Allopurinol "))


def test_a_dose_is_too_soon_after_the_newest_that_was_taken_within_the_hours() -> None:
    earlier = [dose(3.5), dose(2, name="Tylenol"), dose(3)]
    assert PANADOL.too_soon_after(dose(), earlier) == earlier[1]


@pytest.mark.parametrize(
    "earlier",
    [dose(4), dose(5), dose(0), dose(-1), dose(1, status="missed"), dose(1, name="Novalgin")],
    ids=["just long enough ago", "long ago", "itself", "later", "not taken", "something else"],
)
def test_a_dose_is_not_too_soon_after_another(earlier: Dose) -> None:
    assert PANADOL.too_soon_after(dose(), [earlier]) is None


def test_only_a_dose_that_was_taken_of_a_medicine_with_hours_is_too_soon() -> None:
    before = [dose(1)]
    assert PANADOL.too_soon_after(dose(), before) == before[0]
    assert PANADOL.too_soon_after(dose(status="missed"), before) is None
    assert PANADOL.too_soon_after(dose(name="Novalgin"), before) is None
    assert Medicine(name="Panadol", kind="antipyretic").too_soon_after(dose(), before) is None


@pytest.mark.parametrize(
    ("chosen", "name", "kind"),
    [
        ("other", "Panadol", "antipyretic"),
        (None, "Panadol", "antipyretic"),
        ("anti_infective", "Lemsip", "antipyretic"),
        ("antipyretic", "Septrin", "antipyretic"),
        ("sedative", "Septrin", "anti_infective"),
        ("other", "Septrin", "anti_infective"),
        (None, "Septrin", "anti_infective"),
        ("steroid", "Allopurinol", "steroid"),
        (None, "Allopurinol", None),
    ],
)
def test_what_can_hide_a_fever_counts_whatever_was_chosen(chosen: str | None, name: str, kind: str | None) -> None:
    assert counted_kind(chosen, name) == kind
