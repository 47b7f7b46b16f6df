"""Discount factors from the schedule of rates that is valid on a day."""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbook.methods.appraisal import discount_factors
from workbook.methods.arrays import FloatArray
from workbook.scenario import ScenarioError, unknown_name_error, value_error
from workbook.tables.derived_values import remember_by_source
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.text.numbers import format_number
from workbook.text.quoting import quote_value

_SCHEDULE_PARAMETER, _HORIZON_PARAMETER = "discount_schedule", "horizon"
"""Parameters at which an invalid schedule is reported."""

_NO_END_DATE = "9999-12-31"
"""Replaces a missing last day of validity."""

_RATES_TABLE_TITLE = "the table of discount rates"


class RateRow(NamedTuple):
    """A rate, the years of the appraisal to which it applies, and the days on which it is valid."""

    from_year: int
    to_year: int
    rate: float
    valid_from: str
    valid_to: str | float

    @property
    def validity_period(self) -> str:
        """The days of validity in words."""
        start_text = f"from {format_day(self.valid_from)}"
        return (
            f"{start_text} to {format_day(self.valid_to)}"
            if isinstance(self.valid_to, str)
            else start_text
        )

    @property
    def year_range(self) -> str:
        """The years of the appraisal in words."""
        return f"{self.from_year} to {self.to_year}"

    def __str__(self) -> str:
        return (
            f"{format_number(self.rate * 100)}% for the years {self.year_range} (valid"
            f" {self.validity_period})"
        )


@remember_by_source
def scheduled_discount_factors(
    table: pd.DataFrame, schedule: str, horizon: int, day: date
) -> FloatArray:
    """Discount factors of the years of an appraisal.

    Args:
        table: The table of discount rates.
        schedule: The name of the schedule.
        horizon: The last year.
        day: The day for which the rates are wanted.

    Returns:
        Factors of the years 0 to the horizon, shape (horizon + 1,); the first is 1.

    Raises:
        ScenarioError: The schedule does not exist, starts after that day, or has two rates or none
            for a year.
    """
    rows = _select_rows(table, schedule, day)
    _reject_overlapping_years(rows, schedule)
    return discount_factors(_rates_by_year(rows, schedule, horizon))


def resolve_schedule(table: pd.DataFrame, requested: str, default: str) -> str:
    """Choose the schedule; a table's only schedule replaces the default.

    Args:
        table: The table of discount rates.
        requested: The scenario's schedule.
        default: The default schedule.

    Returns:
        The requested schedule, or the table's only one if the default is requested.
    """
    schedules = table["schedule"].astype(str).unique()
    return str(schedules[0]) if requested == default and len(schedules) == 1 else requested


@remember_by_source
def rates_for_day(table: pd.DataFrame, schedule: str, day: date) -> pd.DataFrame:
    """Select the rates of a schedule that are valid on a day, or else the last ones before it.

    Args:
        table: The table of discount rates.
        schedule: The name of the schedule.
        day: The day.

    Returns:
        A row for each rate: years, rate, days of validity and source. No rows if the schedule
        starts after that day.
    """
    iso_day = day.isoformat()
    started = table[(table["schedule"] == schedule) & (table["valid_from"] <= iso_day)]
    valid_until = started["valid_to"].fillna(_NO_END_DATE)
    # Where no rate is valid, those that ended last are.
    last_day = min(valid_until.max(), iso_day) if len(started) else iso_day
    columns = ["from_year", "to_year", "rate", "valid_from", "valid_to", "source"]
    return started.loc[valid_until >= last_day, columns].reset_index(drop=True)


def describe_expiry(rates: pd.DataFrame, day: date) -> str:
    """Say that rates are used after the last day on which they are valid; empty if they are not.

    Args:
        rates: Rates from ``rates_for_day``.
        day: The day for which they are used.

    Returns:
        One or two sentences, or an empty text.
    """
    last_days = rates["valid_to"].dropna()
    if last_days.empty or last_days.max() >= day.isoformat():
        return ""
    return (
        f"The discount rates were due for review by {format_day(last_days.max())}. The last rates"
        f" are used for {format_day(day)}, because {_RATES_TABLE_TITLE} has no newer ones."
    )


def _select_rows(table: pd.DataFrame, schedule: str, day: date) -> list[RateRow]:
    """The schedule's rows for the day, sorted by year."""
    schedule_rows = table[table["schedule"] == schedule]
    if schedule_rows.empty:
        known = sorted(table["schedule"].unique())
        error = unknown_name_error(
            _SCHEDULE_PARAMETER, schedule, schedule, known, f"in {_RATES_TABLE_TITLE}"
        )
        raise ScenarioError([error])
    rates = rates_for_day(table, schedule, day)
    if rates.empty:
        explanation = _describe_early_day(schedule_rows, day.isoformat())
        raise ScenarioError([value_error(_SCHEDULE_PARAMETER, schedule, explanation)])
    return sorted(_to_rate_rows(rates), key=lambda row: row.from_year)


def _to_rate_rows(rates: pd.DataFrame) -> list[RateRow]:
    return [RateRow(*cells) for cells in rates[list(RateRow._fields)].itertuples(index=False)]


def _reject_overlapping_years(rows: list[RateRow], schedule: str) -> None:
    for earlier_row, later_row in pairwise(rows):
        if later_row.from_year <= earlier_row.to_year:
            overlapping = f"{earlier_row} and {later_row}"
            message = f"it has two rates for year {later_row.from_year}: {overlapping}. Keep one."
            raise ScenarioError([value_error(_SCHEDULE_PARAMETER, schedule, message)])


def _rates_by_year(rows: list[RateRow], schedule: str, horizon: int) -> FloatArray:
    """Rates of the years 1 to the horizon, shape (horizon,)."""
    rates = np.full(horizon, np.nan)
    for row in rows:
        rates[row.from_year - 1 : row.to_year] = row.rate
    missing_years = np.flatnonzero(np.isnan(rates))
    if missing_years.size:
        explanation = _describe_missing_rate(rows, schedule, int(missing_years[0]) + 1)
        raise ScenarioError([value_error(_HORIZON_PARAMETER, horizon, explanation)])
    return rates


def _describe_early_day(schedule_rows: pd.DataFrame, iso_day: str) -> str:
    validity_periods = join_items(
        dict.fromkeys(row.validity_period for row in _to_rate_rows(schedule_rows))
    )
    sources = "; ".join(schedule_rows["source"].unique())
    return (
        f"it is valid {validity_periods} ({sources}), but the quarter ends on"
        f" {format_day(iso_day)}, before it starts. Choose a later quarter, or add rates for that"
        f" day to {_RATES_TABLE_TITLE}."
    )


def _describe_missing_rate(rows: list[RateRow], schedule: str, year: int) -> str:
    last_year = max(row.to_year for row in rows)
    if year > last_year:
        return (
            f"the schedule {quote_value(schedule)} ends with year {last_year}. Choose {last_year}"
            " or less."
        )
    years = join_items(row.year_range for row in rows)
    shorter_horizon = f", or choose {year - 1} or less" if year > 1 else ""
    return (
        f"the schedule {quote_value(schedule)} has rates for the years {years}, but not for year"
        f" {year}. Add a rate to {_RATES_TABLE_TITLE}{shorter_horizon}."
    )
