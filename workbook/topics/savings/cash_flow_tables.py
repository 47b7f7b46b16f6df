"""Result tables of the cash flow: by year, by channel, and published costs in other prices."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.prices import convert_price_year
from workbook.periods import financial_year
from workbook.topics.savings.cash_flow import yearly_cash_flows
from workbook.topics.savings.contact_costs import channel_switch_saving, other_channel_costs
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import OTHER_CHANNELS

_CHANNEL_LABELS = {"phone": "Phone", "post": "Post", "face_to_face": "Face to face"}


def cash_flow_by_year(inputs: AppraisalInputs, price_year: str) -> pd.DataFrame:
    """Tabulate the cash flow of each year from year 0 to the horizon.

    Args:
        inputs: Point values.
        price_year: Financial year of year 0, such as 2014-15.

    Returns:
        A row for each year: take-up, and savings, costs and their balance in pounds.
    """
    first_year = int(price_year[:4])
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
            "discount_factor": inputs.discount_factors[year_number],
            "not_cash_releasing": year.non_cash_releasing,
        }
        for year_number, year in enumerate(yearly_cash_flows(inputs))
    ]
    table = pd.DataFrame(rows)
    amounts = table.columns.drop(["year", "financial_year"])
    table[amounts] = table[amounts].astype(float)
    present_values = table["net"] * table["discount_factor"]
    return table.assign(
        present_value=present_values,
        cumulative=table["net"].cumsum(),
        cumulative_present_value=present_values.cumsum(),
        fiscal_saving=table["saving"] * inputs["fiscal_share"],
        fee_payer_saving=table["saving"] * (1 - inputs["fiscal_share"]),
    )


def saving_by_channel(inputs: AppraisalInputs) -> pd.DataFrame:
    """Tabulate the saving by the channel that people leave.

    Help is shared among channels in proportion to the people who leave, so the parts add up.

    Args:
        inputs: Point values.

    Returns:
        A row for each channel: ``channel``, ``share`` of the people who leave, ``cost`` of a
        contact, and ``annual_saving`` and ``total_saving`` net of help. Amounts are in pounds.
    """
    path, initial_take_up = inputs.take_up_path, float(inputs.initial_take_up)
    moved_transactions = float(inputs["volume"]) * np.array(
        [float(inputs.final_take_up) - initial_take_up]
        + [float(path(float(year))) - initial_take_up for year in range(inputs.horizon + 1)]
    )
    rows = []
    for channel, cost in zip(OTHER_CHANNELS, map(float, other_channel_costs(inputs)), strict=True):
        share = float(inputs[f"{channel}_share"])
        savings = moved_transactions * share * channel_switch_saving(cost, inputs)
        rows.append(
            (_CHANNEL_LABELS[channel], share, cost, float(savings[0]), float(savings[1:].sum()))
        )
    columns = ["channel", "share", "cost", "annual_saving", "total_saving"]
    return pd.DataFrame(rows, columns=columns)


def convert_to_price_year(
    costs: pd.DataFrame, deflator: pd.DataFrame, price_year: str
) -> pd.DataFrame:
    """Convert the published costs of a contact to the prices of a later year.

    The deflator is by calendar year. A financial year counts as the calendar year in which it
    starts, or as the deflator's last year if that is earlier.

    Args:
        costs: The table of channel costs.
        deflator: The table of price growth by calendar year.
        price_year: Financial year of the wanted prices, such as 2014-15.

    Returns:
        The table with ``later_year``, ``cost_later`` in pounds and ``converted_by``, the deflator's
        source. ``cost_later`` is missing where the deflator does not reach back.
    """
    growth = {int(year): float(rate) for year, rate in deflator[["year", "growth"]].to_numpy()}
    target_year = min(int(price_year[:4]), max(growth)) if growth else None
    converted = [_convert_cost(row, target_year, growth) for row in costs.to_dict("records")]
    deflator_source = str(deflator["source"].iloc[-1]) if growth else ""
    deflator_limit = (
        f"not converted: the deflator starts in {min(growth)}"
        if growth
        else "not converted: no deflator yet"
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
