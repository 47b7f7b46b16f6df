"""The test of an interval's coverage: by hand, and its rate of false alarms."""

import numpy as np
import pytest
from scipy.stats import binom

from workbook.methods.coverage_test import CoverageVerdict, judge_coverage


@pytest.mark.parametrize(
    ("coverage", "cases", "level", "verdict"),
    [
        (0.0, 1.9, 0.8, CoverageVerdict.TOO_FEW),  # one miss has a probability of 20%
        (0.7, 0.5, 0.8, CoverageVerdict.TOO_FEW),
        (0.0, 2.0, 0.8, CoverageVerdict.TOO_NARROW),  # two misses have one of 4%
        (0.571, 4.25, 0.8, CoverageVerdict.CONSISTENT),  # 2 of 4 or fewer: 18%
        (1.0, 13.0, 0.8, CoverageVerdict.CONSISTENT),
        (1.0, 20.0, 0.8, CoverageVerdict.TOO_WIDE),  # 0.8 to the power of 20 is 1.2%
        (0.5, 20.0, 0.8, CoverageVerdict.TOO_NARROW),
        (0.0, 4.0, 0.5, CoverageVerdict.TOO_FEW),  # half to the power of 4, on both sides: 12.5%
    ],
)
def test_verdicts_calculated_by_hand(coverage, cases, level, verdict):
    assert judge_coverage(coverage, cases, level) == verdict


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_an_interval_that_is_right_is_blamed_in_at_most_5_percent_of_cases(level):
    for cases in (3, 10, 40):
        inside = np.arange(cases + 1)
        blamed = [
            judge_coverage(count / cases, cases, level)
            in {CoverageVerdict.TOO_NARROW, CoverageVerdict.TOO_WIDE}
            for count in inside
        ]
        assert binom.pmf(inside, cases, level)[blamed].sum() <= 0.05
