"""Result tables of the cash flow: by year, by channel, and published costs in other prices."""

import numpy as np
import pandas as pd

from workbook.periods import financial_year
from workbook.topics.savings.cash_flow import yearly_cash_flows
from workbook.topics.savings.contact_costs import channel_switch_saving, other_channel_costs
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters.contact_costs import OTHER_CHANNELS
from workbook.topics.savings.price_conversion import PriceConversion

_CHANNEL_LABELS = {"phone": "Phone", "post": "Post", "face_to_face": "Face to face"}


def cash_flow_by_year(inputs: AppraisalInputs, price_year: str) -> pd.DataFrame:
    """Tabulate the cash flow of each year from year 0 to the horizon.

    Args:
        inputs: Point values.
        price_year: Financial year of year 0, such as 2014-15.

    Returns:
        A row for each year: take-up, and savings, costs and their balance in pounds.
    """
    first_year, flows = int(price_year[:4]), list(yearly_cash_flows(inputs))
    saving = np.array([year.net_saving for year in flows], np.float64)
    net = np.array([year.net_saving - year.total_cost for year in flows], np.float64)
    factors = inputs.discount_factors
    amounts = {
        "take_up": [year.take_up for year in flows],
        "gross_saving": [year.gross_saving for year in flows],
        "assisted_cost": [year.assisted_cost for year in flows],
        "saving": saving,
        "transition_cost": [year.transition_cost for year in flows],
        "dual_running_cost": [year.dual_running_cost for year in flows],
        "net": net,
        "discount_factor": factors,
        "not_cash_releasing": [year.non_cash_releasing for year in flows],
        "present_value": net * factors,
        "cumulative": np.cumsum(net),
        "cumulative_present_value": np.cumsum(net * factors),
        "fiscal_saving": saving * inputs["fiscal_share"],
        "fee_payer_saving": saving * (1 - inputs["fiscal_share"]),
    }
    years = range(len(flows))
    return pd.DataFrame(
        {
            "year": years,
            "financial_year": [financial_year(first_year + year) for year in years],
            **{name: np.array(values, np.float64) for name, values in amounts.items()},
        }
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
    take_up = [inputs.final_take_up, *(year.take_up for year in yearly_cash_flows(inputs))]
    rises = np.array(list(map(float, take_up))) - float(inputs.initial_take_up)
    moved_transactions = float(inputs["volume"]) * rises
    rows = []
    for channel, cost in zip(OTHER_CHANNELS, map(float, other_channel_costs(inputs)), strict=True):
        share = float(inputs[f"{channel}_share"])
        savings = moved_transactions * share * channel_switch_saving(cost, inputs)
        rows.append(
            (_CHANNEL_LABELS[channel], share, cost, float(savings[0]), float(savings[1:].sum()))
        )
    columns = ["channel", "share", "cost", "annual_saving", "total_saving"]
    return pd.DataFrame(rows, columns=columns)


def convert_to_price_year(costs: pd.DataFrame, conversion: PriceConversion) -> pd.DataFrame:
    """Convert the published costs of a contact to the prices of another year.

    Args:
        costs: The table of channel costs.
        conversion: The conversion to the wanted year.

    Returns:
        The table with ``later_year``, ``cost_later`` in pounds and ``converted_by``, the deflator's
        source. ``cost_later`` is missing where the deflator does not reach.
    """
    can_convert = [conversion.can_convert(int(year)) for year in costs["year"]]
    limit = f"not converted: the deflator covers {conversion.first_year} to {conversion.last_year}"
    return costs.rename(columns={"year": "price_year"}).assign(
        later_year=str(conversion.target_year),
        cost_later=[
            cost * conversion.price_growth(int(year)) if possible else np.nan
            for cost, year, possible in zip(costs["cost"], costs["year"], can_convert, strict=True)
        ],
        converted_by=[conversion.source if possible else limit for possible in can_convert],
    )
