"""Whom to call: what can be dialled, and the address that dials it."""

import pytest

from diary.domain.contact import Contact, is_phone_number, tel


@pytest.mark.parametrize(
    "text",
    [
        "112",
        " 112 ",
        "+44 (0)20 7946-0958",
        "020/7946.0958",
        "020 7946 0958 ext. 12",
        "020 7946 0958 EXT12",
        "020 7946 0958x12",
        "020 7946 0958, 12",
        "020 7946 0958;12",
        "01234567890123456789",
    ],
)
def test_it_can_be_dialled(text: str) -> None:
    assert is_phone_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11",
        "+",
        "( ) -",
        "1-800-FLOWERS",
        "112 or 999",
        "112 ext",
        "112 x 1 x 2",
        "++44 20",
        "012345678901234567890",
    ],
)
def test_it_cannot_be_dialled(text: str) -> None:
    assert not is_phone_number(text)


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("112", "tel:112"),
        ("+44 (0)20 7946-0958", "tel:+4402079460958"),
        ("020/7946.0958", "tel:02079460958"),
        ("020 7946 0958 ext. 12", "tel:02079460958;ext=12"),
        ("020 7946 0958 EXT 12", "tel:02079460958;ext=12"),
        ("020 7946 0958X12 ", "tel:02079460958;ext=12"),
        ("020 7946 0958, 12", "tel:02079460958;ext=12"),
        ("020 7946 0958;12", "tel:02079460958;ext=12"),
    ],
)
def test_an_address_holds_the_digits_and_the_extension(number: str, address: str) -> None:
    assert tel(number) == address


def test_a_contact_is_complete_with_the_numbers_of_the_team_and_of_the_emergency() -> None:
    assert Contact(team_number="020 7946 0958", emergency_number="999").is_complete
    assert not Contact(team_number="020 7946 0958", night_number="020 7946 0959").is_complete
    assert not Contact(emergency_number="999").is_complete
