"""Fields: what people type on a phone, read exactly or given back with a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from diary.domain.contact import is_phone_number, tel
from diary.forms.fields import ChoiceField, NumberField, TickField, WholeNumberField, legible
from diary.forms.page import OfOnePage


class Typed(Form):
    decimal = NumberField("Decimal", example="37.2")
    whole = WholeNumberField("Whole", example="120")
    choice = ChoiceField("Choice", [("a", "A"), ("b", "B")])
    ticks = TickField("Ticks", [("a", "A"), ("b", "B")])


class Paged(OfOnePage):
    note = NumberField("Note")


def typed(**answers):
    form = Typed(MultiDict([(name, value) for name, values in answers.items() for value in values]))
    form.validate()
    return form


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context():
        yield


@given(st.decimals(min_value=0, max_value=9999, places=2), st.sampled_from([".", ","]))
def test_it_reads_every_decimal_exactly(value, point):
    assert typed(decimal=[f"{value:f}".replace(".", point)]).decimal.data == value


@given(st.text(max_size=20))
def test_it_reads_digits_or_gives_back_what_was_typed(text):
    field = typed(decimal=[text]).decimal
    if field.errors:
        assert field.data is None
        assert field._value() == text.strip()
    elif field.data is not None:
        assert isinstance(field.data, Decimal)
        assert field.data >= 0
        assert set(text.strip()) <= set("0123456789.,°\u00a0 ")
    else:
        assert text.strip() == ""


@pytest.mark.parametrize(("text", "value"), [("120", 120), ("120.0", 120), ("0120", 120), ("", None), ("  ", None)])
def test_it_reads_whole_numbers(text, value):
    assert typed(whole=[text]).whole.data == value


@pytest.mark.parametrize("answers", [[], [""], ["None"]])
def test_it_takes_no_choice_for_unknown(answers):
    field = typed(choice=answers).choice
    assert field.data is None
    assert not field.errors


@pytest.mark.parametrize(
    ("answers", "present", "absent", "is_refused"),
    [
        ([], set(), set(), False),
        (["a"], {"a"}, set(), False),
        (["none"], set(), {"a", "b"}, False),
        (["a", "none"], {"a"}, set(), True),
        (["c"], set(), set(), True),
        (["a", "c"], {"a"}, set(), True),
        (["none", "none"], set(), set(), True),
    ],
)
def test_it_knows_present_from_absent_from_unknown(answers, present, absent, is_refused):
    field = typed(ticks=answers).ticks
    assert (field.present, field.absent, bool(field.errors)) == (present, absent, is_refused)


@given(st.dictionaries(st.sampled_from(["token", "note"]), st.text("ab0é🙂", min_size=1, max_size=5), max_size=2))
def test_it_makes_one_id_of_one_page_with_the_same_answers(answers):
    first, second = (Paged(MultiDict(answers)).entry_id("diary") for _ in range(2))
    assert (first == second) is ("token" in answers)
    assert Paged(MultiDict(answers)).entry_id("another diary") != first


@given(st.text())
def test_it_leaves_out_only_what_no_page_may_hold(text):
    kept = legible(text)
    assert "\x00" not in kept
    assert legible(kept) == kept
    assert all(character in text for character in kept)


@given(st.text(alphabet="0123456789 +()-./extEXT,;", max_size=30))
def test_it_dials_whatever_it_takes_for_a_number(text):
    if is_phone_number(text):
        number, _, extension = tel(text).removeprefix("tel:").partition(";ext=")
        assert number.lstrip("+").isdigit()
        assert not extension or extension.isdigit()
