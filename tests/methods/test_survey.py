"""Sampling error: √(deff × p(1 − p) / n)."""

from math import isclose, sqrt

import pytest

from workbook.methods.survey import standard_error


def test_a_share_of_half_of_2500_people_has_an_error_of_one_percentage_point():
    # √(0.5 × 0.5 / 2500) = 0.5 / 50
    assert standard_error(0.5, 2500) == 0.01


def test_a_design_effect_of_four_doubles_the_error():
    assert standard_error(0.5, 2500, design_effect=4) == 0.02


def test_the_error_of_the_digital_landscape_survey():
    # 59% of 1,298 people: √(0.59 × 0.41 / 1298) = √0.00018636
    assert isclose(standard_error(0.59, 1298), sqrt(0.59 * 0.41 / 1298))
    assert round(standard_error(0.59, 1298), 4) == 0.0137


@pytest.mark.parametrize("share", [0, 1])
def test_shares_of_0_and_1_have_no_sampling_error(share):
    assert standard_error(share, 100) == 0


@pytest.mark.parametrize(
    ("share", "sample", "effect"),
    [(21, 100, 1), (-0.1, 100, 1), (0.5, 0, 1), (0.5, 100, 0), (float("nan"), 100, 1)],
)
def test_impossible_survey_figures_are_rejected(share, sample, effect):
    with pytest.raises(ValueError, match="the share must be from 0 to 1"):
        standard_error(share, sample, effect)
