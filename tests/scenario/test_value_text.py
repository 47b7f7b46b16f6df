"""Text of values in links, files and commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.scenario.value_text import join_list, split_list, value_to_text


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Passports; Car tax;;Passports", ("Passports", "Car tax")),
        ("  Driving   licences ;", ("Driving licences",)),
        ("Births, deaths and marriages", ("Births, deaths and marriages",)),
        ("", ()),
        (" ; ", ()),
    ],
)
def test_a_list_is_split_at_semicolons_without_blanks_and_repetitions(text, items):
    assert split_list(text) == items


def test_items_are_joined_with_semicolons():
    assert join_list(["Passports", "Car tax"]) == "Passports; Car tax"
    assert join_list([]) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (300_000, "300000"),
        (0.21, "0.21"),
        (2.0, "2"),
        (1e-7, "0.0000001"),
        (1e21, "1000000000000000000000"),
        ("2014-Q2", "2014-Q2"),
    ],
)
def test_a_number_is_written_without_an_exponent_and_needless_decimals(value, text):
    assert value_to_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_read_back_from_its_text_is_the_same(value):
    assert float(value_to_text(value)) == value
