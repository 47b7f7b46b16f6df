"""Result tables of two windows compared: the parts of the change, and the cost by service."""

import pandas as pd

from workbook.methods.price_index import PriceIndex
from workbook.text.dates import format_month
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison
from workbook.topics.take_up.unit_costs import UnitCostChange

_CHANGE_COLUMN_NAMES = ["part", "value", "unit"]

_LARGEST_LEFT_OUT = 3
"""Number of the costliest services whose indices are shown, each left out in turn."""


def change_table(comparison: WindowComparison) -> pd.DataFrame:
    """Take-up before, the five parts of its change, and take-up after.

    Args:
        comparison: The two windows compared.

    Returns:
        A row for each: ``part``, ``value``, a fraction of 1, and its ``unit``: a share, or points
        for a part of the change. One row without an earlier window.
    """
    change = comparison.change_decomposition
    if comparison.before is None:
        label_after = f"Year to {format_month(comparison.window_after)}"
        rows = [(label_after, change.headline_after, "share")]
        return pd.DataFrame(rows, columns=_CHANGE_COLUMN_NAMES)
    rows = [
        (f"Year to {format_month(comparison.window_before)}", change.headline_before, "share"),
        *(
            (part_label, getattr(change, part), "points")
            for part, part_label in TAKE_UP_CHANGE_PARTS.items()
        ),
        (f"Year to {format_month(comparison.window_after)}", change.headline_after, "share"),
    ]
    return pd.DataFrame(rows, columns=_CHANGE_COLUMN_NAMES)


def cost_table(comparison: WindowComparison) -> pd.DataFrame:
    """Services with a take-up and a cost in the later window.

    Args:
        comparison: The two windows compared.

    Returns:
        A row for each service, with its cost before, in pounds a transaction.
    """
    columns = ["service", "department", "volume", "take_up", "cost_before", "cost"]
    return comparison.service_rows.dropna(subset=["take_up", "cost"])[columns].reset_index(
        drop=True
    )


def cost_index_sensitivity(comparison: WindowComparison) -> pd.DataFrame:
    """The cost indices, and what they would be without each of the services with the largest cost.

    Args:
        comparison: The two windows compared.

    Returns:
        A row for each: ``part``, ``cost_share``, the service's share of the cost, and each index in
        cash and in real terms. Real terms are missing where the price level is not known.
    """
    labels, unit_costs = comparison.counts.service_labels, comparison.unit_costs
    basket = unit_costs.basket
    rows: list[dict[str, object]] = []
    if basket.index.laspeyres is not None:
        rows.append({"part": "All services", **_index_columns(basket.index, unit_costs)})
    rows += [
        {
            "part": f"Without {labels[exclusion.position]}",
            "cost_share": exclusion.cost_share,
            **_index_columns(exclusion.index, unit_costs),
        }
        for exclusion in basket.leave_one_out[:_LARGEST_LEFT_OUT]
        if exclusion.index.laspeyres is not None
    ]
    columns = ["part", "cost_share", *_index_columns(basket.index, unit_costs)]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], float))


def _index_columns(index: PriceIndex, unit_costs: UnitCostChange) -> dict[str, float | None]:
    """The indices by column, in cash and in real terms."""
    real = unit_costs.in_real_terms(index)
    return {
        "index": index.laspeyres,
        "index_paasche": index.paasche,
        "index_fisher": index.fisher,
        "index_real": real.laspeyres,
        "index_paasche_real": real.paasche,
        "index_fisher_real": real.fisher,
    }
