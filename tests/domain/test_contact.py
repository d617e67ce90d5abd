"""Whom to call: what can be dialled, and the address that dials it."""

import pytest

from diary.domain.contact import EMERGENCY_NUMBERS, Contact, is_phone_number, tel


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("999", "tel:999"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        (" (020) 7946-0000 ", "tel:02079460000"),
        ("555.010.0199", "tel:5550100199"),
        ("089/1234567", "tel:0891234567"),
        ("+1/212/555.0100", "tel:+12125550100"),
        ("123456/1234", "tel:1234561234"),
        ("+49 3641/12 34-5", "tel:+49364112345"),
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("0049 (0) 89 1234567", "tel:0049891234567"),
        ("(0)20 7946 0000", "tel:02079460000"),
        ("020 7946 0000 ext. 12", "tel:02079460000;ext=12"),
        ("020 7946 0000 EXT 12", "tel:02079460000;ext=12"),
        ("020 7946 0000x12", "tel:02079460000;ext=12"),
        ("020 7946 0000, 12", "tel:02079460000;ext=12"),
        ("020 7946 0000;12", "tel:02079460000;ext=12"),
        ("1" * 20, "tel:" + "1" * 20),
    ],
)
def test_a_number_is_dialled_as_it_was_typed(typed, address):
    assert is_phone_number(typed)
    assert tel(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12",
        "the nurse",
        "020 7946 0000 and 020 7946 0001",
        "020 ext",
        "++44 20",
        "1" * 21,
        "020 7946 0000 x12 x13",
        "112 / 999",
        "0791234567/0791234568",
        "555 010 0199/2",
        "089/123",
        "1234567/1234567",
    ],
)
def test_what_is_no_number_cannot_be_dialled(typed):
    assert not is_phone_number(typed)


def test_an_emergency_number_is_known_for_each_country_by_itself():
    assert EMERGENCY_NUMBERS["GB"] == "999"
    assert EMERGENCY_NUMBERS["DE"] == EMERGENCY_NUMBERS["IE"] == "112"
    assert all(is_phone_number(number) for number in EMERGENCY_NUMBERS.values())


def test_both_numbers_are_needed():
    assert Contact(team_number="020 7946 0000", emergency_number="999").is_complete
    assert not Contact(team_number="020 7946 0000").is_complete
    assert not Contact(emergency_number="999").is_complete
