"""The stored record of forecasts: calibrations by method, and the reliability table."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.methods.backtested_models import BEST_MODEL
from workbook.methods.calibration import LEVEL_BINS, Calibration
from workbook.text.numbers import format_share
from workbook.topics.take_up.record_tables import LEVEL_COLUMNS

Calibrations = Mapping[str, Calibration]
"""Calibration of each method, and of the choice between them."""


RELIABILITY_COLUMNS = (
    "horizons",
    "probabilities",
    "cases",
    "services",
    "mean_probability",
    "observed_share",
    "brier",
    "brier_naive",
    "coverage_50",
    "coverage_80",
    "coverage_95",
    "above_ceiling",
)
"""Columns of the table on the page."""


def read_calibrations(record: pd.DataFrame) -> Calibrations:
    """Calibrate each method by the stored record.

    Args:
        record: The table ``forecast_record`` as known at the end of a quarter.

    Returns:
        Calibration by method, with ``best`` for the choice between them.
    """
    if record.empty:
        return {}
    models, names = pd.factorize(record["model"])
    horizons = record["horizon"].to_numpy(int) - 1
    shape = (len(names), int(horizons.max()) + 1)
    counts, window_counts = np.zeros((*shape, LEVEL_BINS)), np.zeros(shape)
    np.add.at(counts, (models, horizons), record[list(LEVEL_COLUMNS)].to_numpy(float))
    np.add.at(window_counts, (models, horizons), 1)
    return {
        str(name): Calibration.from_counts(counts[position], window_counts[position])
        for position, name in enumerate(names)
    }


def reliability_rows(reliability: pd.DataFrame, model: str = BEST_MODEL) -> pd.DataFrame:
    """Rows of a method's reliability table, as known at the latest window.

    Args:
        reliability: The table ``forecast_reliability`` as known at the end of a quarter.
        model: Name of the method.

    Returns:
        Rows with ``horizons`` and ``probabilities`` as text, and the figures of each.
    """
    rows = reliability[reliability["model"] == model]
    rows = rows[rows["window_end"].astype(str) == rows["window_end"].astype(str).max()]
    return rows.assign(
        horizons=[
            f"{first} to {last}" if first < last else str(first)
            for first, last in zip(rows["first_horizon"], rows["last_horizon"], strict=True)
        ],
        probabilities=[
            "all" if (low, high) == (0, 1) else f"{format_share(low)} to {format_share(high)}"
            for low, high in zip(
                rows["lowest_probability"], rows["highest_probability"], strict=True
            )
        ],
    ).reset_index(drop=True)[list(RELIABILITY_COLUMNS)]


_TEXT_COLUMNS = {
    "horizons": "quarters ahead",
    "probabilities": "probability",
    "cases": "forecasts",
    "services": "services",
    "mean_probability": "mean",
    "observed_share": "came true",
    "brier": "Brier",
    "brier_naive": "no change",
    "coverage_80": "in 80% interval",
}


def reliability_text(reliability: pd.DataFrame) -> str:
    """The reliability table of the choice of methods, as Markdown.

    Args:
        reliability: The table ``forecast_reliability``.

    Returns:
        Lines of a table.
    """
    rows = reliability_rows(reliability)
    lines = [
        [*_TEXT_COLUMNS.values()],
        ["---"] * len(_TEXT_COLUMNS),
        *(
            [_format_cell(value) for value in row.values()]
            for row in rows[list(_TEXT_COLUMNS)].to_dict("records")
        ),
    ]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _format_cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
