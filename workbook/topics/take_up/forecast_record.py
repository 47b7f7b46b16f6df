"""Record of the forecasts over all services: ``python -m workbook.topics.take_up.forecast_record``.

``FILE [FOLDER]`` names a published take-up file, or a table like ours, and the folder that the two
tables are written to, ``data/`` by default. The reliability table is printed.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from workbook.importers import read_table_file
from workbook.methods.arrays import BoolArray, FloatArray, IntArray
from workbook.methods.backtest import NAIVE_MODEL
from workbook.methods.calibration import LONGEST_HORIZON, UNCALIBRATED
from workbook.tables import TableError
from workbook.topics.take_up.data import take_up_table
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.past_forecasts import (
    RECORD_MODELS,
    PastForecasts,
    collect_past_forecasts,
    count_cases,
)
from workbook.topics.take_up.record_tables import (
    LEVEL_COLUMNS,
    forecast_record_table,
    forecast_reliability_table,
)
from workbook.topics.take_up.reliability import reliability_text
from workbook.topics.take_up.service_panel import ServicePanel

HORIZON_BANDS = ((1, 4), (5, 8), (9, 12), (13, LONGEST_HORIZON))
"""First and last horizon, in quarters, of the rows of the reliability table."""
PROBABILITY_BANDS = ((0.0, 1.0), (0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
"""All probabilities, then each fifth."""
_FOLDS = 10
"""Parts of the services. The forecasts of each are calibrated by the record of the others."""
_SEED = 2014
_DECIMALS = 4
_INTERVALS = {"coverage_50": 0.5, "coverage_80": 0.8, "coverage_95": 0.95}


def level_record(past: PastForecasts) -> pd.DataFrame:
    """Count where outcomes lay in their forecasts, by model, window and horizon.

    Args:
        past: Past forecasts of all services.

    Returns:
        Rows of ``forecast_record``.
    """
    rows = []
    for model in RECORD_MODELS:
        levels = past.outcome_levels(model)
        for window in range(1, len(past.windows)):
            known = past.known_cases(model, window) & ~past.known_cases(model, window - 1)
            counts = np.round(count_cases(levels, known), 2).tolist()
            rows += [
                (model, past.windows[window], horizon + 1, *counts[horizon])
                for horizon in np.flatnonzero(known.any(axis=0)).tolist()
            ]
    return pd.DataFrame(rows, columns=["model", "window_end", "horizon", *LEVEL_COLUMNS])


def reliability_record(past: PastForecasts) -> pd.DataFrame:
    """Compare probabilities and intervals with outcomes, as far as known by each window.

    Args:
        past: Past forecasts of all services.

    Returns:
        Rows of ``forecast_reliability``: only horizons that could be tested by then.
    """
    naive = past.model_distributions(NAIVE_MODEL, UNCALIBRATED)
    naive_probability = naive.probability_at_least(TakeUp().target)
    rows = []
    for model in RECORD_MODELS:
        levels = past.outcome_levels(model)
        for window in range(1, len(past.windows)):
            known = past.known_cases(model, window)
            tested = past.calibrate_model(levels, known).tested_horizon
            known[:, tested:] = False
            figures = _figures_by_case(past, model, levels, known) | {"naive": naive_probability}
            keys = {"model": model, "window_end": past.windows[window]}
            rows += [
                {**keys, **bands, **_summarise_cases(past, figures, cases)}
                for bands, cases in _cases_by_band(figures["probability"], known, tested)
            ]
    return pd.DataFrame(rows).round(_DECIMALS)


def _cases_by_band(
    probability: FloatArray, known: BoolArray, tested: int
) -> Iterator[tuple[dict[str, float], BoolArray]]:
    """The tested cases in each band of horizons and of probabilities, if there are any."""
    horizons = np.arange(1, known.shape[1] + 1)
    for first, last in HORIZON_BANDS:
        in_band = known & (horizons >= first) & (horizons <= last)
        for low, high in PROBABILITY_BANDS:
            cases = in_band & (probability >= low) & ((probability < high) | (high >= 1))
            if cases.any():
                yield (
                    {
                        "first_horizon": first,
                        "last_horizon": min(last, tested),
                        "lowest_probability": low,
                        "highest_probability": high,
                    },
                    cases,
                )


def _figures_by_case(
    past: PastForecasts, model: str, levels: FloatArray, known: BoolArray
) -> dict[str, FloatArray]:
    """Probability and coverage of each case, calibrated by services other than its own."""
    figures = {name: np.zeros(past.actual.shape) for name in ("probability", *_INTERVALS)}
    parts = _service_parts(past.service)
    for part in range(_FOLDS):
        is_part = parts == part
        calibration = past.calibrate_model(levels, known & ~is_part[:, None])
        distributions = past.model_distributions(model, calibration, is_part)
        figures["probability"][is_part] = distributions.probability_at_least(TakeUp().target)
        actual = past.actual[is_part]
        for name, level in _INTERVALS.items():
            figures[name][is_part] = distributions.interval_contains(actual, level)
    return figures


def _service_parts(services: IntArray) -> IntArray:
    """The part of each service, the same in every run."""
    positions = np.unique(services)
    shuffled = np.random.default_rng(_SEED).permutation(len(positions)) % _FOLDS
    return np.asarray(shuffled[np.searchsorted(positions, services)], np.intp)


def _summarise_cases(
    past: PastForecasts, figures: dict[str, FloatArray], cases: BoolArray
) -> dict[str, float]:
    actual, probability = past.actual[cases], figures["probability"][cases]
    reached = actual >= TakeUp().target
    return {
        "cases": int(cases.sum()),
        "services": len(np.unique(past.service[cases.any(axis=1)])),
        "mean_probability": float(probability.mean()),
        "observed_share": float(reached.mean()),
        "brier": float(np.square(probability - reached).mean()),
        "brier_naive": float(np.square(figures["naive"][cases] - reached).mean()),
        **{name: float(figures[name][cases].mean()) for name in _INTERVALS},
        "above_ceiling": float((actual > TakeUp().ceiling).mean()),
    }


def write_record(table_file: Path, folder: Path) -> str:
    """Compute the record from a table of services and write its two tables.

    Args:
        table_file: A published take-up file, or a table like ours.
        folder: Where to write the tables.

    Returns:
        The reliability table of the choice of methods, as text.

    Raises:
        OSError: The file cannot be read, or the tables cannot be written.
        TableError: The file is not a take-up table.
        ValueError: The table has too few periods to test a forecast.
    """
    report = read_table_file(take_up_table, table_file.read_bytes(), table_file.name)
    if report.errors:
        raise TableError(table_file.name, report.errors)
    past = collect_past_forecasts(ServicePanel.from_table(report.frame, "published"))
    reliability = reliability_record(past)
    if reliability.empty:
        msg = (
            f"{table_file.name} has {len(past.windows)} periods of 12 months. "
            "That is too few to test a forecast: use a later release"
        )
        raise ValueError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    for schema, frame in (
        (forecast_record_table, level_record(past)),
        (forecast_reliability_table, reliability),
    ):
        path = folder / f"{schema.name}.csv"
        path.write_text(
            frame.to_csv(index=False, float_format="%.6g", lineterminator="\n"), "utf-8"
        )
    return reliability_text(reliability)


def main() -> None:
    """Compute the record as the command line asks. An unreadable file is an error in a sentence."""
    parser = argparse.ArgumentParser(description="Compute the record of past take-up forecasts.")
    parser.add_argument("file", type=Path, help="a published take-up file, or a table like ours")
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=forecast_record_table.data_folder,
        help="to write to",
    )
    arguments = parser.parse_args()
    try:
        reliability = write_record(arguments.file, arguments.folder)
    except (OSError, ValueError) as error:
        parser.error(getattr(error, "summary", str(error)))
    sys.stdout.write(reliability)


if __name__ == "__main__":
    main()
