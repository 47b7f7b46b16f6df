"""Tests of formatted numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.text.numbers import (
    format_cell,
    format_estimate,
    format_money,
    format_number,
    format_people,
    format_people_exactly,
    format_probability,
    format_quantile,
    format_share,
    format_short_money,
    format_simulated_range,
    format_value,
    round_half_up,
    round_to_figures,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(300_000, "300,000"), (300_000.0, "300,000"), (79.5, "79.5"), (0.25, "0.25"), (0, "0")],
)
def test_a_number_has_thousands_separators_and_no_needless_decimals(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5_444_000, "5.4 million"),
        (11_000_000, "11.0 million"),
        (803_375, "803,000"),
        (999_499, "999,000"),
        (999_500, "1.0 million"),
        (42, "42"),
        (0.4, "0"),
        (-0.4, "0"),
        (-803_375, "−803,000"),
        (-1_559_375, "−1.6 million"),
    ],
)
def test_people_are_in_millions_or_rounded_thousands(value, text):
    assert format_people(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (189.2857, "£189.29"),
        (999.994, "£999.99"),
        (999.996, "£1,000"),
        (1_234.5, "£1,235"),
        (999_999.6, "£1 million"),
        (49_194_568.45, "£49.2 million"),
        (999_960_000, "£1 billion"),
        (1_250_000_000, "£1.3 billion"),
        (7.835, "£7.84"),
        (2.295, "£2.30"),
        (-2.295, "−£2.30"),
        (0, "£0"),
        (-0.001, "£0.00"),
        (-50, "−£50.00"),
        (-2_000_000, "−£2 million"),
    ],
)
def test_pounds_are_scaled_after_rounding(value, text):
    assert format_money(value) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(219.5e6, "£219.5 m"), (-1.24e9, "−£1.2 bn"), (48_294, "£48,294"), (2.42, "£2.42")],
)
def test_money_in_a_chart_label_is_abbreviated(amount, text):
    assert format_short_money(amount) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.21, "21%"),
        (0.126, "12.6%"),
        (1, "100%"),
        (0, "0%"),
        (-0.0001, "0%"),
        (-0.25, "−25%"),
        (0.1445, "14.5%"),
    ],
)
def test_a_share_is_a_percentage(share, text):
    assert format_share(share) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0, "under 1%"),
        (0.0099, "under 1%"),
        (0.01, "1%"),
        (0.0374, "4%"),
        (0.99, "99%"),
        (0.9901, "over 99%"),
        (1, "over 99%"),
    ],
)
def test_a_probability_is_never_shown_as_0_or_100_percent(probability, text):
    assert format_probability(probability) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5_444_000.4, "people", "5,444,000"),
        (-456_625, "people", "−456,625"),
        (-0.2, "people", "0"),
        (0.1039, "share", "10.4%"),
        (381_600_000.0, "GBP", "£381.6 million"),
        (2020, "year", "2020"),
        (10_000, "count", "10,000"),
        (379_880.8561, "count", "379,881"),
        (99.96, "count", "100"),
        (27.5, "count", "27.5"),
        (4.856_123, "count", "4.86"),
        (3.0, "count", "3"),
        (-0.0, "count", "0"),
        (-915_950.4, "count", "−915,950"),
        (27, "months", "27"),
        (84, "days", "84 days"),
        (1, "days", "1 day"),
        (16.97, "days", "17 days"),
        ("2015-Q4", "quarter", "2015-Q4"),
        (0.0209, "points", "+2.1 points"),
        (0.000_04, "points", "0.0 points"),
        (-0.000_04, "points", "0.0 points"),
        (None, "people", "not known"),
    ],
)
def test_a_value_is_formatted_in_its_unit(value, unit, text):
    assert format_value(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "people", ""),
        (True, "", "yes"),
        (False, "", ""),
        ("York", "people", "York"),
        (2014, "", "2014"),
        (5_444_000.0, "people", "5,444,000"),
    ],
)
def test_a_missing_cell_is_blank_and_a_cell_without_a_unit_is_unchanged(value, unit, text):
    assert format_cell(value, unit) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_negative_numbers_have_a_minus_sign_and_zero_has_none(value):
    for write in (format_people, format_money, format_share, format_people_exactly):
        text = write(value)
        assert "-" not in text
        assert text.startswith("−") == (value < 0 and any(digit in text for digit in "123456789"))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (556_080_123.0, "GBP", "£556 million"),
        (2_940_000.0, "GBP", "£2.9 million"),
        (189.2857, "GBP", "£189"),
        (79.5, "GBP", "£79.50"),
        (0.0, "GBP", "£0"),
        (-1_156_000_000.0, "GBP", "−£1.2 billion"),
        (5_444_000.0, "people", "5.4 million"),
        (618_812.0, "people", "619,000"),
        (9_148_000.0, "people", "9.1 million"),  # rounded once: 9.15 would become 9.2
        (994_440_000.0, "people", "994.4 million"),
        (1.569, "index", "1.57"),
        (7.0, "index", "7"),
        (0.1039, "share", "10.4%"),
        (6.12, "years", "6.1 years"),
    ],
)
def test_an_estimate_has_three_figures(value, unit, text):
    assert format_estimate(value, unit) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (-184_700_000.0, 1_155_600_000.0, "GBP", "−£180 million to £1.2 billion"),
        (4_858_000.0, 6_404_000.0, "people", "4.9 to 6.4 million"),
        (950_000.0, 1_100_000.0, "people", "950,000 to 1.1 million"),
        (-457_000.0, 1_800_000.0, "people", "−460,000 to 1.8 million"),
        (0.859, 2.230, "index", "0.86 to 2.2"),
    ],
)
def test_the_ends_of_a_simulated_range_have_two_figures(low, high, unit, text):
    assert format_simulated_range(low, high, unit) == text


def test_an_end_of_a_range_has_the_figures_that_it_has_as_a_quantile_unless_they_are_too_few():
    # the other end, £1.14 billion, has no third figure in billions; to two, this one moves by 3
    low, high = -1_140_000_000, -607_000_000
    text = format_simulated_range(low, high, "GBP")
    assert text == "−£1.1 billion to −£610 million"
    assert text == " to ".join(format_quantile(end, "GBP") for end in (low, high))


def test_a_range_that_is_narrow_beside_its_ends_has_three_figures():
    # to two figures both would be ranges that leave out the value in the middle
    assert format_simulated_range(9_870_000, 10_260_000, "people") == "9.9 to 10.3 million"
    assert format_simulated_range(0.188, 0.196, "share") == "18.8% to 19.6%"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.0921, 0.1222, "9.2% to 12.2%"),
        (0.0921, 0.1196, "9.2% to 12.0%"),
        # a tenth of a point is not known beside a wide range, or beside an end of exactly 0
        (0.0921, 0.3549, "9.2% to 35%"),
        (0.0, 0.0454, "0% to 4.5%"),
    ],
)
def test_a_narrow_range_of_shares_has_the_same_decimals_at_both_ends(low, high, text):
    assert format_simulated_range(low, high, "share") == text


@given(st.integers(0, 10**9), st.sampled_from([-1, 1]))
def test_a_half_is_rounded_away_from_zero(pence, sign):
    assert round_half_up(sign * (pence + 0.5) / 100, 2) == sign * (pence + 1) / 100


@given(st.floats(allow_nan=False))
def test_a_rounded_number_is_at_most_half_a_unit_away(value):
    rounded = round_half_up(value, 1)
    assert rounded == value or abs(rounded - value) <= 0.05 * (1 + 1e-9) + abs(value) * 1e-14


@given(st.floats(1e-6, 1e12), st.integers(1, 6))
def test_rounding_to_figures_changes_a_number_by_at_most_half_a_unit(value, figures):
    rounded = round_to_figures(value, figures)
    assert abs(rounded - value) <= 0.5000001 * 10 ** (1 - figures) * value
    assert float(f"{rounded:.{figures - 1}e}") == pytest.approx(rounded, rel=1e-12)
