"""The working of a saving as tables: year by year, channel by channel, in one year's prices."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.prices import convert_price_year
from workbook.periods import financial_year
from workbook.topics.savings.cash_flow import (
    TakeUpPath,
    channel_switch_saving,
    other_channel_costs,
    yearly_cash_flows,
)
from workbook.topics.savings.inputs import InputValues
from workbook.topics.savings.parameters import OTHER_CHANNELS, Savings

_CHANNEL_LABELS = {"phone": "Phone", "post": "Post", "face_to_face": "Face to face"}


def cash_flow_by_year(
    scenario: Savings, values: InputValues, path: TakeUpPath, factors: FloatArray
) -> pd.DataFrame:
    """A row for each year from 0: take-up, and in pounds what is saved, spent and left of it."""
    first_year = int(scenario.price_year[:4])
    rows = [
        {
            "year": year_number,
            "financial_year": financial_year(first_year + year_number),
            "take_up": year.take_up,
            "gross_saving": year.gross_saving,
            "assisted_cost": year.assisted_cost,
            "saving": year.net_saving,
            "transition_cost": year.transition_cost,
            "dual_running_cost": year.dual_running_cost,
            "net": year.net_saving - year.total_cost,
            "discount_factor": factors[year_number],
            "not_cash_releasing": year.non_cash_releasing,
        }
        for year_number, year in enumerate(yearly_cash_flows(values, path, len(factors) - 1))
    ]
    table = pd.DataFrame(rows)
    amounts = table.columns.drop(["year", "financial_year"])
    table[amounts] = table[amounts].astype(float)
    present_values = table["net"] * table["discount_factor"]
    return table.assign(
        present_value=present_values,
        cumulative=table["net"].cumsum(),
        cumulative_present_value=present_values.cumsum(),
        fiscal_saving=table["saving"] * values["fiscal_share"],
        fee_payer_saving=table["saving"] * (1 - values["fiscal_share"]),
    )


def saving_by_channel(values: InputValues, path: TakeUpPath, horizon: int) -> pd.DataFrame:
    """A row for each channel that people leave: what that saves a year, and over all years.

    Columns: ``channel``, ``share`` of those who leave, ``cost`` of a contact, ``annual_saving`` and
    ``total_saving``, gross less help, in pounds. Help is shared out as those who leave are: the
    parts add up to the saving.
    """
    initial_take_up = float(path(0.0))
    moved_transactions = float(values["volume"]) * np.array(
        [float(path(np.inf)) - initial_take_up]
        + [float(path(float(year))) - initial_take_up for year in range(horizon + 1)]
    )
    rows = []
    for channel, cost in zip(OTHER_CHANNELS, map(float, other_channel_costs(values)), strict=True):
        share = float(values[f"{channel}_share"])
        savings = moved_transactions * share * channel_switch_saving(cost, values)
        rows.append(
            (_CHANNEL_LABELS[channel], share, cost, float(savings[0]), float(savings[1:].sum()))
        )
    columns = ["channel", "share", "cost", "annual_saving", "total_saving"]
    return pd.DataFrame(rows, columns=columns)


def convert_to_price_year(
    costs: pd.DataFrame, deflator: pd.DataFrame, price_year: str
) -> pd.DataFrame:
    """The published costs of a contact, and what they are in the price year's prices.

    The deflator is of calendar years: a financial year is taken for the one in which it starts, or
    for the last before it that the deflator reaches (``later_year``). Missing where it does not
    reach back.
    """
    growth = {int(year): float(rate) for year, rate in deflator[["year", "growth"]].to_numpy()}
    target_year = min(int(price_year[:4]), max(growth)) if growth else None
    converted = [_convert_cost(row, target_year, growth) for row in costs.to_dict("records")]
    deflator_source = str(deflator["source"].iloc[-1]) if growth else ""
    deflator_limit = (
        f"the deflator begins with the growth of {min(growth)}" if growth else "no deflator yet"
    )
    return costs.rename(columns={"year": "price_year"}).assign(
        later_year=str(target_year or ""),
        cost_later=converted,
        converted_by=[deflator_limit if np.isnan(cost) else deflator_source for cost in converted],
    )


def _convert_cost(
    row: Mapping[Any, Any], target_year: int | None, growth: Mapping[int, float]
) -> float:
    if target_year is None:
        return np.nan
    try:
        return convert_price_year(float(row["cost"]), int(row["year"]), target_year, growth)
    except ValueError:
        return np.nan
