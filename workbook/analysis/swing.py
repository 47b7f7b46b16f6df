"""What an answer rests on: each assumption at its low and its high, the others as they are."""

from collections.abc import Iterator

import pandas as pd

from workbook.analysis.running import number, runner
from workbook.scenario import Scenario
from workbook.topic import Tables, Topic

Row = dict[str, float | str | None]


def swing(topic: Topic, tables: Tables, scenario: Scenario, indicator: str) -> pd.DataFrame:
    """One-way sensitivity of ``indicator`` to every uncertain parameter, the largest first.

    Columns: ``parameter``, ``label``, ``unit``, ``quality``, ``low`` and ``high`` of its range,
    ``at_low`` and ``at_high`` (the indicator there), ``now`` (the indicator of the scenario) and
    ``swing``, the distance between the two; in the indicator's unit. Not known counts as no swing.
    """
    return ranked(swings(topic, tables, scenario, indicator))


def ranked(rows: Iterator[Row] | list[Row]) -> pd.DataFrame:
    """Rows of ``swings`` as a table, the largest swing first."""
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(
        ["swing", "parameter"], ascending=[False, True], ignore_index=True
    )


def swings(topic: Topic, tables: Tables, scenario: Scenario, indicator: str) -> Iterator[Row]:
    """The rows of ``swing`` one by one, each two runs of the model."""
    values = scenario.values()
    now = number(topic.model(tables, scenario), indicator)
    for name, declared in topic.Scenario.parameters().items():
        if not declared.range:
            continue
        run = runner(topic, tables, scenario, name)
        low, high = declared.span(float(values[name]))
        at_low, at_high = (number(run(end), indicator) for end in (low, high))
        known = at_low is not None and at_high is not None
        yield {
            "parameter": name,
            "label": declared.label,
            "unit": declared.unit,
            "quality": declared.quality,
            "low": low,
            "high": high,
            "at_low": at_low,
            "at_high": at_high,
            "now": now,
            "swing": abs(at_high - at_low) if known else 0.0,  # type: ignore[operator]
        }


COLUMNS = ["parameter", "label", "unit", "quality", "low", "high", "at_low", "at_high", "now", "swing"]
