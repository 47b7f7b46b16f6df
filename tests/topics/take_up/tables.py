"""Take-up tables to test with: the shipped one, the published file where it is, small ones."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from workbook.importers import read
from workbook.topics import take_up
from workbook.topics.take_up.tables import service_go_live, service_kpis
from workbook.topics.take_up.tables import take_up as table

RELEASES = Path(__file__).parents[4] / "shared" / "real" / "transactions"
PUBLISHED = RELEASES / "transaction-volumes.csv"
MACHINES = "Stamp Duty Reserve Tax transactions; PAYE transactions"

needs_published = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the Transactions Explorer's published file is not beside us"
)


@cache
def published() -> pd.DataFrame:
    """The release of September 2018, as our table."""
    report = read(table, PUBLISHED.read_bytes(), PUBLISHED.name)
    assert not report.errors
    return report.frame


def outcome_of(frame: pd.DataFrame, **values):
    """Outcome of the model on a table of one's own."""
    scenario = take_up.topic.Scenario(**values)
    tables = {
        "take_up": table.visible(frame, scenario.quarter),
        "service_kpis": pd.DataFrame(columns=list(service_kpis.schema.columns)),
        "service_go_live": service_go_live.load(scenario.quarter),
    }
    return take_up.topic.outcome(tables, scenario)


def small(*rows: tuple[str, str, float | None, float | None]) -> pd.DataFrame:
    """A table from (service, window, volume, digital volume); all of one department, at £2."""
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
