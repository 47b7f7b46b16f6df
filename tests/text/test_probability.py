"""Tests of words for probability."""

import pytest

from workbook.text.probability import describe_probability, yardstick_term


@pytest.mark.parametrize(
    ("probability", "term"),
    [
        (0.0, "a remote chance"),
        (0.05, "a remote chance"),
        (0.10, "highly unlikely"),
        (0.20, "highly unlikely"),
        (0.25, "unlikely"),
        (0.35, "unlikely"),
        (0.40, "a realistic possibility"),
        (0.50, "a realistic possibility"),
        (0.55, "likely"),
        (0.75, "likely"),
        (0.80, "highly likely"),
        (0.90, "highly likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_the_terms_are_those_of_the_yardstick(probability, term):
    assert yardstick_term(probability) == term


@pytest.mark.parametrize(("probability", "term"), [(0.07, "a remote chance"), (0.08, "highly unl")])
def test_a_probability_between_two_steps_takes_the_nearer(probability, term):
    assert yardstick_term(probability).startswith(term)


def test_the_number_stands_beside_the_word():
    assert describe_probability(0.634) == "63% (likely)"


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_probability_is_refused(probability):
    with pytest.raises(ValueError, match="from 0 to 1"):
        yardstick_term(probability)
