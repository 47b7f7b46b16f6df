"""What a topic declares for its section of the quarterly report."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field

import pandas as pd

from workbook.indicators import Indicator
from workbook.outcome import Outcome

IndicatorPair = tuple[Indicator, Indicator]
"""An indicator of the quarter compared with, and the same of the quarter reported on."""


def _describe_no_changes(_previous: Outcome, _current: Outcome, _quarter: str) -> Iterable[str]:
    return ()


def _describe_no_limits(_previous: Outcome, _current: Outcome, _compared: Outcome) -> Iterable[str]:
    return ()


def _describe_no_value(_previous: Outcome, _indicator: str) -> str:
    return ""


@dataclass(frozen=True)
class LikeForLike:
    """How to compare two quarters of a topic whose figures cover only what was reported.

    Args:
        parameter: Parameter of the topic that takes the quarter compared with.
        compare: Gives the indicator of both quarters for those that reported in both, from an
            outcome whose ``parameter`` was set; None where it is not known.
        describe: Gives the change in a sentence, from the same outcome.
        describe_limits: Gives sentences on what limits it, from the outcome of the quarter compared
            with, the outcome of the quarter reported on, and the same outcome.
    """

    parameter: str
    compare: Callable[[Outcome], IndicatorPair | None]
    describe: Callable[[Outcome], str]
    describe_limits: Callable[[Outcome, Outcome, Outcome], Iterable[str]] = _describe_no_limits


def _describe_no_difference(_previous: Outcome, _current: Outcome, _indicator: str) -> str:
    return ""


def always_differ_by(text: str) -> Callable[[Outcome, Outcome, str], str]:
    """Make a describer that gives the same text for any two outcomes.

    Args:
        text: What differs, such as ``different services``.

    Returns:
        The describer.
    """
    return lambda _previous, _current, _indicator: text


def _cover_nothing_listed(_outcome: Outcome, _indicator: str) -> Collection[Hashable]:
    return ()


@dataclass(frozen=True)
class CoveredList:
    """What the figures of a topic cover, where two quarters may cover different things.

    Args:
        members: Gives what an outcome's indicator covers, such as the services that reported;
            nothing for an indicator that covers no list.
        describe_difference: Gives the text in place of a difference between values of different
            lists, from both outcomes and the name of the indicator.
        describe_previous: Gives the earlier value of another list in words, from the earlier
            outcome and the name of the indicator; empty to give the value and its quarter.
    """

    members: Callable[[Outcome, str], Collection[Hashable]] = _cover_nothing_listed
    describe_difference: Callable[[Outcome, Outcome, str], str] = _describe_no_difference
    describe_previous: Callable[[Outcome, str], str] = _describe_no_value


BODY_COLUMNS = ("department", "organisation", "subject", "position")
"""Columns of the rows that a topic gives on departments and their bodies, all texts."""


@dataclass(frozen=True)
class ReportSection:
    """A topic's section of the quarterly report.

    Args:
        chart: The chart that is shown; the table behind it has the same name.
        indicators: The indicators that are shown, at most three.
        introduction: A paragraph before the figures, empty for none.
        like_for_like: How two quarters are compared where their figures cover different things;
            None where they cover the same.
        covered: What the figures cover, where that may differ between quarters.
        unjudged_indicators: Indicators whose changes are neither better nor worse.
        describe_changes: Sentences on what else differs, from the outcome of the quarter compared
            with, the outcome of the quarter reported on, and the quarter compared with.
        list_bodies: Gives what an outcome says of departments and their bodies, a row of
            ``BODY_COLUMNS`` for each thing; a blank organisation is the department itself. None
            for a topic that says nothing of them.
        is_required: Whether there is no report for a quarter without the topic's data. Otherwise
            the section says that there is no data.
    """

    chart: str
    indicators: tuple[str, ...]
    introduction: str = ""
    like_for_like: LikeForLike | None = None
    covered: CoveredList = field(default_factory=CoveredList)
    unjudged_indicators: tuple[str, ...] = ()
    describe_changes: Callable[[Outcome, Outcome, str], Iterable[str]] = _describe_no_changes
    list_bodies: Callable[[Outcome], pd.DataFrame] | None = None
    is_required: bool = False
