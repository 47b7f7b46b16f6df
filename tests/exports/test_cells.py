"""Values of cells and how they are written."""

import math

import pandas as pd
import pytest

from workbook.exports.cells import cell_datatype, serialise_cell, to_cells
from workbook.text.numbers import escape_formula


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_could_be_a_formula_is_prefixed_with_an_apostrophe(first):
    assert serialise_cell(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["", "a=1", " =1", "5%", "−3", "'=1"])
def test_other_texts_are_unchanged(text):
    assert escape_formula(text) == text


def test_numbers_keep_their_full_precision():
    assert [serialise_cell(value) for value in (-0.1, 1 / 3, 5_444_000.0, 2**60, True, None)] == [
        "-0.1",
        "0.3333333333333333",
        "5444000.0",
        "1152921504606846976",
        "true",
        "",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, None], "integer"),
        ([1, 2.5], "number"),
        ([True, False], "boolean"),
        (["a", None], "string"),
        ([1, "2014-Q2"], "string"),
        ([True, 1], "string"),
        ([None], "string"),
    ],
)
def test_the_type_of_a_column(values, expected):
    assert cell_datatype(values) == expected


def test_every_kind_of_missing_value_is_blank():
    column = pd.Series([None, pd.NA, pd.NaT, math.nan], dtype=object)
    assert to_cells(column) == [None] * 4
    assert to_cells(pd.Series([1, None], dtype="Int64")) == [1, None]


def test_an_infinite_number_is_rejected():
    with pytest.raises(ValueError, match='column "cost" contains inf'):
        to_cells(pd.Series([1.0, math.inf], name="cost"))
