"""Test of the coverage of a prediction interval, for outcomes of overlapping windows."""

from enum import StrEnum

from scipy.stats import binomtest

_SIGNIFICANCE = 0.05


class CoverageVerdict(StrEnum):
    """What the share of outcomes inside an interval says about the interval."""

    TOO_FEW = "too few to judge"
    CONSISTENT = "consistent"
    TOO_NARROW = "too narrow"
    TOO_WIDE = "too wide"


def judge_coverage(coverage: float, independent_cases: float, level: float) -> CoverageVerdict:
    """Judge whether the coverage of an interval contradicts its level.

    Overlapping outcomes count as a smaller number of independent ones, rounded down. The test is
    the two-sided binomial one at 5% (Clopper and Pearson, 1934).

    Args:
        coverage: Share of outcomes inside the interval, a fraction of 1.
        independent_cases: Number of independent outcomes that they are worth.
        level: Level of the interval, between 0 and 1.

    Returns:
        The verdict; ``TOO_FEW`` if not even all of the outcomes outside would contradict the level.

    Example:
        >>> judge_coverage(0.7, independent_cases=1.8, level=0.8).value
        'too few to judge'
        >>> judge_coverage(0.5, independent_cases=20, level=0.8).value
        'too narrow'
    """
    cases = int(independent_cases)
    if not cases or binomtest(0, cases, level).pvalue >= _SIGNIFICANCE:
        return CoverageVerdict.TOO_FEW
    if binomtest(round(coverage * cases), cases, level).pvalue >= _SIGNIFICANCE:
        return CoverageVerdict.CONSISTENT
    return CoverageVerdict.TOO_NARROW if coverage < level else CoverageVerdict.TOO_WIDE
