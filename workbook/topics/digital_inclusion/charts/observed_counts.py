"""Survey estimates on the chart of the path, and those outside the simulations' range."""

from collections.abc import Iterable, Iterator
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

Row = dict[str, Any]
"""A row of a table: its values by column."""

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


def find_counts(observed: Iterable[Row], first_year: int, last_year: int) -> Iterator[Row]:
    """Find the survey estimates around the years of the path.

    Only people who lack basic digital skills are shown, as on the path: other populations, such as
    those who have never used the internet, are not one series with them.

    Args:
        observed: The rows of the topic's table of observed populations.
        first_year: The first year of the path.
        last_year: Its last year.

    Yields:
        Year and people (millions).
    """
    for row in observed:
        if row["measure"] != SKILLS_MEASURE or pd.isna(row["people"]):
            continue
        time = _observation_time(row["period"])
        if first_year - _YEARS_BEFORE <= time <= last_year + _YEARS_AFTER:
            yield {"year": time, "people": to_millions(row["people"])}


def build_miss_marks() -> alt.Chart:
    """Draw a line from the simulations' range to each count that lies outside it."""
    rules: alt.Chart = (
        named_data(MISSES_DATA)
        .mark_rule(color=ORANGE, strokeWidth=2)
        .encode(x="year:Q", y="range_end:Q", y2="people:Q")
    )
    return rules


def find_misses(comparison: Iterable[Row]) -> Iterator[Row]:
    """Find the counts that lie outside the simulations' range of their year.

    Args:
        comparison: The rows of the topic's table of counts compared with the projection.

    Yields:
        Year, people and range_end (millions), and title: the finding in words.
    """
    for row in comparison:
        people, low, high = row["people"], row["people_low"], row["people_high"]
        if row["measure"] != SKILLS_MEASURE or pd.isna(low) or low <= people <= high:
            continue
        yield {
            "year": _observation_time(row["period"]),
            "people": to_millions(people),
            "range_end": to_millions(min(max(people, low), high)),
            "title": _write_finding(row["period"], people, row["position"]),
        }


def _write_finding(period: str, people: float, position: str) -> str:
    year = period_end(period).year
    return f"The survey estimate for {year}, {format_people(people)}, lies {position}"


def read_rows(table: pd.DataFrame, *names: str) -> list[Row]:
    """Read a table row by row: faster than pandas for tables of a few rows.

    Args:
        table: The table.
        *names: The columns to read; all if none is named.

    Returns:
        The rows, each with its values by column.
    """
    columns = {str(name): table[name].tolist() for name in names or table}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _observation_time(period: str) -> float:
    """Time of a count as a decimal year. A count for a whole year is placed at its middle."""
    return int(period) + _MIDDLE_OF_YEAR if period.isdigit() else decimal_year(period)
