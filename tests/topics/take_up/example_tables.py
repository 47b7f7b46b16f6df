"""Take-up tables for tests: the published file, if it is present, and small tables."""

from collections.abc import Generator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from workbook.importers import read_table_file
from workbook.topics import take_up
from workbook.topics.take_up.coherent_forecasts import CoherentForecasts
from workbook.topics.take_up.data import take_up_table as table

RELEASES_FOLDER = Path(__file__).parents[4] / "shared" / "real" / "transactions"
PUBLISHED_FILE = RELEASES_FOLDER / "transaction-volumes.csv"
AUTOMATED_SERVICES = "Stamp Duty Reserve Tax transactions; PAYE transactions"

needs_published = pytest.mark.skipif(
    not PUBLISHED_FILE.exists(),
    reason="the Transactions Explorer's published file is not beside us",
)


@cache
def load_release(name: str) -> pd.DataFrame:
    """Load a published release as a take-up table."""
    report = read_table_file(table, (RELEASES_FOLDER / name).read_bytes(), name)
    assert not report.errors
    return report.frame


def load_published() -> pd.DataFrame:
    """Load the release of September 2018 as a take-up table."""
    return load_release(PUBLISHED_FILE.name)


def evaluate_on_table(frame: pd.DataFrame, **values):
    """Evaluate the model on a table."""
    scenario = take_up.topic.Scenario(**values)
    tables = {
        **take_up.topic.load_tables(scenario),
        "take_up": table.filter_to_quarter(frame, scenario.quarter),
    }
    return take_up.topic.evaluate_model(tables, scenario)


def small_table(*rows: tuple[str, str, float | None, float | None]) -> pd.DataFrame:
    """Build a table from (service, window, volume, digital volume), one department, at £2 each."""
    frame = pd.DataFrame(rows, columns=["service", "window_end", "volume", "digital_volume"])
    return frame.assign(
        department="Works",
        organisation="Office",
        function="",
        funding="",
        cost_per_transaction=2.0,
        volume=frame["volume"].astype("Int64"),
        digital_volume=frame["digital_volume"].astype("Int64"),
    )


def run_to_end(steps: Generator[None, None, CoherentForecasts]) -> CoherentForecasts:
    """Run an analysis through all its steps and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
