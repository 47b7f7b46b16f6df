"""The figures that claims rest on, by name: the report's facts, and what held tables come to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.claims.sources import FIGURE_SOURCES, FigureSource
from workbook.claims.tables import report_facts

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class NamedFigure:
    """A figure that a formula may name.

    ``value`` is in ``unit`` (a share as a fraction of 1), or None with a ``reason`` that names what
    is missing. ``label`` says what it is, ``qualifier`` how a report printed it, such as ``over``;
    ``printed`` whether it is itself a figure that the report prints.
    """

    name: str
    label: str
    value: float | None
    unit: str
    qualifier: str = ""
    reason: str = ""
    printed: bool = False


def collect_figures(tables: Tables) -> dict[str, NamedFigure]:
    """Every figure that a formula may name, from tables by their names.

    What a table does not have, or the quarter does not see, has no value and says so. The tables:
    ``report_facts``; ``inclusion_observed``; ``exemplar_phases`` (as_of, number, phase) and
    ``exemplar_milestones`` (number, title, phase, state, month); ``gcloud_sales`` or
    ``gcloud_totals`` (month, supplier_size, sales, and returns where a row sums up several).
    """
    collected = [
        *_fact_figures(tables),
        *(_read_figure(source, tables) for source in FIGURE_SOURCES),
    ]
    return {figure.name: figure for figure in collected}


def _read_figure(source: FigureSource, tables: Tables) -> NamedFigure:
    """A figure from the first of its tables that has it."""
    last_table = source.tables[-1]
    missing_reason = f"the table {last_table} is not here"
    for table_name in source.tables:
        if table_name not in tables:
            continue
        try:
            value = source.read(tables[table_name])
        except KeyError as error:
            missing_reason = f"the table {table_name} lacks the column {error.args[0]}"
            continue
        if value is not None:
            return NamedFigure(source.name, source.label, value, source.unit)
        missing_reason = f"what is known of the table {table_name} does not have it"
    return NamedFigure(
        source.name, source.label, None, source.unit, reason=f"{source.label}: {missing_reason}"
    )


def _fact_figures(tables: Tables) -> Iterator[NamedFigure]:
    """The facts of the report; of one that is there twice neither value is taken."""
    if report_facts.name not in tables:
        return
    frame = tables[report_facts.name]
    identified = frame[frame["id"].notna()]
    is_duplicated = identified["id"].duplicated(keep=False)
    for row, duplicated in zip(identified.itertuples(index=False), is_duplicated, strict=True):
        yield _make_fact_figure(row, duplicated=duplicated)


def _make_fact_figure(row: Any, *, duplicated: bool) -> NamedFigure:  # noqa: ANN401  a row of pandas, which has no type
    reason = f"{row.id} has no value" if pd.isna(row.value) else ""
    reason = f"{row.id} has two values" if duplicated else reason
    return NamedFigure(
        row.id,
        f"{row.measure} ({row.section})",
        None if reason else float(row.value),
        row.unit,
        "" if pd.isna(row.qualifier) else row.qualifier,
        reason,
        printed=True,
    )
