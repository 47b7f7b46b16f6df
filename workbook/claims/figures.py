"""Collect the figures that formulas can name, from a report's facts and from other tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.claims.published_report import FigureSource, PublishedReport


@dataclass(frozen=True)
class NamedFigure:
    """A figure that a formula can name.

    Attributes:
        name: The name in formulas.
        label: What the figure is.
        value: The value in ``unit``, or None where it is missing.
        unit: The unit. A share is a fraction of 1.
        qualifier: How the report qualifies it in print, such as ``over``. Often empty.
        reason: Why the value is missing. Empty where there is one.
        printed: Whether the report itself prints the figure.
        data: The data from outside the report, with their date. Empty for a printed figure.
        remark: What else the table says about the figure, in sentences. Often empty.
        negative_label: What the figure is where it is below 0. Often empty.
    """

    name: str
    label: str
    value: float | None
    unit: str
    qualifier: str = ""
    reason: str = ""
    printed: bool = False
    data: str = ""
    remark: str = ""
    negative_label: str = ""


def collect_figures(
    report: PublishedReport, tables: Mapping[str, pd.DataFrame]
) -> dict[str, NamedFigure]:
    """Collect every figure that the formulas of a report can name.

    Args:
        report: The report.
        tables: Data frames by table name. A table that is not among them, and a figure that a
            table does not have, give a figure without a value.

    Returns:
        The figures by name: first the report's facts, then those of its sources.
    """
    collected = [
        *_fact_figures(report, tables),
        *(_read_figure(source, tables) for source in report.figure_sources),
    ]
    return {figure.name: figure for figure in collected}


def _read_figure(source: FigureSource, tables: Mapping[str, pd.DataFrame]) -> NamedFigure:
    """Read a figure from the first of its tables that has it."""
    last_table = source.tables[-1]
    missing_reason = f"the table {last_table} is not available"
    for table_name in source.tables:
        if table_name not in tables:
            continue
        try:
            value = source.read(tables[table_name])
        except KeyError as error:
            missing_reason = f'the table {table_name} has no column "{error.args[0]}"'
            continue
        if value is not None:
            return NamedFigure(
                source.name,
                source.label,
                value,
                source.unit,
                data=source.describe_data(tables[table_name]),
                remark=source.remark(tables[table_name]),
                negative_label=source.negative_label,
            )
        subject = table_name.replace("_", " ")
        missing_reason = f"the table of {subject} does not have it for this quarter"
    return NamedFigure(
        source.name, source.label, None, source.unit, reason=f"{source.label}: {missing_reason}"
    )


def _fact_figures(
    report: PublishedReport, tables: Mapping[str, pd.DataFrame]
) -> Iterator[NamedFigure]:
    """Give each fact of the report as a figure, without a value where its id occurs twice."""
    if report.facts.name not in tables:
        return
    frame = tables[report.facts.name]
    identified = frame[frame["id"].notna()]
    is_duplicated = identified["id"].duplicated(keep=False)
    for row, duplicated in zip(identified.itertuples(index=False), is_duplicated, strict=True):
        yield _make_fact_figure(row, report.title, duplicated=duplicated)


def _make_fact_figure(row: Any, report_title: str, *, duplicated: bool) -> NamedFigure:  # noqa: ANN401  pandas gives its rows no type
    reasons = (
        (duplicated, "two values"),
        (pd.isna(row.value), "no value"),
        (pd.isna(row.period), "no date"),
    )
    reason = next((f"{row.id} has {fault}" for is_faulty, fault in reasons if is_faulty), "")
    is_printed = row.source == report_title
    return NamedFigure(
        row.id,
        f"{row.measure} ({row.section})" if is_printed else row.measure,
        None if reason else float(row.value),
        row.unit,
        "" if pd.isna(row.qualifier) else row.qualifier,
        reason,
        printed=is_printed,
        data="" if is_printed or pd.isna(row.source) else row.source,
    )
