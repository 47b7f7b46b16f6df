"""What a topic declares for its section of the quarterly report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workbook.indicators import Indicator
from workbook.outcome import Outcome

IndicatorPair = tuple[Indicator, Indicator]
"""An indicator of the quarter compared with, and the same of the quarter reported on."""


def _describe_no_changes(_previous: Outcome, _current: Outcome, _quarter: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class LikeForLike:
    """How to compare two quarters of a topic whose figures cover only what was reported.

    Args:
        parameter: Parameter of the topic that takes the quarter compared with.
        compare: Gives the indicator of both quarters for those that reported in both, from an
            outcome whose ``parameter`` was set; None where it is not known.
        difference_text: Text in place of the difference of any other indicator.
    """

    parameter: str
    compare: Callable[[Outcome], IndicatorPair | None]
    difference_text: str


@dataclass(frozen=True)
class ReportSection:
    """A topic's section of the quarterly report.

    Args:
        chart: The chart that is shown; the table behind it has the same name.
        indicators: The indicators that are shown, at most three.
        introduction: A paragraph before the figures, empty for none.
        like_for_like: How two quarters are compared where their figures cover different things;
            None where they cover the same.
        unjudged_indicators: Indicators whose changes are neither better nor worse.
        describe_changes: Sentences on what else differs, from the outcome of the quarter compared
            with, the outcome of the quarter reported on, and the quarter compared with.
        is_required: Whether there is no report for a quarter without the topic's data. Otherwise
            the section says that there is no data.
    """

    chart: str
    indicators: tuple[str, ...]
    introduction: str = ""
    like_for_like: LikeForLike | None = None
    unjudged_indicators: tuple[str, ...] = ()
    describe_changes: Callable[[Outcome, Outcome, str], Iterable[str]] = _describe_no_changes
    is_required: bool = False
