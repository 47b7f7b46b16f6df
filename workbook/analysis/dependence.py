"""What an indicator depends on: charts and tables of its global sensitivity and its tornado."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from workbook.analysis.charts import (
    draw_pawn_indices,
    draw_rank_correlations,
    draw_remaining_widths,
    draw_tornado,
)
from workbook.analysis.global_sensitivity import SENSITIVITY_COLUMNS, sensitivity_steps
from workbook.analysis.tornado import select_tornado, tornado_steps, tornado_table
from workbook.charts.figure import Figure
from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.text.grammar import lower_first
from workbook.topic import AnalysisResult, Tables, Topic

_SensitivityChart = Callable[[Outcome, str, pd.DataFrame], Figure]

_SHARED_COLUMNS = ("parameter", "label", "has_effect")

_MEASURES: Mapping[str, tuple[str, _SensitivityChart, tuple[str, ...]]] = MappingProxyType(
    {
        "rank_correlation": ("Rank correlation", draw_rank_correlations, ("rank_correlation",)),
        "pawn": ("Effect on the distribution", draw_pawn_indices, ("pawn", "noise_level")),
        "remaining_width": (
            "Width of the range if one assumption were known",
            draw_remaining_widths,
            ("unit", "width", "remaining_width", "narrowing"),
        ),
    }
)
"""Title, chart and columns of each measure, by the name of its table."""


def run_dependence(
    topic: Topic, tables: Tables, outcome: Outcome, indicator: str
) -> Iterator[AnalysisResult | None]:
    """Calculate what an indicator depends on. The caller may stop between any two steps.

    Args:
        topic: The topic.
        tables: The topic's tables.
        outcome: The outcome of the scenario.
        indicator: Name of the indicator.

    Yields:
        None after each step, and then the results: ``swing`` (the tornado), ``rank_correlation``,
        ``pawn`` and ``remaining_width``.

    Raises:
        ValueError: There is no such indicator that is a number, or no parameter has a range.
    """
    rows = yield from tornado_steps(topic, tables, outcome.scenario)
    table = tornado_table(outcome, indicator, select_tornado(rows, indicator))
    yield AnalysisResult(draw_tornado(outcome, indicator, table.frame), table)
    _, frame = yield from sensitivity_steps(topic, tables, outcome.scenario, indicator)
    for name, (title, draw_chart, columns) in _MEASURES.items():
        table = ResultTable(
            name,
            f"{title}: {lower_first(outcome[indicator].label)}",
            frame[[*_SHARED_COLUMNS, *columns]].reset_index(drop=True),
            SENSITIVITY_COLUMNS,
        )
        yield AnalysisResult(draw_chart(outcome, indicator, frame), table)
