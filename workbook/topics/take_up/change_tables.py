"""Result tables of two windows compared: the parts of the change, and the cost by service."""

import pandas as pd

from workbook.text.dates import format_month
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison


def change_table(comparison: WindowComparison) -> pd.DataFrame:
    """Take-up before, the five parts of its change, and take-up after.

    Args:
        comparison: The two windows compared.

    Returns:
        A row for each: ``part`` and ``value``, a fraction of 1. One row without an earlier window.
    """
    change = comparison.change_decomposition
    if comparison.before is None:
        label_after = f"Year to {format_month(comparison.window_after)}"
        return pd.DataFrame([(label_after, change.headline_after)], columns=["part", "value"])
    rows = [
        (f"Year to {format_month(comparison.window_before)}", change.headline_before),
        *((part_label, getattr(change, part)) for part, part_label in TAKE_UP_CHANGE_PARTS.items()),
        (f"Year to {format_month(comparison.window_after)}", change.headline_after),
    ]
    return pd.DataFrame(rows, columns=["part", "value"])


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
    """The cost index, and what it would be without each of the services with the largest cost.

    Args:
        comparison: The two windows compared.

    Returns:
        A row for each: ``part``, ``cost_share``, the service's share of the cost, and ``index``.
    """
    labels, cost_index = comparison.counts.service_labels, comparison.unit_cost_index
    rows: list[tuple[str, float | None, float]] = []
    if cost_index.index is not None:
        rows.append(("All services", None, cost_index.index))
    rows += [
        (f"Without {labels[exclusion.position]}", exclusion.cost_share, exclusion.index)
        for exclusion in cost_index.leave_one_out
        if exclusion.index is not None
    ]
    return pd.DataFrame(rows, columns=["part", "cost_share", "index"])
