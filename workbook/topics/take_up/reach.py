"""Each service's own path: when it reaches the target, and how likely that is."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from workbook.outcome import Column, Outcome
from workbook.topic import Answer
from workbook.topics.take_up.charts.reach import chart
from workbook.topics.take_up.counts import Counts
from workbook.topics.take_up.outlook import CURVES, Outlook, outlook
from workbook.topics.take_up.scenario import TakeUp
from workbook.topics.take_up.selection import select

NAME = "reach"
COLUMNS = {
    "service": Column("Service"),
    "organisation": Column("Organisation"),
    "volume": Column("Transactions", "count"),
    "quarter": Column("Latest figures"),
    "take_up": Column("Take-up", "share"),
    "target_quarter": Column("Target reached in"),
    "probability_of_target": Column("Chance of being at the target by the end", "share"),
    "curve": Column("Curve"),
    "windows": Column("Windows known", "count"),
    "error_relative": Column("Error in the past (1 is that of no change)", "index"),
    "coverage": Column("Past values inside the likely range", "share"),
}

Row = dict[str, float | str | None]


def reach(tables: Mapping[str, pd.DataFrame], outcome: Outcome) -> Iterator[Answer | None]:
    """The forecast of every service selected that reports, the largest first, one at a time."""
    scenario = outcome.scenario
    if not isinstance(scenario, TakeUp):
        msg = f"{type(scenario).__name__} is not a scenario of take-up"
        raise TypeError(msg)
    counts = Counts.of(tables["take_up"], scenario.definition)
    rows = []
    for row in each_service(select(counts, scenario).chosen, scenario):
        rows.append(row)
        yield None
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    yield Answer(NAME, chart(table, scenario), table, COLUMNS)


def each_service(counts: Counts, scenario: TakeUp) -> Iterator[Row]:
    """A row of the table for each service that reports in the latest window, the largest first.

    One that no longer reports has no path to continue.
    """
    last = counts.latest()
    if last is None:
        return
    labels, names = list(counts.labels), list(counts.services["organisation"])
    size = np.where(counts.reports[:, last], counts.volume[:, last], 0.0)
    for place in np.argsort(-size, kind="stable").tolist():
        if size[place] > 0:
            said = {"service": labels[place], "organisation": names[place]}
            ahead = outlook(counts.only([place]), scenario)
            yield {**said, "volume": float(size[place]), **_row(ahead)}


def _row(ahead: Outlook) -> Row:
    held, forecast = ahead.panel, ahead.forecast
    return {
        "quarter": held.quarters[-1],
        "take_up": held.take_up[-1],
        "target_quarter": ahead.target_quarter(),
        "probability_of_target": ahead.probability,
        "curve": CURVES[forecast.chosen],
        "windows": forecast.windows,
        "error_relative": forecast.score.error_relative,
        "coverage": forecast.score.coverage,
    }
