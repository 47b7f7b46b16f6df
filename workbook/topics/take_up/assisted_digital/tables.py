"""Result tables of assisted digital: by level, by service and by channel."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.result_table import Column, ResultTable
from workbook.topics.take_up.assisted_digital.data import SUPPORT_CHANNELS
from workbook.topics.take_up.assisted_digital.narrative import NO_SHARES
from workbook.topics.take_up.assisted_digital.support import DigitalSupport, add_supported

_COLUMNS = {
    "level": Column("Level"),
    "name": Column("Name"),
    "meaning": Column("Meaning"),
    "service": Column("Service"),
    "channel": Column("Channel"),
    "people": Column("People or transactions", "count"),
    "needing": Column("Need support", "count"),
    "supported": Column("Have support", "count"),
    "unsupported": Column("Without support", "count"),
    "need_share": Column("Share who need support", "share"),
    "contact_cost_lowest": Column("Lowest published cost of a contact", "GBP"),
    "contact_cost_highest": Column("Highest published cost of a contact", "GBP"),
    "cost_lowest": Column("Cost a year, lowest", "GBP"),
    "cost_highest": Column("Cost a year, highest", "GBP"),
    "source": Column("Source of the name"),
}
_CHANNELS = [*SUPPORT_CHANNELS.values()]
_COUNTS = ["people", "needing", "supported", "unsupported"]


def support_tables(support: DigitalSupport) -> Iterator[ResultTable]:
    """Build the tables of assisted digital.

    Args:
        support: Who needs support and who has it.

    Yields:
        Users by level, by service, and support by channel with its cost.
    """
    what = "users" if support.counts_people else "transactions"
    columns = _COLUMNS | {"people": Column(what.capitalize(), "count")}
    cells = add_supported(support.cells)
    yield ResultTable(
        "inclusion_levels",
        f"The digital inclusion scale: {what} a year at each level, and support",
        _level_rows(support, cells),
        columns,
    )
    yield ResultTable(
        "assisted_services",
        f"Assisted digital: {what} a year that need support, by service",
        _service_rows(cells),
        columns,
        empty_text=f"{NO_SHARES}.",
    )
    yield ResultTable(
        "support_channels",
        "Assisted digital: support by channel and its cost, in the prices of 2008 to 2012",
        _channel_rows(support),
        columns | {"supported": Column(f"{what.capitalize()} supported a year", "count")},
        empty_text=f"{NO_SHARES}.",
    )


def _level_rows(support: DigitalSupport, cells: pd.DataFrame) -> pd.DataFrame:
    """Every level of the scale; counts are missing if there are no shares."""
    scale = support.scale[["level", "name", "meaning", "source"]].sort_values("level")
    totals = cells.groupby("level")[_COUNTS].sum().reindex(scale["level"].astype(int))
    if support.is_known:
        totals = totals.fillna(0.0)
    counts = totals.astype(float).reset_index(drop=True)
    rows = pd.concat([scale.reset_index(drop=True), counts], axis=1)
    return rows[["level", "name", "meaning", *_COUNTS, "source"]]


def _service_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """Services by the number without support, the largest first."""
    totals = cells.groupby("service", sort=False)[_COUNTS].sum().astype(float).reset_index()
    rows = totals.assign(need_share=totals["needing"] / totals["people"])
    return rows.sort_values("unsupported", ascending=False, kind="stable", ignore_index=True)


def _channel_rows(support: DigitalSupport) -> pd.DataFrame:
    """Channels with the number supported, and its cost where one is published."""
    if not support.is_known:
        return pd.DataFrame(columns=["channel", "supported"])
    supported = np.array([*support.supported_by_channel().values()])
    costs = {
        end: np.array([support.costs.get(name, {}).get(end, np.nan) for name in _CHANNELS])
        for end in ("lowest", "highest")
    }
    return pd.DataFrame(
        {
            "channel": _CHANNELS,
            "supported": supported,
            **{f"contact_cost_{end}": cost for end, cost in costs.items()},
            **{f"cost_{end}": supported * cost for end, cost in costs.items()},
        }
    )
