"""The names that people use, and the kind that each counts as."""

import pytest

from diary.domain.catalogue import known_names, look_up
from diary.domain.medicine import FEVER_HIDING, MEDICINE_KINDS
from diary.rules import load_table
from diary.rules.masking import masking_windows


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Tylenol", "antipyretic"),
        ("paracetamol 500 mg", "antipyretic"),
        ("CALPOL Six Plus", "antipyretic"),
        ("Lemsip Max", "antipyretic"),
        ("Anadin Extra", "antipyretic"),
        ("Nurofen for Children", "nsaid"),
        ("Aspirin 75", "nsaid"),
        ("Solu-Medrol®", "steroid"),
        ("dexamethasone 4mg", "steroid"),
        ("RoActemra", "tocilizumab"),
        ("Kineret", "anti_cytokine"),
        ("Keppra", "anti_seizure"),
        ("Keppra and dexamethasone", "steroid"),
        ("Co-Trimoxazole", "anti_infective"),
        ("zopiclone", "sedative"),
        ("hydrocortisone cream 1 %", None),
        ("Voltarol gel", None),
        ("Allopurinol", None),
        ("", None),
    ],
)
def test_it_knows_the_names_that_people_use(typed, kind):
    known = look_up(typed)
    assert (known and known.kind) == kind


def test_its_kinds_are_those_of_the_rules():
    assert {look_up(name).kind for name in known_names() if look_up(name)} == {*MEDICINE_KINDS, "sedative"}
    assert {kind for kind, _ in masking_windows(load_table())} == FEVER_HIDING
    assert all(look_up(name) for name in known_names())
