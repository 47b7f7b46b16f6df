"""Published counts after the baseline, compared with what the projection gives for their year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from workbook.periods import period_end
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import PathSummary

SKILLS_MEASURE = "lacks basic digital skills"
"""The measure of the baseline. Only counts of it are compared with the projection."""

_ANY_SKILLS_MEASURE = "lacks "
_POPULATION = "UK adults"

Position = Literal["above", "within", "below", ""]


_POSITION_TEXTS: dict[Position, str] = {
    "above": "above at least 9 in 10 simulations",
    "within": "within the range that holds 8 in 10 simulations",
    "below": "below at least 9 in 10 simulations",
    "": "",
}
"""Beyond P90 or P10 lie at least 9 in 10 simulations on one side, not 8 in 10."""


@dataclass(frozen=True)
class ObservedCount:
    """A published count of people who lack skills, beside the projection for its year.

    Attributes:
        period: Period of the count, such as ``2015``.
        year: Calendar year in which the period ends.
        measure: What the people counted lack.
        people: Number of people counted.
        source: Publication of the count.
        is_new_source: Whether the baseline comes from another publication, which may be a break in
            the series.
        projected: People that the scenario gives for the year; None outside the path.
        low: P10 of the simulations of the year; None outside the path.
        high: P90 of the simulations of the year; None outside the path.
        least: The lowest simulation of the year; None outside the path.
        most: The highest simulation of the year; None outside the path.
        has_sample_size: Whether the sample size is published, so that a sampling error is known.
    """

    period: str
    year: int
    measure: str
    people: float
    source: str
    is_new_source: bool
    projected: float | None = None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    has_sample_size: bool = False

    @property
    def is_same_measure(self) -> bool:
        """Whether the count is of the measure of the baseline."""
        return self.measure == SKILLS_MEASURE

    @property
    def position(self) -> Position:
        """Where the count lies by P10 and P90; empty where they cannot be compared."""
        if not self.is_same_measure or self.low is None or self.high is None:
            return ""
        if self.people > self.high:
            return "above"
        return "below" if self.people < self.low else "within"

    @property
    def is_miss(self) -> bool:
        """Whether the count lies outside P10 to P90."""
        return self.position in {"above", "below"}

    @property
    def position_text(self) -> str:
        """Where the count lies by the simulations, in words; empty where it is not compared."""
        if self.most is not None and self.is_miss and self.people > self.most:
            return "above every simulation"
        if self.least is not None and self.is_miss and self.people < self.least:
            return "below every simulation"
        return _POSITION_TEXTS[self.position]

    @property
    def distance(self) -> float:
        """People by which the count lies outside P10 to P90; 0 within or not comparable."""
        if not self.is_miss or self.low is None or self.high is None:
            return 0.0
        return max(self.people - self.high, self.low - self.people)


def compare_counts(
    observed: pd.DataFrame,
    scenario: DigitalInclusion,
    expected_path: Sequence[float],
    simulated_path: PathSummary,
) -> tuple[ObservedCount, ...]:
    """Compare the published counts of years after the baseline with the projection.

    Args:
        observed: The table of observed figures, as known at the end of the quarter.
        scenario: The scenario.
        expected_path: The scenario's people of each year of the path.
        simulated_path: Summary of the simulated paths.

    Returns:
        The counts in order of their periods, those on other measures of skills included.
    """
    names = ("measure", "population", "period", "people", "source", "sample_size")
    columns = (observed[name].tolist() for name in names)
    rows = sorted(
        (period, measure, float(people), source, not pd.isna(sample_size))
        for measure, population, period, people, source, sample_size in zip(*columns, strict=True)
        if measure.startswith(_ANY_SKILLS_MEASURE)
        and population == _POPULATION
        and not pd.isna(people)
    )
    baseline_sources = {
        source
        for period, measure, _, source, _ in rows
        if measure == SKILLS_MEASURE and period_end(period).year <= scenario.baseline_year
    }
    counts = []
    for period, measure, people, source, has_sample_size in rows:
        position = (year := period_end(period).year) - scenario.baseline_year
        if position <= 0:
            continue
        is_new_source = source not in baseline_sources
        count = ObservedCount(period, year, measure, people, source, is_new_source)
        if position < len(expected_path):
            low, high = simulated_path.yearly_ranges[position]
            least, most = simulated_path.yearly_extremes[position]
            projected = expected_path[position]
            count = replace(count, projected=projected, low=low, high=high, least=least, most=most)
        counts.append(replace(count, has_sample_size=has_sample_size))
    return tuple(counts)


def nearest_count(counts: Sequence[ObservedCount], year: int) -> ObservedCount | None:
    """Count on the measure of the baseline that is nearest in time to a year; None if none is."""
    comparable = [count for count in counts if count.is_same_measure]
    return min(comparable, key=lambda count: abs(count.year - year), default=None)


def latest_miss(counts: Sequence[ObservedCount]) -> ObservedCount | None:
    """The latest count that lies outside P10 to P90 of its year; None if none does."""
    return next((count for count in reversed(counts) if count.is_miss), None)
