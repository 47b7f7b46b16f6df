"""How an indicator answers to one parameter, over a span of it."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from workbook.analysis.running import allowed, in_kind, number, runner
from workbook.scenario import Scenario
from workbook.topic import Response, Tables, Topic

POINTS = 21


Row = dict[str, float | bool | None]


def response(topic: Topic, tables: Tables, scenario: Scenario, asked: Response) -> pd.DataFrame:
    """Table of the indicator at 21 even steps of the parameter and at the scenario's own value.

    Columns: the parameter and the indicator by their names, and ``scenario``, true in the row of
    the scenario's own value. Steps that the scenario's other parameters contradict are left out.
    """
    return in_order(points(topic, tables, scenario, asked), asked)


def in_order(rows: Iterable[Row], asked: Response) -> pd.DataFrame:
    """Rows of ``points`` as a table, by the parameter."""
    return pd.DataFrame(rows).sort_values(asked.by, ignore_index=True)


def points(topic: Topic, tables: Tables, scenario: Scenario, asked: Response) -> Iterator[Row]:
    """The rows of ``response`` one by one, each a run of the model."""
    run = runner(topic, tables, scenario, asked.by)
    own = float(scenario.values()[asked.by])
    low, high = (allowed(scenario, asked.by, end) for end in (asked.low, max(asked.high, own)))
    steps = {in_kind(scenario, asked.by, step) for step in np.linspace(low, high, POINTS)}
    for value in [own, *sorted(steps - {own})]:
        yield {
            asked.by: float(value),
            asked.indicator: number(run(value), asked.indicator),
            "scenario": value == own,
        }
