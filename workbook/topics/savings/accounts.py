"""The working of a saving as tables: year by year, channel by channel, in one year's prices."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.prices import in_prices_of
from workbook.quarters import financial_year
from workbook.topics.savings.cashflow import Path, costs_of_others, saved_by_leaving, years
from workbook.topics.savings.scenario import CHANNELS, Savings
from workbook.topics.savings.values import Values

SAID = {"phone": "Phone", "post": "Post", "face_to_face": "Face to face"}


def by_year(scenario: Savings, values: Values, path: Path, factors: FloatArray) -> pd.DataFrame:
    """A row for each year from 0: take-up, and in pounds what is saved, spent and left of it."""
    first = int(scenario.price_year[:4])
    rows = [
        {
            "year": number,
            "financial_year": financial_year(first + number),
            "take_up": year.take_up,
            "gross_saving": year.gross,
            "assisted_cost": year.assisted,
            "saving": year.saving,
            "transition_cost": year.transition,
            "dual_running_cost": year.dual_running,
            "net": year.saving - year.cost,
            "discount_factor": factors[number],
            "not_cash_releasing": year.not_cash_releasing,
        }
        for number, year in enumerate(years(values, path, len(factors) - 1))
    ]
    table = pd.DataFrame(rows)
    amounts = table.columns.drop(["year", "financial_year"])
    table[amounts] = table[amounts].astype(float)
    present = table["net"] * table["discount_factor"]
    return table.assign(
        present_value=present,
        cumulative=table["net"].cumsum(),
        cumulative_present_value=present.cumsum(),
        fiscal_saving=table["saving"] * values["fiscal_share"],
        fee_payer_saving=table["saving"] * (1 - values["fiscal_share"]),
    )


def by_channel(values: Values, path: Path, horizon: int) -> pd.DataFrame:
    """A row for each channel that people leave: what that saves a year, and over all years.

    Columns: ``channel``, ``share`` of those who leave, ``cost`` of a contact, ``annual_saving`` and
    ``total_saving``, gross less help, in pounds. Help is shared out as those who leave are: the
    parts add up to the saving.
    """
    before = float(path(0.0))
    moved = float(values["volume"]) * np.array(
        [float(path(np.inf)) - before]
        + [float(path(float(year))) - before for year in range(horizon + 1)]
    )
    rows = []
    for channel, cost in zip(CHANNELS, map(float, costs_of_others(values)), strict=True):
        share = float(values[f"{channel}_share"])
        saved = moved * share * saved_by_leaving(cost, values)
        rows.append((SAID[channel], share, cost, float(saved[0]), float(saved[1:].sum())))
    columns = ["channel", "share", "cost", "annual_saving", "total_saving"]
    return pd.DataFrame(rows, columns=columns)


def in_price_year(costs: pd.DataFrame, deflator: pd.DataFrame, price_year: str) -> pd.DataFrame:
    """The published costs of a contact, and what they are in the price year's prices.

    The deflator is of calendar years: a financial year is taken for the one in which it starts, or
    for the last before it that the deflator reaches (``later_year``). Missing where it does not
    reach back.
    """
    growth = {int(year): float(rate) for year, rate in deflator[["year", "growth"]].to_numpy()}
    to = min(int(price_year[:4]), max(growth)) if growth else None
    converted = [_converted(row, to, growth) for row in costs.to_dict("records")]
    by = str(deflator["source"].iloc[-1]) if growth else ""
    reach = f"the deflator begins with the growth of {min(growth)}" if growth else "no deflator yet"
    return costs.rename(columns={"year": "price_year"}).assign(
        later_year=str(to or ""),
        cost_later=converted,
        converted_by=[reach if np.isnan(cost) else by for cost in converted],
    )


def _converted(row: Mapping[Any, Any], to: int | None, growth: Mapping[int, float]) -> float:
    if to is None:
        return np.nan
    try:
        return in_prices_of(float(row["cost"]), int(row["year"]), to, growth)
    except ValueError:
        return np.nan
