"""The discount factors of a dated schedule of rates, as it is valid on a day."""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbook import words
from workbook.methods.appraisal import discount_factors
from workbook.methods.arrays import FloatArray
from workbook.scenario import Problem, ScenarioError, said

SCHEDULE, HORIZON = "discount_schedule", "horizon"
"""The parameters at which a schedule is refused."""

OPEN = "9999-12-31"
"""In place of a last day of validity that is not known."""

ADD = "the table of discount rates"


class Row(NamedTuple):
    """A row of the table: a rate, the years ahead and the days on which it is valid."""

    from_year: int
    to_year: int
    rate: float
    valid_from: str
    valid_to: str | float

    @property
    def valid(self) -> str:
        """The days in words; of the last one nothing where none is known."""
        begins = f"from {_date(self.valid_from)}"
        return f"{begins} to {_date(self.valid_to)}" if isinstance(self.valid_to, str) else begins

    @property
    def years(self) -> str:
        """The years ahead in words."""
        return f"{self.from_year} to {self.to_year}"

    def __str__(self) -> str:
        return f"{words.number(self.rate * 100)}% for the years {self.years} (valid {self.valid})"


def factors(table: pd.DataFrame, schedule: str, horizon: int, day: date) -> FloatArray:
    """Discount factors of the years 0 to ``horizon``, shape (horizon + 1,); year 0 is 1.

    ``table`` is that of the discount rates, of which the rows of the ``schedule`` that are valid on
    the ``day`` count. Raises ScenarioError, at the parameter at fault, where there is no such
    schedule, where it is not valid on that day, or has two rates or none for a year.
    """
    rows = _valid(table, schedule, day)
    _refuse_two(rows, schedule)
    return discount_factors(_rates(rows, schedule, horizon))


def chosen(table: pd.DataFrame, asked: str, default: str) -> str:
    """The schedule that is meant: the only one of a table that lacks the default, or that asked."""
    held = table["schedule"].astype(str).unique()
    return str(held[0]) if asked == default and len(held) == 1 else asked


def valid_rates(table: pd.DataFrame, schedule: str, day: date) -> pd.DataFrame:
    """The schedule's rows that are valid on the day: years, rate, days of validity, source."""
    asked = day.isoformat()
    until = table["valid_to"].fillna(OPEN)
    valid = (table["schedule"] == schedule) & (table["valid_from"] <= asked) & (until >= asked)
    columns = ["from_year", "to_year", "rate", "valid_from", "valid_to", "source"]
    return table.loc[valid, columns].reset_index(drop=True)


def _valid(table: pd.DataFrame, schedule: str, day: date) -> list[Row]:
    """The schedule's rows that are valid on the day, by their years."""
    held = table[table["schedule"] == schedule]
    if held.empty:
        there = "; ".join(sorted(table["schedule"].unique())) or "none"
        raise _refusal(SCHEDULE, schedule, f", and the table has no such schedule: it has {there}.")
    valid = valid_rates(table, schedule, day)
    if valid.empty:
        raise _refusal(SCHEDULE, schedule, _not_then(held, day.isoformat()))
    return sorted(_rows(valid), key=lambda row: row.from_year)


def _rows(held: pd.DataFrame) -> list[Row]:
    return [Row(*cells) for cells in held[list(Row._fields)].itertuples(index=False)]


def _refuse_two(rows: list[Row], schedule: str) -> None:
    for before, after in pairwise(rows):
        if after.from_year <= before.to_year:
            both = f"{before}, and {after}"
            message = f": two of its rows give a rate for year {after.from_year}: {both}. Keep one."
            raise _refusal(SCHEDULE, schedule, message)


def _rates(rows: list[Row], schedule: str, horizon: int) -> FloatArray:
    """The rates of the years 1 to ``horizon``, shape (horizon,)."""
    rates = np.full(horizon, np.nan)
    for row in rows:
        rates[row.from_year - 1 : row.to_year] = row.rate
    without = np.flatnonzero(np.isnan(rates))
    if without.size:
        raise _refusal(HORIZON, horizon, _no_rate(rows, schedule, int(without[0]) + 1))
    return rates


def _refusal(name: str, value: object, message: str) -> ScenarioError:
    return ScenarioError([Problem(name, value, f"{name} is {said(value)}{message}")])


def _not_then(held: pd.DataFrame, asked: str) -> str:
    valid = ", and ".join(dict.fromkeys(row.valid for row in _rows(held)))
    sources = "; ".join(held["source"].unique())
    return (
        f": it is valid {valid} ({sources}), and the day asked for is {_date(asked)}. "
        f"Choose a quarter that ends while it is valid, or add the rates of that day to {ADD}."
    )


def _no_rate(rows: list[Row], schedule: str, year: int) -> str:
    last = max(row.to_year for row in rows)
    if year > last:
        return f": the schedule {said(schedule)} ends with year {last}. Choose {last} or less."
    years = " and ".join(row.years for row in rows)
    less = f", or choose {year - 1} or less" if year > 1 else ""
    return (
        f": the schedule {said(schedule)} has rates for the years {years}, and none for year "
        f"{year}. Add it to {ADD}{less}."
    )


def _date(day: str) -> str:
    held = date.fromisoformat(day)
    return f"{held.day} {held:%B %Y}"
