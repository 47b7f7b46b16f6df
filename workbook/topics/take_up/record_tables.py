"""Tables of the forecasts' record over all published services, computed by ``forecast_record``."""

from collections.abc import Mapping, Sequence

import pandera.pandas as pa

from workbook.methods.calibration import LEVEL_BINS
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import (
    count_column,
    integer_column,
    month_column,
    number_column,
    share_column,
    text_column,
)

_SOURCES = (
    "Derived from: Government Digital Service, Transactions Explorer, September 2018, all services",
)
_MODEL = text_column("Forecast method", "Method, or best: the one chosen at each date.", coded=True)

LEVEL_COLUMNS = tuple(f"level_{position:02}" for position in range(1, LEVEL_BINS + 1))
"""Columns of counts by level: ``level_01`` holds outcomes in the lowest 5% of their forecasts."""


def _level_percentage(position: int) -> int:
    """Upper end of a bin of levels in per cent."""
    return position * 100 // LEVEL_BINS


def _record_table(
    name: str, title: str, columns: Mapping[str, pa.Column], keys: Sequence[str]
) -> TableSchema:
    """A table of the record by method and window, with other columns, unique by some of them."""
    return TableSchema(
        name=name,
        title=title,
        period="window_end",
        licence=OPEN_GOVERNMENT_LICENCE,
        sources=_SOURCES,
        schema=pa.DataFrameSchema(
            {"model": _MODEL, **columns}, unique=["model", "window_end", *keys]
        ),
    )


forecast_record_table = _record_table(
    "forecast_record",
    "Where later values lay in their forecasts, over all published services",
    {
        "window_end": month_column(
            "Observed in", "Last month of the period that was forecast.", coded=True
        ),
        "horizon": integer_column("Quarters ahead", "From the forecast to that month."),
        **{
            name: number_column(
                f"Level {position}",
                f"Values between the {_level_percentage(position - 1)}% and"
                f" {_level_percentage(position)}% quantiles.",
                NOT_NEGATIVE_RULE,
            )
            for position, name in enumerate(LEVEL_COLUMNS, 1)
        },
    },
    ["horizon"],
)

forecast_reliability_table = _record_table(
    "forecast_reliability",
    "Probabilities of 82% take-up against what came true, over all published services",
    {
        "window_end": month_column(
            "Known by", "Last month of the latest period that is used.", coded=True
        ),
        "first_horizon": integer_column("From", "Shortest horizon in quarters."),
        "last_horizon": integer_column("To", "Longest horizon in quarters."),
        "lowest_probability": share_column("Probability from", "Lowest probability."),
        "highest_probability": share_column("Probability to", "Highest probability."),
        "cases": count_column("Forecasts", "Forecasts that can be tested."),
        "services": count_column("Services", "Services with one."),
        "mean_probability": share_column("Mean probability", "Mean forecast probability."),
        "observed_share": share_column("Came true", "Share that reached the target."),
        "brier": share_column("Brier score", "Mean squared error of the probability."),
        "brier_naive": share_column("Brier score, no change", "Of the no-change forecast."),
        "coverage_50": share_column("In 50% interval", "Share of values inside it."),
        "coverage_80": share_column("In 80% interval", "Share of values inside it."),
        "coverage_95": share_column("In 95% interval", "Share of values inside it."),
        "above_ceiling": share_column(
            "Above the ceiling", "Share of values above the default ceiling."
        ),
    },
    ["first_horizon", "lowest_probability", "highest_probability"],
)
