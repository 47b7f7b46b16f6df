"""Turn counts of quarters into the twelve-month windows that a table holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from workbook.periods import (
    MONTHS_PER_QUARTER,
    MONTHS_PER_YEAR,
    QUARTERS_PER_YEAR,
    is_month,
    month_from_index,
    month_index,
)
from workbook.tables import TableIssue, TableReport, TableSchema
from workbook.tables.issues import file_issue, first_of_several
from workbook.tables.mapped_table import MappedTable
from workbook.text.dates import format_span
from workbook.text.grammar import format_count
from workbook.text.quoting import quote_text

QUARTER_PATTERN: Final = re.compile(
    r"(?P<start>(?:19|20)\d{2})\s*[-/–]\s*(?P<end>(?:20)?\d{2})\s*[-/ ]?\s*Q(?P<financial>[1-4])"
    r"|Q(?P<financial_first>[1-4])\s*[-/ ]?\s*(?P<start_last>(?:19|20)\d{2})\s*[-/–]\s*"
    r"(?P<end_last>(?:20)?\d{2})(?!\d)"
    r"|(?P<year>(?:19|20)\d{2})\s*[-/ ]?\s*Q(?P<quarter>[1-4])"
    r"|Q(?P<quarter_first>[1-4])\s*[-/ ]?\s*(?P<year_last>(?:19|20)\d{2})",
    re.IGNORECASE | re.ASCII,
)
_COUNT_TYPE: Final = "Int64"


def quarter_end(text: str) -> str | None:
    """Last month of a quarter.

    Args:
        text: Text such as ``2014-Q2`` or ``Q2 2014``, a calendar quarter, or ``Q1 2014/15`` or
            ``2014-15 Q1``, a quarter of the financial year that begins in April.

    Returns:
        The month such as ``2014-06``; None if the text is no quarter.
    """
    match = QUARTER_PATTERN.fullmatch(text.strip())
    if match is None:
        return None
    if start := match["start"] or match["start_last"]:
        return _financial_quarter_end(
            int(start),
            match["end"] or match["end_last"],
            int(match["financial"] or match["financial_first"]),
        )
    year = match["year"] or match["year_last"]
    quarter = int(match["quarter"] or match["quarter_first"])
    return f"{year}-{MONTHS_PER_QUARTER * quarter:02d}"


def is_financial_quarter(text: str) -> bool:
    """Whether a text is a quarter of a financial year, such as ``Q1 2014/15``."""
    match = QUARTER_PATTERN.fullmatch(text.strip())
    is_financial = match is not None and bool(match["start"] or match["start_last"])
    return is_financial and quarter_end(text) is not None


def _financial_quarter_end(start: int, end: str, quarter: int) -> str | None:
    """Last month of a quarter of a financial year; None if its two years are not successive."""
    if not str(start + 1).endswith(end):
        return None
    return month_from_index(MONTHS_PER_YEAR * start + MONTHS_PER_QUARTER * (quarter + 1) - 1)


def _financial_quarter_issues(texts: Iterable[str]) -> Iterator[TableIssue]:
    """Warn that quarters of financial years are read as such, once for the file."""
    financial = [text for text in texts if is_financial_quarter(text)]
    if financial:
        end = quarter_end(financial[0]) or ""
        months = format_span(month_from_index(month_index(end) - MONTHS_PER_QUARTER + 1), end)
        count = first_of_several(len(financial), "quarters")
        yield file_issue(
            f"{quote_text(financial[0])} is read as a quarter of the financial year:"
            f" {months}{count}"
        )


def read_quarters(mapped_table: MappedTable, period: str) -> MappedTable | None:
    """Read the periods of a file whose every period is a quarter.

    Args:
        mapped_table: The cells of the file.
        period: Name of the period column.

    Returns:
        The cells, with the last month of each quarter as period; None if not all are quarters.
    """
    if period not in mapped_table.cells:
        return None
    cells = mapped_table.cells[period].cast(pa.string()).to_pylist()
    ends = {text: quarter_end(text) for text in cells if text is not None}
    if not ends or None in ends.values():
        return None
    months = pa.array([None if text is None else ends[text] for text in cells], pa.string())
    return replace(
        mapped_table,
        cells={**mapped_table.cells, period: months},
        warnings=(*mapped_table.warnings, *_financial_quarter_issues(ends)),
    )


def add_quarters(table: TableSchema, report: TableReport, *, is_partial: bool) -> TableReport:
    """Add four quarters to each twelve-month window.

    A window with a blank quarter is blank. A service's windows begin with its fourth successive
    quarter. Money a transaction is the average of the quarters, weighted by their volume.

    Args:
        table: Schema of the table, whose windows are of twelve months.
        report: Report on the file, each row a quarter by its last month, without errors.
        is_partial: Whether the file adds periods to a table.

    Returns:
        The report on the windows, with a warning that says what was added.
    """
    frame = report.frame
    ends = frame[table.period].map(month_index, na_action="ignore").astype("int64")
    subject = [name for name in table.key_columns if name != table.period]
    positions = {
        (*names, end): position
        for position, (*names, end) in enumerate(
            zip(*(frame[name] for name in subject), ends, strict=True)
        )
    }
    windows = {
        position: quarters
        for key, position in positions.items()
        if (quarters := _four_quarters(positions, key))
    }
    quarter_count, window_count = (
        frame[table.period].nunique(),
        frame[table.period].iloc[[*windows]].nunique(),
    )
    needed = 1 if is_partial else 2
    if window_count < needed:
        message = (
            f"the file has {format_count(quarter_count, 'quarter')}: {needed + 3} successive"
            f" quarters are needed for {format_count(needed, 'twelve-month window')}"
        )
        if is_partial:
            message += ". Put the three quarters before each new one into the file too"
        return replace(report, errors=(file_issue(message),))
    return replace(
        report,
        frame=_sum_windows(table, frame, windows),
        warnings=(
            file_issue(
                f"quarterly counts: four quarters are added to each twelve-month window"
                f" ({format_count(quarter_count, 'quarter')} give"
                f" {format_count(window_count, 'window')})"
            ),
            *report.warnings,
        ),
    )


def _four_quarters(
    positions: dict[tuple[object, ...], int], key: tuple[object, ...]
) -> list[int] | None:
    """Positions of a quarter and the three before it; None if one is missing."""
    *names, end = key
    quarters = [
        positions.get((*names, int(str(end)) - MONTHS_PER_QUARTER * back))
        for back in range(QUARTERS_PER_YEAR)
    ]
    known = [position for position in quarters if position is not None]
    return known if len(known) == QUARTERS_PER_YEAR else None


def _sum_windows(
    table: TableSchema, frame: pd.DataFrame, windows: dict[int, list[int]]
) -> pd.DataFrame:
    """Rows of the windows: counts are added, other numbers averaged by volume."""
    result = frame.iloc[[*windows]].reset_index(drop=True)
    quarters = np.array([*windows.values()]).reshape(len(windows), QUARTERS_PER_YEAR)
    volume = frame["volume"].to_numpy(np.float64, na_value=np.nan)[quarters]
    for name, column in table.schema.columns.items():
        if name not in frame or not pd.api.types.is_numeric_dtype(frame[name]):
            continue
        figures = frame[name].to_numpy(np.float64, na_value=np.nan)[quarters]
        if str(column.dtype) == _COUNT_TYPE:
            result[name] = pd.array(figures.sum(axis=1), dtype="Float64").astype("Int64")
        else:
            total = volume.sum(axis=1)
            weighted = (figures * volume).sum(axis=1)
            result[name] = np.divide(
                weighted, total, out=np.full(len(total), np.nan), where=total > 0
            )
    return _without_unused_periods(result, table.period)


def _without_unused_periods(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    if isinstance(frame[period].dtype, pd.CategoricalDtype):
        frame[period] = frame[period].cat.remove_unused_categories()
    return frame


def quarterly_shape_issues(frame: pd.DataFrame, table: TableSchema) -> Iterator[str]:
    """Say where figures of windows vary as quarters do: more from one to the next than in a year.

    Args:
        frame: Rows of the table.
        table: Schema of the table, whose windows are of twelve months.

    Yields:
        A sentence, if most services vary so. Where too few years are known to compare with, the
        changes from one quarter to the next decide alone.
    """
    subject = [name for name in table.key_columns if name != table.period]
    changes = []
    known = frame[frame["volume"].notna() & frame[table.period].map(is_month).astype(bool)]
    for _, rows in known.groupby(subject, observed=True):
        volume = dict(zip(rows[table.period].map(month_index), rows["volume"], strict=True))
        quarterly = _relative_changes(volume, MONTHS_PER_QUARTER)
        yearly = _relative_changes(volume, MONTHS_PER_QUARTER * QUARTERS_PER_YEAR)
        if len(quarterly) >= _FEWEST_STEPS:
            is_long = min(len(quarterly), len(yearly)) >= _FEWEST_CHANGES
            changes.append((np.median(quarterly), np.median(yearly) if is_long else None))
    variation = _describe_variation(changes)
    if variation:
        last = month_from_index(max(known[table.period].map(month_index)))
        yield (
            f"the figures to {last} vary as counts of quarters do: by {variation}. They are read as"
            f" windows of twelve months. If they are quarters, name the column {QUARTER_COLUMN}"
        )


_LEAST_SEASON: Final = 0.05
"""Least typical change from one quarter to the next of figures taken for quarters."""

_LEAST_JUMP: Final = 0.25
"""The same, where there are too few years to compare with: windows share three quarters of four."""

_FEWEST_STEPS: Final = 2
_FEWEST_CHANGES: Final = 3
QUARTER_COLUMN: Final = '"quarter"'


def _describe_variation(changes: Sequence[tuple[float, float | None]]) -> str:
    """Say by how much figures vary, if they vary as quarters do; otherwise empty.

    Args:
        changes: Typical change of each service over a quarter, and over a year if it is known.
    """
    long_series = [(quarterly, yearly) for quarterly, yearly in changes if yearly is not None]
    step = float(np.median([quarterly for quarterly, _ in long_series or changes] or [0.0]))
    text = f"{step:.0%} from one quarter to the next"
    if not long_series:
        return text if step >= _LEAST_JUMP else ""
    year = float(np.median([yearly for _, yearly in long_series]))
    is_seasonal = step >= _LEAST_SEASON and step > year
    return f"{text} and by {year:.0%} in a year" if is_seasonal else ""


def _relative_changes(volume: dict[int, float], months: int) -> list[float]:
    """Relative changes of the figures over some months."""
    return [
        abs(volume[end] / volume[end - months] - 1) for end in volume if volume.get(end - months)
    ]
