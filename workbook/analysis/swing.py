"""What an answer rests on: each assumption at its low and its high, the others as they are."""

from collections.abc import Iterator

import pandas as pd

from workbook.analysis.running import allowed, fewer_draws, number, runner
from workbook.scenario import Parameter, Scenario
from workbook.topic import Tables, Topic

Row = dict[str, float | str | None]


def swing(topic: Topic, tables: Tables, scenario: Scenario, indicator: str) -> pd.DataFrame:
    """One-way sensitivity of ``indicator`` to every uncertain parameter, the largest first.

    An end of a range that the scenario's other parameters contradict is drawn in until they do not.
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
    now = number(topic.outcome(tables, fewer_draws(scenario)), indicator)
    for name, declared in topic.Scenario.parameters().items():
        if declared.range:
            run = runner(topic, tables, scenario, name)
            span = declared.span(float(scenario.values()[name]))
            low, high = (allowed(scenario, name, end) for end in span)
            at_low, at_high = (number(run(end), indicator) for end in (low, high))
            yield _row(declared, (low, high), (at_low, at_high), now)


def _row(
    declared: Parameter,
    ends: tuple[float, float],
    at_ends: tuple[float | None, float | None],
    now: float | None,
) -> Row:
    (low, high), (at_low, at_high) = ends, at_ends
    return {
        "parameter": declared.name,
        "label": declared.label,
        "unit": declared.unit,
        "quality": declared.quality,
        "low": low,
        "high": high,
        "at_low": at_low,
        "at_high": at_high,
        "now": now,
        "swing": 0.0 if at_low is None or at_high is None else abs(at_high - at_low),
    }


COLUMNS = [
    "parameter",
    "label",
    "unit",
    "quality",
    "low",
    "high",
    "at_low",
    "at_high",
    "now",
    "swing",
]
