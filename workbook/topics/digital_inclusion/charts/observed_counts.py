"""Survey estimates on the chart of the path, and those outside the simulations' range."""

from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import named_data
from workbook.charts.marks import DOT_STYLE
from workbook.charts.theme import ORANGE
from workbook.periods import decimal_year, period_end
from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.charts.millions import to_millions
from workbook.topics.digital_inclusion.observed_counts import SKILLS_MEASURE

OBSERVED_DATA = "observed"
"""Name of the data of the survey estimates."""

MISSES_DATA = "misses"
"""Name of the data of the estimates that lie outside the simulations' range."""

_YEARS_BEFORE, _YEARS_AFTER = 2, 1
"""Years around those of the path within which estimates are shown."""

_MIDDLE_OF_YEAR = 0.5


def build_observed_marks() -> alt.Chart:
    """Draw a diamond for each survey estimate."""
    points: alt.Chart = (
        named_data(OBSERVED_DATA)
        .mark_point(**DOT_STYLE, shape="diamond", color=ORANGE)
        .encode(x="year:Q", y="people:Q")
    )
    return points


def build_observed_rows(observed: pd.DataFrame, years: "pd.Series[int]") -> pd.DataFrame:
    """Build a row for each survey estimate around the years of the path.

    Only people who lack basic digital skills are shown, as on the path: other populations, such as
    those who have never used the internet, are not one series with them.

    Args:
        observed: The topic's table of observed populations.
        years: The years of the path.

    Returns:
        The columns year and people (millions).
    """
    earliest, latest = years.min() - _YEARS_BEFORE, years.max() + _YEARS_AFTER
    rows = [
        (time, to_millions(people))
        for period, measure, people in read_rows(observed, "period", "measure", "people")
        if measure == SKILLS_MEASURE
        and pd.notna(people)
        and earliest <= (time := _observation_time(period)) <= latest
    ]
    return pd.DataFrame(rows, columns=["year", "people"])


def build_miss_marks() -> alt.Chart:
    """Draw a line from the simulations' range to each count that lies outside it."""
    rules: alt.Chart = (
        named_data(MISSES_DATA)
        .mark_rule(color=ORANGE, strokeWidth=2)
        .encode(x="year:Q", y="range_end:Q", y2="people:Q")
    )
    return rules


def build_miss_rows(comparison: pd.DataFrame) -> pd.DataFrame:
    """Build a row for each count that lies outside the simulations' range of its year.

    Args:
        comparison: The topic's table of counts compared with the projection.

    Returns:
        The columns year, people and range_end (millions), and title: the finding in words.
    """
    rows = [
        (
            _observation_time(period),
            to_millions(people),
            to_millions(range_end),
            _write_finding(period, people, position),
        )
        for period, measure, people, low, high, position in read_rows(
            comparison, "period", "measure", "people", "people_low", "people_high", "position"
        )
        if measure == SKILLS_MEASURE
        and pd.notna(low)
        and (range_end := min(max(people, low), high)) != people
    ]
    return pd.DataFrame(rows, columns=["year", "people", "range_end", "title"])


def _write_finding(period: str, people: float, position: str) -> str:
    year = period_end(period).year
    return f"The survey estimate for {year}, {format_people(people)}, lies {position}"


def read_rows(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Read the values of some columns, row by row: faster than pandas for tables of a few rows.

    Args:
        table: The table.
        *names: The columns.

    Returns:
        A tuple for each row.
    """
    return zip(*(table[name].tolist() for name in names), strict=True)


def _observation_time(period: str) -> float:
    """Time of a count as a decimal year. A count for a whole year is placed at its middle."""
    return int(period) + _MIDDLE_OF_YEAR if period.isdigit() else decimal_year(period)
