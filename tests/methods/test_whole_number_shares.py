"""Whole-number (GRIM) test against a search of all counts, and against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.whole_number_shares import can_fail, possible_counts


def counts_by_search(percentage, total):
    """Counts whose exact percentage rounds to a whole percentage, in whole-number arithmetic."""
    return [
        count
        for count in range(total + 1)
        if (2 * percentage - 1) * total <= 200 * count <= (2 * percentage + 1) * total
    ]


@pytest.mark.parametrize(
    ("percentage", "total", "count"),
    [(93, 439, 408), (88, 1518, 1336), (56, 9, 5), (0, 9, 0), (100, 9, 9)],
)
def test_a_possible_percentage_has_its_counts(percentage, total, count):
    assert count in possible_counts(percentage / 100, total, 0.01)


@pytest.mark.parametrize(("percentage", "total"), [(30, 9), (93, 9), (44, 7), (50, 3)])
def test_an_impossible_percentage_has_none(percentage, total):
    assert list(possible_counts(percentage / 100, total, 0.01)) == []


def test_the_example_of_brown_and_heathers():
    """A mean of 3.45 of 20 whole answers is possible, one of 5.19 of 28 is not."""
    assert list(possible_counts(0.45, 20, 0.01)) == [9]
    assert list(possible_counts(0.19, 28, 0.01)) == []


@given(st.integers(0, 100), st.integers(1, 400))
def test_the_counts_are_those_of_a_search(percentage, total):
    assert list(possible_counts(percentage / 100, total, 0.01)) == counts_by_search(
        percentage, total
    )


@given(st.integers(1, 300))
def test_the_test_can_fail_exactly_where_some_percentage_is_impossible(total):
    impossible = [p for p in range(101) if not counts_by_search(p, total)]
    if impossible:
        assert can_fail(total, 0.01)
    if total >= 100:
        assert not can_fail(total, 0.01)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.2, 9, 0.01), "share is 1.2: it must be a fraction from 0 to 1"),
        ((0.5, 0, 0.01), "total is 0: it must be a whole number above 0"),
        ((0.5, 9.5, 0.01), "total is 9.5: it must be a whole number above 0"),
        ((0.5, 9, 0), "precision is 0: it must be above 0 and at most 1"),
    ],
)
def test_impossible_arguments_are_rejected(arguments, message):
    with pytest.raises(ValueError, match=message):
        possible_counts(*arguments)
